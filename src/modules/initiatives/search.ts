import MiniSearch, { type Query } from 'minisearch';
import type { PriorityNumber } from '#modules/priorities/index.ts';
import { distanceKm, type Point } from '#modules/territory/index.ts';
import { stem, words } from '#platform/text.ts';
import type { CallFilter } from './call-kind.ts';
import type { Initiative } from './initiative.ts';

/** What the search reads of a project: its facets, where it is, and the texts it is found by. */
export interface Searchable {
  readonly initiative: Initiative;
  readonly point: Point | undefined;
  /** Names of its commune, intercommunal body, départements and regions. */
  readonly placeNames: string;
  /** Titles of its themes, priorities and calls. */
  readonly subjects: string;
}

export const sorts = ['relevance', 'distance', 'name'] as const;

/** What is looked for. Inside a list any value will do; between lists all must agree. */
export interface InitiativeFilters {
  readonly words: string;
  readonly priorities: readonly PriorityNumber[];
  readonly themes: readonly string[];
  readonly regions: readonly string[];
  readonly departements: readonly string[];
  readonly calls: readonly CallFilter[];
  readonly near?: { readonly point: Point; readonly radiusKm: number } | undefined;
  /** Relevance when words are given, else distance when a place is, else name. */
  readonly sort?: (typeof sorts)[number] | undefined;
}

export interface Found<T> {
  readonly item: T;
  /** As the crow flies; only when looking near a place. */
  readonly distanceKm: number | undefined;
}

export const facets = ['priorities', 'themes', 'regions', 'departements', 'calls'] as const;

export type Facet = (typeof facets)[number];

export interface SearchResult<T> {
  readonly found: readonly Found<T>[];
  /** How many would be found with this value alone in its list, the other filters unchanged. */
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
  /** Projects that fit all but have no point, left out because a place is asked for. */
  readonly withoutPlace: number;
}

/** Prepares a search over these projects. Build it once: it indexes their words. */
export const createSearch = <T extends Searchable>(items: readonly T[]) => {
  const engine = new MiniSearch<{ id: number } & Record<Field, string>>({
    fields: [...fields],
    tokenize: words,
    processTerm: formsOf,
  });
  const documents = items.map((item, id) => ({ id, ...textsOf(item) }));
  engine.addAll(documents);
  const known = new Set(
    documents.flatMap((document) => fields.flatMap((field) => words(document[field]).flatMap(formsOf))),
  );

  /** Scores by position, or nothing when no word was given. */
  const scores = (text: string): ReadonlyMap<number, number> | undefined => {
    const query = queryOf(text, known);
    if (!query) return undefined;
    return new Map(engine.search(query).map(({ id, score }) => [id as number, score]));
  };

  return (filters: InitiativeFilters): SearchResult<T> => {
    const scored = scores(filters.words);
    const located = items.map((item, at) => ({
      item,
      score: scored ? (scored.get(at) ?? 0) : 0,
      distanceKm: filters.near && item.point ? distanceKm(filters.near.point, item.point) : undefined,
    }));
    const textual = located.filter(({ score }) => !scored || score > 0);
    const radiusKm = filters.near?.radiusKm;
    const near = textual.filter(
      (hit) => radiusKm === undefined || (hit.distanceKm !== undefined && hit.distanceKm <= radiusKm),
    );
    return {
      found: near.filter(({ item }) => fits(item, filters)).sort(orders[sortOf(filters)]),
      counts: countFacets(
        near.map(({ item }) => item),
        filters,
      ),
      withoutPlace:
        radiusKm === undefined ? 0 : textual.filter(({ item }) => !item.point && fits(item, filters)).length,
    };
  };
};

const fields = ['title', 'name', 'holder', 'subjects', 'placeNames', 'summary'] as const;
type Field = (typeof fields)[number];

const textsOf = ({ initiative, subjects, placeNames }: Searchable): Record<Field, string> => ({
  ...{ subjects, title: initiative.title, name: initiative.name ?? '' },
  ...{ holder: initiative.holder, summary: initiative.summary },
  placeNames: `${placeNames} ${initiative.source.region ?? ''} ${initiative.source.place ?? ''}`,
});

/**
 * All the words must be there, each as typed or by its stem; the last one may be only begun (three letters). Only a word
 * that no project has is taken for a typing mistake: it then meets those that differ by one letter, from five letters up,
 * so that `pères` never finds `mères`.
 */
const queryOf = (text: string, known: ReadonlySet<string>): Query | undefined => {
  const asked = words(text).slice(0, 12);
  if (asked.length === 0) return undefined;
  return {
    combineWith: 'AND',
    // The words are already cut, folded and stemmed: they are looked up as they are.
    tokenize: (term: string) => [term],
    processTerm: (term: string) => term,
    boost: { title: 3, name: 3, holder: 2, subjects: 2, placeNames: 2 },
    weights: { fuzzy: 0.3, prefix: 0.6 },
    queries: asked.map((word, at) => {
      const forms = formsOf(word);
      const mistyped = !forms.some((form) => known.has(form));
      return {
        combineWith: 'OR',
        fuzzy: (term: string) => (mistyped && term.length >= 5 ? 1 : false),
        prefix: (term: string) => at === asked.length - 1 && term === word && term.length >= 3,
        queries: forms,
      };
    }),
  };
};

/** A word as it is written, and its stem. */
const formsOf = (word: string): string[] => [...new Set([word, stem(word)])];

/** The values of a project in one list of filters. */
const valuesOf = (initiative: Initiative, facet: Facet): readonly string[] => {
  if (facet === 'calls') return initiative.calls.length > 0 ? initiative.calls : ['hors-appel'];
  return initiative[facet].map(String);
};

const fits = ({ initiative }: Searchable, filters: InitiativeFilters, except?: Facet): boolean =>
  facets.every((facet) => {
    const wanted = filters[facet];
    if (facet === except || wanted.length === 0) return true;
    const values = valuesOf(initiative, facet);
    return wanted.some((value) => values.includes(String(value)));
  });

const countFacets = (items: readonly Searchable[], filters: InitiativeFilters): SearchResult<never>['counts'] => {
  const count = (facet: Facet): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const item of items) {
      if (!fits(item, filters, facet)) continue;
      for (const value of valuesOf(item.initiative, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  };
  return {
    ...{ priorities: count('priorities'), themes: count('themes'), regions: count('regions') },
    ...{ departements: count('departements'), calls: count('calls') },
  };
};

const sortOf = ({ sort, words: text, near }: InitiativeFilters): (typeof sorts)[number] =>
  sort ?? (words(text).length > 0 ? 'relevance' : near ? 'distance' : 'name');

interface Hit {
  readonly item: Searchable;
  readonly score: number;
  readonly distanceKm: number | undefined;
}

const french = new Intl.Collator('fr', { numeric: true });
const byName = (a: Hit, b: Hit): number =>
  french.compare(a.item.initiative.title, b.item.initiative.title) ||
  french.compare(a.item.initiative.slug, b.item.initiative.slug);

const orders: Readonly<Record<(typeof sorts)[number], (a: Hit, b: Hit) => number>> = {
  name: byName,
  relevance: (a, b) => b.score - a.score || byName(a, b),
  distance: (a, b) =>
    (a.distanceKm ?? Number.POSITIVE_INFINITY) - (b.distanceKm ?? Number.POSITIVE_INFINITY) || byName(a, b),
};
