import type { DateParts } from '#platform/ui/date-fields.ts';
import { typedDate } from '#platform/ui/typed-date.ts';

/** What a form of a part says again after it was refused: each field by its name. Nothing before it was sent. */
export type Typed = Readonly<Record<string, readonly string[]>> | undefined;

/** What a field shows: as it was typed, else as it is kept. */
export const shownIn = (typed: Typed, name: string, kept: string): string => (typed ? (typed[name]?.[0] ?? '') : kept);

/** What is chosen of a field with several values. */
export const chosenIn = (typed: Typed, name: string, kept: readonly string[]): readonly string[] =>
  typed ? (typed[name] ?? []) : kept;

/** A date in three fields, as it was typed, else as it is kept (ISO day or empty). */
export const dayIn = (typed: Typed, name: string, kept: string): DateParts => {
  const [year = '', month = '', day = ''] = kept.split('-');
  return typed ? typedDate(typed, name) : { day, month, year };
};

/** How many rows a form shows: those that are kept or were typed, and three empty ones, within its limit. */
export const rowsIn = (typed: Typed, kept: number, most: number): readonly number[] => {
  const highest = Math.max(
    -1,
    ...Object.keys(typed ?? {}).map((name) => Number(/-(\d+)(?:_|$)/.exec(name)?.[1] ?? -1)),
  );
  return Array.from({ length: Math.min(most, Math.max(kept + 3, highest + 1)) }, (_, at) => at);
};

/** Why a field was not kept. */
export type ErrorOf = (field: string) => string | undefined;
