import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { agenda } from '#messages/fr/agenda.ts';
import { answersFor, type Keeper, readSeries, reportSeries } from '#modules/agenda/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { unsent } from '#platform/unsent.ts';

const words = agenda.report;

const keeperOf = ({ settings }: App.Locals): Keeper => ({
  name: settings.PUBLISHER ?? words.keeper,
  email: settings.CONTACT_EMAIL,
});

export const load = async ({ params, locals, url }) => {
  const series = await readSeries(locals.context, params.slug);
  if (!series) error(404, 'Ce rendez-vous n’existe pas, ou plus.');
  const name = await answersFor(locals.context, series.insee, keeperOf(locals));
  return unsent({
    words,
    about: fill(words.about, { title: series.fields.title, organiser: series.organisation_name }),
    back: { href: `/agenda/${params.slug}`, label: agenda.event.otherDates },
    answers: fill(words.answers, { name }),
    sent: url.searchParams.has('merci') ? fill(words.sentText, { name }) : undefined,
  });
};

export const actions = {
  default: async ({ request, params, locals, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const typed = {
      message: String(form.get('message') ?? '').slice(0, 3_000),
      reply: String(form.get('reply') ?? '').slice(0, 300),
    };
    const limit = await locals.house.limits.form('agenda-report', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(locals.house.limits, typed.reply)))
      return fail(429, { typed, message: words.tooMany, errors: {} });
    const done = await reportSeries(locals.context, params.slug, typed, keeperOf(locals), locals.publicOrigin);
    if (done.ok) redirect(303, `/agenda/${params.slug}/signaler?merci`);
    return fail(400, {
      typed,
      message: done.error.find(({ field }) => field === undefined)?.message ?? '',
      errors: Object.fromEntries(done.error.map(({ field = '', message }) => [field, message])),
    });
  },
};
