/** A line of a file, without its end. `number` is counted from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  /** Nothing ends it: it is the last of a file that may have been cut. */
  readonly unended?: true;
  /** Only the beginning of it is there: it is too long to be a line of a table. */
  readonly tooLong?: true;
}

/** A file that cannot be read any further; what was read before stands. The message is French. */
export class UnreadableFile extends Error {}

/** No line of the files that we know is a hundredth of this: beyond, it is not a table of text. */
const LONGEST_LINE = 1_000_000;

/** What is kept of a line that is too long, to tell what it was about. */
const KEPT_OF_LONGEST = 200;

const [LINE_FEED, RETURN] = [10, 13];

/**
 * Cuts bytes into lines, whatever their number, and decodes each line by itself: UTF-8 when it is, else windows-1252
 * (which holds ISO-8859-1), so that a file made of several keeps the accents of all. A byte order mark is left out, and
 * tells UTF-16. A file without any line feed is cut at its carriage returns, as old Macintoshes wrote. Of a line of more
 * than a million bytes the beginning alone is given; throws `UnreadableFile` when such a line never ends.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let sign = LINE_FEED;
  /** The beginning of a line that is too long and whose end is still to come. */
  let long: string | undefined;
  const lineOf = (bytes: Uint8Array): TextLine => {
    number += 1;
    if (long === undefined) return { number, text: decodeBytes(bytes).replace(/\r$/, '') };
    const text = long;
    long = undefined;
    return { number, text, tooLong: true };
  };
  for await (const chunk of withoutMark(chunks)) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    if (number === 0 && rest.length > LONGEST_LINE) sign = endOfLines(rest);
    for (let end = rest.indexOf(sign); end >= 0; end = rest.indexOf(sign)) {
      yield lineOf(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST_LINE) {
      long ??= decodeBytes(rest.subarray(0, KEPT_OF_LONGEST));
      rest = Buffer.alloc(0);
    }
  }
  if (long !== undefined) {
    throw new UnreadableFile(`La ligne ${number + 1} dépasse un million de signes : ce n’est pas un tableau de texte.`);
  }
  if (number === 0) sign = endOfLines(rest);
  for (let end = rest.indexOf(sign); end >= 0; end = rest.indexOf(sign)) {
    yield lineOf(rest.subarray(0, end));
    rest = rest.subarray(end + 1);
  }
  if (rest.length > 0) yield { ...lineOf(rest), unended: true };
}

const endOfLines = (bytes: Buffer): number => (bytes.includes(LINE_FEED) ? LINE_FEED : RETURN);

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

/** What people take for a table, by its first bytes. */
const otherFormats: readonly (readonly [start: readonly number[], sentence: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    'un classeur (XLSX, ODS) ou une archive (ZIP) : enregistrez-le en CSV, ou prenez le fichier qui est dedans.',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'un classeur (XLS) : enregistrez-le en CSV.'],
  [[0x1f, 0x8b], 'compressé (gzip) : décompressez-le d’abord.'],
  [[0x25, 0x50, 0x44, 0x46], 'un PDF : il faut un tableau de texte ou du JSON.'],
];

/** The same bytes without the mark that may begin them; UTF-16 becomes UTF-8. */
export async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let first = true;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (first && chunk.length > 0) {
      first = false;
      const [, what] =
        otherFormats.find(([start]) => chunk.subarray(0, start.length).every((byte, at) => byte === start[at])) ?? [];
      if (what) throw new UnreadableFile(`Le fichier est ${what}`);
      if (chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder('utf-16le');
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) decoder = new TextDecoder('utf-16be');
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) bytes = chunk.subarray(3);
    }
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
}
