import { error } from '@sveltejs/kit';

/** The style of the base map that the operator chose. There is none of ours: it is drawn by the map itself. */
export const GET = ({ locals }) => {
  const { baseMap } = locals.house;
  if (!baseMap) error(404);
  return new Response(baseMap.style, {
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' },
  });
};
