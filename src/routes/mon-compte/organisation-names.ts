import { nameOfDraft } from '#modules/professionals/index.ts';
import { ownRegistrations } from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** The names of the organisations of a person, by identifier, as they are registered. */
export const organisationNames = async (context: PersonContext): Promise<ReadonlyMap<string, string>> => {
  const own = await ownRegistrations(context);
  return new Map(own.map(({ id, draft }) => [id, nameOfDraft(draft) || 'Inscription commencée']));
};
