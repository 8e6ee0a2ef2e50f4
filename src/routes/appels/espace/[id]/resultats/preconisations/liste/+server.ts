import { error } from '@sveltejs/kit';
import { recommendationsList } from '#modules/calls/server/index.ts';
import { listFormat, listResponse } from '#platform/server/lists/list.ts';
import { loadRecommendations } from '../load-recommendations.ts';

/** The recommendations of a call and the steps of its supports as a file: csv, xlsx or pdf. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const { call, title, context, all, supports, nameOf, dayOf } = await loadRecommendations(locals, url, params.id);
  if (!format) error(404, 'Ce format n’existe pas.');
  const madeOn = dayOf(context.clock.now());
  return listResponse(
    recommendationsList({ title, slug: call.slug, madeOn }, all, supports, { nameOf, dayOf }),
    format,
  );
};
