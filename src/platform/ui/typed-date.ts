import type { DateParts } from './date-fields.ts';

/** What a page was sent, several values of one name together: to show it again after a refusal. */
type TypedFields = Readonly<Record<string, readonly string[]>>;

/**
 * The three fields of `name`, of what a page was sent. Apart from `date-fields.ts`, whose weight each telephone pays: the path
 * reads dates, and is never sent back a page.
 */
export const typedDate = (typed: TypedFields, name: string): DateParts => ({
  day: typed[`${name}_jour`]?.[0] ?? '',
  month: typed[`${name}_mois`]?.[0] ?? '',
  year: typed[`${name}_annee`]?.[0] ?? '',
});
