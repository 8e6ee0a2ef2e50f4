import { error } from '@sveltejs/kit';
import { currentFrame, frameOfEdition, whoRuns } from '#modules/calls/server/index.ts';
import { can } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** Who runs what in the edition that the address asks for, for who follows calls for the ministry. */
export const loadNational = async (locals: App.Locals, url: URL) => {
  const context = requirePerson(locals.context, url);
  if (!can(context.actor, 'call.follow')) error(404, 'Cette page n’est pas pour vous.');
  const asked = url.searchParams.get('edition') ?? '';
  const edition = frameOfEdition(asked) ? asked : currentFrame().edition;
  return { context, edition, ...(await whoRuns(context, edition, { followed: true })) };
};
