import { company, eventKinds, eventModes, schoolChoices } from '#modules/agenda/index.ts';
import { placesOf, stopsOf } from '#modules/agenda/server/index.ts';
import { accessFacts, audiences, costs, languages } from '#modules/directory/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

const optionsOf = (list: readonly { readonly code: string; readonly label: string }[]) =>
  list.map(({ code, label }) => ({ value: code, label }));

/** What the form of a series offers to choose from. */
export const formOptions = async (context: PersonContext, organisation: string, imported: boolean) => ({
  ...{ kind: optionsOf(eventKinds), mode: optionsOf(eventModes), school: optionsOf(schoolChoices) },
  ...{ audiences: optionsOf(audiences), languages: optionsOf(languages), access: optionsOf(accessFacts) },
  ...{ costs: optionsOf(costs), company: optionsOf(company) },
  imported,
  places: [
    ...(await placesOf(context, organisation)).map(({ slug, name }) => ({ value: slug, label: name })),
    ...(await stopsOf(context, organisation)).map(({ value, label }) => ({ value, label })),
  ],
  priorities: allPriorities().map(({ number, title }) => ({ value: String(number), label: `${number}. ${title}` })),
});
