import { callsCalendar, publishedCalls } from '#modules/calls/server/index.ts';

export const GET = async ({ url, locals: { context, publicOrigin } }) =>
  new Response(callsCalendar(context, await publishedCalls(context), publicOrigin ?? url.origin), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });
