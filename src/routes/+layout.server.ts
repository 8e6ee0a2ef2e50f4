import { localesOf, readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { unsent } from '#platform/unsent.ts';

/** The language of the address, the words of the frame in it, and where « Quitter vite » goes; whether all is fictional. */
export const load = ({ url, route, locals }) => {
  const { locale, path } = readAddress(url.pathname);
  const data = {
    locale,
    path,
    languages: localesOf(path),
    frame: catalogue[locale].frame,
    quickExitUrl: locals.site.quickExitUrl,
    demonstration: locals.house.demonstration ? { roles: locals.atMachine } : undefined,
  };
  // The one page that brings SvelteKit’s client, in development.
  return route.id === '/composants' ? data : unsent(data);
};
