import type { HsdsSchedule } from './hsds-schema.ts';
import type { Visits } from './public-offer.ts';

/** A schedule but for its identifiers. Hours are those of the place's own clock, summer and winter. */
export type ScheduleFields = Omit<HsdsSchedule, 'id' | 'location_id' | 'service_at_location_id'>;

const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const dayName = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
const dayNames = `${dayName}(?:-${dayName})?`;
const span = '(?:[01]\\d|2[0-3]):[0-5]\\d-(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)';
const weekly = new RegExp(`^(?<days>${dayNames}(?:,${dayNames})*)\\s+(?<hours>${span}(?:,\\s*${span})*)$`);

/**
 * Opening hours in OpenStreetMap's syntax as weekly schedules. A text that says more than days and hours (weeks, seasons,
 * school holidays) is given as it is, in `description`, and nothing is made of it. Of two rules for one day, the last one
 * counts, as in OpenStreetMap.
 */
export const weeklySchedules = (text: string | null): ScheduleFields[] => {
  if (!text?.trim()) return [];
  const hoursOf = new Map<string, string>();
  const description = text.trim();
  for (const rule of text.split(';').map((part) => part.trim())) {
    if (rule === '' || /^PH (off|closed)$/i.test(rule)) continue;
    const { days: named, hours } = weekly.exec(rule)?.groups ?? {};
    if (!named || !hours) return [{ description }];
    for (const day of daysOf(named)) hoursOf.set(day, hours.replaceAll(' ', ''));
  }
  const spans = new Map<string, string[]>();
  for (const day of days) {
    for (const span of hoursOf.get(day)?.split(',') ?? []) spans.set(span, [...(spans.get(span) ?? []), day]);
  }
  return [...spans].map(([span, on]) => {
    const [opens_at = '', closes_at = ''] = span.split('-');
    return { freq: 'WEEKLY', byday: on.join(',').toUpperCase(), opens_at, closes_at, description };
  });
};

/** `Mo-We,Fr`: the days, a stretch over the end of the week included. */
const daysOf = (text: string): string[] =>
  text.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split('-');
    const [from, to] = [days.indexOf(first as never), days.indexOf(last as never)];
    const count = ((to - from + 7) % 7) + 1;
    return Array.from({ length: count }, (_, after) => days[(from + after) % 7] ?? '');
  });

/** The visits of a tour as a schedule. What the HSDS has no field for, dates left out or added, is said in `notes`. */
export const visitSchedules = (visits: Visits | null): ScheduleFields[] => {
  const start = startOf(visits?.starts_at);
  if (!visits || !start) return visits?.note ? [{ notes: visits.note }] : [];
  const end = start.add({ minutes: visits.minutes ?? 60 });
  const notes = [
    visits.except?.length ? `Sauf : ${visits.except.join(', ')}` : '',
    visits.besides?.length ? `Aussi : ${visits.besides.join(', ')}` : '',
    visits.note ?? '',
  ];
  return [
    {
      dtstart: start.toPlainDate().toString(),
      ...ruleOf(visits.rrule),
      opens_at: start.toPlainTime().toString({ smallestUnit: 'minute' }),
      closes_at: end.toPlainTime().toString({ smallestUnit: 'minute' }),
      ...(notes.some(Boolean) ? { notes: notes.filter(Boolean).join('. ') } : {}),
    },
  ];
};

/** A day that does not exist is no visit. */
const startOf = (text: string | null | undefined): Temporal.PlainDateTime | undefined => {
  try {
    return text ? Temporal.PlainDateTime.from(text) : undefined;
  } catch {
    return undefined;
  }
};

/** RFC 5545 in the fields of the HSDS, which has weeks and months only; a rule it cannot say is left out but for its text. */
const ruleOf = (rrule: string | null | undefined): ScheduleFields => {
  if (!rrule) return { count: 1 };
  const parts = Object.fromEntries(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const { FREQ, INTERVAL = '1', BYDAY = '', BYWEEKNO = '', BYMONTHDAY = '', COUNT = '1', UNTIL = '20000101' } = parts;
  // Weeks by their number are a rule of the year in the RFC, and of the week in the HSDS.
  const freq = FREQ === 'WEEKLY' || (FREQ === 'YEARLY' && BYWEEKNO) ? 'WEEKLY' : FREQ === 'MONTHLY' ? 'MONTHLY' : null;
  const readable =
    [INTERVAL, COUNT, UNTIL.slice(0, 8)].every((number) => /^\d{1,8}$/.test(number)) &&
    /^(([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)(,(?=.)|$))*$/.test(BYDAY) &&
    /^([+-]?\d{1,2}(,(?=.)|$))*$/.test(BYWEEKNO) &&
    /^([+-]?\d{1,2}(,(?=.)|$))*$/.test(BYMONTHDAY);
  if (freq === null || !readable) return { description: rrule };
  return {
    freq,
    ...(parts.INTERVAL ? { interval: Number(INTERVAL) } : {}),
    ...(BYDAY ? { byday: BYDAY } : {}),
    ...(BYWEEKNO ? { byweekno: BYWEEKNO } : {}),
    ...(BYMONTHDAY ? { bymonthday: BYMONTHDAY } : {}),
    ...(parts.COUNT ? { count: Number(COUNT) } : {}),
    ...(parts.UNTIL ? untilOf(UNTIL) : {}),
  };
};

/** `20271231T220000Z` → `2027-12-31`; nothing for a day that does not exist. */
const untilOf = (text: string): { readonly until?: string } => {
  const day = startOf(text.slice(0, 8));
  return day ? { until: day.toPlainDate().toString() } : {};
};
