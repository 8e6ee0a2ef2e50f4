import { answersFor } from './answers.ts';
import { staysInSight, type Word, weigh } from './conditions.ts';
import type { Family, Mark, Silence } from './family.ts';
import { type Schedule, type ScheduleItem, toConfirm } from './schedule.ts';
import { type Subject, subjectsOf } from './subjects.ts';
import { duration, type Placed, place, type Window } from './window.ts';

/**
 * Where a step stands. `ending`: open for seven days more at most. `late`: the window is over and it is still worth
 * doing. Nothing is ever locked: a step may be marked done in any state.
 */
export type State = 'undated' | 'upcoming' | 'open' | 'ending' | 'late' | 'past' | 'done' | 'not_for_us';

/** A row of the schedule for one subject of the family. */
export interface Step {
  /** `gro-epp:p1`: stable as long as the family keeps its pregnancies and children. */
  readonly key: string;
  readonly item: ScheduleItem;
  readonly subject: Subject;
  readonly window?: Window;
  /** Counted from an expected birth: sure to move. */
  readonly provisional: boolean;
  /** It lasts until the birth: its last day is not known. */
  readonly untilBirth: boolean;
  readonly state: State;
  /** Days until the window opens or closes, today excluded; days since it closed when late. */
  readonly days?: number;
  readonly doneOn?: Temporal.PlainDate;
  /** Words that nobody has answered: the step is shown "selon votre situation". */
  readonly ifs: readonly Word[];
  /** To be confirmed with a professional. */
  readonly toConfirm: boolean;
  /** No reminder comes from it. */
  readonly quiet: boolean;
  /** The day of its reminder, when there is one to come. */
  readonly remindOn?: Temporal.PlainDate;
}

export interface Timeline {
  readonly today: Temporal.PlainDate;
  /** By opening day. Undated steps first. */
  readonly steps: readonly Step[];
  /** What may help after a loss: rights, papers, support. Only ever shown on the page that a person opens. */
  readonly afterLoss: readonly Step[];
}

const graceByKind = { medical: 'P1M', administrative: 'P1M', rights: 'P0D', support: 'P0D', milestone: 'P0D' } as const;
const ENDING_DAYS = 7;

/**
 * Every step of a family on a day. Pure, total and the same in every time zone: the day comes in as an argument.
 * A child who died, and a pregnancy that ended, have no step but those after a loss.
 */
export const resolveTimeline = (schedule: Schedule, family: Family, today: Temporal.PlainDate): Timeline => {
  const steps: Step[] = [];
  for (const subject of subjectsOf(family)) {
    for (const item of schedule) {
      if (concerns(item, subject, family)) {
        const step = resolve(item, subject, family, today);
        if (step) steps.push(step);
      }
    }
  }
  const sorted = inOrder(steps);
  return {
    today,
    steps: sorted.filter(({ subject }) => subject.of !== 'loss'),
    afterLoss: sorted.filter(({ subject }) => subject.of === 'loss'),
  };
};

const concerns = (item: ScheduleItem, subject: Subject, family: Family): boolean =>
  subjectFor(item) === subject.of && (item.who === 'both' || item.who === 'child' || hasRole(family, item.who));

const hasRole = (family: Family, role: 'mother' | 'second_parent'): boolean =>
  family.people.some((person) => person.role === role);

const subjectFor = ({ anchor, who }: ScheduleItem): Subject['of'] => {
  switch (anchor) {
    case 'project':
      return 'project';
    case 'conception':
    case 'due':
      return 'pregnancy';
    case 'loss':
      return 'loss';
    case 'arrival':
      return 'parents';
    case 'birth':
    case 'birth_corrected':
      return who === 'child' ? 'child' : 'parents';
  }
};

const resolve = (item: ScheduleItem, subject: Subject, family: Family, today: Temporal.PlainDate): Step | undefined => {
  const { answer, open } = weigh(item.when, answersFor(family, subject, item));
  if (answer === 'no' || !staysInSight(open)) return undefined;
  const placed = item.anchor === 'project' ? undefined : place(item, subject, today);
  if (item.anchor !== 'project' && !placed) return undefined;
  if (placed && overBeforeArrival(subject, placed)) return undefined;
  if (item.unless_done && siblingDone(family, subject, item.unless_done)) return undefined;

  const key = `${item.id}:${subject.id}`;
  const mark = family.marks[key];
  const quiet = subject.of === 'loss' || isQuiet(family.silences, item, subject, today);
  const { state, days, doneOn } = stand(item, subject, placed, mark, today);
  const settled = state === 'done' || state === 'not_for_us';
  const remindOn = quiet || settled ? undefined : reminderDay(item, placed, mark, open, today);
  // Filled in place: a path has hundreds of steps, and an old telephone feels what is thrown away.
  const step: { -readonly [Field in keyof Step]: Step[Field] } = {
    key,
    item,
    subject,
    state,
    quiet,
    ifs: open,
    toConfirm: toConfirm(item),
    provisional: placed?.provisional ?? false,
    untilBirth: (placed?.untilBirth ?? false) && subject.dates.birth === undefined,
  };
  if (placed) step.window = { start: placed.start, end: placed.end };
  if (days !== undefined) step.days = days;
  if (doneOn) step.doneOn = doneOn;
  if (remindOn) step.remindOn = remindOn;
  return step;
};

