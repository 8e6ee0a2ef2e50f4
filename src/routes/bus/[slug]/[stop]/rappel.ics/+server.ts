import { readRoundOf, roundCalendar, stopView } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

/** The visits of one stop, each with a reminder the day before: a file for the telephone, and nothing kept here. */
export const GET = async ({ params, url, locals }) => {
  const round = await readRoundOf(locals.context, params.slug);
  const stop = round && (await stopView(locals.context, round, readRowId(params.stop) ?? 0));
  if (!round || !stop) return problemResponse(404, 'no_such_stop');
  const origin = locals.publicOrigin ?? url.origin;
  const asked = { ...round, stops: stop.rows };
  return new Response(roundCalendar(locals.context, asked, { origin, titled: false, remindHours: 24 }), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="passages.ics"',
      'cache-control': 'public, max-age=300',
    },
  });
};
