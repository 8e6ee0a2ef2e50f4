import { stageNames, themeNames } from '#messages/fr/articles.ts';
import { read } from '#messages/fr/read.ts';
import { type Article, isOfStage, type LibraryQuery, stages, themes } from '#modules/library/index.ts';
import { allArticles, searchArticles } from '#modules/library/server/index.ts';
import { keepPerVersion } from '#platform/keep.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url }) => {
  const query = readQuery(url.searchParams);
  const asked = query.words !== undefined || query.theme !== undefined || query.stage !== undefined;
  return unsent({
    words: read,
    query,
    found: asked ? searchArticles(query).map(({ slug, title, summary }) => ({ slug, title, summary })) : undefined,
    ...shelves(allArticles(), '', () => shelvesOf(allArticles())),
  });
};

const shelves = keepPerVersion<readonly Article[], ReturnType<typeof shelvesOf>>(1);

/** How many articles each moment and each subject has, and their titles. */
const shelvesOf = (articles: readonly Article[]) => ({
  stages: stages.map(({ slug }) => ({
    ...{ slug, name: stageNames[slug] },
    count: articles.filter((article) => isOfStage(article, slug)).length,
  })),
  themes: themes.map((slug) => ({
    ...{ slug, name: themeNames[slug] },
    count: articles.filter((article) => article.themes.includes(slug)).length,
  })),
  titles: Object.fromEntries(articles.map(({ slug, title }) => [slug, title])),
});

/** What the address asks. An unknown theme or moment asks nothing: an old link still shows the page. */
const readQuery = (params: URLSearchParams): LibraryQuery => {
  const words = params.get('q')?.trim().slice(0, 100);
  return {
    words: words || undefined,
    theme: themes.find((slug) => slug === params.get('sujet')),
    stage: stages.find(({ slug }) => slug === params.get('moment'))?.slug,
  };
};
