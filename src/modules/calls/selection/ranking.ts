import type { ApplicationStatus } from '../application/application.ts';
import type { Criterion, EvaluationStatus, Mark } from './evaluation.ts';

/** The points that an evaluation gives in all; null where the grid gives no points: « pas de note » is never 0. */
export const totalOfMarks = (
  { criteria: marks }: { readonly criteria: readonly Pick<Mark, 'points'>[] },
  criteria: readonly Criterion[],
): number | null => {
  const given = criteria.flatMap(({ points }, at) => (points === null ? [] : [marks[at]?.points ?? null]));
  return given.length === 0 || given.includes(null) ? null : given.reduce<number>((sum, one) => sum + (one ?? 0), 0);
};

/** The most points of a grid; null without points. */
export const mostOf = (criteria: readonly Criterion[]): number | null => {
  const points = criteria.flatMap(({ points: most }) => (most === null ? [] : [most]));
  return points.length === 0 ? null : points.reduce((sum, one) => sum + one, 0);
};

/** What the evaluators of a file say in points: how many, their sum (the average is exact as a fraction), the spread. */
export interface Average {
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
}

/** The average of the evaluations in points; nothing without any. */
export const averageOf = (totals: readonly (number | null)[]): Average | undefined => {
  const given = totals.filter((total) => total !== null);
  if (given.length === 0) return undefined;
  return {
    ...{ count: given.length, sum: given.reduce((sum, one) => sum + one, 0) },
    ...{ least: Math.min(...given), most: Math.max(...given) },
  };
};

/** A line of a ranking, with its rank; files of one average share it. No rank without an average. */
export type Ranked<Line> = Line & { readonly rank: number | undefined; readonly tied: boolean };

/**
 * Lines by average, the highest first; those without one come last, by their number. Ties are said, never broken: one
 * rank for all of them, and within it the order of deposit, that means nothing.
 */
export const ranked = <Line extends { readonly average: Average | undefined; readonly number: number }>(
  lines: readonly Line[],
): readonly Ranked<Line>[] => {
  const sorted = [...lines].sort((a, b) => compare(a.average, b.average) || a.number - b.number);
  let rank = 0;
  return sorted.map((line, at) => {
    const { average } = line;
    if (!average) return { ...line, rank: undefined, tied: false };
    const equal = (other: Line | undefined): boolean =>
      other?.average !== undefined && compare(other.average, average) === 0;
    const tied = [sorted[at - 1], sorted[at + 1]].some(equal);
    if (!equal(sorted[at - 1])) rank = at + 1;
    return { ...line, rank, tied };
  });
};

/** Exact: fractions are compared, not their roundings. */
const compare = (a: Average | undefined, b: Average | undefined): number => {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  return b.sum * a.count - a.sum * b.count;
};

/**
 * Whether somebody sees the marks of the others on a file (I-7): once the evaluations are closed, whoever may read it;
 * before, an evaluator whose own is in, and nobody else, not even who instructs or presides.
 */
export const marksVisible = (status: ApplicationStatus, own: EvaluationStatus | undefined): boolean =>
  closedStatuses.includes(status) || (status === 'evaluating' && own === 'submitted');

const closedStatuses: readonly ApplicationStatus[] = ['evaluated', 'deliberated', 'notified'];
