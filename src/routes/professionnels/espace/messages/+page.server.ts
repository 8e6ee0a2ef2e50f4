import { error, redirect } from '@sveltejs/kit';
import { ownRelayChoices, receiveMessages, unblockAll } from '#modules/networks/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { textOf } from '../../../mon-compte/refused.ts';

export const load = async ({ locals, url }) => ({
  ...(await ownRelayChoices(requirePerson(locals.context, url))),
  ...{ here: 'Messages', saved: url.searchParams.has('fait') },
});

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const choice = textOf(form, 'choix');
    if (choice === 'recevoir' || choice === 'arreter') await receiveMessages(context, choice === 'recevoir');
    else if (choice === 'debloquer') await unblockAll(context);
    else error(400);
    redirect(303, '/professionnels/espace/messages?fait');
  },
};
