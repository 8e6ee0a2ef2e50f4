import { setImmediate as rest } from 'node:timers/promises';
import { AT_ONCE, footers, sayer, taggedPdf, wideTable } from '../pdf/tagged-pdf.ts';
import type { List, ListColumn } from './list.ts';

const BODY = 9;
/** A text of a cell is cut beyond: a list is read at a glance, the other files hold it whole. */
const MOST_SIGNS = 300;

/** A list as a tagged PDF, lying down. It is written as it is made: read the stream, or destroy it. */
export const listPdf = <Row>(list: List<Row>): PDFKit.PDFDocument => {
  const { title, subject } = list;
  const doc = taggedPdf({ size: 'A4', layout: 'landscape', margin: 36, title, subject });
  write(doc, list).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

const write = async <Row>(doc: PDFKit.PDFDocument, list: List<Row>): Promise<void> => {
  // Nobody reads yet: the stream is given first.
  await rest();
  const { title, subject, columns, rows, madeOn } = list;
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, BODY);
  say.heading(1, title);
  say.text(subject);
  const words = rows.map((row) => columns.map((column) => cut(wordsOf(column, row))));
  if (words.some((line) => line.some((text) => text.length === MOST_SIGNS))) say.text(cutWords);
  say.text(rows.length === 0 ? 'La liste est vide.' : `Lignes : ${rows.length}.`);
  if (rows.length > 0) {
    const heads = columns.map(({ title: head, kind }, at) => ({
      ...{ title: head, right: kind === 'number' || kind === 'cents' },
      weight: weightOf(
        head,
        words.map((line) => line[at] ?? ''),
      ),
    }));
    const table = wideTable(doc, whole, heads, BODY - 1);
    for (const [at, line] of words.entries()) {
      if (at % AT_ONCE === 0) await rest();
      table.row(line);
    }
    table.end();
  }
  whole.end();
  await footers(doc, madeOn, BODY);
};

const cutWords = 'Les textes longs sont coupés ici : le tableur et le CSV les donnent entiers.';
const cut = (text: string): string => (text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS - 1)}…` : text);

const wordsOf = <Row>(column: ListColumn<Row>, row: Row): string => {
  switch (column.kind) {
    case 'text':
      return column.of(row) ?? '';
    case 'number': {
      const number = column.of(row);
      return number === null ? '' : numbers.format(number);
    }
    case 'cents': {
      const cents = column.of(row);
      return cents === null ? '' : euros.format(cents / 100);
    }
    case 'day': {
      const day = column.of(row);
      return day ? dayWords(day) : '';
    }
    case 'moment': {
      const moment = column.of(row);
      return moment ? `${dayWords(moment.toPlainDate())} à ${moment.hour} h ${twoDigits(moment.minute)}` : '';
    }
  }
};

const numbers = new Intl.NumberFormat('fr-FR');
const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

const dayWords = ({ day, month, year }: Temporal.PlainDate): string => `${twoDigits(day)}/${twoDigits(month)}/${year}`;
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** How wide a column is among the others: its longest word fits, a long text takes more, none takes all. */
const weightOf = (head: string, texts: readonly string[]): number => {
  const sample = texts.slice(0, 200);
  const longest = Math.max(...[head, ...sample].flatMap((text) => text.split(/[ \n-]/).map((word) => word.length)));
  const usual = sample.reduce((sum, text) => sum + text.length, 0) / Math.max(1, sample.length);
  return Math.min(40, Math.max(6, longest + 1, usual * 0.8));
};
