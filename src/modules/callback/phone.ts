import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Codes of the territories whose numbers are dialled with ten digits from all of France, mainland and overseas. */
const tenDigits: Readonly<Record<string, RegExp>> = {
  '33': /^[1-79]/,
  // La Réunion and Mayotte; Guadeloupe, Saint-Martin and Saint-Barthélemy; Guyane; Martinique.
  '262': /^(262|263|269|639|69[23]|976)/,
  '590': /^(590|69[01]|976)/,
  '594': /^(594|694|976)/,
  '596': /^(596|69[67]|976)/,
};

/** Territories with a plan of numbers of their own: their code is always said, then this many digits. */
const ownPlan: Readonly<Record<string, number>> = { '508': 6, '681': 6, '687': 6, '689': 8 };

/**
 * A French telephone number where somebody can be called back, mainland or overseas, as it is kept: `0612345678`, or with its
 * code for Saint-Pierre-et-Miquelon, Wallis-et-Futuna, Nouvelle-Calédonie and Polynésie française: `+687123456`. Refuses
 * short numbers, those that cost (08), and those of other countries. The plan is that of the Arcep.
 */
export const readPhone = (typed: string): Result<string> => {
  const dialled = typed
    .trim()
    .replace(/\(0\)/, '')
    .replaceAll(/[\s.\-–/()\u2011]/g, '')
    .replace(/^00/, '+');
  const abroad = /^\+(\d{2,3}?)(\d+)$/;
  if (/^0\d{9}$/.test(dialled)) return national(dialled);
  if (!abroad.test(dialled)) return refuse(dialled === '' ? missing : unreadable);
  for (const [code, digits] of Object.entries(ownPlan)) {
    if (dialled.startsWith(`+${code}`) && dialled.length === code.length + 1 + digits) return ok(dialled);
  }
  for (const [code, begins] of Object.entries(tenDigits)) {
    const rest = dialled.slice(code.length + 1);
    if (dialled.startsWith(`+${code}`) && /^\d{9}$/.test(rest) && begins.test(rest)) return national(`0${rest}`);
  }
  return refuse(unreadable);
};

const national = (number: string): Result<string> =>
  number.startsWith('08') || number.startsWith('00') ? refuse(costly) : ok(number);

/** As people read it: `06 12 34 56 78`, `+687 12 34 56`. */
export const phoneWords = (number: string): string => {
  const [code, rest] = number.startsWith('+') ? [`${number.slice(0, 4)} `, number.slice(4)] : ['', number];
  return `${code}${rest.replaceAll(/(\d\d)(?=\d)/g, '$1 ')}`.replaceAll(' ', '\u00a0');
};

const missing: Refusal = { code: 'phone_missing', field: 'phone', message: 'Écrivez le numéro où vous rappeler.' };
const unreadable: Refusal = {
  code: 'phone_unreadable',
  field: 'phone',
  message:
    'Ce numéro n’est pas complet, ou n’est pas un numéro de France. Exemple : 06 39 98 00 00. Pour le Pacifique et Saint-Pierre-et-Miquelon, commencez par l’indicatif, comme +687.',
};
const costly: Refusal = {
  code: 'phone_costly',
  field: 'phone',
  message: 'Ce numéro ne peut pas être rappelé. Donnez un numéro fixe ou mobile ordinaire.',
};
