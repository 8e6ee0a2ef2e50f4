import type { Brand } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Number of an establishment: SIREN (nine digits) and five more. */
export type Siret = Brand<string, 'Siret'>;

/**
 * Reads a SIRET, with or without spaces. Refuses what has not fourteen digits, and what the key does not fit: sums of the
 * digits, every other one doubled (Luhn's algorithm, ISO/IEC 7812-1), must be a multiple of ten. The establishments of La
 * Poste, SIREN 356 000 000, follow another rule: the plain sum of the fourteen digits is a multiple of five.
 */
export const readSiret = (text: string): Result<Siret> => {
  const digits = text.replace(/[\s.\u00a0\u202f]/g, '');
  if (!/^\d{14}$/.test(digits)) return refuse(notFourteen);
  return isSiret(digits) ? ok(digits as Siret) : refuse(wrongKey);
};

const isSiret = (digits: string): boolean =>
  digits !== '00000000000000' &&
  // The number of the company has its own key.
  luhnSum(digits.slice(0, 9)) % 10 === 0 &&
  (luhnSum(digits) % 10 === 0 || (digits.startsWith(LA_POSTE) && plainSum(digits) % 5 === 0));

const LA_POSTE = '356000000';

/** Sum of the digits, every other one from the right doubled, and less nine when that goes over nine. */
const luhnSum = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);

const plainSum = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);

/** Whether a text is the number of a company, with or without spaces: a SIREN, nine digits that fit their key, or a SIRET. */
export const isCompany = (text: string): boolean => {
  const digits = text.replace(/[\s.\u00a0\u202f]/g, '');
  return (/^\d{9}$/.test(digits) && digits !== '000000000' && luhnSum(digits) % 10 === 0) || readSiret(text).ok;
};

/** As people write it: `552 178 639 00132`. */
export const writeSiret = (siret: string): string =>
  siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00a0$2\u00a0$3\u00a0$4');

const notFourteen: Refusal = {
  code: 'siret_length',
  field: 'siret',
  message: 'Un SIRET compte 14 chiffres. Vous pouvez aussi laisser cette ligne vide.',
};

const wrongKey: Refusal = {
  code: 'siret_key',
  field: 'siret',
  message: 'Ce numéro contient une erreur : sa clé ne correspond pas. Relisez-le, ou laissez la ligne vide.',
};
