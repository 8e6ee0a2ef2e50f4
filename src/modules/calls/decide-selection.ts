import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { MessageWaits } from './after/laureates-message.ts';
import type { CallEvent, CallState } from './call.ts';
import { kindOf } from './call-kind.ts';
import { noReason } from './call-refusals.ts';
import { type Frame, minimumOf } from './frame.ts';
import { byRule, whereFramed } from './rule.ts';
import { type Amounts, keyOf, totalAmount, usesOf } from './selection/allocation.ts';

/** The commands on a published call, from its closing to its end. A `reason` is the id of the row that holds it. */
export type SelectionOrder =
  | { readonly command: 'topUp'; readonly envelope: string; readonly origin: string; readonly cents: number }
  | { readonly command: 'startSelection' | 'fixResults' | 'notifyResults'; readonly reason?: string }
  | { readonly command: 'finish' };

/** Where a selection stands, counted in the transaction that acts. */
export interface SelectionFacts {
  /** Whether who acts may hear how many: no file of the call is hidden from them (I-6). */
  readonly countable: boolean;
  /** Files to which something was asked that was not answered. */
  readonly incomplete: number;
  /** Admissible applications without a decision signed by each organiser. */
  readonly undecided: number;
  /** Sessions whose minutes are signed, and the others. */
  readonly minutes: { readonly signed: number; readonly unsigned: number };
  /** Applications that get money or a label. */
  readonly laureates: number;
  readonly allocated: Amounts;
  /** Decisions whose letter is not ready. */
  readonly unwritten: number;
  readonly message: MessageWaits;
  /** Applications whose decision is still to be taken, or was not told: after the end, nothing more could be sent. */
  readonly untold: number;
  /** Projects helped that have not ended. */
  readonly underway: number;
}

/** What a command of the selection makes of a call. The table was asked already. */
export const decideSelection = (
  state: CallState,
  order: SelectionOrder,
  {
    frame,
    now,
    selection,
  }: { readonly frame: Frame; readonly now: Temporal.Instant; readonly selection?: SelectionFacts },
): Result<readonly CallEvent[]> => {
  if (order.command === 'topUp') {
    const { envelope, origin, cents } = order;
    const known = state.money.envelopes.some((one, at) => keyOf(one, at) === envelope);
    if (!known || !Number.isSafeInteger(cents) || cents <= 0) return refuse(nothingAdded);
    return origin === ''
      ? refuse(noOrigin)
      : ok([{ type: 'EnvelopeToppedUp-V1', data: { envelope, origin: origin.slice(0, 120), cents } }]);
  }
  if (!selection) return refuse(unknownFacts);
  switch (order.command) {
    case 'startSelection': {
      const { closesAt } = state.calendar ?? {};
      if (!closesAt || Temporal.Instant.compare(now, closesAt) < 0) return refuse(stillOpen);
      if (selection.incomplete > 0 && !order.reason)
        return refuse(leftIncomplete(toldOf(selection.incomplete, selection)));
      return ok([{ type: 'SelectionStarted-V1', data: { reason: order.reason ?? null } }]);
    }
    case 'fixResults':
      return fixResults(state, order.reason, selection, frame);
    case 'notifyResults':
      if (selection.undecided > 0) return refuse(undecided(toldOf(selection.undecided, selection)));
      if (selection.unwritten > 0) return refuse(lettersMissing(toldOf(selection.unwritten, selection)));
      if (selection.message === 'ready') return ok([{ type: 'ResultsNotified-V1', data: {} }]);
      if (selection.message !== 'nobody') return refuse(messageMissing);
      return order.reason
        ? ok([{ type: 'ResultsNotified-V1', data: { withoutMessage: order.reason } }])
        : refuse(nobodyPrepares);
    case 'finish':
      if (selection.untold > 0) return refuse(untold(toldOf(selection.untold, selection)));
      return selection.underway > 0
        ? refuse(stillUnderway(toldOf(selection.underway, selection)))
        : ok([{ type: 'CallFinished-V1', data: {} }]);
  }
};

