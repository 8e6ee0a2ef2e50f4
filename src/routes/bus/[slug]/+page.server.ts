import { error, redirect } from '@sveltejs/kit';
import { tours } from '#messages/fr/tours.ts';
import { readRoundOf, vehicleView } from '#modules/tours/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals }) => {
  const round = await readRoundOf(locals.context, params.slug);
  if (!round) error(404, { message: 'Ce véhicule n’est pas ou plus dans l’annuaire.' });
  // Its name changed since the address was written: the number finds it.
  if (round.path !== `/bus/${params.slug}`) redirect(308, round.path);
  return unsent({
    words: tours,
    view: await vehicleView(locals.context, round),
    tells: locals.publicOrigin !== undefined,
  });
};
