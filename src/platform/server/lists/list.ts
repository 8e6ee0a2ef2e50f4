import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { listPdf } from './list-pdf.ts';
import { spreadsheet } from './spreadsheet.ts';

/** What a column holds. Amounts are whole cents; a moment carries its zone, and is shown at the hour of that place. */
export type ListColumn<Row> = { readonly title: string } & (
  | { readonly kind: 'text'; readonly of: (row: Row) => string | null }
  | { readonly kind: 'number' | 'cents'; readonly of: (row: Row) => number | null }
  | { readonly kind: 'day'; readonly of: (row: Row) => Temporal.PlainDate | null }
  | { readonly kind: 'moment'; readonly of: (row: Row) => Temporal.ZonedDateTime | null }
);

/** A list that people take away: the same columns whatever the file. */
export interface List<Row> {
  readonly title: string;
  /** What it is, in a sentence: said on the first page of the PDF. */
  readonly subject: string;
  /** Name of the file, without its extension: small letters, digits and dashes. */
  readonly file: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  /** The day, as one says it: « 22 novembre 2026 ». */
  readonly madeOn: string;
}

/** The files that a list may be asked as: what an address ends with. */
export type ListFormat = 'csv' | 'xlsx' | 'pdf';

/** The format that an address asks for, or nothing. */
export const listFormat = (asked: string | null | undefined): ListFormat | undefined =>
  asked === 'csv' || asked === 'xlsx' || asked === 'pdf' ? asked : undefined;

/**
 * A list as a file to keep: CSV (UTF-8 with a mark, semicolons, decimal commas), XLSX (typed cells) or tagged PDF. In none
 * of them does a cell act as a formula. Whoever calls has asked for the rights, and left out what may not be read.
 */
export const listResponse = async <Row>(list: List<Row>, format: ListFormat): Promise<Response> => {
  const headers = {
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${list.file}.${format}"`,
    ...{ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
  };
  if (format === 'csv') return new Response(listCsv(list), { headers });
  if (format === 'xlsx') return new Response(await spreadsheet(list), { headers });
  return new Response(Readable.toWeb(listPdf(list)) as ReadableStream<Uint8Array>, { headers });
};

const mediaTypes: Readonly<Record<ListFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

const listCsv = <Row>({ columns, rows }: List<Row>): string =>
  stringify([columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => csvCell(column, row)))], {
    ...{ bom: true, delimiter: ';', escape_formulas: true },
    cast: { number: (value) => String(value).replace('.', ',') },
  });

const csvCell = <Row>(column: ListColumn<Row>, row: Row): string | number => {
  switch (column.kind) {
    case 'cents': {
      const cents = column.of(row);
      return cents === null ? '' : cents / 100;
    }
    case 'day':
      return column.of(row)?.toString() ?? '';
    case 'moment':
      return column.of(row)?.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ') ?? '';
    default:
      return column.of(row) ?? '';
  }
};
