import type { Repeat } from './dates-form.ts';
import type { SeriesFields } from './event.ts';

const ruleDays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** How a series comes back in the words of its form; a rule that the form cannot say stays « as imported ». */
export const timesOfSeries = ({
  rrule,
}: Pick<SeriesFields, 'rrule'>): {
  readonly repeat: Repeat;
  readonly until?: string;
  readonly days: readonly string[];
} => {
  if (rrule === null) return { repeat: 'une', days: [] };
  const end = /;UNTIL=(\d{4})(\d\d)(\d\d)T235959Z$/.exec(rrule);
  const rule = rrule.replace(/;UNTIL=.*$/, '');
  if (!end) return { repeat: 'regle', days: [] };
  const until = `${end[1]}-${end[2]}-${end[3]}`;
  const daysOf = (names: string | undefined): string[] =>
    (names ?? '').split(',').map((name) => String(ruleDays.indexOf(name) + 1));
  const weekly = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule);
  if (weekly) return { repeat: 'semaine', until, days: daysOf(weekly[1]) };
  const byWeek = /^FREQ=YEARLY;BYWEEKNO=(1,3,5|2,4,6)[\d,]*;BYDAY=([A-Z,]+)$/.exec(rule);
  if (byWeek) return { repeat: byWeek[1] === '1,3,5' ? 'impaires' : 'paires', until, days: daysOf(byWeek[2]) };
  return /^FREQ=MONTHLY;BYDAY=-?\d[A-Z]{2}$/.test(rule)
    ? { repeat: 'mois', until, days: [] }
    : { repeat: 'regle', days: [] };
};
