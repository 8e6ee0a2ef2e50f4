import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { keptValues, typedValues } from '#modules/agenda/index.ts';
import { changeSeries, closeSeries, readDates, readOwnSeries, schoolKnownUntil } from '#modules/agenda/server/index.ts';
import { dayWords, hourWords } from '#modules/directory/index.ts';
import { tellingGroup } from '#modules/groups/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { formOptions } from '../form-options.ts';
import { refusedSeries } from '../refused-series.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const series = await readOwnSeries(context, params.id);
  if (!series) error(404, 'Ce rendez-vous n’existe pas, ou vous n’en faites pas partie.');
  const commune = context.indexes.get(territoryIndex).commune(series.fields.insee);
  const known = commune && series.waitingDates > 0 ? schoolKnownUntil(commune.departement) : undefined;
  const today = todayIn(context.clock, series.timeZone);
  const dates = await readDates(context, series.id);
  return {
    ...{
      here: series.fields.title,
      series: { id: series.id, slug: series.slug, status: series.status, revision: series.revision },
    },
    ...{
      title: series.fields.title,
      reason: series.reason,
      waiting: series.waitingDates,
      places: series.fields.places,
    },
    schoolKnown: known && formatDay('fr', known),
    values: keptValues(series.fields, commune?.name ?? ''),
    options: await formOptions(context, series.organisation, series.fields.rrule !== null),
    saved: url.searchParams.has('garde'),
    kept: Number(url.searchParams.get('dates') ?? 0),
    dates: dates.map(({ id, local_start, status, taken, waiting }) => ({
      ...{ id, cancelled: status === 'cancelled', taken, waiting },
      when: `${dayWords(local_start.toPlainDate(), today)}, ${hourWords(local_start.toString(), { midnight: 'minuit' })}`,
    })),
  };
};

export const actions = {
  changer: async ({ request, params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const saved = await tellingGroup(context, { series: params.id }, locals.publicOrigin, (inside) =>
      changeSeries(inside, params.id, Number(form.get('revision')), form),
    );
    if (!saved.ok) return fail(400, { values: typedValues(form), ...refusedSeries(saved.error) });
    redirect(303, `/professionnels/espace/agenda/${params.id}?garde&dates=${saved.value.kept}`);
  },
  fermer: async ({ params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const closed = await tellingGroup(context, { series: params.id }, locals.publicOrigin, (inside) =>
      closeSeries(inside, params.id),
    );
    if (!closed.ok) return fail(400, { values: undefined, ...refusedSeries([closed.error]) });
    redirect(303, '/professionnels/espace/agenda?ferme');
  },
};
