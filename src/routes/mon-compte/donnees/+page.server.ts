import { error, redirect } from '@sveltejs/kit';
import { readForm } from '#platform/server/http/form.ts';
import { forgetSession } from '#platform/server/identity/cookie.ts';
import { requirePerson, requireRecentPerson } from '#platform/server/identity/require-person.ts';
import { eraseAccount } from '#platform/server/identity/rights.ts';
import { refused, textOf } from '../refused.ts';

export const load = ({ locals, url }) => ({
  organisations: requirePerson(locals.context, url).actor.memberships.filter(({ role }) => role === 'owner').length,
});

export const actions = {
  effacer: async ({ request, locals, url, cookies }) => {
    const context = requireRecentPerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    if (textOf(form, 'certain') !== 'oui') return refused('effacer', notCertain);
    await eraseAccount(context);
    forgetSession({ cookies, url });
    redirect(303, '/connexion/efface');
  },
};

const notCertain = {
  code: 'not_certain',
  field: 'certain',
  message: 'Cochez la case : un compte effacé ne revient pas.',
};
