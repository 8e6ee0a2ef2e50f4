import { readAddress } from '#messages/locale.ts';
import { screeningPage } from '#modules/screening/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) =>
  unsent(
    screeningPage(readAddress(url.pathname).locale, locals.settings, {
      atMachine: locals.atMachine,
      clock: locals.context.clock,
    }),
  );
