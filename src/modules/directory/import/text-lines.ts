/** A line of a file, without its end. `number` is counted from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** A file that cannot be read any further; what was read before stands. The message is French. */
export class UnreadableFile extends Error {}

/** No line of the files that we know is a hundredth of this: beyond, it is not a table of text. */
const LONGEST_LINE = 1_000_000;

/**
 * Cuts bytes into lines, whatever their number, and decodes each line by itself: UTF-8 when it is, else windows-1252
 * (which holds ISO-8859-1), so that a file made of several keeps the accents of all. A byte order mark is left out, and
 * tells UTF-16. Throws `UnreadableFile` on a line of more than a million bytes.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of withoutMark(chunks)) {
    let data = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10)) {
      number += 1;
      yield { number, text: decodeBytes(data.subarray(0, end)).replace(/\r$/, '') };
      data = data.subarray(end + 1);
    }
    if (data.length > LONGEST_LINE) {
      throw new UnreadableFile(
        `La ligne ${number + 1} dépasse un million de signes : ce n’est pas un tableau de texte.`,
      );
    }
    rest = data;
  }
  if (rest.length > 0) yield { number: number + 1, text: decodeBytes(rest).replace(/\r$/, '') };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** The text of some bytes: UTF-8 when they are, else windows-1252. */
export const decodeBytes = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
};

/** The same bytes without the mark that may begin them; UTF-16 becomes UTF-8. */
export async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let first = true;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (first && chunk.length > 0) {
      first = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder('utf-16le');
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) decoder = new TextDecoder('utf-16be');
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) bytes = chunk.subarray(3);
    }
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
}
