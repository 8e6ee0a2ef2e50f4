import { cleanText, numberOf } from './clean.ts';
import { columnKey, type Row } from './row.ts';
import { decodeBytes, UnreadableFile, withoutMark } from './text-lines.ts';

/** An object of more bytes than this was never closed. */
const LARGEST_ITEM = 1_000_000;

/**
 * The objects of a JSON array, or of the arrays of a JSON object (`features`, `data`…), one at a time, however large the
 * file. Nested objects give columns named after their path, `adresse.codePostal`; the `properties` of a GeoJSON feature
 * stand at the first level, beside `geometry_lon` and `geometry_lat` of its point.
 *
 * An object that is badly written costs itself alone when objects begin on lines of their own, with the same indent as
 * it: reading goes on from the next that does.
 */
export async function* jsonRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const scanner = createScanner();
  for await (const chunk of withoutMark(chunks)) {
    const { items, trouble } = scanner.push(chunk);
    yield* items.map(rowOf);
    if (trouble) throw trouble;
  }
  const { items, trouble } = scanner.end();
  yield* items.map(rowOf);
  if (trouble) throw trouble;
}

interface Item {
  readonly line: number;
  readonly bytes: Uint8Array;
}

const rowOf = ({ line, bytes }: Item): Row => {
  const text = decodeBytes(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) throw new TypeError('not an object');
    return { line, cells: flatten(value) };
  } catch {
    const start = text.slice(0, 4_000);
    // What it is about, read from what is left of it.
    const cells = [...start.matchAll(/"([^"\\]{1,60})"\s*:\s*(?:"([^"\\\n]{1,200})"|(-?\d[\d.]*))/g)];
    return {
      line,
      cells: new Map(
        cells.map(([, name = '', quoted, number]) => [columnKey(name), cleanText(quoted ?? number ?? '')]),
      ),
      broken: 'cet objet JSON est mal écrit (guillemet, virgule ou accolade)',
    };
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const flatten = (value: Record<string, unknown>): Map<string, string> => {
  const cells = new Map<string, string>();
  const put = (path: string, child: unknown, depth: number): void => {
    if (isObject(child)) {
      if (depth < 6) for (const [name, deeper] of Object.entries(child)) put(`${path} ${name}`, deeper, depth + 1);
    } else cells.set(columnKey(path), cleanText(textOf(child)));
  };
  const isFeature = value.type === 'Feature';
  for (const [name, child] of Object.entries(value)) {
    if (isFeature && name === 'properties' && isObject(child)) {
      for (const [property, deeper] of Object.entries(child)) put(property, deeper, 1);
    } else if (isFeature && name === 'geometry') {
      const [lon, lat] = pointOf(child);
      cells.set('geometry_lon', lon);
      cells.set('geometry_lat', lat);
    } else put(name, child, 0);
  }
  return cells;
};

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (Array.isArray(value))
    return value
      .filter((item) => typeof item !== 'object')
      .map(String)
      .join(';');
  return String(value);
};

/** Of a point only, in numbers or in texts: a building drawn as a polygon is found by its address. */
const pointOf = (geometry: unknown): readonly [string, string] => {
  if (!isObject(geometry) || geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) return ['', ''];
  const [lon, lat] = geometry.coordinates.map((value) => numberOf(textOf(value)));
  return lon === undefined || lat === undefined ? ['', ''] : [String(lon), String(lat)];
};

const code = (sign: string): number => sign.charCodeAt(0);
const [QUOTE, BACKSLASH, OPEN, CLOSE] = [code('"'), code('\\'), code('{'), code('}')];
const [OPEN_LIST, CLOSE_LIST, NEW_LINE, SPACE, TAB] = [code('['), code(']'), code('\n'), code(' '), code('\t')];

