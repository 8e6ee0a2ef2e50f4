import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { agencyWords, formatCents, issueOf } from '#modules/calls/index.ts';
import { publicResults } from '#modules/calls/server/index.ts';

export const load = async ({ locals: { context }, params }) => {
  const found = await publicResults(context, params.slug);
  if (!found) error(404, 'Les résultats de cet appel ne sont pas encore notifiés.');
  const { call, title, laureates, notifiedAt, shown } = found;
  const zone = call.calendar?.zone ?? 'Europe/Paris';
  const total = laureates.reduce((sum, { cents }) => sum + cents, 0);
  return {
    ...{ title, slug: call.slug, who: call.agencies.map((agency) => agencyWords[agency]).join(' et ') },
    on: formatDay('fr', Temporal.Instant.from(notifiedAt).toZonedDateTimeISO(zone).toPlainDate().toString()),
    total: shown && total > 0 ? formatCents(total) : undefined,
    laureates: laureates.map(({ id, title: project, holder, territories, issue, cents }) => ({
      ...{ id, project, holder, issue: issueOf(issue).words },
      territories: territories.length > 6 ? `${territories.slice(0, 6).join(', ')}…` : territories.join(', '),
      amount: shown && cents > 0 ? formatCents(cents) : undefined,
    })),
  };
};
