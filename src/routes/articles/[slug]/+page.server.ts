import { error } from '@sveltejs/kit';
import { count, formatDay } from '#messages/format.ts';
import { audienceNames, momentOf, articles as words } from '#messages/fr/articles.ts';
import { type Article, checkOf, plainText, readingMinutes } from '#modules/library/index.ts';
import { allEssentials, articleOf, htmlOf } from '#modules/library/server/index.ts';
import { keepPerVersion } from '#platform/keep.ts';
import { unsent } from '#platform/unsent.ts';
import { sourceLine } from '../source-line.ts';

export const load = ({ params, url }) => {
  const article = articleOf(params.slug);
  if (!article) error(404);
  const easy = url.searchParams.get('lecture') === 'facile';
  return unsent({
    ...told(article, easy ? 'easy' : 'usual', () => toldOf(article, easy)),
    address: new URL(`/articles/${article.slug}`, url.origin).href,
  });
};

const told = keepPerVersion<Article, ReturnType<typeof toldOf>>(2);

/** What the page of an article shows: the same for everybody, as long as the process lives. */
const toldOf = (article: Article, easy: boolean) => ({
  words,
  ...{ slug: article.slug, title: article.title, summary: article.summary, easy },
  ...{ essentials: article.essentials, sentences: article.easy },
  facts: [momentOf(article), count('fr', words.minutes, readingMinutes(article))].join(' · '),
  audience: article.audiences.includes('everyone') ? '' : audienceNames[article.audiences[0] ?? 'everyone'],
  html: easy ? '' : htmlOf(article),
  spoken: spokenOf(article, easy),
  picture: allEssentials().find((message) => message.article === article.slug)?.picture,
  related: article.related
    .flatMap((slug) => articleOf(slug) ?? [])
    .map(({ slug, title, summary }) => ({ slug, title, summary })),
  sources: article.sources.map(sourceLine),
  complete: checkOf(article).complete,
  review: article.reviewedOn ? { name: article.reviewedBy ?? '', day: formatDay('fr', article.reviewedOn) } : undefined,
});

/** What is read aloud, in sentences short enough to be stopped. */
const spokenOf = (article: Article, easy: boolean): string[] => [
  article.title,
  ...(easy
    ? article.easy
    : [...article.essentials, ...plainText(article.body).split(/\n|(?<=[.?])\s+/)].filter(
        (line) => line.trim() !== '',
      )),
];
