import {
  accessFacts,
  audiences,
  bookings,
  costs,
  labelOf,
  languages,
  modes,
  type ServiceFields,
} from '#modules/directory/index.ts';
import { priorityNumbers } from '#modules/priorities/index.ts';
import { ok, type Refusal, type Result } from '#platform/result.ts';
import { longest } from './draft.ts';
import { hoursFromLines, linesFromHours, weekDays } from './hours-entry.ts';

/** What a field of a listing holds: a text, some codes or numbers, or nothing known. */
export type CorrectableValue = string | readonly string[] | readonly number[] | null;

/** A field that somebody may propose to correct: how it is written on the form, read from it, and said. */
export interface CorrectableField {
  readonly name: string;
  readonly label: string;
  /** `line` and `text`: one line or several. `codes`: some of `words`. `hours`: seven lines, Monday first. */
  readonly shape: 'line' | 'text' | 'codes' | 'hours';
  /** The choices of `codes`. */
  readonly words?: readonly { readonly code: string; readonly label: string }[];
  /** What is wrong with a text that is not empty. */
  readonly trouble?: (text: string) => string | undefined;
}

const atMost =
  (signs: number) =>
  (text: string): string | undefined =>
    [...text].length > signs ? `${signs} signes au plus.` : undefined;

const line = (name: string, label: string, trouble = atMost(longest.line)): CorrectableField => ({
  ...{ name, label, trouble, shape: 'line' },
});

const contacts: readonly CorrectableField[] = [
  line('phone', 'Téléphone', (text) =>
    /^\+?\d[\d .-]{1,20}$/.test(text) ? undefined : 'Écrivez un numéro de téléphone.',
  ),
  line('email', 'Adresse électronique', (text) =>
    text.length <= longest.address && /^[^\s<>@,;:"()\\]+@[^\s<>@,;:"()\\.]+(\.[^\s<>@,;:"()\\.]+)+$/.test(text)
      ? undefined
      : 'Cette adresse n’est pas complète.',
  ),
  line('website', 'Site', (text) =>
    text.length <= longest.address && /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text)
      ? undefined
      : 'L’adresse du site commence par https:// ou http://.',
  ),
];

const codes = (name: keyof ServiceFields | 'access', label: string, words: CorrectableField['words'] & object) =>
  ({ name, label, words, shape: 'codes' }) as const;

/** What may be corrected of a place and of a service, in the order of the form. */
export const correctable: Readonly<Record<'place' | 'service', readonly CorrectableField[]>> = {
  place: [
    line('name', 'Nom'),
    ...contacts,
    line('line', 'Numéro et rue'),
    line('postcode', 'Code postal', (text) =>
      /^\d{5}$/.test(text) ? undefined : 'Un code postal compte cinq chiffres.',
    ),
    { name: 'hours', label: 'Horaires', shape: 'hours' },
    line('hours_note', 'À savoir sur les horaires'),
    codes('access', 'Pour y venir et y être bien', accessFacts),
  ],
  service: [
    line('name', 'Nom'),
    { name: 'summary', label: 'En une ou deux phrases', shape: 'text', trouble: atMost(longest.summary) },
    { name: 'description', label: 'Plus en détail', shape: 'text', trouble: atMost(4 * longest.words) },
    codes(
      'priorities',
      'Priorités auxquelles il contribue',
      priorityNumbers.map((number) => ({ code: String(number), label: `Priorité ${number}` })),
    ),
    codes('audiences', 'Pour qui en particulier', audiences),
    codes('modes', 'Comment', modes),
    codes('bookings', 'Rendez-vous', bookings),
    line('booking_note', 'À savoir sur le rendez-vous'),
    codes('costs', 'Coût', costs),
    line('cost_note', 'À savoir sur le coût'),
    codes('languages', 'Langues dans lesquelles on reçoit', languages),
    ...contacts,
  ],
};

/** The seven lines of hours as the form shows them; none filled in when seven lines cannot say them. */
export const hourLines = (hours: CorrectableValue | undefined): readonly string[] =>
  (typeof hours === 'string' ? linesFromHours(hours) : undefined) ?? weekDays.map(() => '');

/** A value in the words of the form, for who reads a change. Empty for nothing. */
export const sayValue = ({ shape, words = [] }: CorrectableField, value: CorrectableValue | undefined): string => {
  if (value === null || value === undefined) return '';
  if (shape === 'hours' && typeof value === 'string') {
    const lines = linesFromHours(value);
    return lines
      ? weekDays.flatMap(({ label }, day) => (lines[day] ? [`${label} ${lines[day]}`] : [])).join(' · ')
      : value;
  }
  return typeof value === 'string' ? value : value.map((code) => labelOf(words, String(code))).join(', ');
};

/**
 * Reads seven lines. Hours stay as they are written when the lines say the same, or when seven lines could not say them and
 * all were left empty.
 */
export const readHours = (
  lines: readonly string[],
  now: CorrectableValue | undefined,
): Result<CorrectableValue, readonly Refusal[]> => {
  const read = hoursFromLines(lines);
  const before = hoursFromLines(hourLines(now));
  return read.ok && before.ok && read.value === before.value ? ok(now ?? null) : read;
};

/** The fields with the priorities by their titles. `priorityTitle`: of a number from 1 to 10. */
export const withPriorityTitles = (
  fields: readonly CorrectableField[],
  priorityTitle: (priority: number) => string,
): readonly CorrectableField[] =>
  fields.map((field) =>
    field.name === 'priorities'
      ? { ...field, words: (field.words ?? []).map(({ code }) => ({ code, label: priorityTitle(Number(code)) })) }
      : field,
  );
