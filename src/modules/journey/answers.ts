import type { Answer, DateTest, Word } from './conditions.ts';
import { dueDate } from './dating.ts';
import type { Child, Family, Person } from './family.ts';
import type { ScheduleItem } from './schedule.ts';
import { countedChildren, isPremature, type Subject, weeksAtLoss } from './subjects.ts';

/** Guyane and Mayotte: the BCG is advised to every child there. Source: row `vac-bcg`. */
const tuberculosis = { departements: ['973', '976'], zones: ['America/Cayenne', 'Indian/Mayotte'] };

const yesNo = (holds: boolean): Answer => (holds ? 'yes' : 'no');

/** What a family says of one condition, for a row and a subject. Never guesses: what nobody said is `unknown`. */
export const answersFor =
  (family: Family, subject: Subject, item: Pick<ScheduleItem, 'who'>) =>
  (test: Word | DateTest): Answer => {
    if (typeof test !== 'string') return compareDay(test, subject);
    switch (test) {
      case 'pregnant':
        return yesNo(subject.of === 'pregnancy');
      case 'declared': {
        const pregnancy = subject.of === 'pregnancy' ? subject.pregnancy : undefined;
        const done = family.marks[`gro-declaration:${pregnancy?.id}`]?.state === 'done';
        return pregnancy?.declared || done ? 'yes' : 'unknown';
      }
      case 'singleton':
        return yesNo(countedChildren(subject) < 2);
      case 'twins':
        return yesNo(countedChildren(subject) === 2);
      case 'triplets_plus':
        return yesNo(countedChildren(subject) >= 3);
      case 'multiple':
        return yesNo(countedChildren(subject) >= 2);
      case 'first_child':
        return yesNo(elders(family, subject) === 0);
      case 'fewer_than_two_children':
        return yesNo(elders(family, subject) < 2);
      case 'third_child_or_more':
        return yesNo(elders(family, subject) >= 2);
      case 'adoption':
        return yesNo(children(subject).some((child) => child.arrival));
      case 'by_birth':
        return yesNo(children(subject).every((child) => !child.arrival));
      case 'premature':
        return yesNo(isPremature(subject));
      case 'premature_over_6_weeks':
        return yesNo(daysBeforeDue(subject) > 42);
      case 'hospitalised':
        return yesNo(children(subject).some((child) => child.hospitalised));
      case 'season_sep_jan':
        return 'yes'; // The window itself is cut to the season.
      case 'employee':
        return works(family, item, 'employee');
      case 'independent':
        return works(family, item, 'independent');
      case 'tb_risk':
        return tuberculosis.departements.includes(family.departement ?? '') ||
          tuberculosis.zones.includes(family.timeZone)
          ? 'yes'
          : 'unknown';
      case 'loss_before_22':
        return lostAt(subject, (weeks) => weeks < 22);
      case 'loss_14_to_21':
        return lostAt(subject, (weeks) => weeks >= 14 && weeks < 22);
      case 'loss_from_22':
        return lostAt(subject, (weeks) => weeks >= 22);
      case 'medical_ending':
        return yesNo(lostChild(subject)?.loss?.medicalEnding === true);
      case 'child_death':
        return yesNo(lostChild(subject)?.birth !== undefined);
      case 'medical_birth_certificate': {
        const child = lostChild(subject);
        if (!child || child.birth) return 'no';
        return child.loss?.birthCertificate === undefined ? 'unknown' : yesNo(child.loss.birthCertificate);
      }
      default: {
        const said = family.answers[test];
        return said === undefined ? 'unknown' : yesNo(said);
      }
    }
  };

const children = (subject: Subject): readonly Child[] => (subject.of === 'project' ? [] : subject.children);

const lostChild = (subject: Subject): Child | undefined => (subject.of === 'loss' ? subject.children[0] : undefined);

const lostAt = (subject: Subject, holds: (weeks: number) => boolean): Answer => {
  const child = lostChild(subject);
  if (!child || child.birth) return 'no';
  const weeks = weeksAtLoss(subject);
  return weeks === undefined ? 'unknown' : yesNo(holds(weeks));
};

const daysBeforeDue = (subject: Subject): number => {
  const [birth, due] = [subject.dates.birth, subject.dates.due];
  return birth && due ? birth.until(due, { largestUnit: 'day' }).days : 0;
};

/** A birth that has not happened is compared by its expected day; a due day that nobody knows, by the birth. */
const compareDay = ({ of, is, day }: DateTest, subject: Subject): Answer => {
  const known =
    of === 'birth' ? (subject.dates.birth ?? subject.dates.due) : (subject.dates.due ?? subject.dates.birth);
  if (!known) return 'unknown';
  return yesNo(is === '>=' ? known.toString() >= day : known.toString() < day);
};

const works = (family: Family, { who }: Pick<ScheduleItem, 'who'>, work: NonNullable<Person['work']>): Answer => {
  const person = who === 'both' || who === 'child' ? family.people[0] : family.people.find(({ role }) => role === who);
  return person?.work === undefined ? 'unknown' : yesNo(person.work === work);
};

/** Children born before those of the subject, alive or not, and those the path does not follow. */
const elders = (family: Family, subject: Subject): number => {
  const own = new Set(children(subject).map(({ id }) => id));
  const day = subject.dates.birth ?? subject.dates.due ?? expectedOf(family, subject);
  return (
    family.olderChildren +
    family.children.filter(
      (child) => !own.has(child.id) && child.birth && (!day || Temporal.PlainDate.compare(child.birth, day) < 0),
    ).length
  );
};

const expectedOf = (family: Family, subject: Subject) => {
  const pregnancy = family.pregnancies.find(({ id }) => id === children(subject)[0]?.pregnancy);
  return pregnancy && dueDate(pregnancy.dating);
};
