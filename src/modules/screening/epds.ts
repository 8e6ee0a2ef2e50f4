import { type BandId, bandOf, epdsScale } from './scale.ts';

/** The ten items of the Edinburgh Postnatal Depression Scale, by their published number. */
export const epdsItems = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
export type EpdsItem = (typeof epdsItems)[number];

/**
 * Points of an answer. Within one item the four answers carry 0, 1, 2 and 3, each once: the points name the answer,
 * wherever it stands in the list.
 */
export const epdsPoints = [0, 1, 2, 3] as const;
export type EpdsPoints = (typeof epdsPoints)[number];

/** What somebody answered so far. An item without an answer is absent: it is never taken for 0. */
export type EpdsAnswers = Readonly<Partial<Record<EpdsItem, EpdsPoints>>>;

/** Item 10 decides alone, before any total: any answer other than « Jamais » calls for help first. */
type SelfHarm =
  | { readonly crisis: true; readonly item10: 1 | 2 | 3 }
  | { readonly crisis: false; readonly item10: 0 | undefined };

type Filling =
  | { readonly status: 'complete'; readonly total: number; readonly band: BandId; readonly anxiety: boolean }
  /** No total and no band: a missing answer is not a low one. `missing` holds at least one item. */
  | { readonly status: 'incomplete'; readonly missing: readonly EpdsItem[] };

export type EpdsAssessment = SelfHarm & Filling;

/**
 * Reads a filling of the scale, finished or not. Total 0–30; bands, anxiety and crisis rules are those of `epdsScale`.
 * Item 10 is evaluated whatever else is missing. Never throws.
 */
export const assessEpds = (answers: EpdsAnswers): EpdsAssessment => {
  const missing: EpdsItem[] = [];
  let total = 0;
  let anxious = 0;
  for (const item of epdsItems) {
    const points = answers[item];
    if (points === undefined) {
      missing.push(item);
      continue;
    }
    total += points;
    if (epdsScale.anxiety.items.has(item)) anxious += points;
  }
  const filling: Filling =
    missing.length > 0
      ? { status: 'incomplete', missing }
      : { status: 'complete', total, band: bandOf(total), anxiety: anxious >= epdsScale.anxiety.from };
  return { ...selfHarm(answers[10]), ...filling };
};

const selfHarm = (item10: EpdsPoints | undefined): SelfHarm =>
  item10 === undefined || item10 === 0 ? { crisis: false, item10 } : { crisis: true, item10 };

/** Answers read from a file or a store. Anything that is not an item with 0, 1, 2 or 3 points is left out. */
export const parseAnswers = (given: unknown): EpdsAnswers => {
  const answers: Partial<Record<EpdsItem, EpdsPoints>> = {};
  if (typeof given !== 'object' || given === null) return answers;
  for (const item of epdsItems) {
    const value = (given as Record<string, unknown>)[item];
    const points = epdsPoints.find((candidate) => candidate === value);
    if (points !== undefined) answers[item] = points;
  }
  return answers;
};
