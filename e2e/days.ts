/** Today in Paris when the journey began: it says the same day to its end, past midnight too. */
const began = Temporal.Now.plainDateISO('Europe/Paris');

/** « 24/11/2027 » for a day some weeks ahead: a journey holds in any year. */
export const dayAhead = (days: number): string => began.add({ days }).toString().split('-').reverse().join('/');

/** « 2027-01 » for the month that comes so many months after this one. */
export const monthAhead = (months: number): string => began.add({ months }).toString().slice(0, 7);
