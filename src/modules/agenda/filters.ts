import type { EventQuestion, SearchedSeries } from './search.ts';

/** What the list is narrowed by: each is counted apart. */
const facets = ['kinds', 'audiences', 'languages', 'access', 'costs', 'company'] as const;
type EventFacet = (typeof facets)[number];

/** How many dates each choice would give in place of the one made, by the codes of each facet. */
export type EventCounts = Readonly<Record<EventFacet, ReadonlyMap<string, number>>>;

/** `kept`: it answers. A facet: that one alone stands against it, so it is counted there only. `left`: not at all. */
export type Judged = 'kept' | 'left' | EventFacet;

/** Says whether a series answers a question, its place and its times left aside. Only what is asked is looked at. */
export const judging = (question: EventQuestion): ((series: SearchedSeries) => Judged) => {
  const asked = facets.filter((facet) => question[facet] !== undefined);
  return (series) => {
    if (!answersBeside(series, question)) return 'left';
    let against: EventFacet | undefined;
    for (const facet of asked) {
      if (answersIn(facet, series, question)) continue;
      if (against) return 'left';
      against = facet;
    }
    return against ?? 'kept';
  };
};

/** What is not counted. */
const answersBeside = (series: SearchedSeries, question: EventQuestion): boolean =>
  (question.series === undefined || series.id === question.series) &&
  (question.organisation === undefined || series.organisation === question.organisation) &&
  (!question.modes || question.modes.includes(series.mode)) &&
  (!question.priorities || shares(series.priorities, question.priorities)) &&
  (question.age === undefined ||
    ((series.age_from ?? 0) <= question.age && question.age <= (series.age_to ?? Number.POSITIVE_INFINITY))) &&
  (!question.stems || question.stems.every((word) => series.terms.has(word)));

/** What is not said is not promised: a series that tells no language or no access answers no question about them. */
const answersIn = (facet: EventFacet, series: SearchedSeries, question: EventQuestion): boolean => {
  switch (facet) {
    case 'kinds':
      return !question.kinds || question.kinds.includes(series.kind);
    case 'company':
      return !question.company || series.company === 'au-choix' || series.company === question.company;
    case 'access': {
      const held: readonly string[] = series.access;
      return !question.access || question.access.every((fact) => held.includes(fact));
    }
    default: {
      const asked = question[facet];
      return !asked || shares<string>(series[facet], asked);
    }
  }
};

const shares = <T>(held: readonly T[], asked: readonly T[]): boolean => asked.some((one) => held.includes(one));

/** Counts the dates of each choice, series by series. */
export const countingChoices = () => {
  const counts: Readonly<Record<EventFacet, Map<string, number>>> = {
    ...{ kinds: new Map(), audiences: new Map(), languages: new Map() },
    ...{ access: new Map(), costs: new Map(), company: new Map() },
  };
  const add = (facet: EventFacet, code: string, dates: number): void => {
    counts[facet].set(code, (counts[facet].get(code) ?? 0) + dates);
  };
  return {
    counts: counts satisfies EventCounts,
    /** `judged`: what stands against the series, which then counts in that facet only. */
    add: (series: SearchedSeries, judged: Exclude<Judged, 'left'>, dates: number): void => {
      for (const facet of facets) {
        if (judged !== 'kept' && judged !== facet) continue;
        if (facet === 'kinds') add(facet, series.kind, dates);
        else if (facet === 'company') {
          for (const code of ['avec', 'sans'])
            if (series.company === 'au-choix' || series.company === code) add(facet, code, dates);
        } else for (const code of series[facet]) add(facet, code, dates);
      }
    },
  };
};
