import { setImmediate as rest } from 'node:timers/promises';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { AT_ONCE, footers, type Sayer, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';
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
  const doc = taggedPdf({ size, margin: size === 'A4' ? 56 : 40, title: booklet.title, subject: booklet.subject });
  write(doc, booklet, size === 'A4' ? 11 : 9.5).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

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
