import { error, redirect } from '@sveltejs/kit';
import { isUuid } from '#platform/ids.ts';
import { can, organisationRoles } from '#platform/permissions.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import {
  changeMember,
  invite,
  listInvited,
  listMembers,
  revokeInvitation,
  roleWords,
} from '#platform/server/identity/members.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../../connexion/too-many.ts';
import { organisationHome, organisationNames } from '../../organisation-names.ts';
import { refused, textOf } from '../../refused.ts';
import { saidDay, saidRole } from '../../said.ts';

const hereOf = (organisation: string): string => `/mon-compte/equipe/${organisation}`;

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const { organisation } = params;
  const own = context.actor.memberships.find((held) => held.organisation === organisation);
  // For whoever is not in the team, it does not exist.
  if (!own) error(404);
  const manages = can(context.actor, 'organisation.members', { organisation });
  const names = await organisationNames(context);
  const members = await listMembers(context, organisation);
  const invited = manages ? await listInvited(context, organisation) : [];
  return {
    ...{ organisation, manages },
    name: names.get(organisation) ?? 'Une équipe',
    home: await organisationHome(context, organisation),
    saved: url.searchParams.get('fait'),
    roles: organisationRoles.map((value) => ({ value, label: saidRole[value], hint: roleWords[value] })),
    members: members.map(({ account, email, name, role }) => ({
      ...{ id: account, role, name: name ?? email ?? '', said: saidRole[role] },
      email: name ? email : undefined,
      me: account === context.actor.account,
    })),
    invited: invited.map(({ id, email, role, expires_at }) => ({
      ...{ id, email, role: saidRole[role] },
      until: saidDay(expires_at),
    })),
  };
};

export const actions = {
  inviter: async ({ request, locals, url, params, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = { email: textOf(form, 'email'), role: textOf(form, 'role') };
    const limit = await locals.house.limits.form('invitation', getClientAddress());
    if (!limit.allowed) return refused('inviter', tooMany(limit.retryAfterSeconds), typed);
    if (!(await mayWriteTo(locals.house.limits, typed.email))) return refused('inviter', tooMany(15 * 60), typed);
    const { organisation } = params;
    const names = await organisationNames(context);
    const organisationName = names.get(organisation) ?? 'Une équipe';
    const invited = await invite(context, { organisation, organisationName, ...typed, origin: locals.publicOrigin });
    if (!invited.ok) return refused('inviter', invited.error, typed);
    redirect(303, `${hereOf(organisation)}?fait=invitation`);
  },
  retirer_invitation: async ({ request, locals, url, params }) => {
    const context = requirePerson(locals.context, url);
    const id = textOf((await readForm(request)) ?? new FormData(), 'id');
    if (!isUuid(id)) error(400);
    const revoked = await revokeInvitation(context, params.organisation, id);
    if (!revoked.ok) return refused('retirer_invitation', revoked.error);
    redirect(303, `${hereOf(params.organisation)}?fait=retiree`);
  },
  /** Changes a role, removes somebody, or leaves. */
  membre: async ({ request, locals, url, params }) => {
    const context = requirePerson(locals.context, url);
    const form = (await readForm(request)) ?? new FormData();
    const account = textOf(form, 'account');
    if (!isUuid(account)) error(400);
    const asked = textOf(form, 'role');
    const role = organisationRoles.find((known) => known === asked);
    if (asked !== 'sortir' && !role) error(400);
    const changed = await changeMember(context, params.organisation, account, role);
    if (!changed.ok) return refused('membre', changed.error);
    const left = account === context.actor.account && !role;
    redirect(303, left ? '/mon-compte' : `${hereOf(params.organisation)}?fait=membre`);
  },
};
