export { lineLabel, toBeChecked } from './after/agreement-text.ts';
export { type AppealKind, appealKinds } from './after/appeal.ts';
export { byAxis, byNext, evaluationMethod } from './after/evaluation.ts';
export { nextSteps, type ReportContent, reportKinds, reportWords } from './after/report.ts';
export { axesOfPriorities, prioritiesOfAxes } from './after/showcase.ts';
export { supportChoices, supportWords } from './after/support.ts';
export { agreementWords, appealWords, paymentWords, reportStatusWords, showcaseWords } from './after/words.ts';
export { annualCreditRefusal } from './application/annual-credit.ts';
export { type ApplicationStatus, applicationStatuses } from './application/application.ts';
export { type Budget, budgetAdvice, budgetTotals, fundingWords, sourceWords } from './application/budget.ts';
export {
  type ApplicationContent,
  type ApplicationPart,
  applicationParts,
  letterParts,
} from './application/content.ts';
export type { DepositPlace } from './application/deposit.ts';
export { differenceOf } from './application/difference.ts';
export { eligibility } from './application/eligibility.ts';
export { formOf } from './application/form-of.ts';
export {
  filledDimensions,
  type Indicator,
  indicatorAdvice,
  indicatorsAdvice,
  kindWords,
  mostDimensions,
} from './application/indicators.ts';
export { asksOf, lettersAllowed, severalAllowed } from './application/may-start.ts';
export { mostBudgetLines, readBudget } from './application/read-budget.ts';
export { mostIndicators, readIndicators, readNumber } from './application/read-indicators.ts';
export { type PartSetting, readPartForm } from './application/read-part.ts';
export { openParts, partTitles, readable } from './application/readable.ts';
export { labelOfTerritory } from './application/territories-named.ts';
export { clockWords, deadlineWords, midnightWords, momentIn, secondWords } from './calendar.ts';
export { type CallSection, callSections, publishedStatuses } from './call.ts';
export { agencyWords, callKindCodes, callKinds } from './call-kind.ts';
export { permissionsDocument, statesDocument } from './documents.ts';
export { offeredMoney, pooledTotal, totalOf } from './envelope.ts';
export { agenciesOf, configurations, meetsWelcomeForAll, stateAgencies } from './frame.ts';
export { formatCents, readCents, typedCents } from './money.ts';
export { readings, rules } from './rule.ts';
export type { SectionLine } from './section-lines.ts';
export {
  commonCore,
  openChoices,
  questionKinds,
  sectionWords,
  settledBy,
  settledChoices,
  settledWords,
  specificationFields,
} from './section-words.ts';
export { keyOf, type LineUse, pooledUse, usesOf } from './selection/allocation.ts';
export { type IssueCode, isSupported, issueCodes, issueOf, issuesOf } from './selection/decision.ts';
export { declineReasons, type Marks } from './selection/evaluation.ts';
export { interestAnswers, linkKinds } from './selection/interests.ts';
export { FEW_VOICES, jurorQualities, voices } from './selection/jury.ts';
export { letterWords } from './selection/letter.ts';
export { opinionViews } from './selection/opinion.ts';
export type { Average } from './selection/ranking.ts';
export { type LineEnd, TOGETHER, withinEnd } from './selection/ranking-under-envelopes.ts';
export { compareScenarios, type ScenarioTotals, type Share } from './selection/scenario.ts';
export { outlineOf, radiusOf, type Spot, squareOf } from './selection/scenario-map.ts';
export { votes } from './selection/session.ts';
