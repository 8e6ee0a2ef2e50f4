import { todayIn } from '#platform/clock.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readDay } from '../dates-form.ts';
import { tellBooked } from './booking-mails.ts';
import { cancelLocked, type LockedDate, livingOf, lockDate, noSuchDate } from './locked-date.ts';
import { touchSeries } from './occurrences.ts';
import { note } from './series-journal.ts';
import { keepToCall } from './to-call.ts';
import './tables.ts';

/** Cancels one date, and tells everybody who was booked or waits. Twice is once. */
export const cancelDate = (
  context: PersonContext,
  id: number,
  words: string,
): Promise<Result<{ readonly toCall: number }>> =>
  withDate(context, id, async (inside, date) => {
    if (date.status === 'cancelled') return ok({ toCall: 0 });
    const people = await cancelLocked(inside, date, words);
    await touchSeries(inside, date.series);
    await note(inside, date.series, 'DateCancelled-V1', { occurrence: id, people: people.length });
    return ok({ toCall: people.filter(({ contact_kind }) => contact_kind === 'phone').length });
  });

/** Moves one date, and tells everybody who was booked or waits. Refuses a day or an hour that is past, or a day that does not exist. */
export const moveDate = (
  context: PersonContext,
  id: number,
  { day, hour, words }: { readonly day: string; readonly hour: string; readonly words: string },
): Promise<Result<{ readonly toCall: number }>> =>
  withDate(context, id, async (inside, date) => {
    const to = readDay(day);
    const time = /^(\d{1,2})\s*(?:h|:)\s*(\d{2})?$/i.exec(hour.trim());
    const [hours, minutes] = [Number(time?.[1] ?? 99), Number(time?.[2] ?? 0)];
    if (!to) return refuse(badDay);
    if (hours > 23 || minutes > 59) return refuse(badHour);
    if (Temporal.PlainDate.compare(to, todayIn(inside.clock, date.time_zone)) < 0) return refuse(pastDay);
    if (date.status === 'cancelled') return refuse(alreadyCancelled);
    const start = Temporal.PlainDate.from(to).toPlainDateTime({ hour: hours, minute: minutes });
    const starts_at = start.toZonedDateTime(date.time_zone).toInstant();
    if (Temporal.Instant.compare(starts_at, inside.clock.now()) <= 0) return refuse(pastHour);
    await inside.db
      .updateTable('event_occurrence')
      .set({
        local_start: start.toString(),
        starts_at,
        note: noteOf(words),
      })
      .where('id', '=', id)
      .execute();
    const people = await livingOf(inside, id);
    const calls = await keepToCall(inside, people, 'moved');
    for (const one of people)
      await tellBooked(inside, 'moved', one, { ...date.told, start }, { words: words.trim().slice(0, 600) });
    await touchSeries(inside, date.series);
    await note(inside, date.series, 'DateMoved-V1', { occurrence: id, people: people.length });
    return ok({ toCall: calls });
  });

/**
 * Takes the cancellation of one date back: every booking is as before, and is told. A date that is past, or whose
 * series is closed, stays as it is. Twice is once.
 */
export const restoreDate = (context: PersonContext, id: number): Promise<Result<void>> =>
  withDate(context, id, async (inside, date) => {
    const open = date.series_status === 'published' || date.series_status === 'reserved';
    const past = Temporal.Instant.compare(date.starts_at, inside.clock.now()) <= 0;
    if (date.status !== 'cancelled' || past || !open) return ok(undefined);
    await inside.db
      .updateTable('event_occurrence')
      .set({ status: 'planned', note: null })
      .where('id', '=', id)
      .execute();
    const people = await livingOf(inside, id);
    await keepToCall(inside, people, 'restored');
    for (const one of people) await tellBooked(inside, 'restored', one, date.told);
    await touchSeries(inside, date.series);
    await note(inside, date.series, 'DateRestored-V1', { occurrence: id, people: people.length });
    return ok(undefined);
  });

/** What a writer of the organisation of a date does to it, the series then the date locked. */
export const withDate = <T>(
  context: PersonContext,
  id: number,
  act: (inside: Context, date: LockedDate) => Promise<Result<T>>,
): Promise<Result<T>> =>
  inTransaction(context, async (inside) => {
    // The series first, as whoever changes it does: two organisers never wait for each other in a circle.
    const owner = await inside.db
      .selectFrom('event_series')
      .innerJoin('event_occurrence', 'event_occurrence.series', 'event_series.id')
      .select('event_series.id')
      .where('event_occurrence.id', '=', id)
      .forUpdate('event_series')
      .executeTakeFirst();
    const date = owner && (await lockDate(inside, id));
    if (!date) return refuse(noSuchDate);
    const allowed = await authorise(inside, 'event.bookings', { organisation: date.organisation });
    return allowed.ok ? act(inside, date) : allowed;
  });

const noteOf = (words: string): string | null => words.trim().slice(0, 300) || null;

const badDay: Refusal = { code: 'bad_day', field: 'day', message: 'Donnez la nouvelle date, par exemple 24/11/2026.' };
const badHour: Refusal = { code: 'bad_hour', field: 'hour', message: 'Donnez l’heure, par exemple 9h30.' };
const pastDay: Refusal = { code: 'past_day', field: 'day', message: 'Cette date est passée. Donnez une date à venir.' };
const pastHour: Refusal = {
  code: 'past_hour',
  field: 'hour',
  message: 'Cette heure est passée. Donnez une heure à venir.',
};
const alreadyCancelled: Refusal = {
  code: 'date_cancelled',
  message: 'Cette date est annulée : elle ne peut plus changer.',
};
