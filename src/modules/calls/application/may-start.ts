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
 * As many files as one person starts in a call, whatever became of them: each has room for pieces, and no call needs more. The
 * bound is of this site, where a call says nothing or that several may be deposited.
 */
export const MOST_FILES = 20;

/**
 * Whether an application of this kind may be started now. `started`: how many files the person started in this call. `alive`: how many of that kind the person already signs in this
 * call, drafts and deposits. Refused outside the opening (at the very instant of closing, it is closed), a letter where the
 * call takes none, and a second one where the call takes one each.
 */
export const mayStart = (
  { status, calendar }: Pick<CallState, 'status' | 'calendar'>,
  choices: Words<'choices'>,
  { kind, started, alive, now }: Starting,
): Result<void> => {
  const open = callOpen({ status, calendar }, now);
  if (!open.ok) return open;
  if (kind === 'intent' && lettersAllowed(choices) === 'no') return refuse(noLetters);
  if (alive > 0 && severalAllowed(choices) === 'no') return refuse(onlyOne);
  if (started >= MOST_FILES) return refuse(tooManyFiles);
  return ok(undefined);
};

interface Starting {
  readonly kind: ApplicationKind;
  readonly started: number;
  readonly alive: number;
  readonly now: Temporal.Instant;
}

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
const tooManyFiles: Refusal = {
  code: 'too_many_files',
  message: `Vous avez déjà commencé ${MOST_FILES} candidatures ou lettres à cet appel : c’est le maximum pour une personne. Écrivez dans celles qui ne sont pas déposées, ou demandez à une autre personne de votre structure de commencer.`,
};
const onlyOne: Refusal = {
  code: 'only_one',
  message: 'Cet appel reçoit une seule candidature par porteur, et vous en signez déjà une.',
};
