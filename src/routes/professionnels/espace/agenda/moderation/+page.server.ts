import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  acceptSeries,
  answerReport,
  closeSeries,
  openEventReports,
  seriesToModerate,
} from '#modules/agenda/server/index.ts';
import { tellingGroup } from '#modules/groups/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

const states: Readonly<Record<string, string>> = {
  waiting: 'Attend, pas encore visible',
  published: 'En ligne',
  withdrawn: 'Retiré',
};

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (context.actor.grants.length === 0) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  const series = await seriesToModerate(context);
  const reports = await openEventReports(context);
  return {
    here: 'Agenda à relire',
    done: url.searchParams.has('fait'),
    reports: reports.map(({ id, message, title, slug, organisation_name, reply_to, created_at }) => ({
      ...{ id, message, title, organiser: organisation_name, page: `/agenda/${slug}`, answered: reply_to !== null },
      on: formatDay('fr', dayAt(created_at, 'Europe/Paris').toString()),
    })),
    series: series.map(({ id, slug, title, status, organisation_name, changed_at }) => ({
      ...{ id, title, organiser: organisation_name, page: `/agenda/${slug}`, state: states[status] ?? '' },
      ...{ waiting: status === 'waiting', online: status === 'published' },
      on: formatDay('fr', dayAt(changed_at, 'Europe/Paris').toString()),
    })),
  };
};

export const actions = {
  accepter: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const done = await acceptSeries(context, String(form?.get('id') ?? ''));
    if (!done.ok) return fail(403, { id: '', typed: '', message: done.error.message });
    redirect(303, '/professionnels/espace/agenda/moderation?fait');
  },
  retirer: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const id = String(form?.get('id') ?? '');
    const reason = String(form?.get('reason') ?? '');
    const done = await tellingGroup(context, { series: id }, locals.publicOrigin, (inside) =>
      closeSeries(inside, id, reason),
    );
    if (!done.ok) return fail(400, { id, typed: '', message: done.error.message });
    redirect(303, '/professionnels/espace/agenda/moderation?fait');
  },
  repondre: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const id = String(form?.get('id') ?? '');
    const typed = String(form?.get('answer') ?? '').slice(0, 3_000);
    const done = await answerReport(context, id, typed);
    if (!done.ok) return fail(400, { id, typed, message: done.error.message });
    redirect(303, '/professionnels/espace/agenda/moderation?fait');
  },
};
