import { callNews } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { newsSaid } from '../news.ts';

/** What happened to the call, above every page of an application. */
export const load = async ({ locals, url, params }) => {
  if (locals.sessionEnded) return { news: undefined };
  const news = await callNews(requirePerson(locals.context, url), params.id);
  return { news: news && newsSaid(news) };
};
