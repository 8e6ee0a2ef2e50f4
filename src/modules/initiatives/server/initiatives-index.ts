import { type PriorityNumber, priorityNumber } from '#modules/priorities/index.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import { type CallKind, callKinds } from '../call-kind.ts';
import type { Initiative } from '../initiative.ts';
import { INITIATIVES_TOPIC } from './seed.ts';
import './tables.ts';

/** The projects in memory, by slug. Where they are is told by the index of territories: see `catalogue`. */
export const initiativesIndex: IndexDefinition<readonly Initiative[]> = {
  name: 'initiatives',
  topics: [INITIATIVES_TOPIC],
  build: async (db) => (await readRows(db)).map(toInitiative),
};

const readRows = (db: Database) => db.selectFrom('initiative').selectAll().orderBy('slug').execute();

type Row = Awaited<ReturnType<typeof readRows>>[number];

const toInitiative = (row: Row): Initiative => ({
  ...{ slug: row.slug, origin: row.origin, title: row.title, holder: row.holder, summary: row.summary },
  ...(row.name === null ? {} : { name: row.name }),
  calls: row.calls.filter((call): call is CallKind => (callKinds as readonly string[]).includes(call)),
  priorities: row.priorities.map((number): PriorityNumber => priorityNumber.parse(number)),
  ...{ themes: row.themes, regions: row.regions, departements: row.departements },
  ...(row.commune === null ? {} : { place: { commune: row.commune } }),
  ...(row.epci === null ? {} : { place: { epci: row.epci } }),
  ...{ notes: row.notes, source: row.source },
});
