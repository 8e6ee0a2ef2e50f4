import type { Locator, Page } from '@playwright/test';

/** Today in Paris when the journey began: it says the same day to its end, past midnight too. */
const began = Temporal.Now.plainDateISO('Europe/Paris');

/** « 24/11/2027 » for a day some weeks ahead: a journey holds in any year. */
export const dayAhead = (days: number): string => began.add({ days }).toString().split('-').reverse().join('/');

/** « 2027-01 » for the month that comes so many months after this one. */
export const monthAhead = (months: number): string => began.add({ months }).toString().slice(0, 7);

/** A day so many days from today, in Paris, as the three fields want it. */
export const inDays = (days: number): { day: string; month: string; year: string } => {
  const date = Temporal.Now.plainDateISO('Europe/Paris').add({ days });
  return { day: String(date.day), month: String(date.month), year: String(date.year) };
};

/** Fills the three fields of a date with that day. `which`: their name, or which date of `within` it is, from 0. */
export const fillDay = async (within: Page | Locator, which: string | number, days: number): Promise<void> => {
  const { day, month, year } = inDays(days);
  for (const [key, label, value] of [
    ['jour', 'Jour', day],
    ['mois', 'Mois', month],
    ['annee', 'Année', year],
  ] as const) {
    const field =
      typeof which === 'string'
        ? within.locator(`[name=${which}_${key}]`)
        : within.getByRole('textbox', { name: label }).nth(which);
    await field.fill(value);
  }
};
