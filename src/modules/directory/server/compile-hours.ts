import OpeningHours from 'opening_hours';
import { recurringTimes } from '#platform/recurrence.ts';
import { isPublicHoliday } from '../public-holidays.ts';
import { type Recipe, type Timetable, WEEKS_AHEAD } from '../timetable.ts';
import {
  closeDay,
  emptyWeek,
  mondayOf,
  mondayOfWeek,
  openRange,
  SLOT_MINUTES,
  SLOTS_A_DAY,
  WORDS,
  weekNumber,
} from '../week.ts';

/**
 * Compiles half a year of weeks from the week of `today` on. Never throws: a text that cannot be read gives a timetable
 * without any opening that says why; weeks that need school holidays not yet published are marked unsure.
 */
export const compileTimetable = (recipe: Recipe, today: Temporal.PlainDate): Timetable => {
  const firstWeek = weekNumber(mondayOf(today));
  try {
    return recipe.kind === 'hours' ? compileHours(recipe, firstWeek) : compileDates(recipe, firstWeek);
  } catch (error) {
    return {
      ...pack(firstWeek, Array.from({ length: WEEKS_AHEAD }, emptyWeek), emptyWeek()),
      trouble: (error instanceof Error ? error.message : String(error)).slice(0, 200),
    };
  }
};

/** Gathers weeks, equal ones once, the usual one first. */
const pack = (
  firstWeek: number,
  weeks: readonly Uint32Array[],
  usual: Uint32Array,
  unsure: number[] = [],
): Timetable => {
  const ranks = new Map([[usual.join(), 0]]);
  const distinct = [usual];
  const indexes = weeks.map((week) => {
    const key = week.join();
    const rank = ranks.get(key) ?? distinct.push(week) - 1;
    ranks.set(key, rank);
    return rank;
  });
  const bitmaps = new Uint32Array(distinct.length * WORDS);
  distinct.forEach((week, rank) => {
    bitmaps.set(week, rank * WORDS);
  });
  return { firstWeek, bitmaps, weeks: indexes, unsure };
};

type HoursRecipe = Extract<Recipe, { kind: 'hours' }>;

const compileHours = (recipe: HoursRecipe, firstWeek: number): Timetable => {
  // « PH off » is what we do anyway, with public holidays of our own; without it more texts are the same every week.
  const text = recipe.text.replace(/;\s*PH\s+(off|closed)\b\s*/gi, '').trim();
  if (!tellsHours.test(text)) throw new RangeError('no hour is told');
  const opening = quietly(() => new OpeningHours(text, located(recipe.region), options));
  const stable = quietly(() => opening.isWeekStable());
  const usual = stable ? evaluateWeek(opening, firstWeek) : undefined;
  // Who never closes does not close on a public holiday.
  const closesOnHolidays = !opensOnHolidays.test(text) && (/\bPH\b/.test(recipe.text) || !usual?.every(isFull));
  const unsure: number[] = [];
  const weeks = Array.from({ length: WEEKS_AHEAD }, (_, rank) => {
    const week = firstWeek + rank;
    const bits = usual?.slice() ?? tryWeek(opening, week);
    if (!bits) unsure.push(rank);
    const sure = bits ?? emptyWeek();
    // A place that says nothing of public holidays is taken to be closed then: better to be asked than to be a lie.
    if (closesOnHolidays) closeDays(sure, week, (day) => isPublicHoliday(day, recipe.holidays));
    closeDays(sure, week, (day) =>
      recipe.closures.some(({ from, to }) => from <= day.toString() && day.toString() <= to),
    );
    return sure;
  });
  if (unsure.length === 0 && weeks.every(isEmpty) && isUncertain(opening, firstWeek))
    throw new RangeError('only hours that are not certain');
  return pack(firstWeek, weeks, usual ?? mostFrequent(weeks), unsure);
};

/** An hour, or a word that stands for one. « Mo-Fr » alone is days, and the library would make nights of them too. */
const tellsHours = /\d\s*[:h]|24\/7|sunrise|sunset|dawn|dusk|^(off|closed)$/i;

