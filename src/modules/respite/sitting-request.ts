import { readEmail, unreadableEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import { type AgeGroup, ageGroups, type DayPart, dayParts, isOver, readDay } from './free-place.ts';

/** The most children of one request, the farthest day, the longest name. */
export const sittingLimits = { children: 4, days: 30, name: 40 } as const;

/** What a family asks: when, how many and how old, a first name or another, one way to be reached. Nothing else. */
export interface SittingRequest {
  readonly day: Temporal.PlainDate;
  readonly part: DayPart;
  readonly children: number;
  readonly ages: readonly AgeGroup[];
  readonly name: string;
  readonly email: string;
  /** Empty when none was given. */
  readonly phone: string;
}

/** The fields as they were sent. */
export interface TypedSitting {
  readonly day: string;
  readonly part: string;
  readonly children: string;
  readonly ages: readonly string[];
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** Reads a request. Refuses each field at fault, in the order of the form. `now`: by the clock of the commune. */
export const readSittingRequest = (
  typed: TypedSitting,
  now: Temporal.PlainDateTime,
): Result<SittingRequest, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const no = (field: string, message: string): undefined => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const day = readDay(typed.day);
  const part = dayParts.find(({ code }) => code === typed.part)?.code;
  if (!day) no('day', 'Choisissez le jour.');
  else if (Temporal.PlainDate.compare(day, now.toPlainDate().add({ days: sittingLimits.days })) > 0) {
    no('day', `Pas plus de ${sittingLimits.days} jours à l’avance.`);
  } else if (isOver(day, part ?? 'soir', now)) no('day', 'Ce moment est passé : choisissez-en un autre.');
  if (!part) no('part', 'Choisissez le moment de la journée.');
  const children = /^\d{1,2}$/.test(typed.children.trim()) ? Number(typed.children) : 0;
  if (children < 1 || children > sittingLimits.children) {
    no('children', `Écrivez un nombre d’enfants, de 1 à ${sittingLimits.children}.`);
  }
  const ages = ageGroups.map(({ code }) => code).filter((code) => typed.ages.includes(code));
  if (ages.length === 0) no('ages', 'Choisissez l’âge de chaque enfant.');
  const name = readName(typed.name);
  if (!name) no('name', `Un prénom ou un pseudonyme, en ${sittingLimits.name} signes au plus.`);
  const email = readEmail(typed.email);
  if (!email) refusals.push(unreadableEmail);
  const phone = readPhone(typed.phone);
  if (phone === undefined) no('phone', 'Écrivez un numéro de téléphone, par exemple 06 39 98 00 00, ou rien.');
  if (!day || !part || !name || !email || phone === undefined || refusals.length > 0) return refuse(refusals);
  return ok({ day, part, children, ages, name, email, phone });
};

/** Somebody whom the organisation has met and knows. */
export interface Volunteer {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** Reads a volunteer, as the organisation writes them down. */
export const readVolunteer = (typed: Volunteer): Result<Volunteer, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const name = readName(typed.name);
  const email = readEmail(typed.email);
  const phone = readPhone(typed.phone);
  if (!name) {
    refusals.push({ code: 'bad_name', field: 'name', message: `Un prénom, en ${sittingLimits.name} signes au plus.` });
  }
  if (!email) refusals.push(unreadableEmail);
  if (phone === undefined) {
    refusals.push({ code: 'bad_phone', field: 'phone', message: 'Écrivez un numéro de téléphone, ou rien.' });
  }
  return name && email && phone !== undefined ? ok({ name, email, phone }) : refuse(refusals);
};

/** « Un enfant : moins de 1 an », « 2 enfants : 1 an et 3 ans et plus » */
export const childrenInWords = ({ children, ages }: Pick<SittingRequest, 'children' | 'ages'>): string => {
  const said = ageGroups.filter(({ code }) => ages.includes(code)).map(({ label }) => label);
  return `${children === 1 ? 'Un enfant' : `${children} enfants`} : ${new Intl.ListFormat('fr').format(said)}`;
};

const readName = (typed: string): string | undefined => {
  const name = oneLine(typed);
  return name !== '' && [...name].length <= sittingLimits.name ? name : undefined;
};

/** A telephone as the other forms take them; an empty one is none; undefined for anything else. */
const readPhone = (typed: string): string | undefined => {
  const phone = typed.trim();
  return phone === '' || /^\+?\d[\d .-]{5,20}$/.test(phone) ? phone : undefined;
};
