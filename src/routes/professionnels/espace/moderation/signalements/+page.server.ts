import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { moderates, openReports, settleReport, settlesReports } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  const reports = await openReports(context);
  return {
    here: 'Signalements',
    settles: settlesReports(context),
    done: url.searchParams.has('fait'),
    reports: reports.map(({ id, message, name, page, createdAt }) => ({
      ...{ id, message, page },
      name: name ?? 'Un lieu qui manque',
      on: formatDay('fr', dayAt(createdAt, 'Europe/Paris').toString()),
    })),
  };
};

export const actions = {
  default: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const id = (await readForm(request))?.get('id');
    const settled = await settleReport(context, typeof id === 'string' ? id : '');
    if (!settled.ok) return fail(settled.error.code === 'not_allowed' ? 403 : 404, { message: settled.error.message });
    redirect(303, '/professionnels/espace/moderation/signalements?fait');
  },
};
