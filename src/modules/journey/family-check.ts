import type { Refusal } from '#platform/result.ts';
import { amenorrhoea, dueDate } from './dating.ts';
import type { Child, Family, Pregnancy } from './family.ts';

/** More children than this on one path is a slip of the finger. */
export const MOST_CHILDREN = 8;
/** More than this at one birth too. */
export const MOST_AT_ONE_BIRTH = 5;
/** An expected day further than this is not one: the path knows a pregnancy from its first day. */
const MOST_DAYS_TO_DUE = 280;
/** Weeks of amenorrhoea beyond which a pregnancy without a birth told is a slip, or needs to be told. */
const MOST_WEEKS = 45;
/** The path ends before school: an older child has no step in it. */
const OLDEST_YEARS = 7;

/**
 * What cannot be true of a family on a day, each with its sentence: days of birth to come, pregnancies of sixty weeks,
 * nine children. An expected day that is over is not among them: it is a normal state.
 */
export const checkFamily = (family: Family, today: Temporal.PlainDate): Refusal[] => [
  ...(family.children.length + family.olderChildren > MOST_CHILDREN ? [tooMany] : []),
  ...family.pregnancies.flatMap((pregnancy) => checkPregnancy(family, pregnancy, today)),
  ...family.children.flatMap((child) => checkChild(child, today)),
];

const checkPregnancy = (family: Family, pregnancy: Pregnancy, today: Temporal.PlainDate): Refusal[] => {
  const children = family.children.filter((child) => child.pregnancy === pregnancy.id);
  const waiting = children.some((child) => !child.birth && !child.loss) && !pregnancy.closed;
  const daysToDue = daysBetween(today, dueDate(pregnancy.dating));
  const { dating } = pregnancy;
  return [
    ...(children.length > MOST_AT_ONE_BIRTH ? [tooManyAtOnce] : []),
    ...(dating.by === 'ultrasound' && (dating.weeks < 5 || dating.weeks > 42 || dating.days < 0 || dating.days > 6)
      ? [impossibleWeeks]
      : []),
    ...(waiting && dating.by !== 'due' && isAfter(dating.day, today) ? [dayToCome] : []),
    ...(waiting && daysToDue > MOST_DAYS_TO_DUE ? [tooFar] : []),
    ...(waiting && amenorrhoea(dating, today).weeks > MOST_WEEKS ? [tooLong] : []),
    ...children.flatMap((child) => (child.birth ? checkTerm(daysBetween(child.birth, dueDate(dating))) : [])),
  ];
};

/** A birth more than twenty weeks before the expected day, or four after it, contradicts the dating. */
const checkTerm = (daysEarly: number): Refusal[] => (daysEarly > 147 || daysEarly < -28 ? [contradicted] : []);

const checkChild = (child: Child, today: Temporal.PlainDate): Refusal[] => [
  ...(child.birth && isAfter(child.birth, today) ? [birthToCome] : []),
  ...(child.birth && isAfter(today, child.birth.add({ years: OLDEST_YEARS })) ? [tooOld] : []),
  ...(child.birth && child.arrival && isAfter(child.birth, child.arrival) ? [arrivedBeforeBirth] : []),
  ...(child.loss && isAfter(child.loss.day, today) ? [dayToCome] : []),
  ...(child.loss && child.birth && isAfter(child.birth, child.loss.day) ? [lostBeforeBirth] : []),
  ...(child.weeksAtBirth !== undefined && (child.weeksAtBirth < 20 || child.weeksAtBirth > 44)
    ? [impossibleWeeks]
    : []),
];

const isAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(a, b) > 0;
const daysBetween = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => a.until(b, { largestUnit: 'day' }).days;

const tooMany: Refusal = {
  code: 'too_many_children',
  field: 'children',
  message: `Ce parcours suit ${MOST_CHILDREN} enfants au plus. Gardez les plus jeunes : les repères s’arrêtent avant l’école.`,
};
const tooManyAtOnce: Refusal = {
  code: 'too_many_at_once',
  field: 'howMany',
  message: `Ce parcours suit ${MOST_AT_ONE_BIRTH} enfants au plus pour une naissance. Vérifiez le nombre.`,
};
const tooFar: Refusal = {
  code: 'due_too_far',
  field: 'due',
  message: 'Cette date prévue est trop loin : une grossesse dure environ neuf mois. Vérifiez l’année.',
};
const tooLong: Refusal = {
  code: 'pregnancy_too_long',
  field: 'due',
  message:
    'À cette date, la grossesse durerait plus de 45 semaines. Vérifiez la date, ou dites-nous ce qui s’est passé : la naissance, ou une perte.',
};
const dayToCome: Refusal = {
  code: 'day_to_come',
  field: 'day',
  message: 'Cette date n’est pas encore passée. Vérifiez le mois et l’année.',
};
const birthToCome: Refusal = {
  code: 'birth_to_come',
  field: 'birth',
  message:
    'Cette date de naissance n’est pas encore passée. Si votre enfant n’est pas né, choisissez « J’attends un enfant ».',
};
const tooOld: Refusal = {
  code: 'child_too_old',
  field: 'birth',
  message:
    'Cet enfant a plus de 7 ans : le parcours va de la grossesse à l’entrée à l’école maternelle. Vérifiez l’année.',
};
const contradicted: Refusal = {
  code: 'dates_contradict',
  field: 'birth',
  message: 'La date de naissance et la date prévue sont trop éloignées l’une de l’autre. Vérifiez les deux.',
};
const arrivedBeforeBirth: Refusal = {
  code: 'arrived_before_birth',
  field: 'arrival',
  message: 'L’arrivée de l’enfant est avant sa naissance. Vérifiez les deux dates.',
};
const lostBeforeBirth: Refusal = {
  code: 'lost_before_birth',
  field: 'day',
  message: 'Cette date est avant la naissance. Vérifiez-la, quand vous le pouvez.',
};
const impossibleWeeks: Refusal = {
  code: 'impossible_weeks',
  field: 'weeks',
  message: 'Ce nombre de semaines n’est pas possible. Écrivez les semaines d’aménorrhée notées par la maternité.',
};
