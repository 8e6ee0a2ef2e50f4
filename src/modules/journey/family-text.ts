import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type AskedWord, words } from './conditions.ts';
import type { Dating } from './dating.ts';
import type { Child, Family, Loss, Mark, Person, Pregnancy, Role, Silence } from './family.ts';
import { checkFamily } from './family-check.ts';

/** A family as plain JSON: days are written `2027-02-20`. */
export const familyToText = (family: Family): unknown => JSON.parse(JSON.stringify(family));

/** Thrown inside this file only: what is read is not a family. */
class NotAFamily extends Error {}

/**
 * Reads a family that a device, a file or a link holds. Nothing is trusted: shapes are checked, then the days as
 * {@link checkFamily} does. What is not known is left out.
 */
export const readFamily = (given: unknown, today: Temporal.PlainDate): Result<Family> => {
  try {
    const family = read(record(given));
    const [refusal] = checkFamily(family, today);
    return refusal ? refuse(refusal) : ok(family);
  } catch (error) {
    if (error instanceof NotAFamily || error instanceof RangeError || error instanceof TypeError)
      return refuse(unreadable);
    throw error;
  }
};

const unreadable: Refusal = {
  code: 'unreadable_family',
  message: 'Ce parcours ne peut pas être lu : il est abîmé. Ce qui est sur cet appareil n’a pas changé.',
};

const read = (given: Record<string, unknown>): Family => {
  const [first, ...others] = list(given.people).map(readPerson);
  if (!first) throw new NotAFamily();
  return {
    timeZone: zone(given.timeZone),
    ...optional('departement', given.departement, text),
    people: [first, ...others],
    project: given.project === true,
    pregnancies: list(given.pregnancies).map(readPregnancy),
    children: list(given.children).map(readChild),
    olderChildren: number(given.olderChildren ?? 0),
    answers: readAnswers(given.answers),
    marks: Object.fromEntries(Object.entries(record(given.marks ?? {})).map(([key, mark]) => [key, readMark(mark)])),
    silences: list(given.silences ?? []).map(readSilence),
  };
};

const roles: readonly Role[] = ['mother', 'second_parent', 'adoptive_parent'];
const works: readonly NonNullable<Person['work']>[] = ['employee', 'independent', 'agent', 'none'];

const readPerson = (given: unknown): Person => {
  const { id, role, work } = record(given);
  return { id: text(id), role: oneOf(roles)(role), ...optional('work', work, oneOf(works)) };
};

const readPregnancy = (given: unknown): Pregnancy => {
  const { id, dating, declared, closed } = record(given);
  return {
    id: text(id),
    dating: readDating(record(dating)),
    ...optional('declared', declared, boolean),
    ...optional('closed', closed, boolean),
  };
};

const readDating = ({ by, day: on, weeks, days }: Record<string, unknown>): Dating =>
  by === 'ultrasound'
    ? { by, day: day(on), weeks: number(weeks), days: number(days) }
    : { by: oneOf(['due', 'conception', 'period'] as const)(by), day: day(on) };

const readChild = (given: unknown): Child => {
  const child = record(given);
  return {
    id: text(child.id),
    ...optional('pregnancy', child.pregnancy, text),
    ...optional('label', child.label, text),
    ...optional('birth', child.birth, day),
    ...optional('arrival', child.arrival, day),
    ...optional('weeksAtBirth', child.weeksAtBirth, number),
    ...optional('hospitalised', child.hospitalised, boolean),
    ...optional('loss', child.loss, readLoss),
  };
};

const readLoss = (given: unknown): Loss => {
  const loss = record(given);
  return {
    day: day(loss.day),
    recordedOn: day(loss.recordedOn),
    choice: oneOf(['silence', 'support', 'erase'] as const)(loss.choice),
    ...optional('medicalEnding', loss.medicalEnding, boolean),
    ...optional('birthCertificate', loss.birthCertificate, boolean),
  };
};

const readMark = (given: unknown): Mark => {
  const mark = record(given);
  const state = oneOf(['done', 'not_for_us', 'remind'] as const)(mark.state);
  return state === 'not_for_us' ? { state } : { state, day: day(mark.day) };
};

const kinds = ['medical', 'rights', 'administrative', 'support', 'milestone'] as const;

const readSilence = (given: unknown): Silence => {
  const { scope, since, until } = record(given);
  const { of, id, kind } = record(scope);
  const covered: Silence['scope'] =
    of === 'family'
      ? { of }
      : of === 'kind'
        ? { of, kind: oneOf(kinds)(kind) }
        : { of: oneOf(['child', 'item'] as const)(of), id: text(id) };
  return { scope: covered, since: day(since), ...optional('until', until, day) };
};

const readAnswers = (given: unknown): Family['answers'] =>
  Object.fromEntries(
    Object.entries(record(given ?? {})).filter(
      (entry): entry is [AskedWord, boolean] => Object.hasOwn(words, entry[0]) && typeof entry[1] === 'boolean',
    ),
  );

const record = (given: unknown): Record<string, unknown> => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new NotAFamily();
  return given as Record<string, unknown>;
};

/** Forty of anything is more than any family has: a longer list is not one. */
const list = (given: unknown): unknown[] => {
  if (!Array.isArray(given) || given.length > 40) throw new NotAFamily();
  return given;
};

const text = (given: unknown): string => {
  if (typeof given !== 'string' || given.length > 200) throw new NotAFamily();
  return given;
};

const number = (given: unknown): number => {
  if (typeof given !== 'number' || !Number.isInteger(given)) throw new NotAFamily();
  return given;
};

const boolean = (given: unknown): boolean => {
  if (typeof given !== 'boolean') throw new NotAFamily();
  return given;
};

const day = (given: unknown): Temporal.PlainDate => Temporal.PlainDate.from(text(given), { overflow: 'reject' });

const zone = (given: unknown): string => {
  const name = text(given);
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  return name;
};

const oneOf =
  <T extends string>(known: readonly T[]) =>
  (given: unknown): T => {
    const found = known.find((each) => each === given);
    if (found === undefined) throw new NotAFamily();
    return found;
  };

const optional = <K extends string, T>(key: K, given: unknown, reader: (given: unknown) => T): { [P in K]?: T } =>
  given === undefined ? {} : ({ [key]: reader(given) } as { [P in K]: T });
