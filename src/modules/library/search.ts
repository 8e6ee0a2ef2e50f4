import MiniSearch from 'minisearch';
import { stem, words } from '#platform/text.ts';
import { type Article, isOfStage, type Stage, type Theme } from './article.ts';

/** What is needed to find an article, on the server and on a device without network. */
export interface ArticleEntry
  extends Pick<Article, 'slug' | 'title' | 'summary' | 'keywords' | 'from' | 'to' | 'themes' | 'essentials' | 'easy'> {
  /** Its text, ready to show. */
  readonly html: string;
  /** « Légifrance (2021-04-02) », to print under it. */
  readonly sources: readonly string[];
  readonly reviewedOn?: string | undefined;
}

/** What a person asks for on `/s-informer`. All of it is optional and everything given must hold. */
export interface LibraryQuery {
  readonly words?: string | undefined;
  readonly theme?: Theme | undefined;
  readonly stage?: Stage | undefined;
}

/** The entry of an article, its text already made into HTML. */
export const entryOf = (article: Article, html: string): ArticleEntry => ({
  ...{ slug: article.slug, title: article.title, summary: article.summary, from: article.from, to: article.to },
  ...{ themes: article.themes, keywords: article.keywords, essentials: article.essentials, easy: article.easy },
  ...{ html, reviewedOn: article.reviewedOn },
  sources: article.sources.map(({ title, publisher }) => `${title}, ${publisher}`),
});

/**
 * Makes the search over a few hundred articles. Words are folded then stemmed on both sides; a word of five letters or
 * more forgives one wrong letter; the last word may be unfinished. Without words, the order given is kept.
 */
export const createLibrarySearch = <T extends ArticleEntry>(entries: readonly T[]) => {
  const index = new MiniSearch<ArticleEntry>({
    idField: 'slug',
    fields: ['title', 'keywords', 'summary', 'text'],
    tokenize: (text) => words(text),
    extractField: fieldOf,
    processTerm: (term) => stem(term) || null,
    searchOptions: { boost: { title: 6, keywords: 6, summary: 3 }, combineWith: 'AND' },
  });
  index.addAll(entries);
  const bySlug = new Map(entries.map((entry) => [entry.slug, entry]));

  return (query: LibraryQuery): T[] => {
    const kept = (entry: T): boolean =>
      (query.theme === undefined || entry.themes.includes(query.theme)) &&
      (query.stage === undefined || isOfStage(entry, query.stage));
    const asked = words(query.words ?? '');
    if (asked.length === 0) return entries.filter(kept);
    const last = stem(asked[asked.length - 1] ?? '');
    return index
      .search(asked.join(' '), {
        prefix: (term) => term === last && term.length >= 3,
        fuzzy: (term) => (term.length >= 5 ? 1 : false),
      })
      .flatMap(({ id }) => bySlug.get(String(id)) ?? [])
      .filter(kept);
  };
};

/** What the index reads under each name. `slug` is the identifier. */
const fieldOf = (entry: ArticleEntry, field: string): string => {
  if (field === 'slug') return entry.slug;
  if (field === 'title') return entry.title;
  if (field === 'summary') return entry.summary;
  if (field === 'keywords') return entry.keywords.join(' ');
  return [...entry.essentials, ...entry.easy, entry.html.replace(/<[^>]*>/g, ' ')].join('\n');
};
