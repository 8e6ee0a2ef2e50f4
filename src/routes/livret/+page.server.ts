import { fill, formatDay } from '#messages/format.ts';
import { articles, momentOf, stageNames, themeNames } from '#messages/fr/articles.ts';
import { booklet } from '#messages/fr/booklet.ts';
import { helplines } from '#modules/help/server/index.ts';
import { isOfStage, stages, themes } from '#modules/library/index.ts';
import { articleEntries, bookletHtmlOf } from '#modules/library/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const stage = stages.find(({ slug }) => slug === url.searchParams.get('moment'))?.slug;
  const chosen = url.searchParams.getAll('article');
  const entries = articleEntries();
  const asked = stage !== undefined || chosen.length > 0 || url.searchParams.has('composer');
  return unsent({
    words: booklet,
    articleWords: {
      essentials: articles.essentials,
      notReviewed: articles.sources.notReviewed,
      sources: articles.sources.title,
    },
    heading: stage ? stageNames[stage] : booklet.title,
    edition: fill(booklet.edition, { date: formatDay('fr', todayIn(locals.context.clock, 'Europe/Paris').toString()) }),
    entries: asked
      ? entries
          .filter((entry) => (stage ? isOfStage(entry, stage) : chosen.includes(entry.slug)))
          .map(({ slug, title, essentials, sources, reviewedOn }) => ({
            ...{ slug, title, essentials, html: bookletHtmlOf(slug) },
            ...{ sources, reviewedOn },
          }))
      : undefined,
    stages: stages.map(({ slug }) => ({ slug, name: stageNames[slug] })),
    groups: themes.map((slug) => ({
      name: themeNames[slug],
      articles: entries
        .filter((entry) => entry.themes[0] === slug)
        .map((entry) => ({ slug: entry.slug, title: entry.title, moment: momentOf(entry) })),
    })),
    numbers: helplines().map((line) => ({ id: line.id, number: line.number, what: line.texts.fr.what })),
  });
};
