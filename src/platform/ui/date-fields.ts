import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** What stands in the three fields of a date, as typed. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** The three fields of `name`, as sent by DateFields; to show them again after a refusal. */
export const datePartsOf = (form: FormData, name: string): DateParts => ({
  day: textOf(form, `${name}_jour`),
  month: textOf(form, `${name}_mois`),
  year: textOf(form, `${name}_annee`),
});

/** A day as its three fields show it. */
export const partsOfDay = ({ day, month, year }: { readonly [part in keyof DateParts]: number }): DateParts => ({
  day: String(day),
  month: String(month),
  year: String(year),
});

/** An hour as one types it in its field: « 16h », « 16h05 ». */
export const typedTime = ({ hour, minute }: { readonly hour: number; readonly minute: number }): string =>
  `${hour}h${minute === 0 ? '' : String(minute).padStart(2, '0')}`;

/**
 * Reads a date in three fields. `undefined` when all three are empty.
 * Refuses a missing part, what is not a number, a year not written with four digits (0000 to 0999 and from 3000 are typing
 * mistakes, and some cannot be kept), and a day that is not in the
 * calendar (31 April, 29 February 2027), each with a sentence that says what was expected.
 */
export const readDate = (parts: DateParts, field: string): Result<Temporal.PlainDate | undefined> => {
  const { day, month, year } = parts;
  if (!day && !month && !year) return ok(undefined);
  const missing = [!day && 'le jour', !month && 'le mois', !year && 'l’année'].filter((word) => word !== false);
  if (missing.length > 0) return refuse(wrong(field, `Il manque ${missing.join(' et ')}.`));
  if (![day, month].every((part) => /^\d{1,2}$/.test(part)) || !/^[12]\d{3}$/.test(year)) {
    return refuse(wrong(field, 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'));
  }
  try {
    const date = { day: Number(day), month: Number(month), year: Number(year) };
    return ok(Temporal.PlainDate.from(date, { overflow: 'reject' }));
  } catch {
    return refuse(wrong(field, `Le ${day}/${month}/${year} n’existe pas dans le calendrier.`));
  }
};

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const wrong = (field: string, message: string): Refusal => ({ code: 'invalid_date', field, message });
