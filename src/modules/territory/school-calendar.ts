import { schoolHolidays } from './school-holidays.ts';

/** The published holidays of a zone. ISO dates, both included. Beyond `known_until` nothing is known. */
export interface ZoneHolidays {
  readonly known_until: string;
  readonly periods: readonly { readonly from: string; readonly to: string }[];
}

/** By zone: `A`, `B`, `C`, and for those that set their own calendar the name of their académie. */
export type SchoolCalendar = Readonly<Record<string, ZoneHolidays>>;

/** Whether schools of a département are closed for the holidays that day; `unknown` where no calendar was given. */
export const schoolDay = (
  day: Temporal.PlainDate,
  departement: string,
  calendar: SchoolCalendar,
): 'holidays' | 'school' | 'unknown' => {
  const known = calendar[zoneName(departement)];
  const iso = day.toString();
  const [first] = known?.periods ?? [];
  if (!known || !first || iso < first.from || iso > known.known_until) return 'unknown';
  return known.periods.some(({ from, to }) => from <= iso && iso <= to) ? 'holidays' : 'school';
};

/** The last day about which the calendar of a département says something. */
export const schoolCalendarEnd = (departement: string, calendar: SchoolCalendar): string | undefined =>
  calendar[zoneName(departement)]?.known_until;

const zoneName = (departement: string): string => {
  const { zone, academie } = schoolHolidays(departement);
  return zone === 'own' ? (academie ?? '') : zone;
};
