import KDBush from 'kdbush';

/**
 * Some offers as columns of numbers: everything that a search reads, in a few buffers that can be handed from a worker
 * to the process, or kept in a file on a telephone. Rows with a point come first, in the order of their id; then rows
 * without, in the order of their id. Never changed once built, but for `dead`.
 */
export interface SegmentData {
  readonly count: number;
  /** How many rows have a point. */
  readonly located: number;
  readonly ids: Int32Array;
  readonly services: Int32Array;
  /** Place or tour; 0 when neither. Two rows of one site are shown together. */
  readonly sites: Int32Array;
  /** 0 for what is not on a tour. */
  readonly tours: Int32Array;
  /** Degrees, for the rows with a point. */
  readonly lats: Float32Array;
  readonly lons: Float32Array;
  /** The same points on a sphere of radius 1, so that comparing distances costs no trigonometry. Exact to half a metre. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly zs: Float32Array;
  /** The spatial tree of kdbush. */
  readonly tree: ArrayBuffer;
  readonly kinds: Uint8Array;
  readonly priorities: Uint16Array;
  readonly audiences: Uint32Array;
  readonly modes: Uint16Array;
  readonly access: Uint16Array;
  readonly languages: Uint32Array;
  readonly costs: Uint8Array;
  readonly stageFrom: Int16Array;
  readonly stageTo: Int16Array;
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
  /** Rows by stem. */
  readonly words: Lists;
  /** UTF-8 of each row's JSON, end to end. */
  readonly shown: Uint8Array;
  readonly shownStarts: Uint32Array;
}

/** Lists of rows by name, names in order of their UTF-8 bytes. Names and rows lie end to end. */
export interface Lists {
  readonly names: Uint8Array;
  readonly nameStarts: Uint32Array;
  readonly rows: Uint32Array;
  readonly rowStarts: Uint32Array;
}

/** A segment ready to be searched. */
export interface Segment extends SegmentData {
  readonly kd: KDBush;
  /** Rows that were replaced or withdrawn since: 1. Made at the first of them. */
  dead: Uint8Array | undefined;
}

/** A point on a sphere of radius 1. */
export const unitVector = (lat: number, lon: number): [x: number, y: number, z: number] => {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
};

export const openSegment = (data: SegmentData): Segment => ({
  ...data,
  kd: data.located > 0 ? KDBush.from(data.tree) : emptyTree(),
  dead: undefined,
});

/** A tree of nothing: kdbush refuses to be made for no point at all, so it holds one that no search meets. */
const emptyTree = (): KDBush => {
  const tree = new KDBush(1);
  tree.add(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return tree.finish();
};

/** The row of an offer, or −1. */
export const rowOf = (segment: Segment, id: number): number => {
  const found = find(segment.ids, id, 0, segment.located);
  return found >= 0 ? found : find(segment.ids, id, segment.located, segment.count);
};

const find = (ids: Int32Array, id: number, from: number, to: number): number => {
  let [low, high] = [from, to - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = ids[middle] ?? 0;
    if (at === id) return middle;
    if (at < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

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

/** The JSON text of a row. */
export const shownText = (segment: SegmentData, row: number): string =>
  decoder.decode(segment.shown.subarray(segment.shownStarts[row] ?? 0, segment.shownStarts[row + 1] ?? 0));

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
export const namesBetween = (lists: Lists, name: Uint8Array, prefix: boolean): [number, number] => {
  const count = lists.nameStarts.length - 1;
  const first = lowerBound(lists, count, name, false);
  if (prefix) return [first, lowerBound(lists, count, name, true)];
  return compareName(lists, first, name, false) === 0 ? [first, first + 1] : [first, first];
};

/** The first rank whose name is not before `name`; with `after`, whose name is after all that begin with it. */
const lowerBound = (lists: Lists, count: number, name: Uint8Array, after: boolean): number => {
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
const compareName = (lists: Lists, rank: number, name: Uint8Array, prefix: boolean): number => {
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
export const nameAt = (lists: Lists, rank: number): string =>
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
