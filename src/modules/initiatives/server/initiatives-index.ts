import { type PriorityNumber, priorityNumber } from '#modules/priorities/index.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import { type CallFamily, callFamilies } from '../call-family.ts';
import type { ChosenIn, Initiative } from '../initiative.ts';
import { INITIATIVES_TOPIC } from './seed.ts';
import './tables.ts';

/** The projects in memory, by slug. Where they are is told by the index of territories: see `catalogue`. */
export const initiativesIndex: IndexDefinition<readonly Initiative[]> = {
  name: 'initiatives',
  topics: [INITIATIVES_TOPIC],
  build: async (db) => {
    const chosen = Map.groupBy(await readCalls(db), ({ slug }) => slug);
    return (await readRows(db)).map((row) => toInitiative(row, chosen.get(row.slug) ?? []));
  },
};

const readRows = (db: Database) => db.selectFrom('initiative').selectAll().orderBy('slug').execute();
const readCalls = (db: Database) =>
  db.selectFrom('initiative_call').selectAll().orderBy('edition', 'desc').orderBy('title').execute();

type Row = Awaited<ReturnType<typeof readRows>>[number];
type Chosen = Awaited<ReturnType<typeof readCalls>>[number];

const toInitiative = (row: Row, chosen: readonly Chosen[]): Initiative => ({
  ...{ slug: row.slug, origin: row.origin, title: row.title, holder: row.holder, summary: row.summary },
  ...(row.name === null ? {} : { name: row.name }),
  calls: [...new Set([...row.calls, ...chosen.map(({ kind }) => kind)])].filter(isCallFamily),
  ...(chosen.length === 0
    ? {}
    : { chosenIn: chosen.map(({ title, path, edition }): ChosenIn => ({ title, path, edition })) }),
  priorities: row.priorities.map((number): PriorityNumber => priorityNumber.parse(number)),
  ...{ themes: row.themes, regions: row.regions, departements: row.departements },
  ...(row.commune === null ? {} : { place: { commune: row.commune } }),
  ...(row.epci === null ? {} : { place: { epci: row.epci } }),
  ...{ notes: row.notes, source: row.source },
});

const isCallFamily = (call: string | null): call is CallFamily =>
  (callFamilies as readonly (string | null)[]).includes(call);
