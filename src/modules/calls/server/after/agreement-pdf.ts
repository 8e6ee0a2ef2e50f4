import { footers, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';
import { type TextPart, toBeChecked } from '../../after/agreement-text.ts';

/** What a PDF of an agreement says besides its text. */
interface Signed {
  readonly title: string;
  readonly sha256: string;
  /** The day, as one says it. */
  readonly madeOn: string;
  /** « Association Exemple : signé le … », in their order. */
  readonly signatures: readonly string[];
}

/** An agreement as a tagged PDF: its text, its hash and its signatures. Read the stream, or destroy it. */
export const agreementPdf = (
  parts: readonly TextPart[],
  { title, sha256, madeOn, signatures }: Signed,
): PDFKit.PDFDocument => {
  const doc = taggedPdf({ size: 'A4', margin: 56, title, subject: 'Convention entre un lauréat et ses financeurs' });
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, 11);
  say.heading(0, title);
  say.text(toBeChecked);
  for (const { title: part, paragraphs, table } of parts) {
    say.heading(2, part, 6 + Math.min(table?.rows.length ?? 0, 9) * 1.5);
    for (const words of paragraphs) say.text(words);
    if (table && table.rows.length > 0) say.table(table.columns, table.rows);
    else if (table) say.text('Aucun.');
  }
  say.heading(2, 'Signatures');
  for (const signature of signatures) say.text(signature);
  say.text(`Empreinte du texte signé (SHA-256) : ${sha256}`);
  whole.end();
  footers(doc, madeOn, 11).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};
