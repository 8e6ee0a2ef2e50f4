import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { keptMinutes, minutesPdf, minutesView } from '#modules/calls/server/index.ts';
import { openSelection } from '../../../open-selection.ts';

/** The minutes as a PDF: once signed, the very document that was; before, or for who is recused from a point, made now. */
export const GET = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await minutesView(place.context, params.id, params.seance, place.momentOf) : undefined;
  if (!place.open || !view) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  const kept = await keptMinutes(place.context, params.id, params.seance);
  const made = () => minutesPdf(view.minutes, place.dayOf(place.context.clock.now()), view.signed);
  return new Response(kept?.body ?? (Readable.toWeb(made()) as ReadableStream<Uint8Array>), {
    headers: {
      ...{ 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
      'content-disposition': 'attachment; filename="proces-verbal.pdf"',
      'x-content-type-options': 'nosniff',
    },
  });
};
