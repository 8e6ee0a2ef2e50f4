import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Phase, phaseOf } from '../calendar.ts';
import type { CallState } from '../call.ts';
import { type CallKindCode, type KindAsk, kindOf } from '../call-kind.ts';
import type { Words } from '../section-words.ts';
import type { ApplicationKind } from './application.ts';

/** What organisers settled of applications; `unsettled`: no text says, they did not either, so it is possible, and said. */
export type Settled = 'yes' | 'no' | 'unsettled';
export const severalAllowed = ({ several }: Words<'choices'>): Settled => several || 'unsettled';
export const lettersAllowed = ({ letters }: Words<'choices'>): Settled => letters || 'unsettled';

/** What a deposit is asked of money and of who may be paid, by the kind of its call, or by what its organisers settled. */
export type Asks = { readonly [Ask in KindAsk]: boolean };
export const asksOf = (kind: CallKindCode, choices: Words<'choices'>): Asks => {
  const asked = (ask: KindAsk): boolean => {
    const fixed = kindOf(kind).asks[ask];
    return fixed === 'open' ? choices[ask] === 'yes' : fixed === 'yes';
  };
  return { money: asked('money'), agreement: asked('agreement') };
};

/**
 * Whether an application of this kind may be started now. `alive`: how many of that kind the person already signs in this
 * call, drafts and deposits. Refused outside the opening (at the very instant of closing, it is closed), a letter where the
 * call takes none, and a second one where the call takes one each.
 */
export const mayStart = (
  { status, calendar }: Pick<CallState, 'status' | 'calendar'>,
  choices: Words<'choices'>,
  { kind, alive, now }: { readonly kind: ApplicationKind; readonly alive: number; readonly now: Temporal.Instant },
): Result<void> => {
  const open = callOpen({ status, calendar }, now);
  if (!open.ok) return open;
  if (kind === 'intent' && lettersAllowed(choices) === 'no') return refuse(noLetters);
  if (alive > 0 && severalAllowed(choices) === 'no') return refuse(onlyOne);
  return ok(undefined);
};

/** Refuses what only an open call takes: before its opening, from the instant of its closing on, and cancelled. */
export const callOpen = (
  { status, calendar }: Pick<CallState, 'status' | 'calendar'>,
  now: Temporal.Instant,
): Result<void> => {
  if (status !== 'published' || !calendar) return refuse(notPublished);
  const phase = phaseOf(calendar, now);
  return phase === 'open' ? ok(undefined) : refuse(notOpen[phase]);
};

const notPublished: Refusal = { code: 'call_not_open', message: 'Cet appel ne reçoit pas de candidature.' };
const notOpen: Readonly<Record<Exclude<Phase, 'open'>, Refusal>> = {
  coming: { code: 'call_not_open', message: 'Cet appel n’est pas encore ouvert.' },
  closed: { code: 'call_closed', message: 'La limite de dépôt est passée.' },
};
const noLetters: Refusal = {
  code: 'no_letters',
  field: 'kind',
  message: 'Cet appel ne reçoit pas de lettre d’intention : commencez une candidature.',
};
const onlyOne: Refusal = {
  code: 'only_one',
  message: 'Cet appel reçoit une seule candidature par porteur, et vous en signez déjà une.',
};
