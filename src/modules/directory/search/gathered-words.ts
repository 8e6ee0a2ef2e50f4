import type { Lists, RowWords } from './segment.ts';

export interface GatheredWords {
  /** Adds the words of the next item: UTF-8, spaces between, in `text` from `start` to before `stop`. */
  addAll(text: Uint8Array, start: number, stop: number): void;
  /** The rows of each word. `order`: for each row, which item it is. */
  toLists(order: Uint32Array): Lists;
  /** The words of each row. */
  toRowWords(order: Uint32Array): RowWords;
}

const SPACE = 32;

/** What a slot of the table holds: rank plus one of a word, its last eight bytes, and a hash of those before. */
const SLOT = 4;

/**
 * Gathers words by item without ever making a string of one: two million of them pass here for 200 000 offers. A hash table
 * over the bytes (open addressing) gives each word its rank, in the order in which they are met. What costs is memory that
 * is not at hand: a word of eight bytes or fewer is known by its slot alone. `room`: how many words of all items are
 * expected; more may come.
 */
export const gatherWords = (room = 0): GatheredWords => {
  /** Half of them at most are taken. */
  let slots = new Int32Array(SLOT << 12);
  /** The words end to end, and where each begins. */
  let bytes = new Uint8Array(1 << 14);
  let starts = new Uint32Array(1 << 10);
  let count = 0;
  /** The words of all items end to end, and where those of each end. */
  let ranks = new Uint32Array(room + (1 << 10));
  let ends = new Uint32Array(1 << 10);
  let items = 0;

  const isAt = (rank: number, text: Uint8Array, from: number, to: number): boolean => {
    const start = starts[rank] ?? 0;
    if ((starts[rank + 1] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) if (bytes[start + at - from] !== text[at]) return false;
    return true;
  };
  /** Where in the table the search for a word begins. */
  const placeOf = (low: number, high: number, before: number): number => {
    const mixed = Math.imul(low ^ Math.imul(high ^ Math.imul(before, 0x01000193), 0x01000193), 0x2c1b3c6d);
    return SLOT * ((mixed ^ (mixed >>> 15)) & (slots.length / SLOT - 1));
  };
  const nextPlace = (place: number): number => (place + SLOT) & (slots.length - 1);
  const put = (place: number, known: number, low: number, high: number, before: number): void => {
    slots[place] = known;
    slots[place + 1] = low;
    slots[place + 2] = high;
    slots[place + 3] = before;
  };
  const enlarge = (): void => {
    const old = slots;
    slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += SLOT) {
      const known = old[at] ?? 0;
      if (known === 0) continue;
      const [low, high, before] = [old[at + 1] ?? 0, old[at + 2] ?? 0, old[at + 3] ?? 0];
      let place = placeOf(low, high, before);
      while (slots[place] !== 0) place = nextPlace(place);
      put(place, known, low, high, before);
    }
  };
  const rankOf = (text: Uint8Array, from: number, to: number, low: number, high: number, before: number): number => {
    let place = placeOf(low, high, before);
    for (let known = slots[place] ?? 0; known !== 0; known = slots[place] ?? 0) {
      const same = slots[place + 1] === low && slots[place + 2] === high && slots[place + 3] === before;
      if (same && (to - from <= 8 || isAt(known - 1, text, from, to))) return known - 1;
      place = nextPlace(place);
    }
    const rank = count;
    put(place, rank + 1, low, high, before);
    if (rank + 2 > starts.length) starts = grown(starts, Uint32Array);
    const start = starts[rank] ?? 0;
    while (start + to - from > bytes.length) bytes = grown(bytes, Uint8Array);
    // One by one: a view of some bytes costs more than the bytes.
    for (let at = from; at < to; at += 1) bytes[start + at - from] = text[at] ?? 0;
    starts[rank + 1] = start + to - from;
    count += 1;
    if (count * 2 * SLOT > slots.length) enlarge();
    return rank;
  };
  const addAll = (text: Uint8Array, start: number, stop: number): void => {
    if (items + 1 === ends.length) ends = grown(ends, Uint32Array);
    let end = ends[items] ?? 0;
    items += 1;
    for (let from = start; from < stop; ) {
      let low = 0;
      let high = 0;
      let before = 0;
      let at = from;
      for (; at < stop; at += 1) {
        const byte = text[at] ?? SPACE;
        if (byte === SPACE) break;
        // The bytes pass from one number to the next; no word holds a zero, so that shorter ones begin with zeros.
        if ((high & 0xff000000) !== 0) before = Math.imul(before ^ (high >>> 24), 0x01000193) | 1;
        high = (high << 8) | (low >>> 24);
        low = (low << 8) | byte;
      }
      if (at > from) {
        if (end === ranks.length) ranks = grown(ranks, Uint32Array);
        ranks[end] = rankOf(text, from, at, low, high, before);
        end += 1;
      }
      from = at + 1;
    }
    ends[items] = end;
  };

  /** The order of two words by their bytes. */
  const compareWords = (a: number, b: number): number => {
    const [one, other] = [starts[a] ?? 0, starts[b] ?? 0];
    const [length, otherLength] = [(starts[a + 1] ?? 0) - one, (starts[b + 1] ?? 0) - other];
    for (let at = 0; at < length && at < otherLength; at += 1) {
      const difference = (bytes[one + at] ?? 0) - (bytes[other + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  };

  /** The ranks of all words in the order of their bytes, then these words as a segment keeps them. */
  const inOrder = (): { sorted: Uint32Array; names: Uint8Array; nameStarts: Uint32Array } => {
    // A rank and as many first bytes as a number holds beside it: sorted as numbers are, without asking us which comes first.
    const room = 2 ** (32 - Math.clz32(count));
    const leading = Math.floor((53 - Math.log2(room)) / 8);
    const keys = new Float64Array(count);
    for (let rank = 0; rank < count; rank += 1) {
      const [start, end] = [starts[rank] ?? 0, starts[rank + 1] ?? 0];
      let key = 0;
      for (let at = start; at < start + leading; at += 1) key = key * 256 + (at < end ? (bytes[at] ?? 0) : 0);
      keys[rank] = key * room + rank;
    }
    keys.sort();
    const sorted = new Uint32Array(count);
    let alike = 0;
    for (let at = 0; at < count; at += 1) {
      const key = keys[at] ?? 0;
      sorted[at] = key % room;
      const next = keys[at + 1] ?? Number.POSITIVE_INFINITY;
      if (Math.floor(next / room) === Math.floor(key / room)) continue;
      if (at > alike) sorted.subarray(alike, at + 1).sort(compareWords);
      alike = at + 1;
    }
    const names = new Uint8Array(starts[count] ?? 0);
    const nameStarts = new Uint32Array(count + 1);
    let length = 0;
    for (let at = 0; at < count; at += 1) {
      const rank = sorted[at] ?? 0;
      const end = starts[rank + 1] ?? 0;
      for (let from = starts[rank] ?? 0; from < end; from += 1) {
        names[length] = bytes[from] ?? 0;
        length += 1;
      }
      nameStarts[at + 1] = length;
    }
    return { sorted, names, nameStarts };
  };

  return {
    addAll,
    toLists: (order) => {
      const { sorted, names, nameStarts } = inOrder();
      const sizes = new Uint32Array(count);
      const length = ends[items] ?? 0;
      for (let at = 0; at < length; at += 1) sizes[ranks[at] ?? 0] = (sizes[ranks[at] ?? 0] ?? 0) + 1;
      const rowStarts = new Uint32Array(count + 1);
      const places = new Uint32Array(count);
      sorted.forEach((rank, at) => {
        rowStarts[at + 1] = (rowStarts[at] ?? 0) + (sizes[rank] ?? 0);
        places[rank] = rowStarts[at] ?? 0;
      });
      // Rows come in their order into the list of each of their words.
      const rows = new Uint32Array(length);
      for (let row = 0; row < order.length; row += 1) {
        const item = order[row] ?? 0;
        for (let at = ends[item] ?? 0; at < (ends[item + 1] ?? 0); at += 1) {
          const rank = ranks[at] ?? 0;
          const place = places[rank] ?? 0;
          rows[place] = row;
          places[rank] = place + 1;
        }
      }
      return { names, nameStarts, rows, rowStarts };
    },
    toRowWords: (order) => {
      const { sorted, names, nameStarts } = inOrder();
      const places = new Uint32Array(count);
      sorted.forEach((rank, at) => {
        places[rank] = at;
      });
      const words = new Uint32Array(ends[items] ?? 0);
      const wordStarts = new Uint32Array(order.length + 1);
      const [came, stops] = [ranks, ends];
      let length = 0;
      for (let row = 0; row < order.length; row += 1) {
        const item = order[row] ?? 0;
        const stop = stops[item + 1] ?? 0;
        for (let at = stops[item] ?? 0; at < stop; at += 1) {
          words[length] = places[came[at] ?? 0] ?? 0;
          length += 1;
        }
        wordStarts[row + 1] = length;
      }
      return { names, nameStarts, words, wordStarts };
    },
  };
};

type Numbers = Uint8Array | Int32Array | Uint32Array | Float32Array;

/** The same numbers with as much room again. */
export const grown = <T extends Numbers>(numbers: T, Kind: new (length: number) => T): T => {
  const next = new Kind(numbers.length * 2);
  next.set(numbers);
  return next;
};
