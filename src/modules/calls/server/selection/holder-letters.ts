import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { footers, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';
import { isSupported } from '../../selection/decision.ts';
import type { Letter } from '../../selection/letter.ts';
import { supportsOf } from '../after/supports.ts';
import { applicationRow, memberRole } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { titleOf } from '../title.ts';
import { readDecision } from './decisions.ts';
import { lettersOf } from './letters.ts';
import { recommendationsOf } from './recommendations.ts';

/** The letters that the holder’s side of an application received, and the recommendations made to it. Nothing for others. */
export const receivedLetters = async (context: PersonContext, id: string) => {
  const role = await memberRole(context, id);
  const row = role && (await applicationRow(context, id));
  const call = row && (await readCall(context, row.call));
  if (!row || !call) return undefined;
  const letters = await lettersOf(context, id, { sent: true });
  const told = letters.length > 0;
  const supported = isSupported(await readDecision(context, id));
  return {
    ...{ row, call, letters, title: await titleOf(context, call) },
    recommendations: told ? await recommendationsOf(context, row.call, [id]) : [],
    support: (await supportsOf(context, [id])).get(id) ?? [],
    /** It is under way, and whoever reads may write its steps. */
    ...{ supported, follows: supported && role !== 'reader' },
  };
};

/** A letter as a tagged PDF: its subject and its words, exactly as they were sent. Read the stream, or destroy it. */
export const letterPdf = ({ subject, text }: Letter, sentOn: string): PDFKit.PDFDocument => {
  const doc = taggedPdf({ size: 'A4', margin: 64, title: subject, subject: 'Courrier de décision' });
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, 11);
  say.heading(1, subject);
  for (const paragraph of text.split(/\n{2,}/)) say.text(paragraph);
  whole.end();
  footers(doc, sentOn, 11).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};
