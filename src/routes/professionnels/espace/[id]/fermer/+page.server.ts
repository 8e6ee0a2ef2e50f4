import { error, fail, redirect } from '@sveltejs/kit';
import { closeSeries, openSeriesOf } from '#modules/agenda/server/index.ts';
import { callbacksWait } from '#modules/callback/server/index.ts';
import { tellingGroup } from '#modules/groups/server/index.ts';
import { nameOfDraft } from '#modules/professionals/index.ts';
import {
  closeRegistration,
  giveBackListing,
  keptListings,
  readRegistration,
} from '#modules/professionals/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson, requireRecentPerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

/** For whoever is responsible for the team; for anybody else this page does not exist. */
const responsible = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration || !can(context.actor, 'organisation.members', { organisation: params.id })) {
    error(404, 'Cette page est pour les responsables de l’équipe.');
  }
  return { context, registration };
};

export const load = async (event) => {
  const { context, registration } = await responsible(event);
  const { id } = event.params;
  return {
    ...{ here: 'Rendre une fiche, ou fermer', id, name: nameOfDraft(registration.draft) || 'Inscription sans nom' },
    given: event.url.searchParams.has('rendue'),
    listings: (await keptListings(context, id)).map(({ entity, id: key, name, slug }) => ({
      ...{ entity, key, name, page: `/${entity === 'place' ? 'lieux' : 'services'}/${slug}` },
    })),
  };
};

export const actions = {
  rendre: async (event) => {
    requireRecentPerson(event.locals.context, event.url);
    const { context } = await responsible(event);
    const form = await readForm(event.request);
    const entity = form?.get('entity') === 'service' ? 'service' : 'place';
    const key = readRowId(String(form?.get('key') ?? '')) ?? error(400);
    const given = await giveBackListing(context, event.params.id, { entity, id: key });
    if (!given.ok) return fail(409, { message: given.error.message });
    redirect(303, `/professionnels/espace/${event.params.id}/fermer?rendue`);
  },
  fermer: async (event) => {
    requireRecentPerson(event.locals.context, event.url);
    const { context } = await responsible(event);
    const form = await readForm(event.request);
    if (form?.get('confirm') !== 'oui') {
      return fail(400, { message: 'Cochez la case : une inscription fermée ne se rouvre pas.' });
    }
    if (await callbacksWait(context, event.params.id)) {
      return fail(409, {
        message: 'Des personnes attendent votre appel, et nous ne pouvons pas les prévenir : rappelez-les d’abord.',
      });
    }
    // First those who booked: they are told while there is still somebody to answer for it.
    for (const series of await openSeriesOf(context, event.params.id)) {
      const closed = await tellingGroup(context, { series }, event.locals.publicOrigin, (inside) =>
        closeSeries(inside, series),
      );
      if (!closed.ok) return fail(409, { message: closed.error.message });
    }
    const closed = await closeRegistration(context, event.params.id);
    if (!closed.ok) return fail(409, { message: closed.error.message });
    redirect(303, '/professionnels/espace?fermee');
  },
};
