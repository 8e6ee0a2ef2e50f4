import { readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { callbackOffered } from '#modules/callback/server/index.ts';
import { screeningPage } from '#modules/screening/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const easy = url.searchParams.get('lecture') === 'facile';
  const { locale } = readAddress(url.pathname);
  return unsent({
    easy,
    // The same line for everybody, drawn by the server, which knows no answer.
    callback: callbackOffered(locals.context) ? catalogue[locale].help.callback : undefined,
    ...screeningPage(locale, locals.settings, {
      easy,
      atMachine: locals.atMachine,
      clock: locals.context.clock,
    }),
  });
};
