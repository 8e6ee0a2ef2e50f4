import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { minutesPdf } from '#modules/calls/server/index.ts';
import { openSelection } from '../../../open-selection.ts';
import { minutesPlace } from '../minutes-place.ts';

export const GET = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await minutesPlace(place.context, params.id, params.seance, place.momentOf) : undefined;
  if (!place.open || !view) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  const pdf = minutesPdf(view.minutes, place.dayOf(place.context.clock.now()), view.signed);
  return new Response(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, {
    headers: {
      ...{ 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
      'content-disposition': 'attachment; filename="proces-verbal.pdf"',
      'x-content-type-options': 'nosniff',
    },
  });
};
