import { sql } from 'kysely';
import { audiences, labelOf } from '#modules/directory/index.ts';
import { type Clock, systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import { stem, words } from '#platform/text.ts';
import { eventKinds, seriesSchema } from '../event.ts';
import type { SearchedSeries } from '../search.ts';
import { AGENDA_TOPIC } from './occurrences.ts';
import './tables.ts';

/** Every published series with its coming dates, by identifier. */
export interface EventsIndex {
  readonly series: ReadonlyMap<string, SearchedSeries>;
  /** The version that was read of each. */
  readonly versions: ReadonlyMap<string, number>;
  /** What says which dates are past. */
  readonly clock: Clock;
}

/** The agenda in memory: `context.indexes.get(eventsIndex)`. */
export const eventsIndex: IndexDefinition<EventsIndex> = {
  name: 'agenda',
  topics: [AGENDA_TOPIC],
  siteOnly: true,
  build: (db, clock = systemClock) => readChanged(db, { series: new Map(), versions: new Map(), clock }),
  // Only what has another version is read again: the date of a bus that breaks down is on the site within moments.
  refresh: (db, current) => readChanged(db, current),
};

/** Series read in one question. */
const AT_ONCE = 2_000;

const readChanged = async (db: Database, current: EventsIndex): Promise<EventsIndex> => {
  const now = await db
    .selectFrom('event_series')
    .select(['id', 'version'])
    .where('status', '=', 'published')
    .orderBy('id')
    .execute();
  const versions = new Map(now.map(({ id, version }) => [id, version]));
  const changed = now.filter(({ id, version }) => current.versions.get(id) !== version).map(({ id }) => id);
  const series = new Map([...current.series].filter(([id]) => versions.has(id)));
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    for (const one of await readSeries(db, current.clock, changed.slice(at, at + AT_ONCE))) series.set(one.id, one);
  }
  return { series, versions, clock: current.clock };
};

const readSeries = async (db: Database, clock: Clock, ids: readonly string[]): Promise<SearchedSeries[]> => {
  const since = clock.now().subtract({ hours: 24 });
  const { rows } = await sql<{
    id: string;
    organisation: string;
    organisation_name: string;
    insee: string;
    departement: string;
    time_zone: string;
    fields: unknown;
    times: string | null;
  }>`
    select series.id, organisation, organisation_name, insee, departement, time_zone, fields, times
    from event_series as series
    left join lateral (
      -- One text for each series: a million dates as rows would cost ten times more to read.
      select string_agg(floor(extract(epoch from local_start) / 60)::int || ' ' || id, ' ' order by local_start, id) as times
      from event_occurrence as occurrence
      where occurrence.series = series.id and status = 'planned' and starts_at > ${since}::timestamptz
    ) as held on true
    where series.id = any(${ids}::uuid[])`.execute(db);
  return rows.map(({ times, fields: told, organisation_name, time_zone, ...row }) => {
    const fields = seriesSchema.parse(told);
    const numbers = times ? times.split(' ') : [];
    const starts = new Int32Array(numbers.length / 2);
    const occurrences = new Int32Array(numbers.length / 2);
    for (let at = 0; at < starts.length; at += 1) {
      starts[at] = Number(numbers[2 * at]);
      occurrences[at] = Number(numbers[2 * at + 1]);
    }
    const text = [
      ...[fields.title, fields.summary, fields.place_name, organisation_name, labelOf(eventKinds, fields.kind)],
      ...fields.audiences.map((code) => labelOf(audiences, code)),
    ].join(' ');
    return {
      ...{ id: row.id, organisation: row.organisation, insee: row.insee, departement: row.departement },
      ...{ timeZone: time_zone, kind: fields.kind, mode: fields.mode, lat: fields.lat, lon: fields.lon },
      ...{ audiences: fields.audiences, priorities: fields.priorities, languages: fields.languages },
      ...{ access: fields.access, costs: fields.costs, age_from: fields.age_from, age_to: fields.age_to },
      ...{ company: fields.company, terms: new Set(words(text).map(stem)), starts, occurrences },
    };
  });
};
