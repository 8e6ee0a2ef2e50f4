import KDBush from 'kdbush';
import type { Timetable } from '../timetable.ts';
import { WORDS } from '../week.ts';
import { gatherWords, grown } from './gathered-words.ts';
import type { SegmentData } from './segment.ts';
import { unitVector } from './sphere.ts';
import { TRAITS, writeTraits } from './traits.ts';

/** What is indexed of an offer. Masks follow the lists of vocabulary.ts. */
export interface OfferFacts {
  readonly id: number;
  readonly service: number;
  readonly place: number | null;
  readonly tour: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly kind: number;
  readonly priorities: number;
  readonly audiences: number;
  readonly modes: number;
  readonly access: number;
  readonly languages: number;
  readonly costs: number;
  readonly stageFrom: number;
  readonly stageTo: number;
  readonly zone: string;
  readonly timetable: number | null;
  /** Empty for an offer without a commune. */
  readonly insee: RowText;
  /** The territories that it serves, and its stems: spaces between. */
  readonly areas: RowText;
  readonly terms: RowText;
}

/** An offer with the text of its JSON. */
export interface OfferRow extends OfferFacts {
  readonly shown: RowText;
}

/** A text where it came, in UTF-8: `bytes` from `from` to before `to`. Nothing is made for each row of thousands. */
export interface RowText {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** The texts of some offers, in the order of their rows: where each begins and ends in `bytes`, two numbers after two. */
export interface ShownTexts {
  readonly bytes: Uint8Array;
  readonly bounds: Uint32Array;
}

/** A text on its own. */
export const rowText = (text: string): RowText => {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, to: bytes.length };
};

/** Weeks kept in an index: those compiled ahead, and the one before, so that a Sunday evening is not lost. */
const WEEKS_KEPT = 28;

/**
 * Builds a segment. Rows are given in the order of their ids; `timetables` by their ids, of which only those used are
 * kept; `firstWeek` is the first week that searches may ask for.
 */
export const buildSegment = (
  rows: readonly OfferRow[],
  timetables: ReadonlyMap<number, Timetable>,
  firstWeek: number,
): SegmentData => {
  const builder = segmentBuilder(timetables, firstWeek, rows.length);
  for (const row of rows) builder.add(row);
  return builder.finish(textsOf(rows));
};

const textsOf = (rows: readonly OfferRow[]): ShownTexts => {
  const bytes = new Uint8Array(rows.reduce((sum, { shown }) => sum + shown.to - shown.from, 0));
  const bounds = new Uint32Array(2 * rows.length);
  let end = 0;
  rows.forEach(({ shown }, row) => {
    bounds[2 * row] = end;
    bytes.set(shown.bytes.subarray(shown.from, shown.to), end);
    end += shown.to - shown.from;
    bounds[2 * row + 1] = end;
  });
  return { bytes, bounds };
};

export interface SegmentBuilder {
  /** What the row tells is copied: nothing of it is kept. */
  add(row: OfferFacts): void;
  /** `texts`: of the rows added, in their order. They are kept as they are. */
  finish(texts: ShownTexts): SegmentData;
}

/** So many whole numbers are kept of each row until the order of rows is known. */
const STRIDE = 6 + TRAITS;

/** And so many of its point: longitude, latitude, and where it is on a sphere of radius 1. */
const POINT = 5;

/** Room for so many stems of each row to begin with: more may come. */
const WORDS_OF_A_ROW = 16;

/**
 * Builds a segment from rows that come one by one, as `buildSegment` does. `expected`: how many rows there should be. More
 * may come: they cost a copy.
 */
