import { screeningPage } from '#modules/screening/server/index.ts';

export const load = ({ locals }) =>
  screeningPage('fr', locals.settings, {
    atMachine: locals.context.actor.kind === 'operator',
    clock: locals.context.clock,
  });
