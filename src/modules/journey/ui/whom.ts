import { fill } from '#messages/format.ts';
import type { JourneyWords } from '#messages/fr/journey.ts';
import type { Child, Family, Step } from '../index.ts';

/** What a child is called here: its label, or « Votre enfant », or its rank. */
export const nameOf = (child: Child, family: Family | undefined, words: JourneyWords): string => {
  if (child.label) return child.label;
  const children = family?.children ?? [];
  return children.length > 1
    ? fill(words.today.childNumber, { number: children.findIndex(({ id }) => id === child.id) + 1 })
    : words.today.child;
};

/** Whom a step is for, in words. */
export const whomOf = (step: Step, family: Family | undefined, words: JourneyWords): string =>
  step.subject.of === 'child' ? nameOf(step.subject.children[0], family, words) : words.list.people[step.item.who];
