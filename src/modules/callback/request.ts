import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import { readPhone } from './phone.ts';
import { type Slot, slotCode } from './slots.ts';

/**
 * `waiting`: nobody has taken it; `taken`: somebody of the team will call; `closed`: with what came of it; `cancelled`: by the
 * person, and emptied at once.
 */
export const callbackStatuses = ['waiting', 'taken', 'closed', 'cancelled'] as const;
export type CallbackStatus = (typeof callbackStatuses)[number];

/** What came of a call. Nothing of what was said. */
export const outcomes = [
  { value: 'spoken', label: 'Nous nous sommes parlé' },
  { value: 'nobody', label: 'Personne n’a répondu' },
  { value: 'wrong', label: 'Ce n’était pas le bon numéro' },
  { value: 'refused', label: 'La personne ne souhaite pas d’appel' },
] as const;
export type Outcome = (typeof outcomes)[number]['value'];

/** The longest words on how to present oneself, in signs. */
export const MOST_SIGNS = 80;

/** The fields as they were typed. Nothing else is asked: no name, no reason. */
export interface TypedRequest {
  readonly phone: string;
  readonly slot: string;
  readonly presentation: string;
  readonly noMessage: boolean;
}

export interface CallbackRequest {
  readonly phone: string;
  readonly slot: Slot;
  /** How to present oneself to somebody else who answers; empty: say nothing, call again. */
  readonly presentation: string;
  readonly noMessage: boolean;
}

/** Reads a request among the slots that are offered. Refuses each field at fault, in the order of the page. */
export const readRequest = (
  typed: TypedRequest,
  offered: readonly Slot[],
): Result<CallbackRequest, readonly Refusal[]> => {
  const phone = readPhone(typed.phone);
  const slot = offered.find((one) => slotCode(one) === typed.slot);
  const presentation = oneLine(typed.presentation);
  const refusals: Refusal[] = [
    ...(phone.ok ? [] : [phone.error]),
    ...(slot ? [] : [typed.slot === '' ? slotMissing : slotGone]),
    ...([...presentation].length > MOST_SIGNS ? [tooLong] : []),
  ];
  if (!phone.ok || !slot || refusals.length > 0) return refuse(refusals);
  return ok({ phone: phone.value, slot, presentation, noMessage: typed.noMessage });
};

const slotMissing: Refusal = { code: 'slot_missing', field: 'slot', message: 'Choisissez quand vous rappeler.' };
const slotGone: Refusal = {
  code: 'slot_gone',
  field: 'slot',
  message: 'Ce moment n’est plus proposé : choisissez-en un autre.',
};
const tooLong: Refusal = {
  code: 'presentation_too_long',
  field: 'presentation',
  message: `Quelques mots suffisent : ${MOST_SIGNS} signes au plus.`,
};
