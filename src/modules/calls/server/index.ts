export { afterCallsJob } from './after/after-jobs.ts';
export { agreementPdf } from './after/agreement-pdf.ts';
export {
  mailboxesOf,
  moveAgreement,
  recordPermanence,
  signAgreement,
  stepPayment,
  writeTerms,
} from './after/agreements.ts';
export { answerAppeal, receiveAppeal } from './after/appeals.ts';
export { followUpOf } from './after/follow-up.ts';
export { followUpList, indicatorsList, paymentsList, reportsList } from './after/lists-after.ts';
export {
  directorsOf,
  isMinistryReady,
  laureatesToDirector,
  messageWaits,
  notifiedWithout,
  preparedLaureates,
  prepareLaureates,
  recordLaureatesSent,
  sendingsOf,
} from './after/ministry.ts';
export { nationalEvaluation } from './after/national.ts';
export { agreementView, projectView } from './after/project-view.ts';
export { linkProject, relatives } from './after/projects.ts';
export { readTerms } from './after/read-terms.ts';
export { holderOf, openCalls, remake, sourceOfDraft } from './after/remake.ts';
export { answerReport, askReport, firstReport, giveReport, lastReport, writeReport } from './after/reports.ts';
export { showcasePlaces } from './after/showcase-places.ts';
export { agreeToShowcase, proposeShowcase, publishShowcase, withdrawShowcase } from './after/showcases.ts';
export { noteSupport, planSupport, type SupportLine, supportsOf } from './after/supports.ts';
export {
  attachmentsOf,
  depositedPieces,
  openAttachment,
  piecesAsked,
  stateWords,
} from './application/attachment-reading.ts';
export {
  announceAttachment,
  attachmentProgress,
  attachmentRules,
  attachWhole,
  receiveSlice,
  SLICE_BYTES,
} from './application/attachments.ts';
export { type CallNews, callNews, newsOf } from './application/call-news.ts';
export { closingJob } from './application/closing-job.ts';
export { completeApplication, depositApplication, withdrawApplication } from './application/deposit-application.ts';
export { depositView } from './application/deposit-view.ts';
export { type FileFilters, type FileLine, type FileSort, fileSorts, filesOf } from './application/file-list.ts';
export { fileView } from './application/file-view.ts';
export {
  askCompletion,
  cancelCompletion,
  changeCompletion,
  closeLetter,
  completionsOf,
  findAdmissible,
  findInadmissible,
} from './application/instruction.ts';
export { convertLetter } from './application/letters.ts';
export {
  dismissMember,
  handOver,
  inviteMember,
  leaveFile,
  membersOf,
  memberWords,
} from './application/members.ts';
export { callsOf, filesOfMyStructures, ownFile, ownFiles, whatIsMissing } from './application/own-files.ts';
export { presenceRetention, sayHere } from './application/presence.ts';
export { receiptPdf } from './application/receipt-pdf.ts';
export { attachmentRetention, lapsedRetention, removeAttachment } from './application/remove-attachment.ts';
export { scanAttachmentJobs } from './application/scan-attachment.ts';
export { startApplication } from './application/start.ts';
export { tellApplicantsJob } from './application/tell-applicants.ts';
export { type PartConflict, readPart, writePart } from './application/write-part.ts';
export { callsCalendar, callsFeed } from './call-files.ts';
export { publicationLeaves } from './call-stream.ts';
export { approvesFor, callView, ownCalls, placeOf, titleOfCall, zoneOf } from './call-view.ts';
export { amendCall, moveCall, openCall, writeSection } from './calls.ts';
export { callsEndpoint, publicStateOf, stateOf } from './calls-endpoint.ts';
export {
  changeReferent,
  declarationKey,
  declaredIn,
  declares,
  preparedMessage,
  readDeclaration,
  recordSending,
  sendToDirector,
  withdrawDeclaration,
  writeDeclaration,
} from './declarations.ts';
export {
  currentFrame,
  editions,
  frameOfEdition,
  publishedFrame,
  readFrames,
  recordFrames,
  versionsOf,
} from './frames.ts';
export { laureatesEndpoint } from './laureates-endpoint.ts';
export { callsMigrations } from './migrations.ts';
export { namesOfPlaces, placesNamed } from './named-places.ts';
export { declarationsList, evaluationList, nationalCallsList } from './national-lists.ts';
export { messagesToMinistry, nationalFacts, readNational } from './national-reading.ts';
export { type Overtaken, overtaken } from './overtaken.ts';
export { dismissPartner, invitePartner, partnersOf, partnerTasks } from './partners.ts';
export { callIdOf, placesMeant, publicCall, publishedCalls } from './public-calls.ts';
export { readCalendar, readMoment } from './read-section.ts';
export { type RemarkAnswer, remark, remarksOf, settleRemark } from './remarks.ts';
export { exportCalls, forgetInCalls } from './rights.ts';
export { contactOf, readTexts } from './rows.ts';
export { linesNow, readSectionOf, type WholeCall } from './section-now.ts';
export { noteSnapshotJob } from './selection/after-snapshot.ts';
export { assignFiles, closeEvaluations } from './selection/assign-files.ts';
export { cancelSession, changeSession, convene } from './selection/convene.ts';
export { allocated, readDecision, releaseDecision, signDecision, writeDecision } from './selection/decisions.ts';
export {
  answerFound,
  declareInterests,
  liftRecusal,
  orderOnOwn,
} from './selection/declare-interests.ts';
export { evaluationsView, evaluationView, voicesOn } from './selection/evaluation-views.ts';
export {
  declineEvaluation,
  reopenEvaluation,
  saveEvaluation,
  submitEvaluation,
  unassignFile,
} from './selection/evaluations.ts';
export { fileAccess } from './selection/file-access.ts';
export { letterPdf, receivedLetters } from './selection/holder-letters.ts';
export { interestsView, ownSelections } from './selection/interests-view.ts';
export {
  inviteJuror,
  leaveJury,
  nameInJury,
  pointToBody,
  replaceJuror,
  settleJury,
} from './selection/jury.ts';
export { juryView } from './selection/jury-view.ts';
export { appealTermsOf, templatesOf, writeTemplate } from './selection/letter-templates.ts';
export {
  LETTERS_AT_ONCE,
  lettersOf,
  lettersToPrepare,
  preparedOn,
  prepareLetters,
  previewLetters,
} from './selection/letters.ts';
export { moveSelection, topUpEnvelope } from './selection/move-selection.ts';
export { nameSignatory, unsignedAmong } from './selection/name-signatory.ts';
export { acceptOpinion, askOpinion, endOpinion, giveOpinion, remindOpinions } from './selection/opinions.ts';
export { opinionsJob } from './selection/opinions-job.ts';
export { opinionsView, ownOpinion, ownOpinions } from './selection/opinions-view.ts';
export { proposedShares } from './selection/proposed-shares.ts';
export { type RankingLine, rankingView } from './selection/ranking-view.ts';
export { followUp, followWords, recommend, recommendationsOf } from './selection/recommendations.ts';
export { recommendationsList } from './selection/recommendations-list.ts';
export { reopenAdmissibility } from './selection/reopen-admissibility.ts';
export { publicResults, type ResultLine, resultsView } from './selection/results-view.ts';
export {
  addScenario,
  candidatesOf,
  proposedAmounts,
  ranksOf,
  type ScenarioForm,
  scenariosOf,
  settleScenario,
  writeScenario,
} from './selection/scenarios.ts';
export { selectionPlace } from './selection/selection-place.ts';
export { sendLettersJob, sendPrepared } from './selection/send-letters.ts';
export { minutesPdf, minutesView, sessionView } from './selection/session-view.ts';
export { closeItem, filesToDiscuss, moveSession, sessionOutcome, sessionsOf } from './selection/sessions.ts';
export { type SessionLine, sessionLines } from './selection/sessions-list.ts';
export { keepMinutesJob, keptMinutes, signMinutes } from './selection/signed-minutes.ts';
export { sessionCalendar } from './selection/tell-jurors.ts';
export { neededByCalls } from './still-needed.ts';
export { whatWaits } from './waiting.ts';
export { type RunLine, whoRuns } from './who-runs.ts';
