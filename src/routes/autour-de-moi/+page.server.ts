import { near } from '#messages/fr/near.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { listView } from '#modules/initiatives/server/index.ts';
import { geocoderOf } from './geocoder.ts';

/** The places around, and the projects around: this page alone knows both. */
export const load = async ({ url, locals }) => {
  const view = await nearView(locals.context, url.searchParams, geocoderOf(locals));
  const around = view.commune && new URLSearchParams({ near: view.commune.code, radius: '100' });
  const projects = around && listView(locals.context, around);
  return {
    words: near,
    view,
    projects: projects && {
      cards: projects.cards.slice(0, 3),
      summary: projects.summary,
      href: `/initiatives?${around}`,
    },
  };
};
