import { z } from 'zod';
import { can } from '#platform/permissions.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { type SeriesFields, seriesSchema } from '../event.ts';
import { bookedDates, cancelLocked } from './locked-date.ts';
import { touchSeries } from './occurrences.ts';
import { note } from './series-journal.ts';
import './tables.ts';

/** Every series of an organisation that the actor keeps and that is not closed, however many. */
export const openSeriesOf = async (context: PersonContext, organisation: string): Promise<string[]> => {
  if (!can(context.actor, 'event.edit', { organisation })) return [];
  const rows = await context.db
    .selectFrom('event_series')
    .select('id')
    .where('organisation', '=', organisation)
    .where('status', '!=', 'closed')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
};

/**
 * Closes the series of registrations that parents do not see any more: who booked is told. Of one that closed for good, by
 * its team or with its last account, the texts go too.
 */
export const unseenSeriesJob = defineJob({
  name: 'agenda.unseen',
  purpose: 'Ferme les rendez-vous dont l’organisme n’est plus en ligne, et prévient les personnes inscrites',
  data: z.object({}),
  every: '*/15 * * * *',
  handle: async (context) => {
    const unseen = await context.db
      .selectFrom('event_series as series')
      .innerJoin('registration', 'registration.id', 'series.organisation')
      .select(['series.id', 'registration.status'])
      .where('registration.status', '!=', 'published')
      .where(({ eb, or, and }) =>
        or([
          eb('series.status', 'in', ['published', 'reserved', 'waiting']),
          and([eb('registration.status', '=', 'closed'), eb('series.organisation_name', '!=', '')]),
        ]),
      )
      .orderBy('series.id')
      .execute();
    for (const { id, status } of unseen) {
      await inTransaction(context, (inside) => endSeries(inside, id, { forGood: status === 'closed' }));
    }
  },
});

/** Closes a series for whoever is gone, and empties it `forGood`. In the current transaction; twice is once. */
const endSeries = async (inside: Context, id: string, { forGood }: { readonly forGood: boolean }): Promise<void> => {
  const row = await inside.db
    .selectFrom('event_series')
    .select(['status', 'fields'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return;
  for (const date of await bookedDates(inside, id)) await cancelLocked(inside, date, '');
  // What who moderates withdrew stays withdrawn.
  const status = row.status === 'withdrawn' ? row.status : 'closed';
  const texts = forGood
    ? { organisation_name: '', reason: null, fields: JSON.stringify(emptied(seriesSchema.parse(row.fields))) }
    : {};
  await inside.db
    .updateTable('event_series')
    .set({ status, changed_at: inside.clock.now(), ...texts })
    .where('id', '=', id)
    .execute();
  if (forGood) await inside.db.updateTable('event_occurrence').set({ note: null }).where('series', '=', id).execute();
  await touchSeries(inside, id);
  if (row.status !== status) await note(inside, id, 'SeriesClosed-V1', {});
};

/** What is left of a series: when it was and for whom, nothing that its organiser wrote. */
const emptied = (fields: SeriesFields): SeriesFields => ({
  ...fields,
  ...{ title: '', summary: '', place_name: '', line: '', place_page: null },
  ...{ cost_note: '', booking_url: '', phone: '', email: '' },
});
