import KDBush from 'kdbush';
import type { Spot } from './sphere.ts';

/**
 * Some offers as columns of numbers: everything that a search reads, in a few buffers that can be handed from a worker
 * to the process, or kept in a file on a telephone. Rows with a point come first, in the order of the leaves of the
 * spatial tree, so that neighbours on the ground are neighbours in memory; then rows without, in the order of their id.
 * Never changed once built, but for `dead`.
 */
export interface SegmentData {
  readonly count: number;
  /** How many rows have a point. */
  readonly located: number;
  readonly ids: Int32Array;
  /** All rows, in the order of their id. */
  readonly byId: Uint32Array;
  readonly services: Int32Array;
  /** Place or tour; 0 when neither. Two rows of one site are shown together. */
  readonly sites: Int32Array;
  /** 0 for what is not on a tour. */
  readonly tours: Int32Array;
  /** x, y and z of each row with a point, on a sphere of radius 1. Exact to half a metre. */
  readonly vectors: Float32Array;
  /** The spatial tree of kdbush. Its items are the rows themselves, in their order. */
  readonly tree: ArrayBuffer;
  /** What each row is, for filters: traits.ts. */
  readonly traits: Uint32Array;
  /** Rank in `zoneNames`. */
  readonly zones: Uint8Array;
  readonly zoneNames: readonly string[];
  /** Rank of its timetable plus one; 0 when no hours are known. */
  readonly timetables: Uint32Array;
  /** Weeks of all timetables: `weekCount` for each, from `firstWeek` on; ranks in `bitmaps`. */
  readonly weeks: Uint32Array;
  readonly unsure: Uint8Array;
  readonly weekCount: number;
  readonly firstWeek: number;
  readonly usual: Uint32Array;
  readonly bitmaps: Uint32Array;
  /** Rows by INSEE code, and rows without a point by territory served. */
  readonly communes: Lists;
  readonly areas: Lists;
  /** The stems of each row. */
  readonly words: RowWords;
  /** UTF-8 of the JSON of rows, in the order in which they came. */
  readonly shown: Uint8Array;
  readonly shownStarts: Uint32Array;
  readonly shownEnds: Uint32Array;
}

/** Names in the order of their UTF-8 bytes, end to end. */
export interface Names {
  readonly names: Uint8Array;
  readonly nameStarts: Uint32Array;
}

/** The rows of each name, in order, end to end. */
export interface Lists extends Names {
  readonly rows: Uint32Array;
  readonly rowStarts: Uint32Array;
}

/** The words of each row, as ranks among the names, end to end. */
export interface RowWords extends Names {
  readonly words: Uint32Array;
  readonly wordStarts: Uint32Array;
}

/** A segment ready to be searched. */
export interface Segment extends SegmentData {
  readonly kd: KDBush;
  /** Rows that were replaced or withdrawn since: 1. Made at the first of them. */
  dead: Uint8Array | undefined;
  /** What is open at the time asked for last: moments.ts. */
  lastAsked: { readonly time: string; readonly verdicts: Uint8Array } | undefined;
}

export const openSegment = (data: SegmentData): Segment => ({
  ...data,
  kd: data.located > 0 ? KDBush.from(data.tree) : emptyTree(),
  dead: undefined,
  lastAsked: undefined,
});

/** A tree of nothing: kdbush refuses to be made for no point at all, so it holds one that no search meets. */
const emptyTree = (): KDBush => {
  const tree = new KDBush(1);
  tree.add(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return tree.finish();
};

/** The row of an offer, or −1. */
export const rowOf = ({ ids, byId, count }: Segment, id: number): number => {
  let [low, high] = [0, count - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const row = byId[middle] ?? 0;
    const at = ids[row] ?? 0;
    if (at === id) return row;
    if (at < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

/** The point of a row that has one, in degrees, as precise as single numbers are: some decimetres. */
export const spotOf = ({ kd }: Segment, row: number): Spot => ({
  lat: kd.coords[2 * row + 1] ?? 0,
  lon: kd.coords[2 * row] ?? 0,
});

/** Withdraws a row from the searches. Returns whether it was there. */
export const withdraw = (segment: Segment, id: number): boolean => {
  const row = rowOf(segment, id);
  if (row < 0) return false;
  segment.dead ??= new Uint8Array(segment.count);
  if (segment.dead[row] === 1) return false;
  segment.dead[row] = 1;
  return true;
};

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The JSON text of a row, as UTF-8 and as a string. */
export const shownBytes = ({ shown, shownStarts, shownEnds }: SegmentData, row: number): Uint8Array =>
  shown.subarray(shownStarts[row] ?? 0, shownEnds[row] ?? 0);
export const shownText = (segment: SegmentData, row: number): string => decoder.decode(shownBytes(segment, row));

/** The rows listed under a name; none for an unknown one. */
export const listOf = (lists: Lists, name: string): Uint32Array => {
  const [from, to] = namesBetween(lists, encoder.encode(name), false);
  return from < to
    ? lists.rows.subarray(lists.rowStarts[from] ?? 0, lists.rowStarts[from + 1] ?? 0)
    : new Uint32Array(0);
};

/** The rows listed under all the names that begin with `prefix`. */
export const listsBeginning = (lists: Lists, prefix: string): Uint32Array => {
  const [from, to] = namesBetween(lists, encoder.encode(prefix), true);
  return lists.rows.subarray(lists.rowStarts[from] ?? 0, lists.rowStarts[to] ?? 0);
};

/** The ranks of the names that begin with `prefix` (or are equal to it): from the first, to after the last. */
export const namesBetween = (lists: Names, name: Uint8Array, prefix: boolean): [number, number] => {
  const count = lists.nameStarts.length - 1;
  const first = lowerBound(lists, count, name, false);
  if (prefix) return [first, lowerBound(lists, count, name, true)];
  return compareName(lists, first, name, false) === 0 ? [first, first + 1] : [first, first];
};

/** The first rank whose name is not before `name`; with `after`, whose name is after all that begin with it. */
const lowerBound = (lists: Names, count: number, name: Uint8Array, after: boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareName(lists, middle, name, after);
    if (order < 0 || (after && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Order of a listed name and another: negative when the listed one comes first. With `prefix`, equal when it begins so. */
const compareName = (lists: Names, rank: number, name: Uint8Array, prefix: boolean): number => {
  const start = lists.nameStarts[rank];
  const end = lists.nameStarts[rank + 1];
  if (start === undefined || end === undefined) return 1;
  const shared = Math.min(end - start, name.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (lists.names[start + at] ?? 0) - (name[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return prefix && end - start >= name.length ? 0 : end - start - name.length;
};

/** A listed name. */
export const nameAt = (lists: Names, rank: number): string =>
  decoder.decode(lists.names.subarray(lists.nameStarts[rank] ?? 0, lists.nameStarts[rank + 1] ?? 0));

/** Every buffer of a segment, for a transfer to another thread. */
export const buffersOf = (data: SegmentData): ArrayBuffer[] => {
  const buffers = new Set<ArrayBuffer>();
  const gather = (value: unknown): void => {
    if (value instanceof ArrayBuffer) buffers.add(value);
    else if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) Object.values(value).forEach(gather);
  };
  gather(data);
  return [...buffers];
};
