import writeExcelFile, { type Cell } from 'write-excel-file/node';
import type { List, ListColumn } from './list.ts';

/**
 * A list as an XLSX file (docs/decisions/0114-spreadsheets.md): one sheet, the head stays in sight, amounts in euros,
 * days and moments as such. A text is a text: what looks like a formula is marked as the CSV marks it.
 */
export const spreadsheet = <Row>({ title, columns, rows }: List<Row>): Promise<Buffer<ArrayBuffer>> =>
  writeExcelFile(
    [
      columns.map((column): Cell => ({ value: plain(column.title), type: String, fontWeight: 'bold', wrap: true })),
      ...rows.map((row) => columns.map((column) => cell(column, row))),
    ],
    {
      ...{ sheet: sheetName(title), stickyRowsCount: 1, orientation: 'landscape' },
      columns: columns.map(({ kind }) => ({ width: kind === 'text' ? 32 : 16 })),
    },
  ).toBuffer() as Promise<Buffer<ArrayBuffer>>;

const cell = <Row>(column: ListColumn<Row>, row: Row): Cell => {
  switch (column.kind) {
    case 'text': {
      const text = column.of(row);
      return text ? { value: plain(text), type: String } : null;
    }
    case 'number':
      return numbered(column.of(row), undefined);
    case 'cents': {
      const cents = column.of(row);
      return numbered(cents === null ? null : cents / 100, '#,##0.00 "€"');
    }
    case 'day': {
      const day = column.of(row);
      return numbered(day && serial(day), 'dd/mm/yyyy');
    }
    case 'moment': {
      const moment = column.of(row);
      return numbered(moment && serial(moment.toPlainDate()) + dayPart(moment), 'dd/mm/yyyy hh:mm');
    }
  }
};

const numbered = (value: number | null, format: string | undefined): Cell =>
  value === null || !Number.isFinite(value) ? null : { value, type: Number, ...(format ? { format } : {}) };

/** A day as spreadsheets count it: from the eve of 1900, with the 29 February 1900 that they believe in. */
const serial = (day: Temporal.PlainDate): number => Temporal.PlainDate.from('1899-12-30').until(day).days;
const dayPart = ({ hour, minute, second }: Temporal.ZonedDateTime): number =>
  (hour * 3600 + minute * 60 + second) / 86_400;

/** The same signs as csv-stringify marks, so that a cell copied elsewhere acts as little as here. */
const plain = (text: string): string => {
  const marked = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return marked.length > MOST_SIGNS ? `${marked.slice(0, MOST_SIGNS - 1)}…` : marked;
};
/** What a cell may hold (ECMA-376, and spreadsheets refuse the whole file beyond it). */
const MOST_SIGNS = 32_767;

/** Names of sheets have 31 signs at most, and leave some out. */
const sheetName = (title: string): string =>
  title
    .replaceAll(/[[\]:*?/\\']/g, ' ')
    .slice(0, 31)
    .trim() || 'Liste';
