import { createRequire } from 'node:module';
import { setImmediate as rest } from 'node:timers/promises';
import PDFDocument from 'pdfkit';

/** Entries written before the loop is let go. */
export const AT_ONCE = 20;

/** A document that screen readers can read: tagged, in French, with its title and its fonts. It is written as it is made. */
export const taggedPdf = ({
  size,
  layout = 'portrait',
  margin,
  title,
  subject,
}: {
  readonly size: 'A4' | 'A5';
  readonly layout?: 'portrait' | 'landscape';
  readonly margin: number;
  readonly title: string;
  readonly subject: string;
}): PDFKit.PDFDocument =>
  new PDFDocument({
    ...{ size, layout, margin, tagged: true, pdfVersion: '1.7', lang: 'fr-FR', displayTitle: true, bufferPages: true },
    info: { Title: title, Subject: subject },
  });

const font = (name: string): string =>
  createRequire(import.meta.url).resolve(
    `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${name}-normal.woff`,
  );

/**
 * The fonts by their file: after each cell of a table pdfkit goes back to the font by its file, and reads it again when it
 * knows it by another name, which made tables fifty times slower.
 */
const fonts = {
  text: font('latin-400'),
  strong: font('latin-700'),
  'text-ext': font('latin-ext-400'),
  'strong-ext': font('latin-ext-700'),
} as const;

