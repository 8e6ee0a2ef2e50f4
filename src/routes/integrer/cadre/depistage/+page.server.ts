import { readAddress } from '#messages/locale.ts';
import { screeningPage } from '#modules/screening/server/index.ts';

export const load = ({ url, locals }) =>
  screeningPage(readAddress(url.pathname).locale, locals.settings, {
    atMachine: locals.atMachine,
    clock: locals.context.clock,
  });
