import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { proofWords } from '#modules/professionals/index.ts';
import {
  claimableListing,
  enterClaimCode,
  readOwnClaim,
  readReason,
  withdrawClaim,
} from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { can } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { claimWords } from '../../../words.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const claim = await readOwnClaim(context, params.id);
  if (!claim) error(404, 'Cette demande n’existe pas, ou vous ne faites pas partie de l’équipe.');
  const { status, proof, registration, code_sent_at: sent } = claim;
  const listing = await claimableListing(context, claim.listing.entity, { id: claim.listing.id });
  const given = status === 'published' || status === 'accepted';
  const subject = listing && `${listing.entity === 'place' ? 'lieu' : 'service'}=${listing.slug}`;
  const open = status === 'waiting' && can(context.actor, 'listing.edit', { organisation: registration });
  return {
    here: 'Tenir une fiche à jour',
    name: String(claim.proposed.called ?? ''),
    state: claimWords[status],
    ...{ given, open },
    disputed: status === 'waiting' && claim.disputes !== null,
    proof: proofWords[proof].label,
    reason: claim.reason ? await readReason(context, claim.reason) : undefined,
    correction: given && subject ? `/professionnels/espace/corriger?${subject}` : undefined,
    team: `/professionnels/espace/${registration}`,
    letter:
      open && proof === 'post' && !claim.proved_at
        ? { sentOn: sent ? formatDay('fr', dayAt(sent, 'Europe/Paris').toString()) : undefined }
        : undefined,
  };
};

export const actions = {
  code: async ({ params, request, locals, url, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const code = String((await readForm(request))?.get('code') ?? '').slice(0, 100);
    const limit = await locals.house.limits.form('claim-code', getClientAddress());
    if (!limit.allowed)
      return fail(429, { code, field: 'code', message: 'Beaucoup d’essais. Revenez dans un quart d’heure.' });
    const entered = await enterClaimCode(context, params.id, code);
    if (!entered.ok) return fail(400, { code, field: entered.error.field ?? '', message: entered.error.message });
    redirect(303, `/professionnels/espace/tenir/${params.id}`);
  },
  retirer: async ({ params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const withdrawn = await withdrawClaim(context, params.id);
    if (!withdrawn.ok) return fail(409, { code: '', field: '', message: withdrawn.error.message });
    redirect(303, '/professionnels/espace');
  },
};
