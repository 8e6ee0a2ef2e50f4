import { error, fail, redirect } from '@sveltejs/kit';
import { relayLimits } from '#modules/networks/index.ts';
import { writeTo } from '#modules/networks/server/index.ts';
import { listedOf } from '#modules/professionals/server/index.ts';
import { nameWithDepartement } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../../../connexion/too-many.ts';
import { textOf } from '../../../../mon-compte/refused.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const [listed] = await listedOf(context, [params.id]);
  if (!listed) error(404, 'Cette fiche n’est pas, ou plus, en ligne.');
  const index = context.indexes.get(territoryIndex);
  const commune = index.commune(listed.insee ?? '');
  const { actor } = context;
  const own = await listedOf(
    context,
    actor.memberships.map(({ organisation }) => organisation),
  );
  return {
    ...{ here: 'Écrire', signs: relayLimits.signs, sent: url.searchParams.has('envoye') },
    name: listed.name,
    what: [listed.what, commune && nameWithDepartement(commune, index)].filter(Boolean).join(' · '),
    as: own
      .filter(({ id }) => can(actor, 'relay.write', { organisation: id }))
      .map(({ id, name }) => ({ value: id, label: name })),
    agent: actor.grants.length > 0,
  };
};

export const actions = {
  default: async ({ request, locals, url, params, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = { text: textOf(form, 'text'), as: textOf(form, 'as') };
    const limit = await locals.house.limits.form('relay', getClientAddress());
    if (!limit.allowed) return fail(429, { typed, refusal: tooMany(limit.retryAfterSeconds) });
    const sent = await writeTo(context, { to: params.id, ...typed, origin: locals.publicOrigin });
    if (!sent.ok) return fail(sent.error.code === 'not_allowed' ? 403 : 400, { typed, refusal: sent.error });
    redirect(303, `/professionnels/espace/ecrire/${params.id}?envoye`);
  },
};
