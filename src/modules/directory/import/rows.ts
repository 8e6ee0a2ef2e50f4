import { csvRows } from './csv-rows.ts';
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
  for await (const header of lines) {
    if (header.text.trim() === '') continue;
    const delimiter = delimiterOf(header.text);
    const names = splitHeader(header.text, delimiter);
    if (names.length < 2) {
      throw new UnreadableFile(`La première ligne ne nomme pas de colonnes : « ${header.text.trim().slice(0, 80)} ».`);
    }
    yield* csvRows(lines, { delimiter, names, quotes: true });
    return;
  }
}

const delimiterOf = (header: string): string => {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  return [';', '\t', ',', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
};

const splitHeader = (text: string, delimiter: string): string[] =>
  text.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));

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
