import { readRoundOf, roundCalendar } from '#modules/tours/server/index.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

/** The round as a calendar to follow. Its titles say nothing unless `titres=oui`. */
export const GET = async ({ params, url, locals }) => {
  const round = await readRoundOf(locals.context, params.slug);
  if (!round) return problemResponse(404, 'no_such_tour');
  const origin = locals.publicOrigin ?? url.origin;
  const titled = url.searchParams.get('titres') === 'oui';
  return new Response(roundCalendar(locals.context, round, { origin, titled }), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
};
