import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { stringify } from 'csv-stringify/sync';
import { formatDay } from '#messages/format.ts';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { bookletPdf, paperSizes } from '#modules/networks/server/index.ts';
import { allPriorities, priorityTitle } from '#modules/priorities/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';

interface Asked {
  readonly url: URL;
  readonly locals: App.Locals;
  readonly getClientAddress: () => string;
}

/** A directory to print, as it is drawn. `format` of the address: A4, or A5. Drawing takes seconds: some at a time. */
export const bookletResponse = async (
  context: Context,
  { url, locals, getClientAddress }: Asked,
  {
    title,
    subject,
    entries,
  }: { readonly title: string; readonly subject: string; readonly entries: readonly LocalEntry[] },
): Promise<Response> => {
  const limit = await locals.house.limits.form('booklet', getClientAddress());
  if (!limit.allowed) error(429, 'Plusieurs annuaires viennent d’être demandés. Revenez dans un quart d’heure.');
  const size = paperSizes.find((known) => known === url.searchParams.get('format')) ?? 'A4';
  const pdf = bookletPdf(
    {
      ...{ title, subject, entries, site: locals.publicOrigin },
      madeOn: formatDay('fr', todayIn(context.clock, 'Europe/Paris').toString()),
      priorities: allPriorities().map((priority) => priority.title),
    },
    size,
  );
  return new Response(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="annuaire-1000-premiers-jours-${size.toLowerCase()}.pdf"`,
      'cache-control': 'private, no-store',
    },
  });
};

/** The same for a spreadsheet: UTF-8 with a mark, semicolons; a cell that begins like a formula is only a text. */
export const directoryCsvResponse = (entries: readonly LocalEntry[]): Response => {
  const rows = entries.map(({ name, kind, commune, address, phone, website, services, priorities, page }) => [
    ...[name, kind, commune, address, phone, website, services.join(' | ')],
    ...[priorities.map((number) => `${number}. ${priorityTitle(number)}`).join(' | '), page],
  ]);
  const text = stringify([columns, ...rows], { bom: true, delimiter: ';', escape_formulas: true });
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="annuaire-1000-premiers-jours.csv"',
      'cache-control': 'private, no-store',
    },
  });
};

const columns = ['nom', 'type', 'commune', 'adresse', 'telephone', 'site', 'services', 'priorites', 'page'];
