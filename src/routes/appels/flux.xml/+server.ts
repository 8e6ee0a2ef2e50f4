import { callsFeed, publishedCalls } from '#modules/calls/server/index.ts';

export const GET = async ({ url, locals: { context, publicOrigin } }) =>
  new Response(callsFeed(context, await publishedCalls(context), publicOrigin ?? url.origin), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });
