import { error } from '@sveltejs/kit';
import { callsCalendar, publicCall } from '#modules/calls/server/index.ts';

export const GET = async ({ url, params, locals: { context, publicOrigin } }) => {
  const found = await publicCall(context, params.slug);
  if (!found) error(404, 'Cet appel n’existe pas.');
  return new Response(callsCalendar(context, [found], publicOrigin ?? url.origin), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });
};
