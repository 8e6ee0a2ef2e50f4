import { error, redirect } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { tours } from '#messages/fr/tours.ts';
import { readRoundOf, stopView } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { unsent } from '#platform/unsent.ts';

/** A stop: its dates, what is on board; on paper, a sheet for the town hall, whose code leads back here. */
export const load = async ({ params, locals, url }) => {
  const round = await readRoundOf(locals.context, params.slug);
  const stop = round && (await stopView(locals.context, round, readRowId(params.stop) ?? 0));
  if (!stop) error(404, { message: 'Cet arrêt n’est pas ou plus dans la tournée.' });
  if (stop.path !== `/bus/${params.slug}/${params.stop}`) redirect(308, stop.path);
  const address = `${locals.publicOrigin ?? url.origin}${stop.path}`;
  const { rows: _, ...view } = stop;
  return unsent({
    ...{ words: tours, view, address, qr: renderSVG(address, { border: 2, ecc: 'M' }) },
    tells: locals.publicOrigin !== undefined,
  });
};
