import { besidesBeforeFirstWeek, comesOn, firstDayOf, type Parity, ruleOf, type When } from '#platform/recurrence.ts';
import { fold } from '#platform/text.ts';
import type { StopFields } from '../model.ts';
import { isPublicHoliday } from '../public-holidays.ts';

type Visit = Required<Pick<StopFields, 'starts_at' | 'minutes' | 'rrule' | 'except' | 'besides'>>;

export interface VisitTexts {
  /** OpenStreetMap's syntax: `Tu 09:00-12:30,13:30-15:30; PH off`, `We[2] 14:00-17:00`, `week 1-53/2 Mo 09:00-12:00`. */
  readonly hours: string;
  /** « Semaine impaire », « paires », « toutes ». */
  readonly weeks: string;
  /** ISO date from which it comes; else the first day of `year`. */
  readonly first: string;
  /** Dates on which it comes, instead of days of the week: `2026-11-24; 2026-12-08`. */
  readonly dates: string;
  /** Dates on which it does not come. */
  readonly without: string;
  readonly year: number;
  /** For the public holidays. */
  readonly departement: string;
}

/**
 * The visits that texts tell, one for each stretch of hours, as recurrences (RFC 5545). Odd and even weeks are those of
 * the calendar (ISO 8601), by their numbers: « every two weeks » would go astray at the end of 2026, which has 53 weeks.
 * A visit that would fall on a public holiday is left out, for the year and the three next, unless the text gives hours
 * for `PH`.
 * `trouble`: what was not understood; there are then no visits, rather than wrong ones.
 */
export const readVisits = (texts: VisitTexts): { readonly visits: readonly Visit[]; readonly trouble?: string } => {
  const parity = parityOf(texts.weeks);
  if (parity === undefined) return trouble(`les semaines « ${texts.weeks.slice(0, 60)} » n’ont pas été comprises`);
  const rules = texts.hours
    .split(';')
    .map((rule) => rule.trim())
    .filter(Boolean);
  // As for places: who says nothing of public holidays is taken not to come then.
  const noHolidays = !rules.some((rule) => /^PH\s+\d/.test(rule));
  const parts = rules.filter((rule) => !/^PH\s/i.test(rule)).map(readRule);
  if (rules.some((rule) => /^SH/i.test(rule)))
    return trouble('les vacances scolaires ne sont pas prises en compte pour un arrêt');
  const bad = parts.indexOf(undefined);
  if (parts.length === 0 || bad >= 0) {
    return texts.hours.trim() === ''
      ? trouble('les horaires de passage ne sont pas dits')
      : trouble(`les horaires « ${texts.hours.slice(0, 80)} » n’ont pas été compris`);
  }
  if (
    tellsADayTwice(
      parts.map((part) => part ?? emptyRule),
      parity,
    )
  ) {
    return trouble(`les horaires « ${texts.hours.slice(0, 80)} » disent deux fois le même jour`);
  }
  const dates = isoDates(texts.dates);
  const without = isoDates(texts.without);
  if (!dates || !without) return trouble('les dates de passage n’ont pas été comprises (attend AAAA-MM-JJ)');
  const from = isoDates(texts.first)?.[0] ?? `${texts.year}-01-01`;

  const visits = parts.flatMap((part) => {
    const { days, nth, spans, parity: own } = part ?? emptyRule;
    return spans.map(({ start, minutes }): Visit => {
      if (dates.length > 0) {
        const [first = from, ...others] = dates;
        return { starts_at: `${first}T${start}`, minutes, rrule: null, except: without, besides: others };
      }
      const when = { days, nth, parity: own ?? parity };
      const first = firstDayOf(from, when).toString();
      const holidays = noHolidays ? holidaysOn(when, Number(first.slice(0, 4)), texts.departement) : [];
      const except = [...new Set([...without, ...holidays])].sort();
      const besides = besidesBeforeFirstWeek(first, when);
      return { starts_at: `${first}T${start}`, minutes, rrule: ruleOf(when), except, besides };
    });
  });
  if (dates.length === 0 && parts.some((part) => part?.days.length === 0))
    return trouble('les jours de passage ne sont pas dits');
  return { visits };
};

interface Rule {
  readonly days: readonly number[];
  readonly nth: readonly number[];
  readonly spans: readonly { readonly start: string; readonly minutes: number }[];
  readonly parity: Parity | undefined;
}

