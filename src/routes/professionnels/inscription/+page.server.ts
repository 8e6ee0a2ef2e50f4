import { fail, redirect } from '@sveltejs/kit';
import { ownRegistrations, startRegistration } from '#modules/professionals/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const mine = await ownRegistrations(context);
  return {
    here: 'S’inscrire',
    begun: mine
      .filter(({ status }) => status === 'draft')
      .map(({ id, draft }) => ({ id, name: draft.structure.name || draft.name || 'Inscription sans nom' })),
  };
};

export const actions = {
  default: async ({ locals, url, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const limit = await locals.house.limits.form('registration', getClientAddress());
    if (!limit.allowed)
      return fail(429, { message: 'Trop d’inscriptions commencées en peu de temps. Revenez dans un quart d’heure.' });
    const started = await startRegistration(context);
    if (!started.ok) return fail(400, { message: started.error.message });
    redirect(303, `/professionnels/inscription/${started.value}/vous`);
  },
};
