import type { NextStep, ReportContent } from './report.ts';

/** One indicator of one project, with what its last report says. */
export interface Measured {
  readonly axis: number | null;
  readonly title: string;
  readonly unit: string;
  readonly baseline: number | null;
  readonly target: number | null;
  /** Null: no report gave it yet, or could not. */
  readonly actual: number | null;
}

/** What the indicators of an axis come to, over several projects. Units differ: they are counted, never added up. */
export interface AxisLine {
  /** Null: indicators tied to no axis. */
  readonly axis: number | null;
  readonly projects: number;
  readonly indicators: number;
  readonly withTarget: number;
  readonly withActual: number;
  /** Among those that have both a target and a value. */
  readonly reached: number;
  readonly missing: number;
}

/** The indicators of a project with the values of a report, matched by their ids. */
export const measuredOf = (
  indicators: readonly (Omit<Measured, 'actual'> & { readonly id: string })[],
  report: Pick<ReportContent, 'indicators'> | undefined,
): readonly Measured[] =>
  indicators.map(({ id, axis, title, unit, baseline, target }) => ({
    ...{ axis, title, unit, baseline, target },
    actual: report?.indicators.find((one) => one.id === id)?.actual ?? null,
  }));

/**
 * Whether a target is reached. One under its starting point is to go down to; the others are to go up to. Undefined when the
 * target or the value is missing.
 */
export const isReached = ({ baseline, target, actual }: Measured): boolean | undefined => {
  if (target === null || actual === null) return undefined;
  return baseline !== null && target < baseline ? actual <= target : actual >= target;
};

/** The indicators of several projects, axis by axis, in the order of their numbers; those of no axis last. */
export const byAxis = (projects: readonly (readonly Measured[])[]): readonly AxisLine[] => {
  const axes = [...new Set(projects.flat().map(({ axis }) => axis))].toSorted(
    (one, other) => (one ?? Number.MAX_SAFE_INTEGER) - (other ?? Number.MAX_SAFE_INTEGER),
  );
  return axes.map((axis) => {
    const here = projects
      .map((project) => project.filter((one) => one.axis === axis))
      .filter(({ length }) => length > 0);
    const all = here.flat();
    return {
      ...{ axis, projects: here.length, indicators: all.length },
      withTarget: all.filter(({ target }) => target !== null).length,
      withActual: all.filter(({ actual }) => actual !== null).length,
      reached: all.filter((one) => isReached(one) === true).length,
      missing: all.filter(({ actual }) => actual === null).length,
    };
  });
};

/** How many projects each « quelle suite ? » was answered by; `unknown`: nobody said yet. */
export const byNext = (next: readonly (NextStep | undefined)[]): ReadonlyMap<NextStep | 'unknown', number> => {
  const counts = new Map<NextStep | 'unknown', number>();
  for (const one of next) counts.set(one ?? 'unknown', (counts.get(one ?? 'unknown') ?? 0) + 1);
  return counts;
};

/** How the numbers are made, for the foot of the page and of each file. */
export const evaluationMethod = [
  'Les indicateurs sont ceux que chaque porteur a déposés ; les unités diffèrent, ils sont donc comptés et jamais additionnés.',
  'Une cible est dite atteinte quand la valeur la rejoint ou la dépasse ; si elle est sous la valeur de départ, quand la valeur descend jusqu’à elle.',
  'Un indicateur sans valeur dans le dernier bilan envoyé est compté comme manquant.',
] as const;
