import { near } from '#messages/fr/near.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { listView } from '#modules/initiatives/server/index.ts';
import { createGeocoder, territoryIndex } from '#modules/territory/server/index.ts';

/** The places around, and the projects around: this page alone knows both. */
export const load = async ({ url, locals }) => {
  const { context, settings } = locals;
  const geocoder = createGeocoder({
    url: settings.GEOCODER_URL,
    index: () => context.indexes.get(territoryIndex),
    log: context.log,
  });
  const view = await nearView(context, url.searchParams, (text) => geocoder.find(text, { limit: 1 }));
  const around = view.commune && { near: view.commune.code, radius: '100' };
  const projects = around && listView(context, new URLSearchParams(around));
  return {
    words: near,
    view,
    onlineMap: false,
    projects: projects && {
      cards: projects.cards.slice(0, 3),
      summary: projects.summary,
      href: `/initiatives?${new URLSearchParams(around)}`,
    },
  };
};
