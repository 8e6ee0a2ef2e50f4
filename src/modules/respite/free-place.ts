import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';

/** The ages that a free place is for. */
export const ageGroups = [
  { code: 'moins-d-un-an', label: 'moins de 1 an' },
  { code: 'un-an', label: '1 an' },
  { code: 'deux-ans', label: '2 ans' },
  { code: 'trois-ans', label: '3 ans et plus' },
] as const;
export type AgeGroup = (typeof ageGroups)[number]['code'];

/** The parts of a day, and the hour from which one of them is too late to go to, in minutes of the place’s clock. */
export const dayParts = [
  { code: 'journee', label: 'toute la journée', over: 14 * 60 },
  { code: 'matin', label: 'le matin', over: 12 * 60 },
  { code: 'apres-midi', label: 'l’après-midi', over: 18 * 60 },
  { code: 'soir', label: 'le soir', over: 23 * 60 },
] as const;
export type DayPart = (typeof dayParts)[number]['code'];

/** The farthest day that is told ahead, the most places said at once, and the longest note. */
export const limits = { days: 30, places: 20, note: 160 } as const;

/** Places that a structure has free on one day. */
export interface FreePlaces {
  readonly day: Temporal.PlainDate;
  readonly part: DayPart;
  readonly ages: readonly AgeGroup[];
  readonly count: number;
  /** Kept for families who cannot wait. */
  readonly urgent: boolean;
  readonly note: string;
}

/** The fields as they were sent. */
export interface Typed {
  readonly day: string;
  readonly part: string;
  readonly ages: readonly string[];
  readonly count: string;
  readonly urgent: boolean;
  readonly note: string;
}

/**
 * Reads the places that a structure says free. Refuses each field at fault, in the order of the form: a day that does not
 * exist, is past or too far; a part of the day that is over; no age; none or too many places; a note too long. `now`: by the
 * clock of the place.
 */
export const readFreePlaces = (typed: Typed, now: Temporal.PlainDateTime): Result<FreePlaces, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const no = (code: string, field: string, message: string): undefined => {
    refusals.push({ code, field, message });
  };
  const today = now.toPlainDate();
  const day = readDay(typed.day);
  const part = dayParts.find(({ code }) => code === typed.part);
  if (!day) no('day_missing', 'day', 'Choisissez le jour.');
  else if (Temporal.PlainDate.compare(day, today) < 0) no('day_past', 'day', 'Ce jour est passé.');
  else if (Temporal.PlainDate.compare(day, today.add({ days: limits.days })) > 0) {
    no('day_too_far', 'day', `Pas plus de ${limits.days} jours à l’avance : revenez le dire plus tard.`);
  } else if (part && isOver(day, part.code, now)) {
    no('part_over', 'part', 'Ce moment de la journée est passé : choisissez-en un autre.');
  }
  if (!part) no('part_missing', 'part', 'Choisissez le moment de la journée.');
  const ages = ageGroups.map(({ code }) => code).filter((code) => typed.ages.includes(code));
  if (ages.length === 0) no('ages_missing', 'ages', 'Choisissez au moins un âge.');
  const count = /^\d{1,3}$/.test(typed.count.trim()) ? Number(typed.count) : 0;
  if (count < 1 || count > limits.places) {
    no('count_wrong', 'count', `Écrivez un nombre de places, de 1 à ${limits.places}.`);
  }
  const note = oneLine(typed.note);
  if ([...note].length > limits.note) no('note_too_long', 'note', `${limits.note} signes au plus.`);
  if (!day || !part || refusals.length > 0) return refuse(refusals);
  return ok({ day, part: part.code, ages, count, urgent: typed.urgent, note });
};

/** Whether it is too late to go: the day is past, or that part of it. */
export const isOver = (day: Temporal.PlainDate, part: DayPart, now: Temporal.PlainDateTime): boolean => {
  const order = Temporal.PlainDate.compare(day, now.toPlainDate());
  const over = dayParts.find(({ code }) => code === part)?.over ?? 0;
  return order < 0 || (order === 0 && now.hour * 60 + now.minute >= over);
};

/** The next first: by day, then as the day goes. */
export const bySoonest = (one: Pick<FreePlaces, 'day' | 'part'>, other: Pick<FreePlaces, 'day' | 'part'>): number =>
  Temporal.PlainDate.compare(one.day, other.day) || partOrder.indexOf(one.part) - partOrder.indexOf(other.part);

const partOrder: readonly DayPart[] = dayParts.map(({ code }) => code);

/** « Une place libre, pour un enfant de 1 an ou 2 ans » */
export const placesInWords = ({ count, ages }: Pick<FreePlaces, 'count' | 'ages'>): string => {
  const places = count === 1 ? 'Une place libre' : `${count} places libres`;
  if (ages.length === ageGroups.length) return `${places}, à tous les âges`;
  const said = ageGroups.filter(({ code }) => ages.includes(code)).map(({ label }) => label);
  return `${places}, pour un enfant de ${new Intl.ListFormat('fr', { type: 'disjunction' }).format(said)}`;
};

/** « le matin », as a part of a day is said. */
export const partInWords = (part: DayPart): string => dayParts.find(({ code }) => code === part)?.label ?? '';

/** A day as a form sends it, 2026-11-24; undefined for one that is not in the calendar. */
export const readDay = (text: string): Temporal.PlainDate | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
};