/** Public holidays named for anything else than being closed then. */
const opensOnHolidays = /\bPH\b(?![^;\d]*\b(?:off|closed)\b)/i;

const isFull = (bits: number): boolean => bits >>> 0 === 0xffff_ffff;
const isEmpty = (week: Uint32Array): boolean => week.every((bits) => bits === 0);

/** Whether a week holds hours that depend on something: « sur rendez-vous ». */
const isUncertain = (opening: OpeningHours, week: number): boolean => {
  const [from, to] = datesOf(week);
  return quietly(() => opening.getOpenIntervals(from, to)).some(([, , uncertain]) => uncertain);
};

/** Its types want every option; those left undefined keep the library's own value. */
const options = {
  locale: 'fr',
  mode: undefined,
  tag_key: undefined,
  map_value: undefined,
  warnings_severity: undefined,
};

/** The library needs a country and a region to know holidays; it writes apostrophes straight. */
const located = (region: string | undefined) => ({
  lat: 46.6,
  lon: 2.4,
  address: { country_code: 'fr', state: (region ?? 'Île-de-France').replaceAll('’', "'") },
});

const tryWeek = (opening: OpeningHours, week: number): Uint32Array | undefined => {
  try {
    return evaluateWeek(opening, week);
  } catch {
    return undefined;
  }
};

/** What is certain of a week. */
const evaluateWeek = (opening: OpeningHours, week: number): Uint32Array => {
  const bits = emptyWeek();
  const [from, to] = datesOf(week);
  const start = from.getTime();
  for (const [opens, closes, uncertain] of quietly(() => opening.getOpenIntervals(from, to))) {
    if (!uncertain) openRange(bits, slotAfter(opens.getTime() - start), slotAfter(closes.getTime() - start));
  }
  return bits;
};

/** The library reads the machine's clock fields; the process runs in UTC, so that UTC stands for the place's own time. */
const datesOf = (week: number): [Date, Date] => {
  const start = mondayOfWeek(week).toZonedDateTime('UTC').epochMilliseconds;
  return [new Date(start), new Date(start + 7 * 86_400_000)];
};

const slotAfter = (milliseconds: number): number => Math.round(milliseconds / 60_000 / SLOT_MINUTES);

/** The library writes to the console before it throws: a log is not the place of other people's sentences. */
const quietly = <T>(work: () => T): T => {
  const { error, warn, log } = console;
  const silence = () => {};
  Object.assign(console, { error: silence, warn: silence, log: silence });
  try {
    return work();
  } finally {
    Object.assign(console, { error, warn, log });
  }
};

const closeDays = (bits: Uint32Array, week: number, closed: (day: Temporal.PlainDate) => boolean): void => {
  const monday = mondayOfWeek(week);
  for (let day = 0; day < 7; day += 1) if (closed(monday.add({ days: day }))) closeDay(bits, day);
};

const mostFrequent = (weeks: readonly Uint32Array[]): Uint32Array => {
  const groups = [...Map.groupBy(weeks, (week) => week.join()).values()];
  return groups.sort((a, b) => b.length - a.length)[0]?.[0] ?? emptyWeek();
};

type DatesRecipe = Extract<Recipe, { kind: 'dates' }>;

const compileDates = (recipe: DatesRecipe, firstWeek: number): Timetable => {
  const weeks = Array.from({ length: WEEKS_AHEAD }, () => emptyWeek());
  const first = mondayOfWeek(firstWeek);
  const starts = recurringTimes(recipe, first, first.add({ weeks: WEEKS_AHEAD }));
  for (const start of starts) {
    const day = first.until(start.toPlainDate(), { largestUnit: 'days' }).days;
    const slot = (day % 7) * SLOTS_A_DAY + Math.round((start.hour * 60 + start.minute) / SLOT_MINUTES);
    const length = Math.max(1, Math.round(recipe.minutes / SLOT_MINUTES));
    const week = weeks[Math.floor(day / 7)];
    if (week) openRange(week, slot, slot + length);
  }
  return pack(firstWeek, weeks, emptyWeek());
};
