import { readDates } from '#modules/agenda/index.ts';
import { recurringTimes } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';

/** What a room is taken for. */
export const roomPurposes = [
  { code: 'permanence', label: 'Une permanence' },
  { code: 'atelier', label: 'Un atelier, un groupe' },
  { code: 'rendez-vous', label: 'Des rendez-vous' },
  { code: 'reunion', label: 'Une réunion' },
  { code: 'autre', label: 'Autre chose' },
] as const;
export type RoomPurpose = (typeof roomPurposes)[number]['code'];

/** Times that one gesture may take: once a week for a year, and a few. */
export const MOST_TIMES = 60;
/** How far ahead a room is taken, in days. */
const DAYS_AHEAD = 400;
/** A room is taken for a day at most. */
const MOST_MINUTES = 14 * 60;

/** Times of a room, as its form asks for them, by the clock of the site. */
export interface RoomAsked {
  readonly room: number;
  readonly times: readonly Temporal.PlainDateTime[];
  readonly minutes: number;
  readonly purpose: RoomPurpose;
  readonly holder: string;
}

/**
 * Reads the form that takes a room: when it begins and how it comes back (`WhenFields.svelte`), for how long, for what and
 * for whom. `rooms`: those that may be chosen. `now`: there. Every refusal at once.
 */
export const readRoomAsked = (
  form: FormData,
  rooms: readonly number[],
  now: Temporal.PlainDateTime,
): Result<RoomAsked, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const room = rooms.find((id) => String(id) === form.get('room'));
  if (room === undefined) wrong('room', 'Choisissez une salle.');
  const minutes = Number(form.get('minutes') || Number.NaN);
  if (!Number.isInteger(minutes) || minutes < 15 || minutes > MOST_MINUTES)
    wrong('minutes', 'Donnez la durée en minutes, de 15 à 840.');
  const purpose = roomPurposes.find(({ code }) => code === form.get('purpose'))?.code;
  if (!purpose) wrong('purpose', 'Dites pour quoi.');
  const holder = oneLine(String(form.get('holder') ?? ''));
  if (holder === '' || holder.length > 90) wrong('holder', 'Dites qui l’utilise, en 90 signes au plus.');
  if (holdsAddress(holder)) wrong('holder', 'Un nom d’équipe ou d’organisme, sans adresse.');
  const recurrence = readDates(form, null, wrong);
  if (!recurrence || room === undefined || !purpose || refusals.length > 0) return refuse(refusals);
  const today = now.toPlainDate();
  const horizon = now.add({ days: DAYS_AHEAD });
  const times = recurringTimes(recurrence, today, today.add({ years: 4 })).filter(
    (time) => Temporal.PlainDateTime.compare(time, now) >= 0,
  );
  if (times.some((time) => Temporal.PlainDateTime.compare(time, horizon) > 0))
    wrong(recurrence.rrule ? 'until' : 'day', 'Une salle se retient pour un an au plus.');
  if (times.length === 0) wrong('day', 'Cette date est passée. Donnez une date à venir.');
  if (times.length > MOST_TIMES) wrong('until', `${MOST_TIMES} fois au plus : choisissez une fin plus proche.`);
  if (!apart(times, minutes)) wrong('minutes', 'Ces heures se chevaucheraient d’une fois sur l’autre.');
  return refusals.length > 0 ? refuse(refusals) : ok({ room, times, minutes, purpose, holder });
};

const apart = (times: readonly Temporal.PlainDateTime[], minutes: number): boolean =>
  times.every((time, at) => {
    const next = times[at + 1];
    return next === undefined || Temporal.PlainDateTime.compare(time.add({ minutes }), next) <= 0;
  });
