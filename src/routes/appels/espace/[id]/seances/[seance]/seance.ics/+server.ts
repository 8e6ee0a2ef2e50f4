import { error } from '@sveltejs/kit';
import { sessionCalendar } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** A session of the jury, to put in one’s agenda; once cancelled, to take it out. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const file = await sessionCalendar(context, params.id, params.seance, locals.publicOrigin ?? url.origin);
  if (!file) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  return new Response(file, {
    headers: {
      ...{ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
      'content-disposition': 'attachment; filename="seance.ics"',
    },
  });
};