/** Follows the brackets and quotes of the bytes that are pushed, and cuts out the objects of the lists. */
const createScanner = () => {
  let data: Buffer = Buffer.alloc(0);
  let at = 0;
  let line = 1;
  /** What the line has had so far, as long as it is blank: the indent of an item that begins it. */
  let indent: string | undefined = '';
  /** The brackets that are open; inside an item they begin at `base`. */
  let stack: number[] = [];
  let inText = false;
  let item: { start: number; line: number; base: readonly number[]; indent: string | undefined } | undefined;
  /** After a broken item: what a line must begin with to be read again. */
  let wanted: { prefix: Buffer; base: readonly number[] } | undefined;
  /** Whether a list was met that may hold objects, and an object in one. */
  let listed = false;
  let some = false;
  /** Objects that stand beside each other, in no list. */
  let roots = 0;

  /** Gives up the item: it is handed over as it is, and what follows its first line is read again. */
  const giveUp = (found: Item[], open: NonNullable<typeof item>): void => {
    found.push({ line: open.line, bytes: data.subarray(open.start, Math.min(data.length, open.start + 4_000)) });
    const end = data.indexOf(NEW_LINE, open.start);
    if (open.indent === undefined || (end < 0 && data.length - open.start > LARGEST_ITEM)) {
      throw new UnreadableFile(
        `Le JSON est mal écrit à partir de la ligne ${open.line}, et la suite ne peut pas être lue.`,
      );
    }
    at = end < 0 ? data.length : end + 1;
    line = open.line + 1;
    indent = '';
    wanted = { prefix: Buffer.from(`${open.indent}{`), base: open.base };
    inText = false;
    item = undefined;
  };

  /** After a broken item: goes to the next line that begins as it did. Whether one was found. */
  const resume = (found: { prefix: Buffer; base: readonly number[] }): boolean => {
    while (at < data.length) {
      if (data.length - at < found.prefix.length) return false;
      if (data.subarray(at, at + found.prefix.length).equals(found.prefix)) {
        stack = [...found.base];
        wanted = undefined;
        return true;
      }
      const end = data.indexOf(NEW_LINE, at);
      if (end < 0) return false;
      at = end + 1;
      line += 1;
    }
    return false;
  };

  const scan = (found: Item[]): void => {
    while (at < data.length) {
      if (wanted && !resume(wanted)) return;
      const sign = data[at];
      if (sign === NEW_LINE) {
        // A text of JSON holds no end of line: the quote is a stray one.
        if (inText && item) {
          giveUp(found, item);
          continue;
        }
        line += 1;
        indent = '';
        at += 1;
        continue;
      }
      if (indent !== undefined && (sign === SPACE || sign === TAB)) {
        indent += sign === SPACE ? ' ' : '\t';
        at += 1;
        continue;
      }
      if (inText) {
        if (sign === BACKSLASH) at += 1;
        else if (sign === QUOTE) inText = false;
      } else if (sign === QUOTE) inText = true;
      else if (sign === OPEN) {
        if (stack.length === 0) roots += 1;
        if (roots > 1 && !some) {
          throw new UnreadableFile(
            'Le fichier est une suite d’objets JSON, un par ligne : mettez-les dans une liste, [ … ], séparés par des virgules.',
          );
        }
        if (!item && stack.at(-1) === OPEN_LIST && (stack.length === 1 || (stack.length === 2 && stack[0] === OPEN))) {
          item = { start: at, line, base: [...stack], indent };
          some = true;
        }
        stack.push(sign);
      } else if (sign === OPEN_LIST) {
        if (stack.length === 0 || (stack.length === 1 && stack[0] === OPEN)) listed = true;
        stack.push(sign);
      } else if (sign === CLOSE || sign === CLOSE_LIST) {
        const matches = stack.at(-1) === (sign === CLOSE ? OPEN : OPEN_LIST);
        if (!matches && item) {
          giveUp(found, item);
          continue;
        }
        // A closing too many after an object is nobody's loss; elsewhere we no longer know where we are.
        if (matches) stack.pop();
        else if (stack.at(-1) !== OPEN_LIST) {
          throw new UnreadableFile(`Le JSON est mal écrit à la ligne ${line} : une fermeture est de trop.`);
        }
        if (item && stack.length === item.base.length) {
          found.push({ line: item.line, bytes: data.subarray(item.start, at + 1) });
          item = undefined;
        }
      }
      indent = undefined;
      at += 1;
      if (item && at - item.start > LARGEST_ITEM) giveUp(found, item);
    }
  };

  /** Forgets the bytes that are no longer needed. */
  const forget = (): void => {
    const from = Math.min(item?.start ?? at, data.length);
    data = data.subarray(from);
    at -= from;
    if (item) item.start -= from;
  };

  /** What `work` finds before its end, or before what cannot be read. */
  const untilTrouble = (work: (found: Item[]) => void): Scanned => {
    const items: Item[] = [];
    try {
      work(items);
    } catch (error) {
      if (error instanceof UnreadableFile) return { items, trouble: error };
      throw error;
    }
    return { items, trouble: undefined };
  };

  return {
    push: (chunk: Uint8Array): Scanned => {
      data = data.length === 0 ? Buffer.from(chunk) : Buffer.concat([data, chunk]);
      const { items, trouble } = untilTrouble(scan);
      // Copies: the bytes of an item must not be moved under it.
      const kept = items.map(({ line: of, bytes }) => ({ line: of, bytes: Buffer.from(bytes) }));
      forget();
      return { items: kept, trouble };
    },
    end: (): Scanned =>
      untilTrouble((last) => {
        let cut = inText || (stack.length > 0 && !wanted);
        while (item) {
          giveUp(last, item);
          scan(last);
          cut = item === undefined && wanted !== undefined;
        }
        if (cut) throw new UnreadableFile('Le JSON s’arrête au milieu : le fichier est sans doute incomplet.');
        if (!listed) {
          throw new UnreadableFile(
            'Le JSON n’a pas de liste d’objets : il en faut une, [ {…} ] ou { "data": [ {…} ] }.',
          );
        }
      }),
  };
};

/** What was cut out, and why nothing can be after it. */
interface Scanned {
  readonly items: readonly Item[];
  readonly trouble: UnreadableFile | undefined;
}
