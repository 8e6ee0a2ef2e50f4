import type { Family, Mark } from './family.ts';
import type { Step } from './timeline.ts';

/**
 * Marks a step done, not for us, or to be reminded of; `undefined` takes the mark away. Any step, in any state: late,
 * early or again. Nothing is ever locked.
 */
export const mark = (family: Family, key: string, to: Mark | undefined): Family => {
  const { [key]: _, ...others } = family.marks;
  return { ...family, marks: to ? { ...others, [key]: to } : others };
};

/** Whether a step is marked done before its window opens: worth a question, never a refusal. */
export const isEarly = (step: Step, day: Temporal.PlainDate): boolean =>
  step.window !== undefined && Temporal.PlainDate.compare(day, step.window.start) < 0;

/** What a change of dates moves: for the explanation that follows a new dating. Done steps do not move. */
export const whatMoved = (
  before: readonly Step[],
  after: readonly Step[],
): { step: Step; from: Temporal.PlainDate; to: Temporal.PlainDate }[] => {
  const starts = new Map(before.map((step) => [step.key, step.window?.start]));
  return after.flatMap((step) => {
    const [from, to] = [starts.get(step.key), step.window?.start];
    const settled = step.state === 'done' || step.state === 'not_for_us';
    return from && to && !settled && !from.equals(to) ? [{ step, from, to }] : [];
  });
};
