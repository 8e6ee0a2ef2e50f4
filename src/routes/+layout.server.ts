import { localesOf, readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';

/** The language of the address, the words of the frame in it, and where « Quitter vite » goes; whether all is fictional. */
export const load = ({ url, locals }) => {
  const { locale, path } = readAddress(url.pathname);
  return {
    locale,
    path,
    languages: localesOf(path),
    frame: catalogue[locale].frame,
    quickExitUrl: locals.site.quickExitUrl,
    demonstration: locals.house.demonstration ? { roles: locals.atMachine } : undefined,
  };
};
