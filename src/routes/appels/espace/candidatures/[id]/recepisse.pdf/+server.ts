import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { secondWords } from '#modules/calls/index.ts';
import { depositView, receiptPdf } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await depositView(context, params.id);
  const asked = Number(url.searchParams.get('depot') ?? '1');
  const deposit = view?.snapshots.find(({ number }) => number === asked);
  if (!view || !deposit) error(404, 'Rien n’est déposé ici, ou rien qui soit ouvert à votre adresse.');
  const { row, call, words } = view;
  const zone = call.calendar?.zone ?? words.zone;
  const pdf = receiptPdf({
    title: deposit.number === 1 ? 'Récépissé de dépôt' : 'Récépissé d’un complément',
    facts: [
      { term: 'Numéro', detail: view.number },
      { term: 'Appel', detail: words.title },
      { term: 'Projet', detail: row.title },
      { term: 'Structure porteuse', detail: row.holder },
      { term: 'Reçu par le serveur', detail: secondWords(deposit.at, zone, words.where.locative) },
      { term: 'Empreinte (SHA-256)', detail: deposit.sha256 },
    ],
    parts: deposit.parts.map(({ title, lines }) => ({ title, lines: lines.length })),
    pieces: deposit.attachments.map(({ name, sha256 }) => ({ name, sha256 })),
    madeOn: formatDay('fr', dayAt(Temporal.Instant.from(deposit.at), zone).toString()),
  });
  return new Response(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, {
    headers: {
      ...{ 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
      'content-disposition': `attachment; filename="recepisse-${view.number}-${deposit.number}.pdf"`,
      'x-content-type-options': 'nosniff',
    },
  });
};
