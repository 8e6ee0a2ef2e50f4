import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { letterPdf, receivedLetters } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const GET = async ({ locals, url, params }) => {
  const view = await receivedLetters(requirePerson(locals.context, url), params.id);
  const letter = view?.letters.find(({ id }) => id === url.searchParams.get('courrier'));
  if (!view || !letter?.sent_at) error(404, 'Ce courrier n’existe pas, ou n’est pas ouvert à votre adresse.');
  const sent = letter.sent_at.toZonedDateTimeISO(view.call.calendar?.zone ?? 'Europe/Paris').toPlainDate();
  return new Response(
    Readable.toWeb(letterPdf(letter, formatDay('fr', sent.toString()))) as ReadableStream<Uint8Array>,
    {
      headers: {
        ...{ 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
        'content-disposition': 'attachment; filename="decision.pdf"',
        'x-content-type-options': 'nosniff',
      },
    },
  );
};
