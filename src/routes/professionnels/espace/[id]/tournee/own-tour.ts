import { error } from '@sveltejs/kit';
import { readRegistration } from '#modules/professionals/server/index.ts';
import { createGeocoder, type Geocoder, territoryIndex } from '#modules/territory/server/index.ts';
import { teamView } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import type { Refusal } from '#platform/result.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string; readonly tour?: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

/** The registration of the address, for its members; anybody else’s does not exist. */
export const ownRegistration = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration) error(404, 'Cette inscription n’existe pas, ou vous n’en faites pas partie.');
  return { context, registration };
};

/** The vehicle of the address, for the team that keeps it. */
export const ownTour = async (visit: Visit) => {
  const { context, registration } = await ownRegistration(visit);
  const view = await teamView(context, visit.params.id, readRowId(visit.params.tour));
  if (!view) error(404, 'Ce véhicule n’existe pas, ou votre équipe ne le tient pas.');
  const key = { registration: visit.params.id, tour: view.id, origin: visit.locals.publicOrigin };
  return { context, registration, view, key, path: `/professionnels/espace/${visit.params.id}/tournee/${view.id}` };
};

/** Where an address is looked for; nowhere when the operator set no base. */
export const addressBase = ({ settings, context }: App.Locals): Geocoder | undefined =>
  settings.GEOCODER_URL === undefined
    ? undefined
    : createGeocoder({
        ...{ url: settings.GEOCODER_URL, log: context.log },
        index: () => context.indexes.get(territoryIndex),
      });

/** Refusals by field, and the one that is of none. */
export const byField = (refusals: readonly Refusal[]) => ({
  message:
    refusals.find(({ field }) => field === undefined)?.message ?? 'Il reste quelque chose à corriger ci-dessous.',
  errors: Object.fromEntries(refusals.map(({ field = '', message }) => [field, message])),
});
