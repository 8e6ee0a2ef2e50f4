import { error, redirect } from '@sveltejs/kit';
import { eraseEverything } from '#house/account-rights.ts';
import { consequencesOfErasure } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { forgetSession } from '#platform/server/identity/cookie.ts';
import { requirePerson, requireRecentPerson } from '#platform/server/identity/require-person.ts';
import { refused, textOf } from '../refused.ts';

export const load = async ({ locals, url }) => {
  const registrations = await consequencesOfErasure(requirePerson(locals.context, url));
  return {
    staying: registrations.filter(({ fate }) => fate === 'stays'),
    leaving: registrations.filter(({ fate }) => fate === 'withdrawn'),
  };
};

export const actions = {
  effacer: async ({ request, locals, url, cookies }) => {
    const context = requireRecentPerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    if (textOf(form, 'certain') !== 'oui') return refused('effacer', notCertain);
    await eraseEverything(context, context.actor.account);
    forgetSession({ cookies, url });
    redirect(303, '/connexion/efface');
  },
};

const notCertain = {
  code: 'not_certain',
  field: 'certain',
  message: 'Cochez la case : un compte effacé ne revient pas.',
};
