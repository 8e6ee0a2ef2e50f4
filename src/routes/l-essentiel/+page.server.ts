import { readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { allEssentials } from '#modules/library/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url }) => {
  const { locale } = readAddress(url.pathname);
  const easy = locale === 'fr' && url.searchParams.get('lecture') === 'facile';
  return unsent({
    words: catalogue[locale].essentials,
    easy,
    messages: allEssentials().map(({ number, picture, texts }) => ({
      ...{ number, picture },
      title: texts[easy ? 'easy' : locale].title,
    })),
  });
};