/** Every decision signed, minutes signed, each line within what it holds; nobody, or less than the minimum, says why. */
const fixResults = (
  { kind, money, configuration }: CallState,
  reason: string | undefined,
  { undecided: waiting, countable, minutes, laureates, allocated }: SelectionFacts,
  frame: Frame,
): Result<readonly CallEvent[]> => {
  if (waiting > 0) return refuse(undecided(toldOf(waiting, { countable })));
  if (minutes.signed === 0 || minutes.unsigned > 0) return refuse(noMinutes);
  if (usesOf(money.envelopes, allocated).some(({ left }) => left < 0)) return refuse(overspent(kindOf(kind).framed));
  if (laureates === 0 && !reason) return refuse(unsuccessful);
  if (configuration && totalAmount(allocated) < minimumOf(frame, configuration) && !reason)
    return refuse(
      byRule(configuration === 'joint' ? 'R-31' : 'R-30', {
        code: 'below_minimum',
        field: 'reason',
        message: 'Moins que le minimum national est attribué. C’est possible en disant pourquoi.',
      }),
    );
  return ok([{ type: 'ResultsFixed-V1', data: { laureates, allocated, reason: reason ?? null } }]);
};

/** How many, for who may hear it: a count with the files that are hidden from somebody would tell where those stand. */
const toldOf = (count: number, { countable }: Pick<SelectionFacts, 'countable'>): number | undefined =>
  countable ? count : undefined;

/** « Un dossier attend », « 3 dossiers attendent », or without the count: « Des dossiers attendent ». */
const counted = (count: number | undefined, one: string, several: string): string =>
  count === 1 ? one : `${count ?? 'Des'} ${several}`;

const nothingAdded: Refusal = {
  code: 'amount_missing',
  field: 'cents',
  message: 'Dites quelle enveloppe reçoit combien.',
};
const noOrigin: Refusal = { ...noReason, field: 'origin', message: 'Dites d’où vient cet abondement.' };
const unknownFacts: Refusal = { code: 'not_now', message: 'Rechargez la page ; rien n’a été changé.' };
const stillOpen: Refusal = {
  code: 'still_open',
  message: 'La sélection commence une fois la limite de dépôt passée.',
};
const leftIncomplete = (count: number | undefined): Refusal => ({
  ...{ code: 'files_incomplete', field: 'reason' },
  message: `${counted(count, 'Un dossier attend', 'dossiers attendent')} encore un complément. Statuez dessus, ou dites pourquoi commencer ainsi.`,
});
const undecided = (count: number | undefined): Refusal => ({
  code: 'undecided',
  message: `${counted(count, 'Une candidature recevable attend', 'candidatures recevables attendent')} une décision signée de chaque organisateur.`,
});
const noMinutes: Refusal = {
  code: 'minutes_missing',
  message: 'Le procès-verbal de chaque séance doit être signé, et il en faut un au moins.',
};
const overspent = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-33', {
    code: 'above_envelope',
    message: 'Une enveloppe est dépassée : les résultats ne peuvent pas être arrêtés ainsi.',
  });
const unsuccessful: Refusal = {
  ...{ code: 'no_laureate', field: 'reason' },
  message: 'Aucun projet n’est retenu : l’appel est infructueux, dites pourquoi.',
};
const lettersMissing = (count: number | undefined): Refusal => ({
  code: 'letters_missing',
  message: `${counted(count, 'Un courrier n’est pas préparé', 'courriers ne sont pas préparés')} : préparez-les et relisez-les avant l’envoi.`,
});
const messageMissing = byRule('R-90', {
  code: 'ministry_message_missing',
  message:
    'Le message qui fait connaître les lauréats au ministère n’est pas préparé, ou ne dit plus qui est retenu. Lisez-le et gardez-le avant de notifier.',
});
const nobodyPrepares = byRule('R-90', {
  ...{ code: 'ministry_message_impossible', field: 'reason' },
  message:
    'Aucun agent des organisateurs ne peut lire tous les lauréats : chacun est en déport. Dites-le, et qui fera connaître les lauréats au ministère : le motif reste avec l’appel.',
});
const untold = (count: number | undefined): Refusal => ({
  code: 'decisions_untold',
  message: `${counted(count, 'Une candidature attend encore sa décision ou son courrier', 'candidatures attendent encore leur décision ou leur courrier')}. Une fois l’appel achevé, plus rien ne pourrait partir.`,
});
const stillUnderway = (count: number | undefined): Refusal => ({
  code: 'projects_underway',
  message: `${counted(count, 'Un projet aidé n’est pas achevé', 'projets aidés ne sont pas achevés')}.`,
});
