import { footers, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';

/** What a receipt says: numbers, moments and hashes; nothing of the content but its title. */
export interface Receipt {
  /** « Récépissé de dépôt », « Récépissé d’un complément » */
  readonly title: string;
  readonly facts: readonly { readonly term: string; readonly detail: string }[];
  /** The parts, and how many things each says. */
  readonly parts: readonly { readonly title: string; readonly lines: number }[];
  readonly pieces: readonly { readonly name: string; readonly sha256: string }[];
  /** The day, as one says it. */
  readonly madeOn: string;
}

const BODY = 11;

/** The receipt of a deposit as a tagged PDF. Read the stream, or destroy it. */
export const receiptPdf = ({ title, facts, parts, pieces, madeOn }: Receipt): PDFKit.PDFDocument => {
  const doc = taggedPdf({ size: 'A4', margin: 56, title, subject: 'Ce qui a été reçu, quand, et son empreinte' });
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, BODY);
  say.heading(1, title);
  for (const { term, detail } of facts) say.text(`${term} : ${detail}`);
  say.heading(2, 'Ce qui est déposé');
  say.table(
    ['Partie', 'Réponses'],
    parts.map((part) => [part.title, String(part.lines)]),
  );
  if (pieces.length > 0) {
    say.heading(2, 'Les pièces, et leur empreinte (SHA-256)');
    for (const { name, sha256 } of pieces) say.text(`${name} : ${sha256}`);
  }
  say.heading(2, 'À quoi sert l’empreinte');
  for (const sentence of hashMethod) say.text(sentence);
  whole.end();
  footers(doc, madeOn, BODY).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

/** What a hash proves, for people. */
export const hashMethod = [
  'L’empreinte se calcule sur tout ce qui est déposé, pièces comprises. Un seul caractère changé en donne une autre.',
  'Elle est écrite au journal du site, auquel on ne peut qu’ajouter. Ce qui est déposé ne change plus : un complément est un autre dépôt, à côté du premier.',
] as const;
