import { agendaFeed, followedEvents } from '#modules/agenda/server/index.ts';

export const GET = async ({ url, locals }) => {
  const origin = locals.publicOrigin ?? url.origin;
  const events = await followedEvents(locals.context, url.searchParams);
  return new Response(agendaFeed(locals.context, events, origin, `${origin}${url.pathname}${url.search}`), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });
};
