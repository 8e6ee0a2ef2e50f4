import type { NextOpening } from './search/moments.ts';
import type { UsualWeek } from './search/usual-week.ts';
import { rangesOf, SLOT_MINUTES, SLOTS_A_DAY } from './week.ts';

/** The sentences that opening words are made of, as the message catalogue has them. `{time}` and such are filled in. */
export interface OpeningPhrases {
  readonly openUntil: string;
  readonly openAllDay: string;
  readonly today: string;
  readonly tomorrow: string;
  readonly thisWeek: string;
  readonly stopWhen: string;
  readonly stopNow: string;
  readonly unsure: string;
  readonly closedDay: string;
  readonly someWeeks: string;
  readonly midnight: string;
  readonly fromTo: string;
  readonly and: string;
}

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** « 9 h », « 13 h 30 », « minuit ». */
export const hourWords = (iso: string, { midnight }: Pick<OpeningPhrases, 'midnight'>): string => {
  const [hours = 0, minutes = 0] = iso.slice(11, 16).split(':').map(Number);
  if (hours === 0 && minutes === 0) return midnight;
  return minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(minutes).padStart(2, '0')}`;
};

/** « mardi 24 novembre », with the year when it is not this one. */
export const dayWords = (day: Temporal.PlainDate, today: Temporal.PlainDate): string => {
  const thisYear = day.year === today.year || day.since(today).total('days') < 180;
  return format(day, thisYear ? 'dayMonth' : 'full').replace(/ 1 /, ' 1er ');
};

/** The opening under way or the next one, in a few words. `today` is the day at the place. */
export const openingWords = (
  opening: NextOpening | 'unsure' | undefined,
  today: Temporal.PlainDate,
  phrases: OpeningPhrases,
  isStop: boolean,
): { readonly text: string; readonly now: boolean } | undefined => {
  if (opening === undefined) return undefined;
  if (opening === 'unsure') return { text: phrases.unsure, now: false };
  const day = Temporal.PlainDate.from(opening.from.slice(0, 10));
  const [from, to] = [hourWords(opening.from, phrases), hourWords(opening.to, phrases)];
  if (opening.openNow) {
    const whole = opening.from.slice(11) === '00:00' && opening.to.slice(11) === '00:00' && !isStop;
    if (whole) return { text: phrases.openAllDay, now: true };
    return { text: fill(isStop ? phrases.stopNow : phrases.openUntil, { time: to }), now: true };
  }
  if (isStop) return { text: fill(phrases.stopWhen, { day: dayWords(day, today), from, to }), now: false };
  const days = today.until(day).total('days');
  if (days === 0) return { text: fill(phrases.today, { time: from }), now: false };
  if (days === 1) return { text: fill(phrases.tomorrow, { time: from }), now: false };
  const name = days < 7 ? format(day, 'weekday') : dayWords(day, today);
  return { text: fill(phrases.thisWeek, { day: name, time: from }), now: false };
};

const dayNames = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/**
 * A usual week, day by day: « lundi : de 9 h à 12 h et de 14 h à 17 h ». A day that changes from one week to another:
 * « certaines semaines, de 9 h à 12 h ».
 */
export const weekWords = (
  { bits, changing }: Pick<UsualWeek, 'bits' | 'changing'>,
  phrases: OpeningPhrases,
): { readonly day: string; readonly hours: string }[] => {
  const ranges = rangesOf(bits);
  return dayNames.map((day, rank) => {
    const [first, last] = [rank * SLOTS_A_DAY, (rank + 1) * SLOTS_A_DAY];
    const parts = ranges
      .filter(({ from, to }) => from < last && to > first)
      .map(({ from, to }) =>
        fill(phrases.fromTo, {
          from: hourWords(clock(Math.max(from, first) - first), phrases),
          to: hourWords(clock(Math.min(to, last) - first), phrases),
        }),
      );
    const hours = parts.join(phrases.and);
    if (parts.length === 0) return { day, hours: phrases.closedDay };
    return { day, hours: changing[rank] === true ? fill(phrases.someWeeks, { hours }) : hours };
  });
};

const clock = (slot: number): string => {
  const minutes = (slot * SLOT_MINUTES) % (24 * 60);
  return `0000-00-00T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

export interface DistancePhrases {
  readonly distanceMetres: string;
  readonly distance: string;
  readonly distanceAbout: string;
}

/** Under this, the middle of a commune says nothing of how far a place in it is. */
const WITHIN_A_COMMUNE = 5_000;

/**
 * « à 350 m », « à 4,5 km », « à 12 km »; « à environ 12 km » when only the commune of the place is known, and nothing when
 * that is near.
 */
export const distanceWords = (metres: number, phrases: DistancePhrases, exact = true): string | undefined => {
  if (!exact) {
    const km = decimal.format(Math.round(metres / 1000));
    return metres < WITHIN_A_COMMUNE ? undefined : fill(phrases.distanceAbout, { km });
  }
  if (metres < 950) return fill(phrases.distanceMetres, { metres: String(Math.max(50, Math.round(metres / 50) * 50)) });
  const km = metres < 9_950 ? Math.round(metres / 500) / 2 : Math.round(metres / 1000);
  return fill(phrases.distance, { km: decimal.format(km) });
};

const decimal = new Intl.NumberFormat('fr-FR');

const shapes = {
  weekday: new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' }),
  dayMonth: new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }),
  full: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' }),
};

const format = (day: Temporal.PlainDate, shape: keyof typeof shapes): string =>
  shapes[shape].format(day.toZonedDateTime('UTC').epochMilliseconds);
