export { answeringIn, answersAs } from './answering.ts';
export { badgePng } from './badge-image.ts';
export { caseView } from './case-view.ts';
export { readReason } from './cases.ts';
export { enterClaimCode, prepareLetter } from './claim-letter.ts';
export { claimableListing } from './claimable.ts';
export { claimListing, ownClaims, readOwnClaim, withdrawClaim } from './claims.ts';
export { closeRegistration, giveBackListing } from './close.ts';
export { lookUpCompany } from './company-lookup.ts';
export { searchCompanies } from './company-search.ts';
export { correctableListing, proposeCorrection } from './corrections.ts';
export { decideOnCase } from './decide.ts';
export { keptInsteadOf, proposeMerge } from './duplicates.ts';
export {
  type Consequence,
  consequencesOfErasure,
  emptyRegistration,
  eraseProfessional,
  exportProfessional,
} from './erasure.ts';
export { type AskView, answerExact, readAsk, silenceByLink } from './fresh/answer.ts';
export { campaignJob } from './fresh/campaign-job.ts';
export { campaignScopes, campaignsOf, campaignView, type Outcome, outcomes } from './fresh/campaign-view.ts';
export { countAsked, readCampaignAsked, startCampaign, stopCampaign } from './fresh/campaigns.ts';
export { chooseRhythm, confirmKept, ownAddress, setReminders, type ToDo, toDoOf } from './fresh/own.ts';
export { remindJob } from './fresh/remind.ts';
export { labelView } from './label.ts';
export { likelyListings } from './likely-listings.ts';
export {
  ARRIVAL_DAYS,
  arrivalsIn,
  LISTED_AT_ONCE,
  type Listed,
  listedIn,
  listedNamed,
  listedOf,
  listedOfSiren,
} from './listed.ts';
export { tokenOfListing } from './listing-label.ts';
export { professionalsMigrations } from './migrations.ts';
export { countOpenCases, moderates, openCases, withinGrants } from './moderation.ts';
export { type Organiser, organiserOf } from './organiser.ts';
export { sirensOf } from './own-sirens.ts';
export { keptListings, keptTours, toldPlaces } from './ownership.ts';
export { placeOnMap } from './place-on-map.ts';
export { giveTrust, policyView, type Review, reviews, setReview, setsPolicy, takeTrust } from './policy.ts';
export { findDuplicatesJob, keepApart, probableDuplicates } from './probable.ts';
export {
  keepStep,
  ownRegistrations,
  publishedStructures,
  readRegistration,
  siretsOf,
  startRegistration,
} from './registrations.ts';
export { openReports, settleReport, settlesReports } from './reports.ts';
export { professionalsRetention } from './retention.ts';
export { sendRegistration } from './send.ts';
export { commandAttestationOf, commandOwnAttestation, expireAttestations } from './supervise.ts';
export { teamStream } from './team-stream.ts';
export { type TerritoryReportTable, territoryReports } from './territory-reports.ts';
export { undoCase } from './undo.ts';
