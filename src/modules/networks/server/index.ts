export { type Booklet, bookletPdf, type PaperSize, paperSizes } from './booklet.ts';
export { networksMigrations } from './migrations.ts';
export { networkEntries, networkView } from './network-view.ts';
export {
  answerRequest,
  askToJoin,
  endNetwork,
  networkPath,
  networksAround,
  ownNetworks,
  startNetwork,
  takeOver,
} from './networks.ts';
export { eraseNote, writeNote } from './notes.ts';
export { answer, readDelivery, writeTo, writeToNetwork } from './relay.ts';
export {
  chooseFromLink,
  ownRelayChoices,
  type RelayChoice,
  receiveMessages,
  relayChoices,
  unblockAll,
} from './relay-choices.ts';
export { letWrite, reportedMessages, settleMessage, stoppedWriters } from './relay-reports.ts';
export { networksRetention } from './retention.ts';
export { exportNetworks, forgetInNetworks } from './rights.ts';