/** The few ways of saying something on a page: each tags what it says. */
export interface Sayer {
  /** `lines`: how many are kept with it, so that it is not left alone at the foot of a page. */
  heading(level: 0 | 1 | 2, words: string, lines?: number): void;
  text(words: string): void;
  /** A line that leads to the entry of that name. */
  line(words: string, to: string): void;
  /** The name of an entry, that lines lead to. */
  strong(words: string, name: string): void;
  /** A table: the first column holds the headers of the rows, the others are numbers. */
  table(columns: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** What the types of pdfkit leave out: where a table is in the structure, and what a header heads. */
type TaggedTable = PDFKit.Mixins.TableOptionsWithData & { readonly structParent: PDFKit.PDFStructureElement };
type TaggedCell = PDFKit.Mixins.CellOptions & { readonly scope?: 'Row' | 'Column' };

/** Says things on the pages of a document, each tagged under `whole`. `body`: size of the text, in points. */
export const sayer = (doc: PDFKit.PDFDocument, whole: PDFKit.PDFStructureElement, body: number): Sayer => {
  const tag = (name: string, draw: () => void): void => {
    whole.add(doc.struct(name, {}, draw));
  };
  /** A heading or a name is not left alone at the foot of a page. */
  const keep = (lines: number): void => {
    const left = doc.page.height - doc.page.margins.bottom - doc.y;
    if (left < lines * body * 1.4) doc.addPage();
  };
  return {
    heading: (level, words, lines = 6) => {
      const size = [body * 2.4, body * 1.8, body * 1.3][level] ?? body;
      keep(lines);
      if (level === 2) doc.moveDown(0.8);
      doc.outline.addItem(words);
      tag(level === 2 ? 'H2' : 'H1', () => draw(doc.fontSize(size), 'strong', words, { paragraphGap: body / 2 }));
    },
    text: (words) => tag('P', () => draw(doc.fontSize(body), 'text', words, { paragraphGap: body / 2 })),
    line: (words, to) => tag('P', () => draw(doc.fontSize(body), 'text', words, { goTo: to })),
    strong: (words, name) => {
      keep(4);
      doc.addNamedDestination(name);
      tag('H3', () => draw(doc.fontSize(body), 'strong', words, {}));
    },
    table: (columns, rows) => {
      const width = doc.page.width - doc.page.margins.left - doc.page.margins.right;
      const first = Math.max(width * 0.3, width - (columns.length - 1) * body * 7.5);
      const size = body - 1.5;
      keep(8);
      doc.fontSize(size);
      const table: TaggedTable = {
        structParent: whole,
        columnStyles: columns.map((_, at) => (at === 0 ? first : (width - first) / (columns.length - 1))),
        defaultStyle: { border: [0, 0, 0.5, 0], borderColor: '#8a8a9a', padding: [3, 4, 3, 4] },
        data: [columns, ...rows].map((row, line) =>
          row.map((words, at): TaggedCell => {
            const head = line === 0 ? 'Column' : at === 0 ? 'Row' : undefined;
            return {
              ...{ text: cellText(words), font: { src: fonts[head ? 'strong' : 'text'], size } },
              ...(head ? { type: 'TH', scope: head } : { type: 'TD' }),
              align: { x: at === 0 ? 'left' : 'right', y: 'bottom' },
            };
          }),
        ),
      };
      doc.table(table);
      doc.x = doc.page.margins.left;
      doc.moveDown(0.8);
    },
  };
};

/** One column of a wide table. `weight`: its width among the others. */
export interface WideColumn {
  readonly title: string;
  readonly weight: number;
  readonly right: boolean;
}

/**
 * A table of any length over the whole width, row after row: the first column heads the rows. Its heads are written again
 * at the top of each page, for the eye only: screen readers hear those of the table.
 */
export const wideTable = (
  doc: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  columns: readonly WideColumn[],
  size: number,
): { row(cells: readonly string[]): void; end(): void } => {
  const first = doc.bufferedPageRange().count;
  const { left, right, top } = doc.page.margins;
  const unit = (doc.page.width - left - right) / columns.reduce((sum, { weight }) => sum + weight, 0);
  const options: Omit<TaggedTable, 'data'> = {
    structParent: whole,
    columnStyles: columns.map(({ weight }) => weight * unit),
    defaultStyle: { border: [0, 0, 0.5, 0], borderColor: '#8a8a9a', padding: [2, 3, 2, 3] },
  };
  doc.font(fonts.strong).fontSize(size);
  const table = doc.table(options);
  const line = (cells: readonly string[], head: boolean): void => {
    table.row(
      cells.map((words, at): TaggedCell => {
        const scope = head ? 'Column' : at === 0 ? 'Row' : undefined;
        return {
          text: cellText(words),
          ...(scope ? { type: 'TH', scope } : { type: 'TD' }),
          align: { x: columns[at]?.right ? 'right' : 'left', y: 'top' },
        };
      }),
    );
  };
  line(
    columns.map(({ title }) => title),
    true,
  );
  doc.font(fonts.text).fontSize(size);
  return {
    row: (cells) => line(cells, false),
    end: () => {
      table.end();
      doc.x = left;
      const { count } = doc.bufferedPageRange();
      for (let page = first; page < count; page += 1) {
        doc.switchToPage(page);
        doc.markContent('Artifact', { type: 'Pagination' });
        let x = left;
        doc.font(fonts.strong).fontSize(size - 1);
        for (const { title, weight, right: onRight } of columns) {
          const width = weight * unit;
          doc.text(cellText(title), x + 3, top - size * 1.6, {
            width: width - 6,
            height: size,
            ellipsis: true,
            align: onRight ? 'right' : 'left',
          });
          x += width;
        }
        doc.endMarkedContent();
      }
    },
  };
};

/** The day and the number of each page, which screen readers pass over. */
export const footers = async (doc: PDFKit.PDFDocument, madeOn: string, body: number): Promise<void> => {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    if (page % AT_ONCE === 0) await rest();
    doc.switchToPage(page);
    const { margins, width, height } = doc.page;
    // A margin would send what is written in it to a new page.
    doc.page.margins = { ...margins, bottom: 0 };
    doc.markContent('Artifact', { type: 'Pagination' });
    doc
      .font(fonts.text)
      .fontSize(body - 1.5)
      .text(`${madeOn} · page ${page + 1} sur ${count}`, margins.left, height - margins.bottom / 1.5, {
        ...{ width: width - margins.left - margins.right, align: 'center', lineBreak: false },
      });
    doc.endMarkedContent();
    doc.page.margins = margins;
  }
};

/** Writes some words, in the font that has each of their signs: the letters of other languages are in a second one. */
const draw = (
  doc: PDFKit.PDFDocument,
  weight: 'text' | 'strong',
  words: string,
  options: PDFKit.Mixins.TextOptions,
): void => {
  const runs = printable(words).match(/[\n\x20-\x7e\u00a0-\u00ffŒœ–—‘’‚“”„•…€→]+|[\u0100-\u024f]+/g) ?? [''];
  for (const [at, run] of runs.entries()) {
    doc.font(fonts[/^[\u0100-\u0151\u0154-\u024f]/.test(run) ? (`${weight}-ext` as const) : weight]);
    doc.text(run, { ...options, continued: at < runs.length - 1 });
  }
};

/** What no font of ours has is left out, rather than an empty box; narrow spaces are spaces. */
const printable = (words: string): string =>
  words
    .normalize('NFC')
    .replaceAll(/[\u202f\u2007\u2009]/g, '\u00a0')
    .replaceAll(/[^\n\x20-\x7e\u00a0-\u024f–—‘’‚“”„•…€→]/gu, '');

/** A cell is written in one font: letters that it has not lose their signs. */
const cellText = (words: string): string =>
  printable(words).replaceAll(/[\u0100-\u024f]/g, (letter) =>
    'Œœ'.includes(letter) ? letter : letter.normalize('NFD').replaceAll(/\p{M}/gu, '').slice(0, 1),
  );
