import { error } from '@sveltejs/kit';
import { recommendationsOf, resultsView, supportsOf } from '#modules/calls/server/index.ts';
import { openSelection } from '../../open-selection.ts';

/** The recommendations of a call and its technical supports, without what the person is recused from. */
export const loadRecommendations = async (...[locals, url, id]: Parameters<typeof openSelection>) => {
  const place = await openSelection(locals, url, id);
  const view = place.open ? await resultsView(place.context, id, place.call) : undefined;
  if (!place.open || !view?.open) error(404, 'Déclarez d’abord vos intérêts pour cet appel.');
  const { lines } = view;
  const ids = lines.map((line) => line.id);
  const all = await recommendationsOf(place.context, id, ids);
  const nameOf = (application: string | null): string => {
    const line = lines.find((one) => one.id === application);
    return line ? `n° ${line.number}, ${line.title}` : 'Pour tous les projets';
  };
  return { ...place, lines, all, supports: await supportsOf(place.context, ids), nameOf };
};
