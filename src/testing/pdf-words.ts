import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extractText, getDocumentProxy } from 'unpdf';

/** What a PDF says, from its first page to its last, spaces as one. */
export const pdfWords = async (doc: Readable): Promise<string> => {
  const pdf = await getDocumentProxy(new Uint8Array(await buffer(doc)));
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replaceAll(/\s+/g, ' ');
};
