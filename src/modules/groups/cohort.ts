/** Under five families a commune is not enough and its intercommunalité is looked at; a group is of three to twelve. */
export const sizes = { widensBelow: 5, least: 3, most: 12 } as const;

/** Somebody who waits: the month in which their child is born or expected, as its first day, and where they live. */
export interface Waiting {
  readonly month: Temporal.PlainDate;
  readonly insee: string;
  /** A few islands are in none. */
  readonly epci: string | null;
}

/** Families of one month who could meet, and the territory that they are near. */
export interface Cohort<Family extends Waiting> {
  readonly scope: `commune:${string}` | `epci:${string}`;
  readonly month: Temporal.PlainDate;
  readonly families: readonly Family[];
}

/**
 * Gathers who waits, by month: a commune by itself from five families, else with the others of its intercommunalité that
 * are fewer than five. Everybody is in one cohort and one only, in the order given; the earliest month first.
 */
export const gather = <Family extends Waiting>(waiting: readonly Family[]): readonly Cohort<Family>[] => {
  const byCommune = Map.groupBy(waiting, ({ month, insee }) => `${month} ${insee}`);
  const cohorts = Map.groupBy(waiting, ({ month, insee, epci }) => {
    const alone = (byCommune.get(`${month} ${insee}`)?.length ?? 0) >= sizes.widensBelow || epci === null;
    return `${month} ${alone ? `commune:${insee}` : `epci:${epci}`}`;
  });
  return [...cohorts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, families]) => {
      const [first] = families;
      return first
        ? [{ month: first.month, scope: key.slice(key.indexOf(' ') + 1) as Cohort<Family>['scope'], families }]
        : [];
    });
};

/** Whether a group of that month and territory is for this family. */
export const isFor = (
  group: { readonly month: Temporal.PlainDate; readonly scope: string },
  family: Waiting,
): boolean =>
  group.month.equals(family.month) &&
  (group.scope === `commune:${family.insee}` || (family.epci !== null && group.scope === `epci:${family.epci}`));