export const segmentBuilder = (
  timetables: ReadonlyMap<number, Timetable>,
  firstWeek: number,
  expected: number,
): SegmentBuilder => {
  let numbers = new Int32Array(STRIDE * (expected + 1));
  let points = new Float32Array(POINT * (expected + 1));
  let [count, located] = [0, 0];
  const zones = new Map<string, number>();
  const times = timetableRanks(timetables, firstWeek);
  const [communes, areas, words] = [gatherWords(expected), gatherWords(), gatherWords(expected * WORDS_OF_A_ROW)];

  const add = (row: OfferFacts): void => {
    const at = count * STRIDE;
    if (at + STRIDE > numbers.length) numbers = grown(numbers, Int32Array);
    if (POINT * (count + 1) > points.length) points = grown(points, Float32Array);
    const zone = zones.get(row.zone) ?? zones.size;
    if (zone === zones.size) zones.set(row.zone, zone);
    numbers[at] = row.id;
    numbers[at + 1] = row.service;
    numbers[at + 2] = row.place ?? row.tour ?? 0;
    numbers[at + 3] = row.tour ?? 0;
    numbers[at + 4] = zone;
    numbers[at + 5] = row.timetable === null ? 0 : times.rankOf(row.timetable);
    writeTraits(numbers, at + 6, row);
    const point = POINT * count;
    points[point] = row.lon ?? Number.NaN;
    points[point + 1] = row.lat ?? Number.NaN;
    if (row.lat !== null && row.lon !== null) {
      const { x, y, z } = unitVector(row.lat, row.lon);
      points[point + 2] = x;
      points[point + 3] = y;
      points[point + 4] = z;
      located += 1;
    }
    communes.addAll(row.insee.bytes, row.insee.from, row.insee.to);
    areas.addAll(row.areas.bytes, row.areas.from, row.areas.to);
    words.addAll(row.terms.bytes, row.terms.from, row.terms.to);
    count += 1;
  };

  const finish = ({ bytes, bounds }: ShownTexts): SegmentData => {
    if (bounds.length !== 2 * count) throw new Error(`${count} rows, and ${bounds.length / 2} texts`);
    const { tree, order } = inOrder(points, count, located);
    const data = {
      ids: new Int32Array(count),
      byId: new Uint32Array(count),
      services: new Int32Array(count),
      sites: new Int32Array(count),
      tours: new Int32Array(count),
      vectors: new Float32Array(3 * located),
      traits: new Uint32Array(TRAITS * count),
      zones: new Uint8Array(count),
      timetables: new Uint32Array(count),
      shownStarts: new Uint32Array(count),
      shownEnds: new Uint32Array(count),
    };
    // By themselves: a column read from `data` would be looked up again for each row.
    const {
      ids,
      byId,
      services,
      sites,
      tours,
      vectors,
      traits,
      zones: zoneRanks,
      timetables,
      shownStarts,
      shownEnds,
    } = data;
    for (let row = 0; row < count; row += 1) {
      const came = order[row] ?? 0;
      const at = came * STRIDE;
      byId[came] = row;
      ids[row] = numbers[at] ?? 0;
      services[row] = numbers[at + 1] ?? 0;
      sites[row] = numbers[at + 2] ?? 0;
      tours[row] = numbers[at + 3] ?? 0;
      zoneRanks[row] = numbers[at + 4] ?? 0;
      timetables[row] = numbers[at + 5] ?? 0;
      shownStarts[row] = bounds[2 * came] ?? 0;
      shownEnds[row] = bounds[2 * came + 1] ?? 0;
      const trait = TRAITS * row;
      traits[trait] = numbers[at + 6] ?? 0;
      traits[trait + 1] = numbers[at + 7] ?? 0;
      traits[trait + 2] = numbers[at + 8] ?? 0;
      traits[trait + 3] = numbers[at + 9] ?? 0;
    }
    for (let row = 0; row < located; row += 1) {
      const point = POINT * (order[row] ?? 0);
      vectors[3 * row] = points[point + 2] ?? 0;
      vectors[3 * row + 1] = points[point + 3] ?? 0;
      vectors[3 * row + 2] = points[point + 4] ?? 0;
    }
    return {
      ...{ count, located, zoneNames: [...zones.keys()], firstWeek, weekCount: WEEKS_KEPT, tree },
      ...data,
      ...times.finish(),
      ...{ communes: communes.toLists(order), areas: areas.toLists(order), words: words.toRowWords(order) },
      shown: bytes,
    };
  };
  return { add, finish };
};

