import MiniSearch, { type Query } from 'minisearch';
import type { PriorityNumber } from '#modules/priorities/index.ts';
import { distanceKm, type Point } from '#modules/territory/index.ts';
import { stem, words } from '#platform/text.ts';
import type { CallFilter } from './call-family.ts';
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

/** The order of the alphabet, by title. */
export const byTitle = (a: Searchable, b: Searchable): number =>
  french.compare(a.initiative.title, b.initiative.title) || french.compare(a.initiative.slug, b.initiative.slug);

const french = new Intl.Collator('fr', { numeric: true });

/** Prepares a search over these projects. Build it once: it indexes their words. */
export const createSearch = <T extends Searchable>(items: readonly T[]) => {
  const engine = new MiniSearch<{ id: number } & Record<Field, string>>({
    fields: [...fields],
    tokenize: words,
    processTerm: formsOf,
  });
  const documents = items.map((item, id) => ({ id, ...textsOf(item) }));
  engine.addAll(documents);
  const rows = rowsOf(items);
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
    const wanted = wantedOf(filters);
    const found: Hit<T>[] = [];
    const counts = noCounts();
    let withoutPlace = 0;
    for (const [at, { item, rank, values }] of rows.entries()) {
      const score = scored ? (scored.get(at) ?? 0) : 0;
      if (scored && score === 0) continue;
      const missed = wanted.filter(([facet, some]) => !values[facet].some((value) => some.has(value)));
      const km = filters.near && item.point ? distanceKm(filters.near.point, item.point) : undefined;
      if (filters.near && (km === undefined || km > filters.near.radiusKm)) {
        if (km === undefined && missed.length === 0) withoutPlace += 1;
        continue;
      }
      if (missed.length === 0) found.push({ item, rank, score, distanceKm: km });
      // A project that misses one list alone would be found with another value of it.
      for (const facet of facets) {
        if (!missed.every(([other]) => other === facet)) continue;
        for (const value of values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    return { found: found.sort(orders[sortOf(filters)]), counts, withoutPlace };
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
  if (facet === 'calls') return initiative.calls.length > 0 || initiative.chosenIn ? initiative.calls : ['hors-appel'];
  return initiative[facet].map(String);
};

/** A project with what never changes of it worked out: its rank in the alphabet, its values in each list. */
interface Row<T> {
  readonly item: T;
  readonly rank: number;
  readonly values: Readonly<Record<Facet, readonly string[]>>;
}

const rowsOf = <T extends Searchable>(items: readonly T[]): Row<T>[] => {
  const ranks = new Map(items.toSorted(byTitle).map((item, rank) => [item, rank]));
  return items.map((item) => {
    const of = (facet: Facet) => valuesOf(item.initiative, facet);
    const values = {
      ...{ priorities: of('priorities'), themes: of('themes'), regions: of('regions') },
      ...{ departements: of('departements'), calls: of('calls') },
    };
    return { item, values, rank: ranks.get(item) ?? 0 };
  });
};

/** The lists in which something is wanted. */
const wantedOf = (filters: InitiativeFilters): (readonly [Facet, ReadonlySet<string>])[] =>
  facets.flatMap((facet) => (filters[facet].length > 0 ? [[facet, new Set(filters[facet].map(String))] as const] : []));

const noCounts = (): Record<Facet, Map<string, number>> => ({
  ...{ priorities: new Map(), themes: new Map(), regions: new Map(), departements: new Map(), calls: new Map() },
});

const sortOf = ({ sort, words: text, near }: InitiativeFilters): (typeof sorts)[number] =>
  sort ?? (words(text).length > 0 ? 'relevance' : near ? 'distance' : 'name');

interface Hit<T> extends Found<T> {
  readonly rank: number;
  readonly score: number;
}

type Order = (a: Hit<unknown>, b: Hit<unknown>) => number;
const byRank: Order = (a, b) => a.rank - b.rank;

const orders: Readonly<Record<(typeof sorts)[number], Order>> = {
  name: byRank,
  relevance: (a, b) => b.score - a.score || byRank(a, b),
  distance: (a, b) =>
    (a.distanceKm ?? Number.POSITIVE_INFINITY) - (b.distanceKm ?? Number.POSITIVE_INFINITY) || byRank(a, b),
};
