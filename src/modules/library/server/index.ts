import { contentDir } from '#platform/server/content.ts';
import type { Article, Source } from '../article.ts';
import type { Essential } from '../essential.ts';
import { type ArticleEntry, createLibrarySearch, entryOf, type LibraryQuery } from '../search.ts';
import { readArticles, readSources } from './read-articles.ts';
import { readEssentials } from './read-essentials.ts';
import { articleHtml } from './render.ts';

export { readArticles } from './read-articles.ts';
export { readEssentials } from './read-essentials.ts';
export { lineHtml } from './render.ts';

interface Library {
  readonly articles: readonly Article[];
  readonly bySlug: ReadonlyMap<string, Article>;
  readonly essentials: readonly Essential[];
  readonly entries: readonly ArticleEntry[];
  readonly htmls: ReadonlyMap<string, string>;
  readonly bookletHtmls: ReadonlyMap<string, string>;
  readonly search: (query: LibraryQuery) => ArticleEntry[];
}

let kept: Library | undefined;

/** The library, read once for the life of the process. */
const library = (): Library => {
  if (!kept) {
    const articles = readArticles(contentDir());
    const entries = articles.map((article) => entryOf(article, articleHtml(article)));
    kept = {
      ...{
        articles,
        entries,
        essentials: readEssentials(contentDir(), articles),
        search: createLibrarySearch(entries),
      },
      bySlug: new Map(articles.map((article) => [article.slug, article])),
      htmls: new Map(entries.map(({ slug, html }) => [slug, html])),
      bookletHtmls: new Map(entries.map(({ slug, html }) => [slug, html.replace(/<(\/?)h2/g, '<$1h4')])),
    };
  }
  return kept;
};

/** Every article, in the order of the thousand days. */
export const allArticles = (): readonly Article[] => library().articles;

/** The article of that slug, if there is one. */
export const articleOf = (slug: string): Article | undefined => library().bySlug.get(slug);

/** The text of an article as HTML, made once for the life of the process. */
export const htmlOf = ({ slug }: Article): string => library().htmls.get(slug) ?? '';

/** The same under the headings of a booklet, where its own stand two levels lower. */
export const bookletHtmlOf = (slug: string): string => library().bookletHtmls.get(slug) ?? '';

/** What a device needs to search without network. */
export const articleEntries = (): readonly ArticleEntry[] => library().entries;

/** The articles that answer, best first; in the order of the thousand days when no word is given. */
export const searchArticles = (query: LibraryQuery): readonly Article[] =>
  library()
    .search(query)
    .flatMap(({ slug }) => articleOf(slug) ?? []);

/** The fifteen messages, in their order. */
export const allEssentials = (): readonly Essential[] => library().essentials;

/** Every source that articles may rest on: what must be compared again. */
export const allSources = (): readonly Source[] => [...readSources(contentDir()).values()];
