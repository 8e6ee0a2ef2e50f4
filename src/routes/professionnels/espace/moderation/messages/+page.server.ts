import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { letWrite, reportedMessages, settleMessage, stoppedWriters } from '#modules/networks/server/index.ts';
import { moderates, settlesReports } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { textOf } from '../../../../mon-compte/refused.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  return {
    ...{ here: 'Messages signalés', settles: settlesReports(context), done: url.searchParams.has('fait') },
    messages: (await reportedMessages(context)).map(({ id, authorName, text, reportedAt, stopped }) => ({
      ...{ id, authorName, text, stopped },
      on: formatDay('fr', dayAt(reportedAt, 'Europe/Paris').toString()),
    })),
    stopped: (await stoppedWriters(context)).map(({ account, name, since }) => ({
      ...{ account, name: name || 'Une personne dont les messages sont effacés' },
      since: formatDay('fr', dayAt(since, 'Europe/Paris').toString()),
    })),
  };
};

export const actions = {
  regler: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const settled = await settleMessage(context, textOf(form, 'id'), textOf(form, 'suite') === 'suspendre');
    if (!settled.ok) return fail(settled.error.code === 'not_allowed' ? 403 : 404, { message: settled.error.message });
    redirect(303, '/professionnels/espace/moderation/messages?fait');
  },
  rendre: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const given = await letWrite(context, textOf(form, 'account'));
    if (!given.ok) return fail(given.error.code === 'not_allowed' ? 403 : 404, { message: given.error.message });
    redirect(303, '/professionnels/espace/moderation/messages?fait');
  },
};
