import { amenorrhoea, dueDate, LAST_WEEK_SHOWN } from './dating.ts';
import type { Child, Family, Pregnancy } from './family.ts';
import { childrenOf } from './family.ts';

/** Where a pregnancy or a child stands on a day. */
export type Stage =
  | { readonly of: 'project' }
  /** `weeks`: completed weeks of amenorrhoea. `month`: the month of pregnancy it is, from 1 to 9. */
  | {
      readonly of: 'pregnancy';
      readonly pregnancy: Pregnancy;
      readonly weeks: number;
      readonly days: number;
      readonly month: number;
      readonly daysToDue: number;
    }
  /** The expected day is over and no birth was told. Beyond 42 weeks nothing is counted any more. */
  | { readonly of: 'overdue'; readonly pregnancy: Pregnancy; readonly daysOver: number; readonly counted: boolean }
  | {
      readonly of: 'child';
      readonly child: Child;
      readonly age: Temporal.Duration;
      readonly corrected?: Temporal.Duration;
    }
  /** By adoption, without a day of birth: to come, or here already. */
  | { readonly of: 'arriving'; readonly child: Child; readonly arrived: boolean };

/** Corrected age is told until this real age. */
const CORRECTED_UNTIL = { months: 24 };

/** The stages of a family, pregnancies first. A child who died has none. */
export const stagesOf = (family: Family, today: Temporal.PlainDate): Stage[] => {
  const stages: Stage[] = family.project ? [{ of: 'project' }] : [];
  for (const pregnancy of family.pregnancies) {
    const children = childrenOf(family, pregnancy);
    const waiting = children.some((child) => !child.birth && !child.loss);
    if (!pregnancy.closed && waiting && !children.some((child) => child.birth)) {
      stages.push(stageOfPregnancy(pregnancy, today));
    }
  }
  for (const child of family.children) {
    if (child.loss) continue;
    if (child.birth) stages.push(stageOfChild(family, child, child.birth, today));
    else if (child.arrival) {
      stages.push({ of: 'arriving', child, arrived: Temporal.PlainDate.compare(child.arrival, today) <= 0 });
    }
  }
  return stages;
};

const stageOfPregnancy = (pregnancy: Pregnancy, today: Temporal.PlainDate): Stage => {
  const daysToDue = today.until(dueDate(pregnancy.dating), { largestUnit: 'day' }).days;
  const { weeks, days } = amenorrhoea(pregnancy.dating, today);
  if (daysToDue < 0) return { of: 'overdue', pregnancy, daysOver: -daysToDue, counted: weeks < LAST_WEEK_SHOWN };
  const conception = dueDate(pregnancy.dating).subtract({ days: 273 });
  const { months } = conception.until(today, { largestUnit: 'month' });
  return { of: 'pregnancy', pregnancy, weeks, days, month: Math.min(9, Math.max(1, months + 1)), daysToDue };
};

const stageOfChild = (family: Family, child: Child, birth: Temporal.PlainDate, today: Temporal.PlainDate): Stage => {
  const age = birth.until(today, { largestUnit: 'month' });
  const due = correctedFrom(family, child, birth);
  const young = Temporal.PlainDate.compare(today, birth.add(CORRECTED_UNTIL)) < 0;
  return {
    ...{ of: 'child', child, age },
    ...(due && young && Temporal.PlainDate.compare(due, today) <= 0
      ? { corrected: due.until(today, { largestUnit: 'month' }) }
      : {}),
  };
};

/** The expected day from which a premature child's age is corrected; nothing for a child born at term. */
const correctedFrom = (family: Family, child: Child, birth: Temporal.PlainDate): Temporal.PlainDate | undefined => {
  const pregnancy = family.pregnancies.find(({ id }) => id === child.pregnancy);
  const due = pregnancy
    ? dueDate(pregnancy.dating)
    : child.weeksAtBirth !== undefined
      ? birth.add({ days: 287 - child.weeksAtBirth * 7 })
      : undefined;
  return due && birth.until(due, { largestUnit: 'day' }).days > 28 ? due : undefined;
};
