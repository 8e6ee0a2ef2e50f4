import type { Recurrence } from '#platform/recurrence.ts';
import type { SeriesFields } from './event.ts';
import { stopValue } from './series-form.ts';
import { timesOfSeries } from './series-words.ts';

/** What the form of a series shows: as it is kept, or as it was typed. */
export interface FormValues {
  readonly one: Readonly<Record<string, string>>;
  readonly many: Readonly<Record<string, readonly string[]>>;
}

const lists = ['days', 'audiences', 'priorities', 'languages', 'access', 'costs'] as const;

/** As it was typed, after a refusal: nothing is lost. */
export const typedValues = (form: FormData): FormValues => ({
  one: Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.slice(0, 3_000)]] : [])),
  ),
  many: Object.fromEntries(lists.map((name) => [name, form.getAll(name).map(String).slice(0, 40)])),
});

/** As it is kept. `commune`: how it is named. */
export const keptValues = (fields: SeriesFields, commune: string): FormValues => {
  const times = keptTimes(fields);
  return {
    one: {
      ...{
        title: fields.title,
        summary: fields.summary,
        kind: fields.kind,
        mode: fields.mode,
        commune,
        code: fields.insee,
      },
      place: fields.stop === null ? (fields.place_page?.replace('/lieux/', '') ?? '') : stopValue(fields.stop),
      ...{ place_name: fields.place_name, line: fields.line },
      ...times.one,
      school: fields.school,
      ...{ on_holidays: fields.on_holidays ? 'oui' : '', waiting_list: fields.waiting_list ? 'oui' : '' },
      ...{ cost_note: fields.cost_note, age_from: written(fields.age_from), age_to: written(fields.age_to) },
      ...{ company: fields.company, places: written(fields.places), booking: fields.booking },
      ...{ booking_url: fields.booking_url, phone: fields.phone, email: fields.email },
    },
    many: {
      ...{ ...times.many, audiences: fields.audiences, priorities: fields.priorities.map(String) },
      ...{ languages: fields.languages, access: fields.access, costs: fields.costs },
    },
  };
};

/** When something comes, as the fields of the dates show it (`WhenFields.svelte`). */
export const keptTimes = (dates: Recurrence & { readonly minutes: number }): FormValues => {
  const { repeat, until, days } = timesOfSeries(dates);
  return {
    one: {
      ...{ day: french(dates.starts_at), hour: dates.starts_at.slice(11, 16).replace(':', 'h') },
      ...{ minutes: String(dates.minutes), repeat, until: until ? french(until) : '' },
      ...{ except: dates.except.map(french).join(', '), besides: dates.besides.map(french).join(', ') },
    },
    many: { days },
  };
};

const written = (value: number | null): string => (value === null ? '' : String(value));

/** 24/11/2026, from an ISO day or time. */
const french = (iso: string): string => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
