import { error, redirect } from '@sveltejs/kit';
import { readEmail, unreadableEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { rename } from '#platform/server/identity/accounts.ts';
import { keepAsked } from '#platform/server/identity/asked-cookie.ts';
import { askProof } from '#platform/server/identity/email-proof.ts';
import { agencyRoleWords } from '#platform/server/identity/grants.ts';
import { answerInvitation, listInvitations, roleWords } from '#platform/server/identity/members.ts';
import { requirePerson, requireRecentPerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../connexion/too-many.ts';
import { organisationNames } from './organisation-names.ts';
import { refused, textOf } from './refused.ts';
import { saidAgency, saidRole } from './said.ts';
import { territoryName } from './territory-name.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const { memberships, grants } = context.actor;
  const names = await organisationNames(context);
  const invitations = await listInvitations(context);
  return {
    saved: url.searchParams.get('fait'),
    organisations: memberships.map(({ organisation, role }) => ({
      ...{ organisation, role: saidRole[role], words: roleWords[role] },
      name: names.get(organisation) ?? 'Une structure',
    })),
    invitations: invitations.map(({ id, organisation, role }) => ({ id, organisation, words: roleWords[role] })),
    grants: grants.map(({ agency, role, scope }) => ({
      agency: saidAgency[agency],
      words: agencyRoleWords[role],
      where: territoryName(context, scope),
    })),
  };
};

export const actions = {
  nom: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    await rename(context, textOf(form, 'name'));
    redirect(303, '/mon-compte?fait=nom');
  },
  /** A new address becomes the account's once its code is written here, in this browser. */
  adresse: async ({ request, locals, url, cookies }) => {
    const context = requireRecentPerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = textOf(form, 'email');
    const email = readEmail(typed);
    if (!email) return refused('adresse', unreadableEmail, { email: typed });
    if (email === context.actor.email) redirect(303, '/mon-compte');
    const limit = await locals.house.limits.mailbox(email);
    if (!limit.allowed) return refused('adresse', tooMany(limit.retryAfterSeconds), { email: typed });
    const { browserWord } = await askProof(context, {
      ...{ email, next: '/mon-compte?fait=adresse', origin: undefined, account: context.actor.account },
    });
    keepAsked({ cookies, url }, browserWord);
    redirect(303, '/connexion/code');
  },
  invitation: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const id = form && textOf(form, 'id');
    if (!id || !isUuid(id)) error(400);
    const answered = await answerInvitation(context, id, textOf(form, 'answer') === 'accepter');
    if (!answered.ok) return refused('invitation', answered.error);
    redirect(303, '/mon-compte?fait=invitation');
  },
};
