import { isOpenAt, isoOfMoment, nextSlot, SLOT_MINUTES, SLOTS, type WeekMoment, WORDS, weekMoment } from '../week.ts';
import type { Segment, SegmentData } from './segment.ts';

/** A stretch of time that is asked for, by the clock of each place: open at some point between both slots. */
export interface AskedTime {
  readonly week: number;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * When people ask for a place to be open. `now` and `evening` depend on the clock of each place; `local` is the same
 * date and hour everywhere.
 */
export type Opening =
  | { readonly when: 'now' }
  /** Today between 18:00 and 22:00. */
  | { readonly when: 'evening' }
  /** The coming Saturday, or what is left of today when it is one. */
  | { readonly when: 'saturday' }
  | { readonly when: 'local'; readonly at: Temporal.PlainDateTime }
  | { readonly when: 'instant'; readonly at: Temporal.Instant };

/** The times of a question, zone by zone: each is reckoned once. */
export interface Times {
  /** What it is now there. */
  now(zone: string): WeekMoment;
  asked(zone: string): AskedTime | undefined;
}

/** The times of one question asked at `now`. */
export const timesOf = (now: Temporal.Instant, opening?: Opening): Times => {
  const times = new Map<string, AskedTime>();
  const moments = momentsAt(now);
  const nowIn = (zone: string): WeekMoment => {
    const moment = moments.get(zone) ?? weekMoment(now.toZonedDateTimeISO(zone).toPlainDateTime());
    moments.set(zone, moment);
    return moment;
  };
  return {
    now: nowIn,
    asked: (zone) => {
      if (!opening) return undefined;
      const time = times.get(zone) ?? askedTime(opening, zone, nowIn(zone));
      times.set(zone, time);
      return time;
    },
  };
};

let latest = { slot: Number.NaN, moments: new Map<string, WeekMoment>() };

/** What it is in each zone: kept for the five minutes that a moment lasts, as the calendar costs more than a search. */
const momentsAt = (now: Temporal.Instant): Map<string, WeekMoment> => {
  const slot = Math.floor(now.epochMilliseconds / (SLOT_MINUTES * 60_000));
  if (slot !== latest.slot) latest = { slot, moments: new Map() };
  return latest.moments;
};

const HOUR = 12;
const DAY = 24 * HOUR;

const askedTime = (opening: Opening, zone: string, now: WeekMoment): AskedTime => {
  const day = Math.floor(now.slot / DAY) * DAY;
  if (opening.when === 'evening')
    return { week: now.week, from: Math.max(now.slot, day + 18 * HOUR), to: day + 22 * HOUR };
  if (opening.when === 'saturday') {
    const saturday = 5 * DAY;
    // On a Sunday, the coming Saturday is in the next week.
    const week = now.slot >= saturday + DAY ? now.week + 1 : now.week;
    return { week, from: week === now.week ? Math.max(now.slot, saturday) : saturday, to: saturday + DAY };
  }
  const { week, slot } =
    opening.when === 'local'
      ? weekMoment(opening.at)
      : opening.when === 'instant'
        ? weekMoment(opening.at.toZonedDateTimeISO(zone).toPlainDateTime())
        : now;
  return { week, from: slot, to: slot + 1 };
};

/** Where the bits of a timetable's week begin; −1 when nothing sure is known of that week. */
const weekStart = (segment: SegmentData, timetable: number, week: number): number => {
  const at = week - segment.firstWeek;
  const rank = timetable - 1;
  if (at < 0 || at >= segment.weekCount) return (segment.usual[rank] ?? 0) * WORDS;
  if (segment.unsure[rank * segment.weekCount + at] === 1) return -1;
  return (segment.weeks[rank * segment.weekCount + at] ?? 0) * WORDS;
};

const [UNKNOWN, CLOSED, OPEN] = [0, 1, 2];

/**
 * Whether rows are open at some point of the time asked for, by the clock of their place. What has no known hours is not.
 * What was found for a timetable is kept for who asks for the same time: everybody who asks what is open now does.
 */
export const openDuring = (segment: Segment, times: Times): ((row: number) => boolean) => {
  const { timetables, zones, usual } = segment;
  const asked = segment.zoneNames.map((zone) => times.asked(zone));
  const time = JSON.stringify(asked);
  if (segment.lastAsked?.time !== time) {
    segment.lastAsked = { time, verdicts: new Uint8Array(usual.length * asked.length) };
  }
  const { verdicts } = segment.lastAsked;
  return (row) => {
    const timetable = (timetables[row] ?? 0) - 1;
    if (timetable < 0) return false;
    const zone = zones[row] ?? 0;
    const at = zone * usual.length + timetable;
    if (verdicts[at] === UNKNOWN) verdicts[at] = isOpenDuring(segment, timetable, asked[zone]) ? OPEN : CLOSED;
    return verdicts[at] === OPEN;
  };
};

const isOpenDuring = (segment: Segment, timetable: number, asked: AskedTime | undefined): boolean => {
  if (!asked) return false;
  const start = weekStart(segment, timetable + 1, asked.week);
  if (start < 0) return false;
  const next = nextSlot(segment.bitmaps, start, asked.from, true);
  return next >= 0 && next < asked.to;
};

/** What is known of the next opening of a row. Local dates and times of the place. */
export interface NextOpening {
  readonly openNow: boolean;
  /** Beginning of the opening under way, or of the next one: `2026-11-24T09:00`. */
  readonly from: string;
  readonly to: string;
}

/**
 * The opening under way at `now`, or the next one within the weeks known. Undefined when there is none, `unsure` when a
 * week comes first of which nothing sure is known.
 */
export const nextOpening = (segment: SegmentData, row: number, now: WeekMoment): NextOpening | 'unsure' | undefined => {
  const timetable = segment.timetables[row] ?? 0;
  if (timetable === 0) return undefined;
  let slot = now.slot;
  for (let week = now.week; week < segment.firstWeek + segment.weekCount; week += 1) {
    const start = weekStart(segment, timetable, week);
    if (start < 0) return 'unsure';
    const next = nextSlot(segment.bitmaps, start, slot, true);
    if (next >= 0) {
      const from = week === now.week && next === now.slot ? openSince(segment.bitmaps, start, next) : next;
      const end = nextSlot(segment.bitmaps, start, next, false);
      return {
        openNow: week === now.week && next === now.slot,
        from: isoOfMoment({ week, slot: from }),
        to: isoOfMoment({ week, slot: end < 0 ? SLOTS : end }),
      };
    }
    slot = 0;
  }
  return undefined;
};

const openSince = (bitmaps: Uint32Array, start: number, slot: number): number => {
  let since = slot;
  while (since > 0 && isOpenAt(bitmaps, start, since - 1)) since -= 1;
  return since;
};

/** The next `count` openings of a row, the one under way first. Stops at a week of which nothing sure is known. */
export const nextOpenings = (segment: SegmentData, row: number, now: WeekMoment, count: number): NextOpening[] => {
  const openings: NextOpening[] = [];
  for (let moment: WeekMoment | undefined = now; moment && openings.length < count; ) {
    const next: NextOpening | 'unsure' | undefined = nextOpening(segment, row, moment);
    if (next === undefined || next === 'unsure') break;
    openings.push({ ...next, openNow: next.openNow && openings.length === 0 });
    moment = weekMoment(Temporal.PlainDateTime.from(next.to));
  }
  return openings;
};
