import { allPriorities } from '#modules/priorities/server/index.ts';

export const load = ({ locals }) => ({
  priorities: allPriorities().map(({ number, title }) => ({ number, title })),
  signedIn: locals.context.actor.kind === 'person',
});
