import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type SeriesFields, type SeriesStatus, seriesSchema } from '../event.ts';
import './tables.ts';

/** A series as its organiser sees it. */
export interface OwnSeries {
  readonly id: string;
  readonly slug: string;
  readonly organisation: string;
  readonly status: SeriesStatus;
  readonly fields: SeriesFields;
  readonly revision: number;
  readonly timeZone: string;
  readonly waitingDates: number;
  readonly reason: string | null;
}

/** The series of an organisation that the actor is a member of, the last changed first; nothing for anybody else. */
export const ownSeries = async (context: PersonContext, organisation: string): Promise<OwnSeries[]> => {
  if (!isUuid(organisation) || !can(context.actor, 'event.edit', { organisation })) return [];
  const rows = await context.db
    .selectFrom('event_series')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(toOwn);
};

/** One series, for who may change it. Anybody else’s does not exist for them. */
export const readOwnSeries = async (context: PersonContext, id: string): Promise<OwnSeries | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await context.db.selectFrom('event_series').selectAll().where('id', '=', id).executeTakeFirst();
  return row && can(context.actor, 'event.edit', { organisation: row.organisation }) ? toOwn(row) : undefined;
};

const toOwn = (row: {
  id: string;
  slug: string;
  organisation: string;
  status: SeriesStatus;
  fields: SeriesFields;
  revision: number;
  time_zone: string;
  waiting_dates: number;
  reason: string | null;
}): OwnSeries => ({
  ...{ id: row.id, slug: row.slug, organisation: row.organisation, status: row.status, revision: row.revision },
  ...{ fields: seriesSchema.parse(row.fields), timeZone: row.time_zone, waitingDates: row.waiting_dates },
  reason: row.reason,
});
