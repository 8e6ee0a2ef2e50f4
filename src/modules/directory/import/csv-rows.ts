import { parse } from 'csv-parse/sync';
import { cleanText } from './clean.ts';
import { columnKey, type Row } from './row.ts';
import type { TextLine } from './text-lines.ts';

/** A text between quotes may span this many lines. Beyond, the quote was never closed. */
const MOST_LINES = 50;

/**
 * The rows of a table, one at a time. A quoted text may hold the delimiter and ends of lines. What is broken costs its
 * own line and no other: a quote that is never closed is looked for in the fifty lines that follow, then they are read
 * again by themselves. `quotes: false` for files that know none.
 */
export async function* csvRows(
  lines: AsyncIterator<TextLine>,
  { delimiter, names, quotes }: { delimiter: string; names: readonly string[]; quotes: boolean },
): AsyncGenerator<Row> {
  const keys = distinctKeys(names);
  const again: TextLine[] = [];
  const next = async (): Promise<TextLine | undefined> => {
    const waiting = again.shift();
    if (waiting) return waiting;
    const { value, done } = await lines.next();
    return done ? undefined : value;
  };

  for (let line = await next(); line; line = await next()) {
    if (line.text.trim() === '' && !line.tooLong) continue;
    if (line.tooLong) {
      yield {
        line: line.number,
        cells: cellsOf(line.text.split(delimiter), keys),
        broken: 'plus d’un million de signes',
      };
      continue;
    }
    let text = line.text;
    let state = quotes ? stateAtEnd(text, delimiter) : 'closed';
    const taken: TextLine[] = [];
    while (state === 'open' && taken.length < MOST_LINES) {
      const more = await next();
      if (!more) break;
      taken.push(more);
      if (more.tooLong) break;
      text += `\n${more.text}`;
      state = stateAtEnd(text, delimiter);
    }
    const unended = (taken.at(-1) ?? line).unended ?? false;
    if (state === 'closed') yield rowOf(line.number, split(text, delimiter, quotes), keys, unended);
    else {
      again.unshift(...taken);
      const cells = cellsOf(line.text.split(delimiter), keys);
      const broken = 'un guillemet est mal placé ou n’est jamais refermé';
      yield { line: line.number, cells, broken, ...(line.unended && state === 'open' ? { cut: true } : {}) };
    }
  }
}

const rowOf = (line: number, values: readonly string[], keys: readonly string[], unended: boolean): Row => {
  const cells = cellsOf(values, keys);
  const extra = values.slice(keys.length).some((value) => value.trim() !== '');
  if (values.length >= keys.length && !extra) return { line, cells };
  const broken = `${values.length} ${values.length < 2 ? 'colonne' : 'colonnes'} au lieu de ${keys.length}`;
  return { line, cells, broken, ...(unended && values.length < keys.length ? { cut: true } : {}) };
};

const cellsOf = (values: readonly string[], keys: readonly string[]): Map<string, string> =>
  new Map(keys.map((key, at) => [key, cleanText(unquoted(values[at] ?? ''))]));

const unquoted = (value: string): string =>
  value
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replaceAll('""', '"');

/** Two columns of one name: the second is `name_2`. */
const distinctKeys = (names: readonly string[]): string[] => {
  const met = new Map<string, number>();
  return names.map((name) => {
    const key = columnKey(name);
    const rank = (met.get(key) ?? 0) + 1;
    met.set(key, rank);
    return rank === 1 ? key : `${key}_${rank}`;
  });
};

/** The values of a row. `quotes`: those between quotes may hold the delimiter and ends of lines. */
export const split = (text: string, delimiter: string, quotes: boolean): string[] =>
  quotes && text.includes('"')
    ? (parse(text, { delimiter, relax_quotes: true, relax_column_count: true })[0] ?? [])
    : text.split(delimiter);

/**
 * Whether a text ends within a quoted value. A quote counts at the beginning of a value only: `tuyau 5"` has none.
 * `broken`: something follows a closing quote.
 */
export const stateAtEnd = (text: string, delimiter: string): 'closed' | 'open' | 'broken' => {
  if (!text.includes('"')) return 'closed';
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) return 'open';
        at = quote + 1;
        if (text[at] !== '"') break;
        at += 1;
      }
      if (at < text.length && text[at] !== delimiter) return 'broken';
    }
    const end = text.indexOf(delimiter, at);
    if (end < 0) return 'closed';
    at = end + 1;
  }
  return 'closed';
};
