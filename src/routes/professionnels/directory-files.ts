import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { formatDay } from '#messages/format.ts';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { bookletPdf, paperSizes } from '#modules/networks/server/index.ts';
import { allPriorities, priorityTitle } from '#modules/priorities/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';

/** A directory to print, as it is drawn. `format` of the address: A4, or A5. */
export const bookletResponse = (
  context: Context,
  { url, locals }: { readonly url: URL; readonly locals: App.Locals },
  {
    title,
    subject,
    entries,
  }: { readonly title: string; readonly subject: string; readonly entries: readonly LocalEntry[] },
): Response => {
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
