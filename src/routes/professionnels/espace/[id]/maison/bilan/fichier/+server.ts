import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { readReport, reportCsv, reportPdf } from '#modules/houses/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** The report of a year as a file. `annee`, `format`: pdf, or csv. */
export const GET = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const today = todayIn(context.clock, 'Europe/Paris');
  const year = Number(url.searchParams.get('annee'));
  const report = Number.isInteger(year) ? await readReport(context, params.id, year, today) : undefined;
  if (!report) error(404, 'Ce bilan n’existe pas, ou n’est pas encore à faire.');
  const csv = url.searchParams.get('format') === 'csv';
  const body = csv
    ? reportCsv(report)
    : (Readable.toWeb(reportPdf(report, formatDay('fr', today.toString()))) as ReadableStream<Uint8Array>);
  return new Response(body, {
    headers: {
      'content-type': csv ? 'text/csv; charset=utf-8' : 'application/pdf',
      'content-disposition': `attachment; filename="bilan-${year}.${csv ? 'csv' : 'pdf'}"`,
      'cache-control': 'private, no-store',
    },
  });
};
