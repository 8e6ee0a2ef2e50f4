import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { longest } from './draft.ts';

/** What somebody may propose to correct of a place of the directory, in the order of the form. */
export const correctable = [
  { name: 'name', label: 'Nom' },
  { name: 'phone', label: 'Téléphone' },
  { name: 'email', label: 'Adresse électronique' },
  { name: 'website', label: 'Site' },
  { name: 'line', label: 'Numéro et rue' },
  { name: 'postcode', label: 'Code postal' },
  { name: 'hours_note', label: 'Horaires, en mots' },
] as const;

export type CorrectableName = (typeof correctable)[number]['name'];

/** Values of a place: a text, or nothing known. `state` closes it. */
export type CorrectionFields = { readonly [Name in CorrectableName]?: string | null } & {
  readonly state?: 'open' | 'closed';
};

/**
 * What a form proposes to change in a place: only the fields that are another than now. Refuses a proposal that changes
 * nothing, a place without a name, and what is no telephone, address, site or postcode.
 */
export const readCorrection = (
  now: CorrectionFields,
  typed: { readonly [Name in CorrectableName]: string } & { readonly closed: boolean },
): Result<CorrectionFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const changed: Record<string, string | null> = {};
  for (const { name } of correctable) {
    const value = typed[name].replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
    if (value === (now[name] ?? '')) continue;
    const trouble = value === '' ? (name === 'name' ? 'Un lieu a toujours un nom.' : undefined) : checks[name](value);
    if (trouble) refusals.push({ code: `bad_${name}`, field: name, message: trouble });
    changed[name] = value || null;
  }
  if (typed.closed && now.state !== 'closed') changed.state = 'closed';
  if (refusals.length > 0) return refuse(refusals);
  if (Object.keys(changed).length === 0) return refuse([nothingChanged]);
  return ok(changed as CorrectionFields);
};

/** A correction in words, line by line. */
export const correctionLines = (
  before: CorrectionFields,
  after: CorrectionFields,
): readonly { readonly term: string; readonly before: string; readonly after: string }[] => [
  ...correctable
    .filter(({ name }) => after[name] !== undefined)
    .map(({ name, label }) => ({ term: label, before: before[name] ?? '', after: after[name] ?? '' })),
  ...(after.state ? [{ term: 'État', before: 'Ouvert', after: 'Fermé définitivement' }] : []),
];

const short = (value: string): string | undefined =>
  [...value].length > longest.line ? `${longest.line} signes au plus.` : undefined;

const checks: Readonly<Record<CorrectableName, (value: string) => string | undefined>> = {
  name: short,
  line: short,
  hours_note: short,
  phone: (value) => (/^\+?\d[\d .-]{1,20}$/.test(value) ? undefined : 'Écrivez un numéro de téléphone.'),
  email: (value) =>
    value.length <= longest.address && /^[^\s<>@,;:"()\\]+@[^\s<>@,;:"()\\.]+(\.[^\s<>@,;:"()\\.]+)+$/.test(value)
      ? undefined
      : 'Cette adresse n’est pas complète.',
  website: (value) =>
    value.length <= longest.address && /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value)
      ? undefined
      : 'L’adresse du site commence par https:// ou http://.',
  postcode: (value) => (/^\d{5}$/.test(value) ? undefined : 'Un code postal compte cinq chiffres.'),
};

const nothingChanged: Refusal = {
  code: 'nothing_changed',
  message: 'Rien n’est changé : corrigez au moins une ligne.',
};
