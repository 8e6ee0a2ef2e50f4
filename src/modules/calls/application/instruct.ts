import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Calendar, phaseOf } from '../calendar.ts';
import { noReason } from '../call-refusals.ts';
import { byRule } from '../rule.ts';
import type { ApplicationEvent, ApplicationState, InadmissibleReason } from './application.ts';

type Decided = Result<readonly ApplicationEvent[]>;
type Kind = Pick<ApplicationState, 'kind'>;

interface AskedCompletion {
  readonly id: string;
  readonly due: string;
  readonly parts: readonly string[];
  /** Whether a motive is given. */
  readonly reason: boolean;
}

/** Changes what was asked and not answered yet, as if it was asked now: another request, in the place of the first. */
export const decideChangeCompletion = (
  state: Pick<ApplicationState, 'kind' | 'completion'>,
  asked: AskedCompletion,
  now: Temporal.Instant,
): Decided => {
  if (!state.completion) return refuse(nothingAsked);
  const may = decideAskCompletion(state, asked, now);
  return may.ok ? ok([{ type: 'CompletionChanged-V1', data: { id: asked.id, due: asked.due } }]) : may;
};

/** Asks for it no more: the deposit stands as it was. */
export const decideCancelCompletion = ({ completion }: Pick<ApplicationState, 'completion'>): Decided =>
  completion ? ok([{ type: 'CompletionCancelled-V1', data: { id: completion.id } }]) : refuse(nothingAsked);

/** Asks for a completion. Refuses a day that is past, and no part at all. */
export const decideAskCompletion = ({ kind }: Kind, asked: AskedCompletion, now: Temporal.Instant): Decided => {
  if (kind !== 'full') return refuse(onlyApplications);
  if (asked.parts.length === 0) return refuse(noPart);
  if (!asked.reason) return refuse(noReason);
  if (Temporal.Instant.compare(asked.due, now) <= 0) return refuse(dueInThePast);
  return ok([{ type: 'CompletionAsked-V1', data: { id: asked.id, due: asked.due } }]);
};

/** Finds an application admissible, once the call is closed: until then, its holder may still take it back and deposit another. */
export const decideAdmissible = ({ kind }: Kind, calendar: Calendar | null, now: Temporal.Instant): Decided => {
  if (kind !== 'full') return refuse(onlyApplications);
  if (!calendar || phaseOf(calendar, now) !== 'closed') return refuse(callStillOpen);
  return ok([{ type: 'FoundAdmissible-V1', data: {} }]);
};

/**
 * Finds an application inadmissible. National reasons are the three of the instruction (R-53: « seules »); a local one is
 * refused unless the call itself published a condition of its organisers. `text`: id of the motive.
 */
export const decideInadmissible = (
  { kind }: Kind,
  found: { readonly reasons: readonly InadmissibleReason[]; readonly text: string | undefined },
  { framed, conditions }: { readonly framed: boolean; readonly conditions: boolean },
): Decided => {
  if (kind !== 'full') return refuse(onlyApplications);
  const reasons = reasonsOf({ framed, conditions });
  if (found.reasons.length === 0) return refuse(noReasonChosen);
  if (!found.reasons.every((reason) => reasons.includes(reason))) return refuse(reasonNotPublished);
  if (!found.text) return refuse(noReason);
  return ok([{ type: 'FoundInadmissible-V1', data: { reasons: found.reasons, text: found.text } }]);
};

/** Goes back on an inadmissibility, told or not. `reason`: id of the motive. */
export const decideReopen = (
  { inadmissible }: Pick<ApplicationState, 'inadmissible'>,
  reason: string | undefined,
): Decided => {
  if (!inadmissible) return refuse(notInadmissible);
  return reason ? ok([{ type: 'AdmissibilityReopened-V1', data: { reason } }]) : refuse(noReason);
};

/** The reasons for which an application to a call may be found inadmissible. */
export const reasonsOf = ({
  framed,
  conditions,
}: {
  readonly framed: boolean;
  readonly conditions: boolean;
}): readonly InadmissibleReason[] => [
  ...(framed ? (['R-50', 'R-51', 'R-52'] as const) : []),
  ...(conditions ? (['local'] as const) : []),
];

/** Closes a letter of intent without follow-up. */
export const decideClose = ({ kind }: Kind, reason: string | undefined): Decided => {
  if (kind !== 'intent') return refuse(onlyLetters);
  return reason ? ok([{ type: 'LetterClosed-V1', data: { reason } }]) : refuse(noReason);
};

/** Makes an application of a letter of intent. `application`: the draft that was started from it. */
export const decideConvert = ({ kind }: Kind, application: string): Decided =>
  kind === 'intent' ? ok([{ type: 'LetterConverted-V1', data: { application } }]) : refuse(onlyLetters);

/** Takes back what was deposited. */
export const decideWithdraw = (reason: string | undefined): Decided =>
  reason ? ok([{ type: 'ApplicationWithdrawn-V1', data: { reason } }]) : refuse(noReason);

/** Notes that a draft was not deposited, once the call is closed. */
export const decideLapse = (calendar: Calendar | null, now: Temporal.Instant): Decided =>
  calendar && phaseOf(calendar, now) === 'closed'
    ? ok([{ type: 'ApplicationLapsed-V1', data: {} }])
    : refuse(callStillOpen);

const onlyApplications: Refusal = {
  code: 'letter_of_intent',
  message: 'Une lettre d’intention se transforme en candidature ou se clôt : elle ne s’instruit pas.',
};
const onlyLetters: Refusal = {
  code: 'not_a_letter',
  message: 'Cela concerne les lettres d’intention, pas les candidatures.',
};
const notInadmissible: Refusal = {
  code: 'not_inadmissible',
  message: 'Cette candidature n’a pas été trouvée irrecevable.',
};
/** No completion waits for an answer. */
export const nothingAsked: Refusal = { code: 'nothing_asked', message: 'Aucun complément n’est demandé.' };
const noPart: Refusal = { code: 'part_missing', field: 'parts', message: 'Dites quelles parties sont à compléter.' };
const dueInThePast: Refusal = {
  ...{ code: 'due_past', field: 'due', message: 'Donnez un jour et une heure à venir.' },
};
const callStillOpen: Refusal = {
  code: 'call_still_open',
  message: 'L’appel reçoit encore des candidatures : attendez sa clôture.',
};
const noReasonChosen: Refusal = {
  ...{ code: 'reason_not_chosen', field: 'reasons', message: 'Choisissez au moins un motif.' },
};
const reasonNotPublished = byRule('R-53', {
  ...{ code: 'reason_not_published', field: 'reasons' },
  message: 'Ce motif n’est ni national, ni une condition que cet appel a publiée.',
});
