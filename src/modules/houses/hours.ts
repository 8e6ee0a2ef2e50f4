import { z } from 'zod';
import { readDates } from '#modules/agenda/index.ts';
import { isPublicHoliday } from '#modules/directory/index.ts';
import { type Recurrence, recurringTimes } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import { type AppointmentMode, appointmentModes } from './house.ts';

/** When hours come back, as the table keeps it in `fields`. */
export const timesSchema = z.object({
  starts_at: z.string(),
  rrule: z.string().nullable(),
  except: z.array(z.iso.date()).max(400),
  besides: z.array(z.iso.date()).max(400),
});

/** How long one appointment may be, how many in a row, how long a permanence. */
export const most = { minutes: 180, slots: 24, permanence: 720 } as const;
/** Longest texts, in signs. */
export const longest = { role: 60, name: 40, holder: 90, words: 300, link: 300, presentation: 1_200 } as const;

/** Hours as their form says them. `member`: whose appointments; empty for a permanence, which has a `holder`. */
export interface HoursFields {
  readonly site: string;
  readonly member: string;
  readonly mode: AppointmentMode;
  readonly holder: string;
  readonly words: string;
  readonly link: string;
  readonly times: Recurrence;
  readonly minutes: number;
  readonly slots: number;
}

/** What may be chosen: sites and members of the house, by id. */
interface Choices {
  readonly sites: readonly string[];
  readonly members: readonly string[];
}

/** Reads the form of a member’s hours, or with `kind` `permanence` that of a partner’s. Every refusal at once. */
export const readHours = (
  form: FormData,
  kind: 'appointments' | 'permanence',
  { sites, members }: Choices,
  today: Temporal.PlainDate,
): Result<HoursFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const text = (name: keyof typeof longest): string => {
    const value = oneLine(String(form.get(name) ?? ''));
    if (value.length > longest[name]) wrong(name, `${longest[name]} signes au plus.`);
    return value;
  };
  const whole = (name: string, least: number, greatest: number): number => {
    const value = Number(form.get(name) || Number.NaN);
    if (!Number.isInteger(value) || value < least || value > greatest)
      wrong(name, `Un nombre entier, de ${least} à ${greatest}.`);
    return value;
  };
  const one = (name: string, known: readonly string[], message: string): string => {
    const value = String(form.get(name) ?? '');
    if (!known.includes(value)) wrong(name, message);
    return value;
  };
  const received = kind === 'appointments';
  const site = one('site', sites, 'Choisissez un de vos sites.');
  const member = received ? one('member', members, 'Choisissez qui reçoit.') : '';
  const mode = received
    ? (appointmentModes.find(({ code }) => code === form.get('mode'))?.code ?? 'sur-place')
    : 'sur-place';
  const holder = received ? '' : text('holder');
  if (!received && holder === '') wrong('holder', 'Dites qui tient cette permanence.');
  const link = mode === 'visio' ? text('link') : '';
  if (mode === 'visio' && !(/^https:\/\//i.test(link) && URL.canParse(link)))
    wrong('link', 'Donnez l’adresse de la visio, qui commence par https://. Seule la personne attendue la verra.');
  const minutes = whole('minutes', 5, received ? most.minutes : most.permanence);
  const slots = received ? whole('slots', 1, most.slots) : 1;
  const times = readDates(form, null, wrong);
  if (times && recurringTimes(times, today, today.add({ years: 4 })).length === 0)
    wrong('day', 'Aucune date n’est à venir. Donnez une date à partir d’aujourd’hui.');
  if (refusals.length === 0 && times && !sameDay(times.starts_at, minutes * slots))
    wrong('slots', 'Ces heures passeraient minuit : moins de rendez-vous, ou plus courts.');
  const words = received ? '' : text('words');
  return refusals.length > 0 || !times
    ? refuse(refusals)
    : ok({ site, member, mode, holder, words, link, times, minutes, slots });
};

const sameDay = (start: string, minutes: number): boolean => {
  const from = Temporal.PlainDateTime.from(start);
  return from.until(from.toPlainDate().add({ days: 1 })).total('minutes') >= minutes;
};

/**
 * When each appointment of some hours begins, between two days (`to` not included), by the clock of the site. Public
 * holidays are taken out, except where the day was given by hand.
 */
export const slotsOf = (
  { times, minutes, slots }: Pick<HoursFields, 'times' | 'minutes' | 'slots'>,
  departement: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Temporal.PlainDateTime[] => {
  const byHand = new Set([...times.besides, ...(times.rrule === null ? [times.starts_at.slice(0, 10)] : [])]);
  return recurringTimes(times, from, to)
    .filter((time) => byHand.has(time.toPlainDate().toString()) || !isPublicHoliday(time.toPlainDate(), departement))
    .flatMap((time) => Array.from({ length: slots }, (_, rank) => time.add({ minutes: rank * minutes })));
};

/** A stretch of time. */
interface Stretch {
  readonly starts: Temporal.Instant;
  readonly minutes: number;
}

/** Whether two stretches share a moment. One that ends when the other begins does not. */
export const overlap = (one: Stretch, other: Stretch): boolean =>
  Temporal.Instant.compare(one.starts, other.starts.add({ minutes: other.minutes })) < 0 &&
  Temporal.Instant.compare(other.starts, one.starts.add({ minutes: one.minutes })) < 0;
