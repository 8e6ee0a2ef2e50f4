import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Above it, somebody mistyped: a billion euros, in cents. Far under what a number of JavaScript keeps exactly. */
const MOST_CENTS = 100_000_000_000;

/**
 * Reads an amount in euros as people type it, « 100 000 », « 1 234,50 € », into whole cents. `undefined` when empty.
 * Refuses what is negative, what is no amount (letters, a formula), more than two decimals and more than a billion.
 */
export const readCents = (typed: string, field: string): Result<number | undefined> => {
  const plain = typed.replaceAll(/[\s€]/g, '');
  if (plain === '') return ok(undefined);
  const [, euros = '', decimals = ''] = /^(\d+)(?:[,.](\d{1,2}))?$/.exec(plain) ?? [];
  if (/^[-−–]\d/.test(plain)) return refuse(negative(field));
  if (/^\d+[,.]\d{3,}$/.test(plain)) return refuse(tooFine(field));
  if (euros === '') return refuse(unreadable(field));
  if (euros.length > 10) return refuse(tooMuch(field));
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
  return cents > MOST_CENTS ? refuse(tooMuch(field)) : ok(cents);
};

/** An amount as it is said: « 100 000 € », « 1 234,50 € ». */
export const formatCents = (cents: number): string => {
  const euros = Math.trunc(cents / 100)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ' ');
  const rest = cents % 100;
  return `${euros}${rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`} €`;
};

/** The amount as it is typed again: « 100000 », « 1234,50 ». */
export const typedCents = (cents: number): string =>
  cents % 100 === 0 ? String(cents / 100) : `${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, '0')}`;

const unreadable = (field: string): Refusal => ({
  code: 'amount_unreadable',
  field,
  message: 'Écrivez un montant en euros, par exemple 100 000 ou 1 234,50.',
});
const negative = (field: string): Refusal => ({
  ...{ code: 'amount_negative', field, message: 'Un montant n’est jamais négatif : écrivez-le sans le signe moins.' },
});
const tooFine = (field: string): Refusal => ({
  code: 'amount_too_fine',
  field,
  message: 'Un montant s’arrête aux centimes : deux chiffres au plus après la virgule.',
});
const tooMuch = (field: string): Refusal => ({
  code: 'amount_too_large',
  field,
  message: 'Ce montant dépasse un milliard d’euros : relisez-le.',
});