/**
 * Whether two rules may tell of one day: in the syntax the second replaces the first, and whoever writes it often means both.
 * Weeks by turns and other weeks of the month are other days.
 */
const tellsADayTwice = (rules: readonly Rule[], parity: Parity): boolean =>
  rules.some((one, at) =>
    rules.slice(at + 1).some((other) => {
      const [first, second] = [one.parity ?? parity, other.parity ?? parity];
      const byTurns = first !== second && first !== 'all' && second !== 'all';
      // The last of a month may be its fourth as well as its fifth.
      const counted =
        [...one.nth, ...other.nth].every((nth) => nth > 0) || [...one.nth, ...other.nth].every((nth) => nth < 0);
      const apart =
        counted && one.nth.length > 0 && other.nth.length > 0 && !one.nth.some((nth) => other.nth.includes(nth));
      return !byTurns && !apart && one.days.some((day) => other.days.includes(day));
    }),
  );

const emptyRule: Rule = { days: [], nth: [], spans: [], parity: undefined };

const trouble = (sentence: string) => ({ visits: [], trouble: sentence });

const parityOf = (text: string): Parity | undefined => {
  const folded = fold(text);
  if (folded === '' || /^(toutes?( les)?( semaines?)?|chaque semaine|hebdomadaire)$/.test(folded)) return 'all';
  const [odd, even] = [/\bimpaires?\b/.test(folded), /\bpaires?\b/.test(folded)];
  if (odd && even) return 'all';
  return odd ? 'odd' : even ? 'even' : undefined;
};

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** One rule of the syntax, as far as tours need it: weeks odd or even, days, which of the month, hours. */
const readRule = (rule: string): Rule | undefined => {
  const found =
    /^(?:week\s+0?([12])-5[23]\/2:?\s+)?((?:Mo|Tu|We|Th|Fr|Sa|Su)[\w,\-\s[\]]*?)?\s*(\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d(?:\s*,\s*\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d)*)$/.exec(
      rule,
    );
  if (!found) return undefined;
  const [, week, daysText = '', spansText = ''] = found;
  const which = readDays(daysText.replace(/\s/g, ''));
  const spans = spansText.split(',').map(readSpan);
  if (!which || spans.some((span) => span === undefined)) return undefined;
  return {
    ...which,
    spans: spans.flatMap((span) => span ?? []),
    parity: week === undefined ? undefined : week === '1' ? 'odd' : 'even',
  };
};

const readDays = (text: string): Pick<Rule, 'days' | 'nth'> | undefined => {
  if (text === '') return { days: [], nth: [] };
  const month = /^(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?[1-5](?:,-?[1-5])*)\]$/.exec(text);
  if (month) return { days: [dayNumber(month[1] ?? '')], nth: (month[2] ?? '').split(',').map(Number) };
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const range = /^(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))?$/.exec(part);
    if (!range) return undefined;
    const [from, to] = [dayNumber(range[1] ?? ''), dayNumber(range[2] ?? range[1] ?? '')];
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === to) break;
    }
  }
  return { days: [...days].sort((a, b) => a - b), nth: [] };
};

const dayNumber = (name: string): number => dayNames.indexOf(name) + 1;

const readSpan = (text: string) => {
  const [from = '', to = ''] = text.split('-').map((hour) => hour.trim().padStart(5, '0'));
  const minutes = minutesOf(to) - minutesOf(from);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from) || !/^([01]\d|2[0-4]):[0-5]\d$/.test(to) || minutes <= 0)
    return undefined;
  return { start: from, minutes };
};

const minutesOf = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));

const holidaysOn = (when: When, year: number, departement: string): string[] => {
  const days: string[] = [];
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  for (let day = start; day.year < year + 4; day = day.add({ days: 1 })) {
    if (when.days.includes(day.dayOfWeek) && isPublicHoliday(day, departement) && comesOn(day, when))
      days.push(day.toString());
  }
  return days;
};

/** The ISO dates of a list, or undefined when something in it is none. */
const isoDates = (text: string): string[] | undefined => {
  const parts = text.split(/[;,\s]+/).filter(Boolean);
  const french = parts.map((part) => part.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$2-$1'));
  const dates = french.filter((part) => {
    try {
      return /^\d{4}-\d\d-\d\d$/.test(part) && Temporal.PlainDate.from(part).year > 1900;
    } catch {
      return false;
    }
  });
  return dates.length === parts.length ? [...new Set(dates)].sort() : undefined;
};
