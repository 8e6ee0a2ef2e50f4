import KDBush from 'kdbush';
import type { Timetable } from '../timetable.ts';
import { WORDS } from '../week.ts';
import { type Lists, type SegmentData, unitVector } from './segment.ts';
import { compareBytes, grown, layOut, wordListMaker } from './word-lists.ts';

/** One offer to be indexed. Masks follow the lists of vocabulary.ts. */
export interface OfferRow {
  readonly id: number;
  readonly service: number;
  readonly place: number | null;
  readonly tour: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly insee: string | null;
  readonly areas: readonly string[];
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
  /** UTF-8 of its stems, with spaces between. */
  readonly terms: Uint8Array;
  readonly shown: Uint8Array;
}

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
  const located = rows.filter((row) => row.lat !== null && row.lon !== null);
  const others = rows.filter((row) => row.lat === null || row.lon === null);
  const all = others.length === 0 ? located : [...located, ...others];
  const count = all.length;

  const data = {
    ids: new Int32Array(count),
    services: new Int32Array(count),
    sites: new Int32Array(count),
    tours: new Int32Array(count),
    lats: new Float32Array(located.length),
    lons: new Float32Array(located.length),
    xs: new Float32Array(located.length),
    ys: new Float32Array(located.length),
    zs: new Float32Array(located.length),
    kinds: new Uint8Array(count),
    priorities: new Uint16Array(count),
    audiences: new Uint32Array(count),
    modes: new Uint16Array(count),
    access: new Uint16Array(count),
    languages: new Uint32Array(count),
    costs: new Uint8Array(count),
    stageFrom: new Int16Array(count),
    stageTo: new Int16Array(count),
    zones: new Uint8Array(count),
    timetables: new Uint32Array(count),
    shownStarts: new Uint32Array(count + 1),
  };
  const zones = new Map<string, number>();
  const times = timetableRanks(timetables, firstWeek);
  const tree = new KDBush(Math.max(1, located.length), 64, Float32Array);
  const [communes, areas, words] = [listMaker(), listMaker(), wordListMaker()];
  let bytes = 0;

  for (let at = 0; at < count; at += 1) {
    const row = all[at];
    if (!row) continue;
    data.ids[at] = row.id;
    data.services[at] = row.service;
    data.sites[at] = row.place ?? row.tour ?? 0;
    data.tours[at] = row.tour ?? 0;
    data.kinds[at] = row.kind;
    data.priorities[at] = row.priorities;
    data.audiences[at] = row.audiences;
    data.modes[at] = row.modes;
    data.access[at] = row.access;
    data.languages[at] = row.languages;
    data.costs[at] = row.costs;
    data.stageFrom[at] = row.stageFrom;
    data.stageTo[at] = row.stageTo;
    data.timetables[at] = row.timetable === null ? 0 : times.rankOf(row.timetable);
    const zone = zones.get(row.zone) ?? zones.size;
    zones.set(row.zone, zone);
    data.zones[at] = zone;
    if (at < located.length) {
      data.lats[at] = row.lat ?? 0;
      data.lons[at] = row.lon ?? 0;
      [data.xs[at], data.ys[at], data.zs[at]] = unitVector(row.lat ?? 0, row.lon ?? 0);
      tree.add(row.lon ?? 0, row.lat ?? 0);
    }
    if (row.insee !== null) communes.add(row.insee, at);
    for (const area of row.areas) areas.add(area, at);
    words.addAll(row.terms, at);
    data.shownStarts[at] = bytes;
    bytes += row.shown.length;
  }
  data.shownStarts[count] = bytes;
  const shown = new Uint8Array(bytes);
  for (let at = 0; at < count; at += 1) {
    const row = all[at];
    if (row) shown.set(row.shown, data.shownStarts[at]);
  }
  if (located.length === 0) tree.add(0, 0);
  tree.finish();
  return {
    ...{ count, located: located.length, zoneNames: [...zones.keys()], firstWeek, weekCount: WEEKS_KEPT },
    ...data,
    ...times.finish(),
    tree: tree.data as ArrayBuffer,
    ...{ communes: communes.finish(), areas: areas.finish(), words: words.finish(), shown },
  };
};

interface ListMaker {
  add(name: string, row: number): void;
  finish(): Lists;
}

/** Gathers lists of rows by name: first each (name, row) in the order it comes, then a counting sort. */
const listMaker = (): ListMaker => {
  const ranks = new Map<string, number>();
  let names = new Uint32Array(1024);
  let rows = new Uint32Array(1024);
  let length = 0;
  return {
    add: (name, row) => {
      const rank = ranks.get(name) ?? ranks.size;
      ranks.set(name, rank);
      if (length === names.length) {
        names = grown(names);
        rows = grown(rows);
      }
      names[length] = rank;
      rows[length] = row;
      length += 1;
    },
    finish: () => {
      const encoder = new TextEncoder();
      const sorted = [...ranks]
        .map(([name, rank]) => ({ bytes: encoder.encode(name), rank }))
        .sort((a, b) => compareBytes(a.bytes, b.bytes));
      return layOut(sorted, names.subarray(0, length), rows.subarray(0, length));
    },
  };
};

/** Gives ranks to the timetables that are used, and lays their weeks out from `firstWeek` on, equal weeks once. */
const timetableRanks = (timetables: ReadonlyMap<number, Timetable>, firstWeek: number) => {
  const ranks = new Map<number, number>();
  const bitmapRanks = new Map<string, number>();
  const bitmaps: Uint32Array[] = [];
  const weeks: number[] = [];
  const usual: number[] = [];
  const unsure: number[] = [];

  const bitmapRank = (words: Uint32Array): number => {
    const key = String.fromCharCode(...new Uint16Array(words.buffer, words.byteOffset, words.length * 2));
    const known = bitmapRanks.get(key);
    if (known !== undefined) return known;
    bitmapRanks.set(key, bitmaps.length);
    return bitmaps.push(words) - 1;
  };

  return {
    /** Rank plus one; 0 for a timetable that cannot be read, which is as if no hours were known. */
    rankOf: (id: number): number => {
      const known = ranks.get(id);
      if (known !== undefined) return known;
      const timetable = timetables.get(id);
      if (!timetable || timetable.trouble !== undefined) {
        ranks.set(id, 0);
        return 0;
      }
      const local = Array.from({ length: timetable.bitmaps.length / WORDS }, (_, at) =>
        bitmapRank(timetable.bitmaps.slice(at * WORDS, (at + 1) * WORDS)),
      );
      const doubtful = new Set(timetable.unsure);
      for (let week = firstWeek; week < firstWeek + WEEKS_KEPT; week += 1) {
        const at = week - timetable.firstWeek;
        weeks.push(local[timetable.weeks[at] ?? 0] ?? 0);
        unsure.push(doubtful.has(at) ? 1 : 0);
      }
      usual.push(local[0] ?? 0);
      const rank = usual.length;
      ranks.set(id, rank);
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
