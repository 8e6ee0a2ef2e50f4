import MiniSearch from 'minisearch';
import { stem, words } from '#platform/text.ts';
import { type Article, isOfStage, plainText, type Stage, type Theme } from './article.ts';

/** What is needed to find an article, on the server and on a device without network. */
export interface ArticleEntry
  extends Pick<Article, 'slug' | 'title' | 'summary' | 'keywords' | 'from' | 'to' | 'themes'> {
  /** Everything it says, without signs. */
  readonly text: string;
}

/** What a person asks for on `/s-informer`. All of it is optional and everything given must hold. */
export interface LibraryQuery {
  readonly words?: string | undefined;
  readonly theme?: Theme | undefined;
  readonly stage?: Stage | undefined;
}

/** The entry of an article. */
export const entryOf = (article: Article): ArticleEntry => ({
  ...{ slug: article.slug, title: article.title, summary: article.summary, from: article.from, to: article.to },
  ...{ themes: article.themes, keywords: article.keywords },
  text: [...article.essentials, ...article.easy, plainText(article.body)].join('\n'),
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
    extractField: (entry, field) =>
      field === 'keywords' ? entry.keywords.join(' ') : String(entry[field as keyof ArticleEntry]),
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
