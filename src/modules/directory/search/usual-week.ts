import { isoOfMoment, rangesOf, SLOTS_A_DAY, WORDS } from '../week.ts';
import type { SegmentData } from './segment.ts';

/** The hours of a timetable day by day, 0 being Monday. */
export interface UsualWeek {
  /** All the hours that a day has in one week or another. */
  readonly bits: Uint32Array;
  /** Days that are not so every week: odd weeks, the first Saturday of the month. */
  readonly changing: readonly boolean[];
  /** Open day and night, whatever the week. */
  readonly always: boolean;
}

/** A closed public holiday now and then is no reason to say that a day changes; every other week is. */
const MOST_CLOSED = 0.35;

/** What is usual in the weeks known of a timetable (its rank plus one, as rows tell it). Undefined when none is sure. */
export const usualWeek = (segment: SegmentData, timetable: number): UsualWeek | undefined => {
  const first = (timetable - 1) * segment.weekCount;
  const starts = Array.from({ length: segment.weekCount }, (_, at) => first + at)
    .filter((at) => segment.unsure[at] !== 1)
    .map((at) => (segment.weeks[at] ?? 0) * WORDS);
  if (timetable === 0 || starts.length === 0) return undefined;
  const bits = new Uint32Array(WORDS);
  for (const start of starts)
    for (let at = 0; at < WORDS; at += 1) bits[at] = (bits[at] ?? 0) | (segment.bitmaps[start + at] ?? 0);
  const changing = Array.from({ length: 7 }, (_, day) => {
    const [from, to] = [day * DAY, (day + 1) * DAY];
    const same = starts.filter((start) => isSame(segment.bitmaps, start, bits, from, to)).length;
    const closed = starts.filter((start) => isSame(segment.bitmaps, start, nothing, from, to)).length;
    return same + closed < starts.length || (same < starts.length && closed > starts.length * MOST_CLOSED);
  });
  return { bits, changing, always: !changing.includes(true) && bits.every((word) => word === 0xffff_ffff) };
};

/** The hours of the days that are the same every week, as schema.org names them; a day that ends at midnight ends a minute before. */
export const steadyHours = ({
  bits,
  changing,
}: UsualWeek): { readonly day: string; readonly opens: string; readonly closes: string }[] =>
  englishDays.flatMap((day, rank) => {
    const [first, last] = [rank * SLOTS_A_DAY, (rank + 1) * SLOTS_A_DAY];
    const ranges = changing[rank] ? [] : rangesOf(bits).filter(({ from, to }) => from < last && to > first);
    return ranges.map(({ from, to }) => ({
      day,
      opens: isoOfMoment({ week: 0, slot: Math.max(from, first) }).slice(11),
      closes: to >= last ? '23:59' : isoOfMoment({ week: 0, slot: to }).slice(11),
    }));
  });

const englishDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A day is nine whole words. */
const DAY = SLOTS_A_DAY / 32;
const nothing = new Uint32Array(WORDS);

const isSame = (bitmaps: Uint32Array, start: number, bits: Uint32Array, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (bitmaps[start + at] !== bits[at]) return false;
  return true;
};
