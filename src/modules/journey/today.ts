import type { Step, Timeline } from './timeline.ts';

/** What matters this week: three things at most, and why three and not thirty is in the words of the policy. */
export const AT_MOST = 3;

/** Looking ahead, in days: what opens within a week is worth knowing today. */
const AHEAD_DAYS = 7;

/**
 * The steps that matter most today: what closes soon before what is merely open, the key moments and what the law
 * provides before the rest. Never a step that may not concern the family, never one silenced. What twins share is one
 * thing: the step of the first of them who still awaits it.
 */
export const chooseToday = ({ steps }: Timeline): Step[] =>
  once(steps.filter((step) => isNow(step) && step.ifs.length === 0 && !step.quiet))
    .map((step) => ({ step, weight: weigh(step) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, AT_MOST)
    .map(({ step }) => step);

/** Steps without those that say the same thing on the same days: what twins share is said once. */
export const once = (steps: readonly Step[]): Step[] => {
  const said = new Set<string>();
  return steps.filter(({ item, window }) => {
    const thing = `${item.id} ${window?.start} ${window?.end}`;
    return said.size < said.add(thing).size;
  });
};

const isNow = ({ state, provisional, days = 0 }: Step): boolean =>
  state === 'ending' ||
  state === 'open' ||
  state === 'late' ||
  (state === 'upcoming' && !provisional && days <= AHEAD_DAYS);

const levels = {
  required: 40,
  recommended: 30,
  offered: 15,
  right: 12,
  advised: 10,
  depends: 5,
  landmark: 4,
  information: 3,
} as const;

/** A window of a year weighs little on any one day; one that closes this week weighs a lot. */
const weigh = ({ item, state, days = 0, window }: Step): number => {
  if (!window) return 0;
  const length = window.start.until(window.end, { largestUnit: 'day' }).days;
  const urgency = state === 'ending' ? 40 : state === 'late' ? 15 : state === 'upcoming' ? 10 : days <= 21 ? 25 : 0;
  return levels[item.level] + (item.moment ? 30 : 0) + urgency - Math.min(30, length / 12);
};
