import { listOf, listsBeginning, nameAt, type Segment, type SegmentData } from './segment.ts';
import { type Box, boxAround, chordOf, partsOf, type Spot } from './sphere.ts';

/** Where offers are looked for. */
export type Where =
  /** Within `km` of a point. */
  | { readonly kind: 'around'; readonly spot: Spot; readonly km: number }
  /** In a box. One whose west is greater than its east crosses the date line (RFC 7946 §5.2). */
  | ({ readonly kind: 'box' } & Box)
  /**
   * Everywhere in some communes, and also within `km` of `spot` when it is given. `prefix`: all communes whose code
   * begins so, which is a département.
   */
  | {
      readonly kind: 'communes';
      readonly codes: readonly string[];
      readonly prefixes?: readonly string[];
      readonly spot: Spot;
      readonly km?: number;
    };

/** Some rows of a segment: the first `count` of `rows`, each once, to be narrowed in place. */
export interface Candidates {
  readonly rows: Uint32Array;
  readonly count: number;
  /** Farther than this chord, a row is not an answer. */
  readonly limit: number;
}

/** Farther than anything on Earth, whose greatest chord is 2: what has no place comes after what has one. */
export const NOWHERE = 5;

/**
 * The rows that a place leaves, in one to three lots; a row is in one of them only. A lot lasts until the next one is
 * asked for: all are written in the same room.
 */
export function* candidatesOf(segment: Segment, where: Where, areas: readonly string[]): Generator<Candidates> {
  const rows = roomFor(segment);
  if (where.kind === 'around') {
    const count = rowsInBox(segment, boxAround(where.spot, where.km), rows);
    yield { rows, count, limit: chordOf(where.km) };
  } else if (where.kind === 'box') {
    for (const box of partsOf(where)) yield { rows, count: rowsInBox(segment, box, rows), limit: NOWHERE };
  } else {
    const lists = [
      ...[...new Set(where.codes)].map((code) => listOf(segment.communes, code)),
      ...(where.prefixes ?? []).map((prefix) => listsBeginning(segment.communes, prefix)),
    ];
    let count = 0;
    for (const list of lists) {
      rows.set(list, count);
      count += list.length;
    }
    yield { rows, count, limit: NOWHERE };
    if (where.km !== undefined) {
      const around = rowsInBox(segment, boxAround(where.spot, where.km), rows);
      yield { rows, count: withoutListed(segment, lists, rows, around), limit: chordOf(where.km) };
    }
  }
  // What has no place is not found by place: only by the territories that it serves.
  const count = rowsServing(segment, areas, rows);
  if (count > 0) yield { rows, count, limit: NOWHERE };
}

/** Of the first `count` of `rows`, keeps those that `marks` does not mark, in place. Returns how many. */
export const keepZeros = (marks: Uint8Array, rows: Uint32Array, count: number): number => {
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] ?? 0;
    rows[kept] = row;
    if (marks[row] === 0) kept += 1;
  }
  return kept;
};

/** Takes out what is in some lists. */
const withoutListed = (segment: Segment, lists: readonly Uint32Array[], rows: Uint32Array, count: number): number => {
  const marks = marksFor(segment);
  for (const list of lists) for (const row of list) marks[row] = 1;
  const kept = keepZeros(marks, rows, count);
  for (const list of lists) for (const row of list) marks[row] = 0;
  return kept;
};

let marks = new Uint8Array(1024);

/** A mark for each row of a segment, all 0: whoever sets some puts them back before anything else happens. */
const marksFor = ({ count }: Segment): Uint8Array => {
  if (marks.length < count) marks = new Uint8Array(count);
  return marks;
};

let room = new Uint32Array(1024);

/** Room for all the rows of a segment, the same from one search to the next: a search never waits in the middle. */
export const roomFor = ({ count }: Segment): Uint32Array => {
  if (room.length < count) room = new Uint32Array(count);
  return room;
};

const rowsServing = (segment: Segment, areas: readonly string[], rows: Uint32Array): number => {
  if (segment.located === segment.count || segment.areas.rows.length === 0) return 0;
  const told = new Set<number>();
  for (const area of areasMet(segment, areas)) {
    for (const row of listOf(segment.areas, area)) if (row >= segment.located) told.add(row);
  }
  let count = 0;
  for (const row of told) {
    rows[count] = row;
    count += 1;
  }
  return count;
};

/** Every territory that something without a place serves. */
export const areasServed = ({ areas }: SegmentData): string[] =>
  Array.from({ length: areas.nameStarts.length - 1 }, (_, rank) => nameAt(areas, rank));

/** A region holds thousands of territories: looking at those that are served is then shorter than asking for each. */
const areasMet = (segment: Segment, areas: readonly string[]): readonly string[] => {
  if (areas.length < segment.areas.nameStarts.length) return areas;
  const asked = new Set(areas);
  return areasServed(segment).filter((area) => asked.has(area));
};

/** Branches still to be walked: their first and last rows, how they are parted; and the box that each lies in. */
const branches = new Int32Array(3 * 64);
const bounds = new Float64Array(4 * 64);

/**
 * Writes the rows of a box, and returns how many. Rows lie in the order of the tree: a branch that is wholly in the box is
 * so many rows in a row, and nothing of it is looked at.
 */
export const rowsInBox = ({ kd, located }: Segment, { west, south, east, north }: Box, rows: Uint32Array): number => {
  const { coords, nodeSize } = kd;
  let count = 0;
  let depth = 0;
  const later = (left: number, right: number, axis: number, w: number, s: number, e: number, n: number): void => {
    branches[3 * depth] = left;
    branches[3 * depth + 1] = right;
    branches[3 * depth + 2] = axis;
    bounds[4 * depth] = w;
    bounds[4 * depth + 1] = s;
    bounds[4 * depth + 2] = e;
    bounds[4 * depth + 3] = n;
    depth += 1;
  };
  const far = Number.POSITIVE_INFINITY;
  later(0, located - 1, 0, -far, -far, far, far);
  while (depth > 0) {
    depth -= 1;
    const left = branches[3 * depth] ?? 0;
    const right = branches[3 * depth + 1] ?? 0;
    const axis = branches[3 * depth + 2] ?? 0;
    const w = bounds[4 * depth] ?? 0;
    const s = bounds[4 * depth + 1] ?? 0;
    const e = bounds[4 * depth + 2] ?? 0;
    const n = bounds[4 * depth + 3] ?? 0;
    if (w >= west && s >= south && e <= east && n <= north) {
      for (let row = left; row <= right; row += 1) {
        rows[count] = row;
        count += 1;
      }
      continue;
    }
    const leaf = right - left <= nodeSize;
    const middle = (left + right) >> 1;
    const [from, to] = leaf ? [left, right] : [middle, middle];
    for (let row = from; row <= to; row += 1) {
      const lon = coords[2 * row] ?? 0;
      const lat = coords[2 * row + 1] ?? 0;
      if (lon >= west && lon <= east && lat >= south && lat <= north) {
        rows[count] = row;
        count += 1;
      }
    }
    if (leaf) continue;
    const cut = coords[2 * middle + axis] ?? 0;
    if (axis === 0) {
      if (west <= cut) later(left, middle - 1, 1, w, s, cut, n);
      if (east >= cut) later(middle + 1, right, 1, cut, s, e, n);
    } else {
      if (south <= cut) later(left, middle - 1, 0, w, s, e, cut);
      if (north >= cut) later(middle + 1, right, 0, w, cut, e, n);
    }
  }
  return count;
};
