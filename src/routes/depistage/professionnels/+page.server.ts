import { screeningPage } from '#modules/screening/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ locals }) =>
  unsent(
    screeningPage('fr', locals.settings, {
      atMachine: locals.atMachine,
      clock: locals.context.clock,
    }),
  );
