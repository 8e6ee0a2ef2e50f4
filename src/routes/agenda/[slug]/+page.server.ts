import { error } from '@sveltejs/kit';
import { agenda } from '#messages/fr/agenda.ts';
import { cardOf, factsOf, readSeries, readSeriesPage } from '#modules/agenda/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals }) => {
  const series = await readSeries(locals.context, params.slug);
  if (!series) error(404, 'Ce rendez-vous n’existe pas, ou plus.');
  const dates = await readSeriesPage(locals.context, params.slug);
  const { title, summary } = series.fields;
  return unsent({
    words: agenda,
    page: `/agenda/${params.slug}`,
    ...{ title, summary, organiser: series.organisation_name, facts: factsOf(series.fields) },
    waiting: series.waiting_dates > 0,
    dates: dates.map((date) => ({ ...cardOf(date), title: date.dayWords })),
  });
};