/** An adopted child has a life before its arrival; what was over by then is not for this family. */
const overBeforeArrival = (subject: Subject, { end }: Window): boolean => {
  if (subject.of === 'project' || subject.of === 'loss') return false;
  const arrival = subject.children.find((child) => child.arrival)?.arrival;
  return arrival !== undefined && Temporal.PlainDate.compare(end, arrival) <= 0;
};

/** Whether another row is done for the same pregnancy or the same child. */
const siblingDone = (family: Family, subject: Subject, id: string): boolean => {
  if (subject.of === 'project') return false;
  const ids = [subject.id, subject.pregnancy?.id, ...subject.children.map((child) => child.id)];
  return ids.some((each) => family.marks[`${id}:${each}`]?.state === 'done');
};

const stand = (
  item: ScheduleItem,
  subject: Subject,
  placed: Placed | undefined,
  mark: Mark | undefined,
  today: Temporal.PlainDate,
): Pick<Step, 'state' | 'days' | 'doneOn'> => {
  if (mark?.state === 'done') return { state: 'done', doneOn: mark.day };
  if (mark?.state === 'not_for_us') return { state: 'not_for_us' };
  if (!placed) return { state: 'undated' };
  if (placed.provisional || Temporal.PlainDate.compare(today, placed.start) < 0) {
    return { state: 'upcoming', days: daysBetween(today, placed.start) };
  }
  const left = daysBetween(today, placed.end);
  if (left > 0) return { state: left <= ENDING_DAYS && !placed.untilBirth ? 'ending' : 'open', days: left };
  const bornNow = subject.of === 'pregnancy' && subject.dates.birth !== undefined;
  const worth = placed.end.add(duration(item.grace ?? graceByKind[item.kind]));
  return !bornNow && Temporal.PlainDate.compare(today, worth) < 0 ? { state: 'late', days: -left } : { state: 'past' };
};

const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number => epochDay(to) - epochDay(from);

/** Days of the calendar counted from 1 March of the year 0: plain arithmetic, asked for each step. */
const epochDay = ({ year, month, day }: Temporal.PlainDate): number => {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
  );
};

const isQuiet = (
  silences: readonly Silence[],
  item: ScheduleItem,
  subject: Subject,
  today: Temporal.PlainDate,
): boolean => silences.some((silence) => holdsOn(silence, today) && covers(silence.scope, item, subject));

const holdsOn = ({ since, until }: Silence, day: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(day, since) >= 0 && (!until || Temporal.PlainDate.compare(day, until) < 0);

const covers = (scope: Silence['scope'], item: ScheduleItem, subject: Subject): boolean => {
  switch (scope.of) {
    case 'family':
      return true;
    case 'kind':
      return scope.kind === item.kind;
    case 'item':
      return scope.id === item.id;
    case 'child':
      return subject.of !== 'project' && subject.children.length === 1 && subject.children[0]?.id === scope.id;
  }
};

/** A reminder asked for by hand comes on its day; the one of the schedule only when the step surely concerns the family. */
const reminderDay = (
  item: ScheduleItem,
  placed: Placed | undefined,
  mark: Mark | undefined,
  open: readonly Word[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  if (mark?.state === 'remind') return Temporal.PlainDate.compare(mark.day, today) >= 0 ? mark.day : undefined;
  if (!item.reminder || !placed || placed.provisional || open.length > 0) return undefined;
  const rule = /^(start|end|anchor)([+-])(P\w+)$/.exec(item.reminder);
  if (!rule) return undefined;
  const base = placed[rule[1] as 'start' | 'end' | 'anchor'];
  const distance = duration(rule[3] ?? 'P0D');
  const day = rule[2] === '-' ? base.subtract(distance) : base.add(distance);
  return Temporal.PlainDate.compare(day, today) >= 0 ? day : undefined;
};

/** Steps by opening day, then closing day, then as the schedule lists them; undated first. Days are compared as numbers: it is asked often. */
const inOrder = (steps: readonly Step[]): Step[] =>
  steps
    .map((step) => ({ step, opens: dayNumber(step.window?.start), closes: dayNumber(step.window?.end) }))
    .sort((a, b) => a.opens - b.opens || a.closes - b.closes)
    .map(({ step }) => step);

const dayNumber = (day: Temporal.PlainDate | undefined): number =>
  day ? day.year * 10_000 + day.month * 100 + day.day : 0;
