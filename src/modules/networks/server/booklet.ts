import { createRequire } from 'node:module';
import { setImmediate as rest } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { type Chapter, type NumberedEntry, numbered } from '../booklet.ts';

/** What a booklet is made of. */
export interface Booklet {
  /** « Annuaire local des 1000 premiers jours, à Rennes » */
  readonly title: string;
  readonly subject: string;
  /** The day on which it is made, as one says it. */
  readonly madeOn: string;
  readonly entries: readonly LocalEntry[];
  /** Titles of the ten priorities, in their order. */
  readonly priorities: readonly string[];
  /** Where to look for what has changed since: the address of the site, without a path. */
  readonly site: string | undefined;
}

export const paperSizes = ['A4', 'A5'] as const;
export type PaperSize = (typeof paperSizes)[number];

/**
 * A local directory to print, as a tagged PDF with embedded fonts: a cover, what answers each need, then the entries by
 * commune. It is written as it is made: read the stream, or destroy it. The loop is let go between entries.
 */
export const bookletPdf = (booklet: Booklet, size: PaperSize): PDFKit.PDFDocument => {
  const margin = size === 'A4' ? 56 : 40;
  const doc = new PDFDocument({
    ...{ size, margin, tagged: true, pdfVersion: '1.7', lang: 'fr-FR', displayTitle: true, bufferPages: true },
    info: { Title: booklet.title, Subject: booklet.subject },
  });
  for (const [name, weight] of [
    ['text', 400],
    ['strong', 700],
  ] as const) {
    doc.registerFont(name, font(`latin-${weight}`)).registerFont(`${name}-ext`, font(`latin-ext-${weight}`));
  }
  write(doc, booklet, size === 'A4' ? 11 : 9.5).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

const font = (name: string): string =>
  createRequire(import.meta.url).resolve(
    `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${name}-normal.woff`,
  );

/** Entries written before the loop is let go. */
const AT_ONCE = 20;

const write = async (doc: PDFKit.PDFDocument, booklet: Booklet, body: number): Promise<void> => {
  // Nobody reads yet: the stream is given first.
  await rest();
  const { byNeed, byCommune } = numbered(booklet.entries, booklet.priorities);
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, body);
  cover(say, booklet);

  doc.addPage();
  say.heading(1, 'Par besoin');
  say.text('Le numéro renvoie à la fiche, dans la seconde partie.');
  for (const chapter of byNeed) {
    say.heading(2, chapter.title);
    if (chapter.entries.length === 0) say.text('Personne de connu pour l’instant.');
    for (const [at, { number, entry }] of chapter.entries.entries()) {
      say.line(`${number}. ${[entry.name, entry.commune].filter(Boolean).join(', ')}`, `fiche-${number}`);
      if (at % AT_ONCE === 0) await rest();
    }
  }

  doc.addPage();
  say.heading(1, 'Par commune');
  for (const chapter of byCommune) await writeCommune(say, chapter);
  whole.end();
  await footers(doc, booklet.madeOn, body);
};

const cover = (say: Sayer, { title, subject, madeOn, entries, site }: Booklet): void => {
  say.heading(0, title);
  say.text(subject);
  say.text(`${entries.length === 1 ? 'Une fiche' : `${entries.length} fiches`}, au ${madeOn}.`);
  say.text(
    'Horaires et numéros changent : appelez avant de vous déplacer. Les adresses confidentielles et celles des personnes qui travaillent chez elles n’y sont pas.',
  );
  if (site) say.text(`La version du jour : ${site}`);
  say.text('Mille jours, la plateforme ouverte des 1000 premiers jours. Ce n’est pas un site officiel.');
};

const writeCommune = async (say: Sayer, { title, entries }: Chapter): Promise<void> => {
  say.heading(2, title);
  for (const [at, one] of entries.entries()) {
    writeEntry(say, one);
    if (at % AT_ONCE === 0) await rest();
  }
};

const writeEntry = (say: Sayer, { number, entry }: NumberedEntry): void => {
  const { name, kind, address, services, phone, website, priorities } = entry;
  say.strong(`${number}. ${name}`, `fiche-${number}`);
  const lines = [
    kind,
    address,
    services.join(' · '),
    phone && `Téléphone : ${phone}`,
    website,
    priorities.length > 0 && `Priorité${priorities.length > 1 ? 's' : ''} ${priorities.join(', ')}`,
  ];
  say.text(lines.filter(Boolean).join('\n'));
};

/** The few ways of saying something on a page: each tags what it says. */
interface Sayer {
  heading(level: 0 | 1 | 2, words: string): void;
  text(words: string): void;
  /** A line that leads to the entry of that name. */
  line(words: string, to: string): void;
  /** The name of an entry, that lines lead to. */
  strong(words: string, name: string): void;
}

const sayer = (doc: PDFKit.PDFDocument, whole: PDFKit.PDFStructureElement, body: number): Sayer => {
  const tag = (name: string, draw: () => void): void => {
    whole.add(doc.struct(name, {}, draw));
  };
  /** A heading or a name is not left alone at the foot of a page. */
  const keep = (lines: number): void => {
    const left = doc.page.height - doc.page.margins.bottom - doc.y;
    if (left < lines * body * 1.4) doc.addPage();
  };
  return {
    heading: (level, words) => {
      const size = [body * 2.4, body * 1.8, body * 1.3][level] ?? body;
      keep(6);
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
  };
};

/** The day and the number of each page, which screen readers pass over. */
const footers = async (doc: PDFKit.PDFDocument, madeOn: string, body: number): Promise<void> => {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    if (page % AT_ONCE === 0) await rest();
    doc.switchToPage(page);
    const { margins, width, height } = doc.page;
    // A margin would send what is written in it to a new page.
    doc.page.margins = { ...margins, bottom: 0 };
    doc.markContent('Artifact', { type: 'Pagination' });
    doc
      .font('text')
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
    doc.font(/^[\u0100-\u0151\u0154-\u024f]/.test(run) ? `${weight}-ext` : weight);
    doc.text(run, { ...options, continued: at < runs.length - 1 });
  }
};

/** What no font of ours has is left out, rather than an empty box; narrow spaces are spaces. */
const printable = (words: string): string =>
  words
    .normalize('NFC')
    .replaceAll(/[\u202f\u2007\u2009]/g, '\u00a0')
    .replaceAll(/[^\n\x20-\x7e\u00a0-\u024f–—‘’‚“”„•…€→]/gu, '');
