import { audiences, bookings, costs, kinds } from '#modules/directory/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';

const optionsOf = (list: readonly { readonly code: string; readonly label: string }[]) =>
  list.map(({ code, label }) => ({ value: code, label }));

/** What the form of a service on board offers to choose from. */
export const boardOptions = () => ({
  ...{
    kind: optionsOf(kinds),
    audiences: optionsOf(audiences),
    costs: optionsOf(costs),
    bookings: optionsOf(bookings),
  },
  priorities: allPriorities().map(({ number, title }) => ({ value: String(number), label: `${number}. ${title}` })),
});
