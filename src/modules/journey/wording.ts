import { count, fill, type Plural } from '#messages/format.ts';
import type { Kind } from './schedule.ts';
import type { Step } from './timeline.ts';

/** The sentences that say a window; French in src/messages/fr/journey.ts. */
export interface WindowWords {
  readonly undated: string;
  readonly toDo: { readonly between: string; readonly on: string };
  readonly possible: { readonly between: string; readonly on: string };
  readonly until: string;
  readonly untilBirth: string;
  readonly left: Plural;
  readonly lastDay: string;
  readonly startsIn: Plural;
  readonly startsTomorrow: string;
  readonly around: string;
  readonly late: string;
  readonly past: string;
  readonly pastOn: string;
  readonly doneOn: string;
  readonly notForUs: string;
}

/** Beyond this many days left, the day of closing is said without counting. */
const COUNTED_DAYS = 60;

/** Kinds that one does on a day; the others are simply there. */
const done: readonly Kind[] = ['medical', 'administrative'];

/**
 * When a step is, in a sentence: « À faire entre le 3 et le 17 mars, il reste 5 jours ». The last day is said, never the
 * day after. A year is said only when it is not this one.
 */
export const sayWhen = (step: Step, today: Temporal.PlainDate, words: WindowWords): string => {
  if (step.state === 'done') return fill(words.doneOn, { day: sayDay(step.doneOn ?? today, today) });
  if (step.state === 'not_for_us') return words.notForUs;
  if (!step.window) return words.undated;
  const { start, end } = step.window;
  const last = end.subtract({ days: 1 });
  const said = { ...sayRange(start, last, today), end: sayDay(end, today) };
  if (step.provisional) return fill(words.around, { start: sayDay(start, today) });
  const oneDay = start.equals(last);
  const verb = done.includes(step.item.kind) ? words.toDo : words.possible;
  switch (step.state) {
    case 'upcoming': {
      const sentence = fill(oneDay ? verb.on : verb.between, said);
      if (step.days === 1) return `${sentence}, ${words.startsTomorrow}`;
      return (step.days ?? 0) <= 31 ? `${sentence}, ${count('fr', words.startsIn, step.days ?? 0)}` : sentence;
    }
    case 'open':
    case 'ending':
      if (step.untilBirth) return words.untilBirth;
      if (step.days === 1) return `${fill(oneDay ? verb.on : verb.between, said)}, ${words.lastDay}`;
      return (step.days ?? 0) <= COUNTED_DAYS
        ? `${fill(verb.between, said)}, ${count('fr', words.left, step.days ?? 0)}`
        : fill(words.until, said);
    case 'late':
      return fill(words.late, said);
    default:
      return oneDay ? fill(words.pastOn, said) : fill(words.past, said);
  }
};

/** « 3 mars », « 1er avril », « 3 mars 2028 » when it is another year. */
export const sayDay = (day: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  format(day, day.year === today.year ? 'dayMonth' : 'full');

/** « 3 » and « 17 mars » in one month; each with its month otherwise; the year where it is another. */
const sayRange = (start: Temporal.PlainDate, last: Temporal.PlainDate, today: Temporal.PlainDate) => {
  const sameYear = start.year === last.year;
  const shape = sameYear ? (start.month === last.month ? 'day' : 'dayMonth') : 'full';
  return {
    start: start.equals(last) ? sayDay(start, today) : format(start, shape),
    last: !sameYear || last.year !== today.year ? format(last, 'full') : format(last, 'dayMonth'),
  };
};

const shapes = {
  day: new Intl.DateTimeFormat('fr-FR', { day: 'numeric', timeZone: 'UTC' }),
  dayMonth: new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', timeZone: 'UTC' }),
  full: new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

const format = (day: Temporal.PlainDate, shape: keyof typeof shapes): string =>
  shapes[shape].format(day.toZonedDateTime('UTC').epochMilliseconds).replace(/^1(?= |$)/, '1er');
