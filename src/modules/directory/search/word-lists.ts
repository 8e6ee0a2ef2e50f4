import type { Lists } from './segment.ts';

export interface WordListMaker {
  /** Adds a row to the lists of all the words of a text: UTF-8, spaces between. */
  addAll(text: Uint8Array, row: number): void;
  finish(): Lists;
}

const SPACE = 32;

/**
 * Gathers rows by word without ever making a string of a word: a million and a half of them pass here for 200 000 offers.
 * A hash table over the bytes (FNV-1a, open addressing) gives each word its rank.
 */
export const wordListMaker = (): WordListMaker => {
  let table = new Int32Array(1 << 12);
  let hashes = new Uint32Array(1 << 10);
  let starts = new Uint32Array(1 << 10);
  let bytes = new Uint8Array(1 << 14);
  let count = 0;
  let names = new Uint32Array(1 << 12);
  let rows = new Uint32Array(1 << 12);
  let length = 0;

  const isAt = (rank: number, text: Uint8Array, from: number, to: number): boolean => {
    const start = starts[rank] ?? 0;
    if ((starts[rank + 1] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) if (bytes[start + at - from] !== text[at]) return false;
    return true;
  };
  const slotOf = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & (table.length - 1);
  const enlarge = (): void => {
    table = new Int32Array(table.length * 2);
    for (let rank = 0; rank < count; rank += 1) {
      let slot = slotOf(hashes[rank] ?? 0);
      while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = rank + 1;
    }
  };
  const rankOf = (text: Uint8Array, from: number, to: number, hash: number): number => {
    let slot = slotOf(hash);
    for (let known = table[slot] ?? 0; known !== 0; known = table[slot] ?? 0) {
      if (hashes[known - 1] === hash && isAt(known - 1, text, from, to)) return known - 1;
      slot = (slot + 1) & (table.length - 1);
    }
    const rank = count;
    table[slot] = rank + 1;
    if (rank + 2 > starts.length) starts = grown(starts);
    if (rank + 1 > hashes.length) hashes = grown(hashes);
    const start = starts[rank] ?? 0;
    while (start + to - from > bytes.length) bytes = grownBytes(bytes);
    bytes.set(text.subarray(from, to), start);
    starts[rank + 1] = start + to - from;
    hashes[rank] = hash;
    count += 1;
    if (count * 2 > table.length) enlarge();
    return rank;
  };

  return {
    addAll: (text, row) => {
      let [from, hash] = [0, 0x811c9dc5];
      for (let at = 0; at <= text.length; at += 1) {
        const byte = at === text.length ? SPACE : (text[at] ?? SPACE);
        if (byte !== SPACE) {
          hash = Math.imul(hash ^ byte, 0x01000193);
          continue;
        }
        if (at > from) {
          if (length === names.length) {
            names = grown(names);
            rows = grown(rows);
          }
          names[length] = rankOf(text, from, at, hash >>> 0);
          rows[length] = row;
          length += 1;
        }
        [from, hash] = [at + 1, 0x811c9dc5];
      }
    },
    finish: () => {
      const sorted = Array.from({ length: count }, (_, rank) => ({
        ...{ rank, bytes: bytes.subarray(starts[rank] ?? 0, starts[rank + 1] ?? 0) },
      })).sort((a, b) => compareBytes(a.bytes, b.bytes));
      return layOut(sorted, names.subarray(0, length), rows.subarray(0, length));
    },
  };
};

/** Lists in their final form: `names` and `rows` say which name has which row, in the order they came. */
export const layOut = (
  sorted: readonly { readonly bytes: Uint8Array; readonly rank: number }[],
  names: Uint32Array,
  rows: Uint32Array,
): Lists => {
  const sizes = new Uint32Array(sorted.length);
  for (let at = 0; at < names.length; at += 1) {
    const rank = names[at] ?? 0;
    sizes[rank] = (sizes[rank] ?? 0) + 1;
  }
  const nameStarts = new Uint32Array(sorted.length + 1);
  const rowStarts = new Uint32Array(sorted.length + 1);
  const places = new Uint32Array(sorted.length);
  sorted.forEach(({ bytes, rank }, at) => {
    nameStarts[at + 1] = (nameStarts[at] ?? 0) + bytes.length;
    rowStarts[at + 1] = (rowStarts[at] ?? 0) + (sizes[rank] ?? 0);
    places[rank] = rowStarts[at] ?? 0;
  });
  const nameBytes = new Uint8Array(nameStarts[sorted.length] ?? 0);
  sorted.forEach(({ bytes }, at) => {
    nameBytes.set(bytes, nameStarts[at]);
  });
  const listed = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const rank = names[at] ?? 0;
    const place = places[rank] ?? 0;
    listed[place] = rows[at] ?? 0;
    places[rank] = place + 1;
  }
  return { names: nameBytes, nameStarts, rows: listed, rowStarts };
};

/** The order of two texts by their bytes. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** The same numbers with as much room again. */
export const grown = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const next = new Uint32Array(array.length * 2);
  next.set(array);
  return next;
};

const grownBytes = (array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const next = new Uint8Array(array.length * 2);
  next.set(array);
  return next;
};
