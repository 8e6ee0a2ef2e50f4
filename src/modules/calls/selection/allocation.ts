import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Envelope, totalOf } from '../envelope.ts';
import { whereFramed } from '../rule.ts';

/** Whole cents by envelope, see `keyOf`. An envelope that gives nothing is left out. */
export type Amounts = { readonly [envelope: string]: number };

/** What an envelope is named by: its line for those of the State, else its place in the call. Stays once published. */
export const keyOf = ({ line }: Envelope, at: number): string => (line === 'other' ? `other-${at}` : line);

/** What is given of one envelope, and what is left of it. Lines of credit never merge, even in a pooled call. */
export interface LineUse {
  readonly key: string;
  readonly funder: string;
  readonly line: Envelope['line'];
  readonly total: number;
  readonly given: number;
  /** Under zero in a scenario that gives too much: shown, never decided. */
  readonly left: number;
}

/** Line by line, what amounts take. */
export const usesOf = (envelopes: readonly Envelope[], given: Amounts): readonly LineUse[] =>
  envelopes.map((envelope, at) => {
    const key = keyOf(envelope, at);
    const total = totalOf(envelope);
    const taken = given[key] ?? 0;
    return { key, funder: envelope.funder, line: envelope.line, total, given: taken, left: total - taken };
  });

/** All lines as one: a view of a pooled call, from which nothing is decided. */
export const pooledUse = (uses: readonly LineUse[]) => ({
  total: sum(uses.map(({ total }) => total)),
  given: sum(uses.map(({ given }) => given)),
  left: sum(uses.map(({ left }) => left)),
});

/** Amounts added line by line. */
export const addAmounts = (all: readonly Amounts[]): Amounts => {
  const added: Record<string, number> = {};
  for (const amounts of all) {
    for (const [key, cents] of Object.entries(amounts)) added[key] = (added[key] ?? 0) + cents;
  }
  return added;
};

/** What an amount is in all, whatever its lines. */
export const totalAmount = (amounts: Amounts): number => sum(Object.values(amounts));

/**
 * What may be given, `others` being already given: each line pays within what it holds, and never for another one, pooled
 * or not (I-3, I-12). Refuses a line that the call does not have, and what is no whole positive number of cents. `framed`: the
 * national frame binds the call.
 */
export const withinEnvelopes = (
  { envelopes, framed }: { readonly envelopes: readonly Envelope[]; readonly framed: boolean },
  others: Amounts,
  asked: Amounts,
): Result<Amounts> => {
  const lines = new Map(usesOf(envelopes, others).map((use) => [use.key, use]));
  const kept: Record<string, number> = {};
  for (const [key, cents] of Object.entries(asked)) {
    if (cents === 0) continue;
    const line = lines.get(key);
    if (!line) return refuse(noSuchLine);
    if (!Number.isSafeInteger(cents) || cents < 0) return refuse({ ...notAnAmount, field: `amount-${key}` });
    if (cents > line.left) return refuse({ ...aboveEnvelope(framed), field: `amount-${key}` });
    kept[key] = cents;
  }
  return ok(kept);
};

/** Envelopes after one of them was topped up locally. */
export const toppedUp = (
  envelopes: readonly Envelope[],
  { envelope: key, origin, cents }: { readonly envelope: string; readonly origin: string; readonly cents: number },
): readonly Envelope[] =>
  envelopes.map((envelope, at) =>
    keyOf(envelope, at) === key ? { ...envelope, topUps: [...envelope.topUps, { origin, cents }] } : envelope,
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const noSuchLine: Refusal = { code: 'no_such_line', message: 'Cette enveloppe n’est pas de cet appel.' };
const notAnAmount: Refusal = {
  code: 'amount_unreadable',
  message: 'Un montant est un nombre positif, au centime près.',
};
const aboveEnvelope = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-33', {
    code: 'above_envelope',
    message:
      'Il ne reste pas assez dans cette enveloppe. Chaque ligne de crédit paie sur ce qu’elle a, même mutualisée.',
  });
