import { dayWords } from '#modules/directory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { seriesSchema } from '../event.ts';
import { hoursWords, whereWords } from '../event-words.ts';
import './tables.ts';

/** One date of what is reserved for a group, in words. */
export interface ReservedDate {
  readonly id: number;
  readonly series: string;
  readonly title: string;
  readonly summary: string;
  readonly when: string;
  readonly where: string;
  readonly cancelled: boolean;
  readonly moved: boolean;
  readonly note: string | null;
}

/** The coming dates of reserved series, cancelled ones and those of a closed or withdrawn series included, the earliest first. Who may see them is the caller’s to know. */
export const readReserved = async (
  { db, clock, indexes }: Context,
  series: readonly string[],
): Promise<ReservedDate[]> => {
  if (series.length === 0) return [];
  const now = clock.now();
  const rows = await db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.series', 'occurrence.local_start', 'occurrence.slot', 'occurrence.minutes'])
    .select(['occurrence.status', 'occurrence.note', 'series.fields', 'series.insee', 'series.time_zone'])
    .select('series.status as series_status')
    .where('series.id', 'in', [...series])
    .where(({ eb, or, and }) =>
      or([
        eb('series.status', 'in', ['reserved', 'closed', 'withdrawn']),
        // Saved again after who moderates withdrew it, and not read yet.
        and([eb('series.status', '=', 'waiting'), eb('series.reason', 'is not', null)]),
      ]),
    )
    .where('occurrence.starts_at', '>', now.subtract({ hours: 2 }))
    .orderBy('occurrence.starts_at')
    .orderBy('occurrence.id')
    .limit(20)
    .execute();
  return rows.map(({ id, local_start, slot, minutes, status, note, insee, time_zone, series_status, ...row }) => {
    const withdrawn = series_status === 'withdrawn' || series_status === 'waiting';
    const said = seriesSchema.parse(row.fields);
    // What was withdrawn is not shown again: that it does not take place is.
    const fields = withdrawn ? { ...said, title: 'Un rendez-vous est retiré', summary: '' } : said;
    const today = now.toZonedDateTimeISO(time_zone).toPlainDate();
    return {
      ...{ id, series: row.series, title: fields.title, summary: fields.summary, note: withdrawn ? null : note },
      when: `${dayWords(local_start.toPlainDate(), today)}, ${hoursWords(local_start, minutes)}`,
      where: withdrawn ? '' : whereWords(fields, indexes.get(territoryIndex).commune(insee)?.name ?? ''),
      ...{ cancelled: status === 'cancelled' || series_status !== 'reserved', moved: !slot.equals(local_start) },
    };
  });
};
