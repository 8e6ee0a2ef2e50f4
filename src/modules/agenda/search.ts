import { distanceKm } from '#modules/territory/index.ts';
import type { SeriesFields } from './event.ts';

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
  readonly next: { readonly start: number; readonly occurrence: number } | undefined;
}

/**
 * The occurrences that answer, the earliest first. Each series is judged once, then its times are read from the first one
 * asked for: what a million occurrences cost is a look at each series.
 */
export const searchEvents = (all: Iterable<SearchedSeries>, question: EventQuestion): EventsFound => {
  const { limit, after, hours, to } = question;
  const found: EventHit[] = [];
  let total = 0;
  for (const series of all) {
    if (series.starts.length === 0 || !suits(series, question)) continue;
    const km = distanceOf(series, question.place);
    if (km === 'elsewhere') continue;
    const { starts, occurrences } = series;
    for (let at = firstFrom(starts, question.from(series.timeZone)); at < starts.length; at += 1) {
      const [start = 0, occurrence = 0] = [starts[at], occurrences[at]];
      if (start >= to) break;
      if (hours && (start % DAY < hours.from || start % DAY >= hours.to)) continue;
      total += 1;
      const last = found[limit];
      if (after && !isAfter(start, occurrence, after)) continue;
      if (last && isAfter(start, occurrence, last)) {
        // Those that follow are later still: counted, never kept.
        if (!hours) {
          total += firstFrom(starts, to) - at - 1;
          break;
        }
        continue;
      }
      insert(found, { series, start, occurrence, km });
      if (found.length > limit + 1) found.pop();
    }
  }
  const hits = found.slice(0, limit);
  const end = hits.at(-1);
  return {
    hits,
    total,
    next: found.length > limit && end ? { start: end.start, occurrence: end.occurrence } : undefined,
  };
};

const DAY = 24 * 60;

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

const suits = (series: SearchedSeries, question: EventQuestion): boolean =>
  (question.series === undefined || series.id === question.series) &&
  (question.organisation === undefined || series.organisation === question.organisation) &&
  (!question.kinds || question.kinds.includes(series.kind)) &&
  (!question.modes || question.modes.includes(series.mode)) &&
  // What says nothing of whom it is for is for everybody; except professionals, who are told by name.
  (!question.audiences || shares(series.audiences, question.audiences)) &&
  (!question.priorities || shares(series.priorities, question.priorities)) &&
  (!question.languages || shares(series.languages, question.languages)) &&
  (!question.access || question.access.every((fact) => (series.access as readonly string[]).includes(fact))) &&
  (!question.costs || shares(series.costs, question.costs)) &&
  (!question.company || series.company === 'au-choix' || series.company === question.company) &&
  (question.age === undefined ||
    ((series.age_from ?? 0) <= question.age && question.age <= (series.age_to ?? Number.POSITIVE_INFINITY))) &&
  (!question.stems || question.stems.every((word) => series.terms.has(word)));

const shares = <T>(held: readonly T[], asked: readonly T[]): boolean => asked.some((one) => held.includes(one));

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
