import { readAddress } from '#messages/locale.ts';
import { screeningPage } from '#modules/screening/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const easy = url.searchParams.get('lecture') === 'facile';
  return unsent({
    easy,
    ...screeningPage(readAddress(url.pathname).locale, locals.settings, {
      easy,
      atMachine: locals.atMachine,
      clock: locals.context.clock,
    }),
  });
};
