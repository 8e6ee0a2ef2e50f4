import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { agreementPdf, agreementView } from '#modules/calls/server/index.ts';
import { dayAt, todayIn } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** The text of an agreement and its signatures, as a tagged PDF. */
export const GET = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const view = await agreementView(context, params.application);
  if (!view) error(404, 'Cette convention n’existe pas, ou n’est pas ouverte à votre adresse.');
  const dayOf = (instant: string): string =>
    formatDay('fr', dayAt(Temporal.Instant.from(instant), 'Europe/Paris').toString());
  const pdf = agreementPdf(view.text, {
    title: `${view.amendment > 0 ? `Avenant n° ${view.amendment}` : 'Convention'} : ${view.title}`,
    ...{ sha256: view.sha256, madeOn: formatDay('fr', todayIn(context.clock, 'Europe/Paris').toString()) },
    signatures: view.parties.map(
      ({ organisation, name, signedAt }) =>
        `${organisation}, ${name} : ${signedAt ? `signé le ${dayOf(signedAt)}` : 'pas encore signé'}.`,
    ),
  });
  return new Response(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, {
    headers: {
      ...{ 'content-type': 'application/pdf', 'cache-control': 'private, no-store' },
      'content-disposition': 'attachment; filename="convention.pdf"',
    },
  });
};
