import { stageNames, themeNames } from '#messages/fr/articles.ts';
import { read } from '#messages/fr/read.ts';
import { isOfStage, type LibraryQuery, stages, themes } from '#modules/library/index.ts';
import { allArticles, searchArticles } from '#modules/library/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url }) => {
  const query = readQuery(url.searchParams);
  const asked = query.words !== undefined || query.theme !== undefined || query.stage !== undefined;
  return unsent({
    words: read,
    query,
    found: asked ? searchArticles(query).map(({ slug, title, summary }) => ({ slug, title, summary })) : undefined,
    stages: stages.map(({ slug }) => ({
      ...{ slug, name: stageNames[slug] },
      count: allArticles().filter((article) => isOfStage(article, slug)).length,
    })),
    themes: themes.map((slug) => ({
      ...{ slug, name: themeNames[slug] },
      count: allArticles().filter((article) => article.themes.includes(slug)).length,
    })),
    titles: Object.fromEntries(allArticles().map(({ slug, title }) => [slug, title])),
  });
};

/** What the address asks. An unknown theme or moment asks nothing: an old link still shows the page. */
const readQuery = (params: URLSearchParams): LibraryQuery => {
  const words = params.get('q')?.trim().slice(0, 100);
  return {
    words: words || undefined,
    theme: themes.find((slug) => slug === params.get('sujet')),
    stage: stages.find(({ slug }) => slug === params.get('moment'))?.slug,
  };
};
