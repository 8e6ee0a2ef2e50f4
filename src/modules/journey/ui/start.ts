import type { JourneyWords } from '#messages/fr/journey.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { type Child, checkFamily, type Dating, type Family, type Person, type Role } from '../index.ts';

export type Situation = 'expecting' | 'born' | 'adopting' | 'project';
export type DatingBy = Dating['by'];

const newId = (): string => crypto.randomUUID().slice(0, 8);

/** A family of whom nothing is told yet but a role. Without a role, both parents are there. */
export const newFamily = (role: Role | undefined): Family => {
  const me: Person = { id: newId(), role: role ?? 'mother' };
  return {
    timeZone: Temporal.Now.timeZoneId(),
    people: role ? [me] : [me, { id: newId(), role: 'second_parent' }],
    project: true,
    pregnancies: [],
    children: [],
    olderChildren: 0,
    answers: {},
    marks: {},
    silences: [],
  };
};

/** Reads the form of the three questions, into a new family or added to the one that is there. */
export const readStart = (
  form: FormData,
  family: Family | undefined,
  today: Temporal.PlainDate,
  words: JourneyWords['start'],
): Result<Family> => {
  const situation = form.get('situation');
  const role = (['mother', 'second_parent', 'adoptive_parent'] as const).find((known) => known === form.get('role'));
  const adopting = situation === 'adopting' ? 'adoptive_parent' : undefined;
  const base = family ?? newFamily(role ?? adopting);
  if (situation === 'project') return ok({ ...base, project: true });
  if (situation !== 'expecting' && situation !== 'born' && situation !== 'adopting') {
    return refuse({ code: 'missing', field: 'situation', message: words.missingSituation });
  }
  const howMany = Number(form.get('howMany') ?? 1);
  if (!Number.isInteger(howMany) || howMany < 1) return refuse(impossible('howMany'));
  const added =
    situation === 'expecting' ? readPregnancy(form, howMany, words) : readChildren(form, situation, howMany, words);
  if (!added.ok) return added;
  const next: Family = {
    ...base,
    project: false,
    pregnancies: [...base.pregnancies, ...added.value.pregnancies],
    children: [...base.children, ...added.value.children],
  };
  const [refusal] = checkFamily(next, today);
  return refusal ? refuse(refusal) : ok(next);
};

type Added = Pick<Family, 'pregnancies' | 'children'>;

const readPregnancy = (form: FormData, howMany: number, words: JourneyWords['start']): Result<Added> => {
  const dating = readDating(form, words);
  if (!dating.ok) return dating;
  const id = newId();
  return ok({
    pregnancies: [{ id, dating: dating.value }],
    children: Array.from({ length: Math.min(howMany, 9) }, (): Child => ({ id: newId(), pregnancy: id })),
  });
};

/** How a pregnancy is dated, from its fields. */
export const readDating = (form: FormData, words: JourneyWords['start']): Result<Dating> => {
  const day = readDate(datePartsOf(form, 'date'), 'date');
  if (!day.ok) return day;
  if (!day.value) return refuse({ code: 'missing', field: 'date', message: words.missingDate });
  const by = form.get('by');
  if (by !== 'ultrasound') return ok({ by: by === 'period' || by === 'conception' ? by : 'due', day: day.value });
  const [weeks, days] = [form.get('weeks'), form.get('days')].map((text) => (text === '' ? Number.NaN : Number(text)));
  return Number.isInteger(weeks) && Number.isInteger(days)
    ? ok({ by, day: day.value, weeks: weeks ?? 0, days: days ?? 0 })
    : refuse({ code: 'missing', field: 'weeks', message: words.missingWeeks });
};

const readChildren = (
  form: FormData,
  situation: 'born' | 'adopting',
  howMany: number,
  words: JourneyWords['start'],
): Result<Added> => {
  const birth = readDate(datePartsOf(form, 'date'), 'date');
  if (!birth.ok) return birth;
  const arrival = situation === 'adopting' ? readDate(datePartsOf(form, 'arrival'), 'arrival') : ok(undefined);
  if (!arrival.ok) return arrival;
  if (!birth.value && !arrival.value) return refuse({ code: 'missing', field: 'date', message: words.missingDate });
  const weeks = String(form.get('weeksAtBirth') ?? '').trim();
  if (weeks && !/^\d{2}$/.test(weeks)) return refuse(impossible('weeks'));
  const child = {
    ...(birth.value ? { birth: birth.value } : {}),
    ...(arrival.value ? { arrival: arrival.value } : {}),
    ...(weeks ? { weeksAtBirth: Number(weeks) } : {}),
  };
  return ok({
    pregnancies: [],
    children: Array.from({ length: Math.min(howMany, 9) }, () => ({ id: newId(), ...child })),
  });
};

const impossible = (field: string): Refusal => ({
  code: 'impossible_number',
  field,
  message: 'Écrivez un nombre en chiffres, par exemple 1 ou 34.',
});
