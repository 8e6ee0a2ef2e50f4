import { networkPath, ownNetworks } from '#modules/networks/server/index.ts';
import { nameOfDraft } from '#modules/professionals/index.ts';
import { ownRegistrations } from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** The names of the organisations of a person, by identifier: as they are registered, or as the network is called. */
export const organisationNames = async (context: PersonContext): Promise<ReadonlyMap<string, string>> => {
  const own = await ownRegistrations(context);
  const networks = await ownNetworks(context);
  return new Map([
    ...own.map(({ id, draft }) => [id, nameOfDraft(draft) || 'Inscription commencée'] as const),
    ...networks.map(({ id, name }) => [id, name] as const),
  ]);
};

/** What an organisation keeps: a registration with its listings, or a network. */
export const organisationHome = async (
  context: PersonContext,
  organisation: string,
): Promise<{ readonly href: string; readonly label: string }> =>
  (await ownNetworks(context)).some(({ id }) => id === organisation)
    ? { href: networkPath(organisation), label: 'La page de ce réseau' }
    : {
        href: `/professionnels/espace/${organisation}`,
        label: 'Ce que cette équipe tient : son inscription, ses fiches',
      };
