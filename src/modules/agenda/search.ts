import { distanceKm } from '#modules/territory/index.ts';
import type { SeriesFields } from './event.ts';
import { countingChoices, type EventCounts, judging } from './filters.ts';

/** A series as it is searched, with its coming times in order: minutes since 1970 by the clock of its place. */
export interface SearchedSeries
  extends Pick<
    SeriesFields,
    | 'kind'
    | 'mode'
    | 'lat'
    | 'lon'
    | 'audiences'
    | 'priorities'
    | 'languages'
    | 'access'
    | 'costs'
    | 'age_from'
    | 'age_to'
    | 'company'
  > {
  readonly id: string;
  readonly organisation: string;
  readonly insee: string;
  readonly departement: string;
  readonly timeZone: string;
  /** Stems of all that it says. */
  readonly terms: ReadonlySet<string>;
  readonly starts: Int32Array;
  /** Identifier of the occurrence at each start. */
  readonly occurrences: Int32Array;
}

/** Where: within `km` of a point, in some communes besides; or a box; or anywhere. */
export interface AskedPlace {
  readonly spot?: { readonly lat: number; readonly lon: number };
  readonly km?: number;
  readonly codes?: ReadonlySet<string>;
  readonly prefixes?: readonly string[];
  readonly box?: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
}

export interface EventQuestion {
  readonly place?: AskedPlace;
  /** Minutes since 1970 by the clock of the place; `to` is not included. */
  readonly from: (timeZone: string) => number;
  readonly to: number;
  /** Hours of the day, in minutes. */
  readonly hours?: { readonly from: number; readonly to: number };
  readonly stems?: readonly string[];
  readonly kinds?: readonly string[];
  readonly modes?: readonly string[];
  readonly audiences?: readonly string[];
  readonly priorities?: readonly number[];
  readonly languages?: readonly string[];
  readonly access?: readonly string[];
  readonly costs?: readonly string[];
  readonly company?: 'avec' | 'sans';
  /** Age of a child in months. */
  readonly age?: number;
  readonly organisation?: string;
  readonly series?: string;
  /** Counts what each choice would give. */
  readonly counting?: boolean;
  readonly limit: number;
  /** Where the last page ended. */
  readonly after?: { readonly start: number; readonly occurrence: number } | undefined;
}

export interface EventHit {
  readonly series: SearchedSeries;
  readonly start: number;
  readonly occurrence: number;
  /** In kilometres; undefined without a point, and for what has no place. */
  readonly km: number | undefined;
}

export interface EventsFound {
  /** The earliest first. */
  readonly hits: readonly EventHit[];
  readonly total: number;
  /** Undefined unless asked for. */
  readonly counts: EventCounts | undefined;
  readonly next: { readonly start: number; readonly occurrence: number } | undefined;
}

/**
 * The occurrences that answer, the earliest first. Each series is judged once, then its times are read from the first one
 * asked for: what a million occurrences cost is a look at each series.
 */
export const searchEvents = (all: Iterable<SearchedSeries>, question: EventQuestion): EventsFound => {
  const { limit, after, hours, to } = question;
  const found: EventHit[] = [];
  const choices = question.counting ? countingChoices() : undefined;
  const judge = judging(question);
  let total = 0;
  for (const series of all) {
    if (series.starts.length === 0) continue;
    // Where first: it puts most of the country aside at the least cost.
    const km = distanceOf(series, question.place);
    if (km === 'elsewhere') continue;
    const judged = judge(series);
    if (judged === 'left' || (judged !== 'kept' && !choices)) continue;
    const { starts, occurrences } = series;
    const first = firstFrom(starts, question.from(series.timeZone));
    const end = firstFrom(starts, to);
    const dates = hours ? starts.subarray(first, end).filter((start) => isWithin(start, hours)).length : end - first;
    if (dates <= 0) continue;
    choices?.add(series, judged, dates);
    if (judged !== 'kept') continue;
    total += dates;
    for (let at = first; at < end; at += 1) {
      const [start = 0, occurrence = 0] = [starts[at], occurrences[at]];
      if (hours && !isWithin(start, hours)) continue;
      if (after && !isAfter(start, occurrence, after)) continue;
      const last = found[limit];
      // Those that follow are later still.
      if (last && isAfter(start, occurrence, last)) break;
      insert(found, { series, start, occurrence, km });
      if (found.length > limit + 1) found.pop();
    }
  }
  const hits = found.slice(0, limit);
  const end = hits.at(-1);
  return {
    hits,
    ...{ total, counts: choices?.counts },
    next: found.length > limit && end ? { start: end.start, occurrence: end.occurrence } : undefined,
  };
};

const DAY = 24 * 60;

const isWithin = (start: number, hours: { readonly from: number; readonly to: number }): boolean =>
  start % DAY >= hours.from && start % DAY < hours.to;

const isAfter = (
  start: number,
  occurrence: number,
  other: { readonly start: number; readonly occurrence: number },
): boolean => start > other.start || (start === other.start && occurrence > other.occurrence);

const insert = (found: EventHit[], hit: EventHit): void => {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = found[middle];
    if (other && isAfter(hit.start, hit.occurrence, other)) low = middle + 1;
    else high = middle;
  }
  found.splice(low, 0, hit);
};

/** Rank of the first start that is not before `from`. */
const firstFrom = (starts: Int32Array, from: number): number => {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
};

const distanceOf = (series: SearchedSeries, place: AskedPlace | undefined): number | undefined | 'elsewhere' => {
  if (!place) return undefined;
  // What is held at a distance is everywhere.
  if (series.mode === 'visio') return undefined;
  if (place.box) {
    const { west, south, east, north } = place.box;
    const inside = series.lat >= south && series.lat <= north && series.lon >= west && series.lon <= east;
    return inside ? undefined : 'elsewhere';
  }
  const inside =
    (place.codes?.has(series.insee) ?? false) ||
    (place.prefixes?.some((code) => series.insee.startsWith(code)) ?? false);
  const { spot, km } = place;
  if (!spot) return inside ? undefined : 'elsewhere';
  // A degree of latitude is 111 km everywhere: most series are put aside without trigonometry.
  if (!inside && (km === undefined || Math.abs(series.lat - spot.lat) * 111 > km)) return 'elsewhere';
  const far = distanceKm(spot, series);
  return inside || (km !== undefined && far <= km) ? far : 'elsewhere';
};
