import { readRoundOf, roundFeed } from '#modules/tours/server/index.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

export const GET = async ({ params, url, locals }) => {
  const round = await readRoundOf(locals.context, params.slug);
  if (!round) return problemResponse(404, 'no_such_tour');
  const origin = locals.publicOrigin ?? url.origin;
  return new Response(roundFeed(locals.context, round, origin, `${origin}${round.path}/flux.xml`), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
};
