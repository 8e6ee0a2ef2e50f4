import { error, fail, redirect } from '@sveltejs/kit';
import { nameOfDraft, proofsFor, proofWords } from '#modules/professionals/index.ts';
import { claimableListing, claimListing, ownRegistrations } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { listingAsked } from '../listing-asked.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const { entity, slug } = listingAsked(url);
  const listing = await claimableListing(context, entity, { slug });
  if (!listing) error(404, 'Cette fiche n’est pas ou plus dans l’annuaire.');
  const teams = await ownRegistrations(context);
  const asked = url.searchParams.get('pour') ?? '';
  return {
    here: 'Tenir une fiche à jour',
    name: listing.name,
    page: `/${entity === 'place' ? 'lieux' : 'services'}/${slug}`,
    email: context.actor.email,
    ways: proofsFor(listing.facts, context.actor.email).map((value) => ({ value, ...proofWords[value] })),
    teams: teams.map(({ id, draft }) => ({ value: id, label: nameOfDraft(draft) || 'Inscription sans nom' })),
    team: teams.some(({ id }) => id === asked) ? asked : (teams[0]?.id ?? ''),
  };
};

export const actions = {
  default: async ({ request, locals, url, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const text = (name: string): string => String(form.get(name) ?? '');
    const typed = { registration: text('registration'), proof: text('proof'), words: text('words') };
    const limit = await locals.house.limits.form('claim', getClientAddress());
    if (!limit.allowed) {
      return fail(429, {
        typed,
        field: '',
        message: 'Beaucoup de demandes en peu de temps. Revenez dans un quart d’heure.',
      });
    }
    const claimed = await claimListing(context, { ...listingAsked(url), ...typed }, locals.publicOrigin);
    if (!claimed.ok) return fail(400, { typed, field: claimed.error.field ?? '', message: claimed.error.message });
    redirect(303, `/professionnels/espace/tenir/${claimed.value.id}`);
  },
};
