import { amenorrhoea, conceptionDate, DAYS_FROM_CONCEPTION_TO_DUE, dueDate, TERM_WEEKS } from './dating.ts';
import { type Child, childrenOf, type Family, type Pregnancy } from './family.ts';

/** The days of a subject, as far as they are known. */
interface Dates {
  /** The first birth of the subject. */
  readonly birth?: Temporal.PlainDate;
  /** The expected day of birth, from the pregnancy or from the weeks at birth. */
  readonly due?: Temporal.PlainDate;
  readonly conception?: Temporal.PlainDate;
  /** Weeks of amenorrhoea at birth. */
  readonly weeksAtBirth?: number;
}

/** Who a step is about. Its `id` is half of a step's key. */
export type Subject =
  | { readonly of: 'project'; readonly id: 'project'; readonly dates: Dates }
  /** `pregnancy`: one for twins. `parents`: those of the children of one birth. */
  | {
      readonly of: 'pregnancy' | 'parents';
      readonly id: string;
      readonly dates: Dates;
      readonly pregnancy?: Pregnancy;
      readonly children: readonly Child[];
    }
  /** `loss`: a child who died. */
  | {
      readonly of: 'child' | 'loss';
      readonly id: string;
      readonly dates: Dates;
      readonly pregnancy?: Pregnancy;
      readonly children: readonly [Child];
    };

/** Every subject of a family, in the order in which they were told. A child who died has only the page of the loss. */
export const subjectsOf = (family: Family): Subject[] => {
  const subjects: Subject[] = family.project ? [{ of: 'project', id: 'project', dates: {} }] : [];
  for (const pregnancy of family.pregnancies) {
    const children = childrenOf(family, pregnancy);
    if (pregnancy.closed || children.every((child) => child.loss)) continue;
    const shared = { pregnancy, children, dates: datesOf(children, pregnancy) };
    subjects.push({ ...shared, of: 'pregnancy', id: pregnancy.id });
    subjects.push({ ...shared, of: 'parents', id: `${pregnancy.id}-parents` });
  }
  for (const child of family.children) {
    const pregnancy = family.pregnancies.find(({ id }) => id === child.pregnancy);
    if (pregnancy?.closed) continue;
    const children = [child] as const;
    const own = { children, dates: datesOf(children, pregnancy), ...(pregnancy ? { pregnancy } : {}) };
    if (child.loss) subjects.push({ ...own, of: 'loss', id: `${child.id}-loss` });
    else subjects.push({ ...own, of: 'child', id: child.id });
    if (pregnancy) continue;
    const together = bornTogether(family, child);
    if (together[0] === child && together.some(({ loss }) => !loss)) {
      const dates = datesOf(together, undefined);
      subjects.push({ children: together, dates, of: 'parents', id: `${child.id}-parents` });
    }
  }
  return subjects;
};

/** Children told after their birth, or their arrival, on one day: twins, with one set of steps for their parents. */
const bornTogether = (family: Family, child: Child): readonly Child[] => {
  const dayOf = ({ birth, arrival }: Child): string => `${birth} ${arrival}`;
  return family.children.filter((other) => !other.pregnancy && dayOf(other) === dayOf(child));
};

const datesOf = (children: readonly Child[], pregnancy: Pregnancy | undefined): Dates => {
  const [birth] = children.flatMap((child) => (child.birth ? [child.birth] : [])).sort(Temporal.PlainDate.compare);
  const said = children[0]?.weeksAtBirth;
  if (!pregnancy) {
    return {
      ...(birth ? { birth } : {}),
      ...(birth && said !== undefined
        ? { weeksAtBirth: said, due: birth.add({ days: DAYS_FROM_CONCEPTION_TO_DUE + 14 - said * 7 }) }
        : {}),
    };
  }
  const { dating } = pregnancy;
  return {
    ...{ due: dueDate(dating), conception: conceptionDate(dating) },
    ...(birth ? { birth, weeksAtBirth: amenorrhoea(dating, birth).weeks } : {}),
  };
};

/** Born before 37 weeks of amenorrhoea. False when the term is not known. */
export const isPremature = ({ dates }: Subject): boolean =>
  dates.weeksAtBirth !== undefined && dates.weeksAtBirth < TERM_WEEKS;

/** Completed weeks of amenorrhoea at the loss of a child before birth; nothing when born or not dated. */
export const weeksAtLoss = (subject: Subject): number | undefined => {
  if (subject.of !== 'loss' || !subject.pregnancy) return undefined;
  const [child] = subject.children;
  return child.loss && !child.birth ? amenorrhoea(subject.pregnancy.dating, child.loss.day).weeks : undefined;
};

/** How many children of the pregnancy count for leave: those alive, expected, born, or lost from 22 weeks on. */
export const countedChildren = (subject: Subject): number => {
  if (subject.of === 'project') return 0;
  const { pregnancy } = subject;
  return subject.children.filter(
    ({ loss, birth }) => !loss || birth || !pregnancy || amenorrhoea(pregnancy.dating, loss.day).weeks >= 22,
  ).length;
};
