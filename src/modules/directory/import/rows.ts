import { cleanText } from './clean.ts';
import { csvRows, split, stateAtEnd } from './csv-rows.ts';
import { jsonRows } from './json-rows.ts';
import type { Row } from './row.ts';
import { type TextLine, textLines, UnreadableFile } from './text-lines.ts';

/**
 * The rows of a file of text: a table whose first line names the columns (`;`, `,`, tab or `|`), or a JSON array of
 * objects (the features of a GeoJSON included). What it is shows in its first sign. Throws `UnreadableFile` when there
 * is nothing to read in it.
 */
export async function* readRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const { first, all } = await peek(chunks);
  const sign = /[^\s\uFEFF]/.exec(
    Buffer.from(first)
      .toString('latin1')
      .replace(/^\xEF\xBB\xBF/, ''),
  )?.[0];
  if (sign === undefined) throw new UnreadableFile('Le fichier est vide.');
  if (sign === '[' || sign === '{') yield* jsonRows(all);
  else if (sign === '<') throw new UnreadableFile('Le fichier est une page ou du XML, pas un tableau ni du JSON.');
  else yield* tableRows(textLines(all));
}

/** The rows of a table whose first line that is not empty names the columns. */
async function* tableRows(lines: AsyncGenerator<TextLine>): AsyncGenerator<Row> {
  let told: string | undefined;
  for await (const header of lines) {
    if (header.text.trim() === '') continue;
    // Spreadsheets are told their delimiter so.
    const spreadsheet = /^"?sep=(.)"?$/i.exec(header.text)?.[1];
    if (told === undefined && spreadsheet) {
      told = spreadsheet;
      continue;
    }
    const text = await wholeHeader(header, lines);
    const delimiter = told ?? delimiterOf(text);
    const names = split(text, delimiter, true).map((name) => cleanText(name));
    if (names.length < 2 || header.tooLong) {
      const start = cleanText(header.text.slice(0, 80));
      throw new UnreadableFile(`La première ligne ne nomme pas de colonnes : « ${start} ».`);
    }
    yield* csvRows(lines, { delimiter, names, quotes: true });
    return;
  }
}

/** The names of columns may be on several lines, between quotes. */
const wholeHeader = async ({ text }: TextLine, lines: AsyncGenerator<TextLine>): Promise<string> => {
  let whole = text;
  for (let taken = 0; stateAtEnd(whole, delimiterOf(whole)) === 'open'; taken += 1) {
    const { value, done } = await lines.next();
    if (done || taken === MOST_LINES_OF_NAMES) {
      throw new UnreadableFile('La première ligne nomme les colonnes, et un guillemet n’y est jamais refermé.');
    }
    whole += `\n${value.text}`;
  }
  return whole;
};

const MOST_LINES_OF_NAMES = 50;

const delimiterOf = (header: string): string => {
  const bare = header.replace(/"[^"]*(?:"|$)/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  return [';', '\t', ',', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
};

/** Looks at the first bytes, and gives all of them back. A network may give them one by one. */
const peek = async (chunks: AsyncIterable<Uint8Array>) => {
  const iterator = chunks[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 64) {
    const { value, done } = await iterator.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { first, all: all() };
};
