import { ok, type Result, refuse } from '#platform/result.ts';
import type { Frame } from './frame.ts';
import { type RuleNumber, whereFramed } from './rule.ts';

/** The calendar of a call. Opening and closing are instants, read in the call’s own zone; the rest are civil days. */
export type Calendar = {
  /** IANA name: `Indian/Reunion`. */
  readonly zone: string;
  /** ISO instants. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** ISO days. */
  readonly juryOn: string;
  readonly resultsOn: string;
  readonly startsOn: string;
};

/**
 * Refuses a calendar whose steps are not in their order, naming the field that comes too early. `framed`: the national frame
 * asks for that order (R-28); elsewhere it is that of any call.
 */
export const orderedCalendar = (calendar: Calendar, framed: boolean): Result<Calendar> => {
  const closesOn = Temporal.Instant.from(calendar.closesAt).toZonedDateTimeISO(calendar.zone).toPlainDate().toString();
  const early = (field: string, message: string) =>
    refuse(whereFramed(framed, 'R-28', { code: 'calendar_order', field, message }));
  if (Temporal.Instant.compare(calendar.opensAt, calendar.closesAt) >= 0)
    return early('closes', 'L’heure limite de dépôt doit suivre l’ouverture.');
  if (calendar.juryOn < closesOn) return early('jury', 'Le jury ne peut pas se tenir avant la limite de dépôt.');
  if (calendar.resultsOn < calendar.juryOn) return early('results', 'Les lauréats sont connus après le jury.');
  if (calendar.startsOn < calendar.resultsOn)
    return early('starts', 'Les projets commencent une fois les lauréats connus.');
  return ok(calendar);
};

/**
 * The national dates that a calendar goes past: they warn, and ask why (R-25, R-27). Projects start « au plus tard au début
 * de l’automne », whose day no text gives: while the frame has none, what comes after 30 September is late however one
 * reads it, and what comes before warns nobody.
 */
export const datesPassed = (
  { resultsOn, startsOn }: Calendar,
  { deadlines }: Pick<Frame, 'deadlines'>,
): RuleNumber[] => [
  ...(resultsOn > deadlines.laureates ? (['R-25'] as const) : []),
  ...(startsOn > (deadlines.start ?? `${deadlines.laureates.slice(0, 4)}-09-30`) ? (['R-27'] as const) : []),
];

/** Where a published call stands: only the clock says it. At the very instant of closing, it is closed (I-5). */
export type Phase = 'coming' | 'open' | 'closed';
/** The phase of a published call at an instant. */
export const phaseOf = ({ opensAt, closesAt }: Calendar, now: Temporal.Instant): Phase => {
  if (Temporal.Instant.compare(now, closesAt) >= 0) return 'closed';
  return Temporal.Instant.compare(now, opensAt) >= 0 ? 'open' : 'coming';
};

/** The first step that a new calendar brings forward. A published calendar may only be lengthened (I-15). */
export const broughtForward = (before: Calendar, after: Calendar): string | undefined => {
  if (Temporal.Instant.compare(after.closesAt, before.closesAt) < 0) return 'closes';
  if (after.juryOn < before.juryOn) return 'jury';
  if (after.resultsOn < before.resultsOn) return 'results';
  return after.startsOn < before.startsOn ? 'starts' : undefined;
};

/**
 * A deadline as it is read by everybody: « vendredi 13 août 2021 à 16 h 00, heure locale à La Réunion (14 h 00, heure de
 * Paris) ». `place`: where the call is, « à La Réunion ».
 */
export const deadlineWords = (instant: string, zone: string, place: string): string => {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const inParis = there.withTimeZone('Europe/Paris');
  const day = saidDay(there);
  if (there.toPlainDateTime().equals(inParis.toPlainDateTime())) return `${day} à ${saidTime(there)}, heure de Paris`;
  const sameDay = there.toPlainDate().equals(inParis.toPlainDate());
  const paris = sameDay ? saidTime(inParis) : `${saidDay(inParis)} à ${saidTime(inParis)}`;
  return `${day} à ${saidTime(there)}, heure locale ${place} (${paris}, heure de Paris)`;
};

/**
 * What to say of a call that closes as a day begins: many read « 16 juillet à 0 h » as the end of that day. Nothing for
 * another hour.
 */
export const midnightWords = ({ closesAt, zone }: Pick<Calendar, 'closesAt' | 'zone'>): string | undefined => {
  const there = Temporal.Instant.from(closesAt).toZonedDateTimeISO(zone);
  return there.hour === 0 && there.minute === 0
    ? `L’appel ferme à 0 h, au début de ce jour : le dernier jour pour déposer est le ${saidDay(there.subtract({ days: 1 }))}.`
    : undefined;
};

/** A moment to the second, in both zones: a receipt, the clock of the server. */
export const secondWords = (instant: string, zone: string, place: string): string => {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const inParis = there.withTimeZone('Europe/Paris');
  const whole = (moment: Temporal.ZonedDateTime) =>
    `${saidDay(moment)} à ${saidTime(moment)} et ${String(moment.second).padStart(2, '0')} s`;
  if (there.toPlainDateTime().equals(inParis.toPlainDateTime())) return `${whole(there)}, heure de Paris`;
  return `${whole(there)}, heure locale ${place} (${whole(inParis)}, heure de Paris)`;
};

/** A moment as one says it where a call is, once the zone is known by the page: « 10 août 2021 à 10 h 00 ». */
export const momentIn =
  (zone: string) =>
  (instant: Temporal.Instant | string): string => {
    const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return `${dayAndMonth(there)} ${there.year} à ${saidTime(there)}`;
  };

/**
 * An instant as the clock of a place says it: « à 14 h 02 », the day when it is not today: « le 5 juin à 14 h 02 », and the
 * year when it is another.
 */
export const clockWords = (instant: string, zone: string, now: Temporal.Instant): string => {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  if (there.toPlainDate().equals(today)) return `à ${saidTime(there)}`;
  return `le ${dayAndMonth(there)}${there.year === today.year ? '' : ` ${there.year}`} à ${saidTime(there)}`;
};

const saidTime = ({ hour, minute }: Temporal.ZonedDateTime): string => `${hour} h ${String(minute).padStart(2, '0')}`;

const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];
const dayAndMonth = ({ day, month }: Temporal.ZonedDateTime): string =>
  `${day === 1 ? '1er' : day} ${months[month - 1]}`;
const saidDay = (moment: Temporal.ZonedDateTime): string =>
  `${weekdays[moment.dayOfWeek - 1]} ${dayAndMonth(moment)} ${moment.year}`;
