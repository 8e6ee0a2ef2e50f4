import { error } from '@sveltejs/kit';
import { fill, formatDay } from '#messages/format.ts';
import { hrefFor, readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { allEssentials, lineHtml } from '#modules/library/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, params }) => {
  const { locale } = readAddress(url.pathname);
  const all = allEssentials();
  const message = all.find(({ number }) => String(number) === params.number);
  if (!message) error(404);
  const easy = locale === 'fr' && url.searchParams.get('lecture') === 'facile';
  const words = catalogue[locale].essentials;
  const version = easy ? 'easy' : locale;
  const reviewed = message.reviewed[version];
  const addressOf = (number: number): string | undefined =>
    all.some((other) => other.number === number)
      ? hrefFor(locale, `/l-essentiel/${number}`) + (easy ? '?lecture=facile' : '')
      : undefined;
  return unsent({
    words,
    ...{ easy, number: message.number, picture: message.picture, article: message.article, ...message.texts[version] },
    html: message.texts[version].lines.map(lineHtml),
    position: fill(words.position, { number: message.number, total: all.length }),
    review: reviewed ? fill(words.reviewed, { day: formatDay(locale, reviewed) }) : words.notReviewed,
    previous: addressOf(message.number - 1),
    next: addressOf(message.number + 1),
  });
};
