import { stopCalendar } from '#modules/directory/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

export const GET = async ({ params, locals }) => {
  const offer = readRowId(params.offer);
  const calendar = offer === undefined ? undefined : await stopCalendar(locals.context, offer);
  if (calendar === undefined) return problemResponse(404, 'no_such_stop');
  return new Response(calendar, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="arret.ics"',
      'cache-control': 'public, max-age=300',
    },
  });
};
