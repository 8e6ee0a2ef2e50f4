export { deadlineWords } from './calendar.ts';
export { type CallSection, callSections, publishedStatuses } from './call.ts';
export { agencyWords, callKindCodes, callKinds } from './call-kind.ts';
export { permissionsDocument, statesDocument } from './documents.ts';
export { pooledTotal, totalOf } from './envelope.ts';
export { agenciesOf, configurations, stateAgencies } from './frame.ts';
export { formatCents, typedCents } from './money.ts';
export { rules } from './rule.ts';
export {
  commonCore,
  openChoices,
  questionKinds,
  sectionWords,
  settledChoices,
  settledWords,
  specificationFields,
} from './section-words.ts';
