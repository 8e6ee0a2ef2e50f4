import { datesToCall, ownSeries, seriesToModerate } from '#modules/agenda/server/index.ts';
import { dayWords, hourWords } from '#modules/directory/index.ts';
import { todayIn } from '#platform/clock.ts';
import { can } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { organisationNames } from '../../../mon-compte/organisation-names.ts';

const states = {
  waiting: 'Attend d’être relu',
  published: 'En ligne',
  withdrawn: 'Retiré par la modération',
  closed: 'Fermé',
  reserved: 'Réservé à un groupe',
};

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const names = await organisationNames(context);
  const mine = [...names].filter(([id]) => can(context.actor, 'event.edit', { organisation: id }));
  const organisations = [];
  for (const [id, name] of mine) {
    const series = await ownSeries(context, id);
    const calls = await datesToCall(context, id);
    organisations.push({
      ...{ id, name },
      calls: calls.map((date) => ({
        href: `/professionnels/espace/agenda/${date.series}/${date.id}`,
        title: `${dayWords(date.local_start.toPlainDate(), todayIn(context.clock, date.time_zone))}, ${hourWords(date.local_start.toString(), { midnight: 'minuit' })}`,
        detail: `${date.people} personne${date.people > 1 ? 's' : ''} à appeler`,
      })),
      series: series.map(({ id: seriesId, fields, status }) => ({
        id: seriesId,
        title: fields.title,
        state: states[status],
      })),
    });
  }
  return {
    ...{ here: 'Agenda', organisations, closed: url.searchParams.has('ferme') },
    moderated: (await seriesToModerate(context)).length,
  };
};
