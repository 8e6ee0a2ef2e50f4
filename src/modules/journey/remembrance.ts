import { dueDate } from './dating.ts';
import type { Child, Family, Loss } from './family.ts';

/** How long a loss that was told can be taken back, in days. */
export const MAY_TAKE_BACK_DAYS = 30;

/** Tells the loss of a child. Everything about that child falls silent at once: the engine shows no step of it. */
export const tellLoss = (family: Family, childId: string, loss: Loss): Family => ({
  ...family,
  children: family.children.map((child) => (child.id === childId ? { ...child, loss } : child)),
});

/** Takes back a loss told by mistake, within 30 days. After that, nothing changes. */
export const takeBackLoss = (family: Family, childId: string, today: Temporal.PlainDate): Family => ({
  ...family,
  children: family.children.map((child) => {
    if (child.id !== childId || !child.loss || !canTakeBack(child, today)) return child;
    const { loss: _, ...without } = child;
    return without;
  }),
});

/** Whether a loss can still be taken back. */
export const canTakeBack = (child: Child, today: Temporal.PlainDate): boolean =>
  child.loss !== undefined &&
  Temporal.PlainDate.compare(today, child.loss.recordedOn.add({ days: MAY_TAKE_BACK_DAYS })) < 0;

/** What a family that chose to erase has left once the 30 days are over: nothing of that child, nor of its pregnancy. */
export const forget = (family: Family, today: Temporal.PlainDate): Family => {
  const gone = family.children.filter((child) => child.loss?.choice === 'erase' && !canTakeBack(child, today));
  if (gone.length === 0) return family;
  const ids = new Set(gone.map(({ id }) => id));
  const children = family.children.filter(({ id }) => !ids.has(id));
  const pregnancies = family.pregnancies.filter(
    ({ id }) => !gone.some((child) => child.pregnancy === id) || children.some((child) => child.pregnancy === id),
  );
  const kept = new Set([...children, ...pregnancies].map(({ id }) => id));
  const marks = Object.fromEntries(
    Object.entries(family.marks).filter(([key]) => {
      const subject = key.slice(key.indexOf(':') + 1).replace(/-(parents|loss)$/, '');
      return subject === 'project' || kept.has(subject);
    }),
  );
  return { ...family, children, pregnancies, marks };
};

/** The expected days of children who died: no reminder of anything comes on them. */
export const daysOfRemembrance = (family: Family): Temporal.PlainDate[] =>
  family.children.flatMap((child) => {
    const pregnancy = family.pregnancies.find(({ id }) => id === child.pregnancy);
    return child.loss && pregnancy ? [dueDate(pregnancy.dating)] : [];
  });
