import { stopCalendar } from '#modules/directory/server/index.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

export const GET = async ({ params, locals }) => {
  const calendar = /^\d{1,9}$/.test(params.offer)
    ? await stopCalendar(locals.context, Number(params.offer))
    : undefined;
  if (calendar === undefined) return problemResponse(404, 'no_such_stop');
  return new Response(calendar, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="arret.ics"',
      'cache-control': 'public, max-age=300',
    },
  });
};