/**
 * The spatial tree of the rows that have a point, and the final order of all rows: for each, the rank at which it came.
 * The items of the tree are then the rows themselves.
 */
const inOrder = (
  points: Float32Array,
  count: number,
  located: number,
): { readonly tree: ArrayBuffer; readonly order: Uint32Array } => {
  const order = new Uint32Array(count);
  const tree = new KDBush(Math.max(1, located), LEAF, Float32Array);
  const placed = new Uint32Array(located);
  let [rank, other] = [0, located];
  for (let came = 0; came < count; came += 1) {
    const [lon, lat] = [points[POINT * came] ?? 0, points[POINT * came + 1] ?? 0];
    if (Number.isNaN(lon) || Number.isNaN(lat)) {
      order[other] = came;
      other += 1;
    } else {
      tree.add(lon, lat);
      placed[rank] = came;
      rank += 1;
    }
  }
  // kdbush refuses to be made for no point at all.
  if (located === 0) tree.add(0, 0);
  const { ids, data } = tree.finish();
  for (let row = 0; row < located; row += 1) {
    order[row] = placed[ids[row] ?? 0] ?? 0;
    ids[row] = row;
  }
  return { tree: data as ArrayBuffer, order };
};

/** Points in a leaf of the tree. */
const LEAF = 32;

/** Gives ranks to the timetables that are used, and lays their weeks out from `firstWeek` on, equal weeks once. */
const timetableRanks = (timetables: ReadonlyMap<number, Timetable>, firstWeek: number) => {
  /** By id: one more than what is told of it; 0 for one not met yet. Asked for each row, hence no map. */
  const ranks = new Uint32Array(1 + [...timetables.keys()].reduce((most, id) => Math.max(most, id), 0));
  const ranksByHash = new Map<number, number[]>();
  const bitmaps: Uint32Array[] = [];
  const weeks: number[] = [];
  const usual: number[] = [];
  const unsure: number[] = [];

  /** The rank of a week of bits: equal weeks are one. */
  const bitmapRank = (words: Uint32Array): number => {
    let hash = 0x811c9dc5;
    for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
    const known = ranksByHash.get(hash) ?? [];
    const same = known.find((rank) => words.every((word, at) => bitmaps[rank]?.[at] === word));
    if (same !== undefined) return same;
    ranksByHash.set(hash, [...known, bitmaps.length]);
    return bitmaps.push(words) - 1;
  };

  return {
    /** Rank plus one; 0 for a timetable that cannot be read, which is as if no hours were known. */
    rankOf: (id: number): number => {
      const known = ranks[id] ?? 0;
      if (known > 0) return known - 1;
      const timetable = timetables.get(id);
      if (!timetable || timetable.trouble !== undefined) {
        ranks[id] = 1;
        return 0;
      }
      const local = Array.from({ length: timetable.bitmaps.length / WORDS }, (_, at) =>
        bitmapRank(timetable.bitmaps.subarray(at * WORDS, (at + 1) * WORDS)),
      );
      const doubtful = new Set(timetable.unsure);
      for (let week = firstWeek; week < firstWeek + WEEKS_KEPT; week += 1) {
        const at = week - timetable.firstWeek;
        weeks.push(local[timetable.weeks[at] ?? 0] ?? 0);
        unsure.push(doubtful.has(at) ? 1 : 0);
      }
      usual.push(local[0] ?? 0);
      const rank = usual.length;
      ranks[id] = rank + 1;
      return rank;
    },
    finish: () => {
      const all = new Uint32Array(bitmaps.length * WORDS);
      bitmaps.forEach((words, rank) => {
        all.set(words, rank * WORDS);
      });
      return {
        weeks: Uint32Array.from(weeks),
        usual: Uint32Array.from(usual),
        unsure: Uint8Array.from(unsure),
        bitmaps: all,
      };
    },
  };
};
