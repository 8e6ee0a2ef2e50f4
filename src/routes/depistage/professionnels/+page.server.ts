import { screeningPage } from '#modules/screening/server/index.ts';

export const load = ({ locals }) =>
  screeningPage('fr', locals.settings, {
    atMachine: locals.atMachine,
    clock: locals.context.clock,
  });
