import { decodeBytes, UnreadableFile } from './text-lines.ts';

/** The bytes of one object of a list, and the line on which it begins. */
export interface JsonItem {
  readonly line: number;
  readonly bytes: Uint8Array;
}

/** What was cut out, and why nothing can be after it. */
interface Scanned {
  readonly items: readonly JsonItem[];
  readonly trouble: UnreadableFile | undefined;
}

/** An object of more bytes than this was never closed. */
const LARGEST_ITEM = 1_000_000;

const code = (sign: string): number => sign.charCodeAt(0);
const [QUOTE, BACKSLASH, OPEN, CLOSE] = [code('"'), code('\\'), code('{'), code('}')];
const [COLON, COMMA] = [code(':'), code(',')];
const [OPEN_LIST, CLOSE_LIST, NEW_LINE, SPACE, TAB] = [code('['), code(']'), code('\n'), code(' '), code('\t')];

const isJson = (bytes: Buffer): boolean => {
  try {
    JSON.parse(decodeBytes(bytes));
    return true;
  } catch {
    return false;
  }
};

/** Follows the brackets and quotes of the bytes that are pushed, and cuts out the objects of the lists. */
export const createScanner = () => {
  let data: Buffer = Buffer.alloc(0);
  let at = 0;
  let line = 1;
  /** What the line has had so far, as long as it is blank: the indent of an item that begins it. */
  let indent: string | undefined = '';
  /** The brackets that are open; inside an item they begin at `base`. */
  let stack: number[] = [];
  let inText = false;
  let item: { start: number; line: number; base: readonly number[]; indent: string | undefined } | undefined;
  /** After a broken item: how the next one begins, at the beginning of a line or after a comma. */
  let wanted: { readonly prefix: Buffer; readonly base: readonly number[]; readonly anywhere: boolean } | undefined;
  /** Whether a list was met that may hold objects, and an object in one. */
  let listed = false;
  let some = false;
  /** Objects that stand beside each other, in no list. */
  let roots = 0;

  /** Gives up the item: it is handed over as it is, and what follows the beginning of it is read again. */
  const giveUp = (found: JsonItem[], open: NonNullable<typeof item>): void => {
    found.push({ line: open.line, bytes: data.subarray(open.start, Math.min(data.length, open.start + 4_000)) });
    wanted = open.indent === undefined ? nextOnLine(open) : nextLine(open, open.indent);
    if (!wanted) {
      throw new UnreadableFile(
        `Le JSON est mal écrit à partir de la ligne ${open.line}, et la suite ne peut pas être lue.`,
      );
    }
    inText = false;
    item = undefined;
  };

  /** Objects that begin on lines of their own: the next line of the same indent. */
  const nextLine = (open: NonNullable<typeof item>, spaces: string): typeof wanted => {
    const end = data.indexOf(NEW_LINE, open.start);
    if (end < 0 && data.length - open.start > LARGEST_ITEM) return undefined;
    at = end < 0 ? data.length : end + 1;
    line = open.line + 1;
    indent = '';
    return { prefix: Buffer.from(`${spaces}{`), base: open.base, anywhere: false };
  };

  /** Objects one behind the other: the next comma before the same first name, as programs write them. */
  const nextOnLine = (open: NonNullable<typeof item>): typeof wanted => {
    const prefix = beginningOf(open);
    if (!prefix) return undefined;
    at = open.start + 1;
    line = open.line;
    return { prefix: Buffer.from(prefix), base: open.base, anywhere: true };
  };

  /** `{"nom":`, as the other objects of the list begin too. */
  const beginningOf = ({ start }: NonNullable<typeof item>): Buffer | undefined => {
    const end = data.subarray(start, start + 200).indexOf(COLON);
    return end < 0 ? undefined : data.subarray(start, start + end + 1);
  };

  /** Whether an object that ends here took those behind it for its texts, up to a second stray quote. */
  const swallowedAnother = (open: NonNullable<typeof item>): boolean => {
    const prefix = open.indent === undefined ? beginningOf(open) : undefined;
    const own = data.subarray(open.start, at + 1);
    return prefix !== undefined && own.indexOf(prefix, 1) >= 0 && !isJson(own);
  };

  /** After a broken item: goes to where the next one begins. Whether it was found. */
  const resume = (found: NonNullable<typeof wanted>): boolean =>
    found.anywhere ? resumeOnLine(found) : resumeAtLine(found);

  const resumeOnLine = ({ prefix, base }: NonNullable<typeof wanted>): boolean => {
    for (let next = data.indexOf(prefix, at); next >= 0; next = data.indexOf(prefix, next + 1)) {
      let before = next - 1;
      while (data[before] === SPACE || data[before] === NEW_LINE) before -= 1;
      if (data[before] !== COMMA) continue;
      for (const sign of data.subarray(at, next)) if (sign === NEW_LINE) line += 1;
      at = next;
      stack = [...base];
      wanted = undefined;
      return true;
    }
    // Its beginning may be there already, with the comma and a space before it.
    const rest = Math.max(at, data.length - prefix.length - 8);
    for (const sign of data.subarray(at, rest)) if (sign === NEW_LINE) line += 1;
    at = rest;
    return false;
  };

  const resumeAtLine = ({ prefix, base }: NonNullable<typeof wanted>): boolean => {
    while (at < data.length) {
      if (data.length - at < prefix.length) return false;
      if (data.subarray(at, at + prefix.length).equals(prefix)) {
        stack = [...base];
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

  const scan = (found: JsonItem[]): void => {
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
          if (swallowedAnother(item)) {
            giveUp(found, item);
            continue;
          }
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
  const untilTrouble = (work: (found: JsonItem[]) => void): Scanned => {
    const items: JsonItem[] = [];
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
