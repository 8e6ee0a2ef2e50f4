import { type DateParts, partsOfDay, typedTime } from '#platform/ui/date-fields.ts';
import { typedDate } from '#platform/ui/typed-date.ts';

/** The dates of a call as the fields of its form show them, at the hour of its place. */
export interface CalendarParts {
  readonly opens: DateParts;
  readonly opensHour: string;
  readonly closes: DateParts;
  readonly closesHour: string;
  readonly jury: DateParts;
  readonly results: DateParts;
  readonly starts: DateParts;
}

export const calendarParts = (calendar: {
  readonly zone: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly juryOn: string;
  readonly resultsOn: string;
  readonly startsOn: string;
}): CalendarParts => {
  const at = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(calendar.zone);
  const day = (iso: string): DateParts => partsOfDay(Temporal.PlainDate.from(iso));
  return {
    ...{ opens: partsOfDay(at(calendar.opensAt)), opensHour: typedTime(at(calendar.opensAt)) },
    ...{ closes: partsOfDay(at(calendar.closesAt)), closesHour: typedTime(at(calendar.closesAt)) },
    ...{ jury: day(calendar.juryOn), results: day(calendar.resultsOn), starts: day(calendar.startsOn) },
  };
};

/** The dates as somebody typed them, after a refusal. */
export const typedCalendar = (typed: Readonly<Record<string, readonly string[]>>): CalendarParts => {
  const of = (name: string): string => typed[name]?.[0] ?? '';
  const day = (name: string): DateParts => typedDate(typed, name);
  return {
    ...{ opens: day('opens'), opensHour: of('opens_hour'), closes: day('closes'), closesHour: of('closes_hour') },
    ...{ jury: day('jury'), results: day('results'), starts: day('starts') },
  };
};
