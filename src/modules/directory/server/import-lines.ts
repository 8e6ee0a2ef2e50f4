import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Geocoder, territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { ImportOptions, ImportReport } from '#platform/server/import/importer.ts';
import { prepareCommuneOfAddress } from '../import/commune-of-address.ts';
import type { ReadLine } from '../import/imported-record.ts';
import { UnreadableFile } from '../import/text-lines.ts';
import type { DirectoryRecord, Entity } from '../model.ts';
import { forgetRun } from './close.ts';
import { closeRest } from './import-closing.ts';
import { gatherDuplicates } from './import-duplicates.ts';
import { createPlacer } from './import-places.ts';
import { saveApart } from './import-saving.ts';
import { labelOfField } from './import-words.ts';
import { markSeen, type Saved } from './save.ts';
import { type Source, saveSource } from './sources.ts';
import './tables.ts';

export interface LinesToImport {
  readonly source: Source & { readonly dated: string };
  readonly lines: AsyncIterable<ReadLine>;
  /** Finds addresses that came without coordinates; none: their commune is all that is known. */
  readonly geocoder: Geocoder | undefined;
}

/** How many records are written in one transaction: a file of any size is never more than this in memory. */
const BATCH = 500;

/**
 * Writes the lines of a file into the directory, batch by batch: each batch is whole or absent, so that what is killed in
 * the middle has lost nothing and is completed by running again. Then closes what disappeared from the source, and lists
 * what may be there twice. One run of a source at a time: a second one is refused.
 */
export const importLines = (
  context: Context,
  { source, lines, geocoder }: LinesToImport,
  options: ImportOptions,
): Promise<ImportReport> =>
  alone(context.db, source.id, async () => {
    const { dryRun, confirm = false, tell = () => {}, say = () => {} } = options;
    const origin = { source: source.id, on: source.dated, run: runOf(source.id) };
    const counts = { read: 0, added: 0, changed: 0, unchanged: 0 };
    let good = 0;
    let left = 0;
    await forgetRun(context.db, origin.run);
    if (!dryRun) await saveSource(context.db, source);

    const territories = context.indexes.get(territoryIndex);
    const duplicates = gatherDuplicates(source.id);
    const asFirstTold = keepFirstTold();
    const place = createPlacer(context, source.id, prepareCommuneOfAddress(territories), geocoder, say);
    const work = async (batch: readonly ReadLine[]): Promise<void> => {
      const fresh = await withoutRepeats(context.db, origin.run, batch, tell);
      const placed = (await place(fresh, tell)).map((line) => ({ ...line, record: asFirstTold(line.record) }));
      const saved = await saveApart(context, { source, origin, dryRun, duplicates, tell }, placed);
      await markMet(context.db, origin.run, batch);
      for (const { kept } of saved) tellKept(kept, placed, tell);
      const outcome = countLines(placed, saved);
      good += placed.length;
      counts.added += outcome.added;
      counts.changed += outcome.changed;
      counts.unchanged += outcome.unchanged;
    };

    let trouble: string | undefined;
    let cut: number | undefined;
    let batch: ReadLine[] = [];
    try {
      for await (const line of lines) {
        counts.read += 1;
        if (counts.read % 10_000 === 0) say(`${counts.read.toLocaleString('fr-FR')} lignes lues…`);
        if (line.outcome === 'left') {
          left += 1;
          continue;
        }
        if (line.outcome === 'refused') {
          const { ref: _, cut: isCut, outcome: kind, ...note } = line;
          tell({ kind, ...note });
          if (isCut) cut = line.line;
        }
        batch.push(line);
        if (batch.length < BATCH) continue;
        await work(batch);
        batch = [];
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      trouble = `${error.message} Ce qui précède est gardé, et rien n’a été fermé.`;
    }
    await work(batch);
    if (left > 0)
      say(`${left.toLocaleString('fr-FR')} ${left > 1 ? 'lignes sont' : 'ligne est'} hors de cet annuaire.`);
    try {
      trouble ??= await closeRest(context, origin, { dryRun, confirm, good, cut, tell });
      if (!dryRun) await duplicates.look(context.db);
      duplicates.tellAll(tell);
    } finally {
      await forgetRun(context.db, origin.run);
    }
    return trouble === undefined ? counts : { ...counts, trouble };
  });

/** A record that knows where it is, and the line that told it. */
export interface PlacedLine {
  readonly line: number;
  readonly subject: string;
  readonly record: DirectoryRecord;
}

type Tell = NonNullable<ImportOptions['tell']>;

/** Holds the source for one run; the lock goes with the connection, killed processes included. */
const alone = <T>(db: Database, source: string, work: () => Promise<T>): Promise<T> =>
  db.connection().execute(async (held) => {
    const key = `directory import ${source}`;
    const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_lock(hashtext(${key})) as free`.execute(held);
    if (!rows[0]?.free) throw new SourceBusy(`Un import de la source « ${source} » est déjà en cours.`);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${key}))`.execute(held);
    }
  });

/** Another run of the same source is under way. */
export class SourceBusy extends Error {}

/** The same for every run of a source, so that what a killed run had written down is forgotten by the next. */
const runOf = (source: string): string => {
  const hex = createHash('sha256').update(`directory import ${source}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

/** What stands for the line itself in the tables: its place, else its first stop, else its first service. */
const mainRow = (record: DirectoryRecord): { entity: Entity; ref: string } => {
  if (record.place) return { entity: 'place', ref: record.place.ref };
  const stop = record.stops?.[0];
  return stop ? { entity: 'tour_stop', ref: stop.ref } : { entity: 'service', ref: record.services[0]?.ref ?? '' };
};

/**
 * A tour, what it carries and an organisation are told again by each of their lines. In one run they are what the first of
 * these says: otherwise a file of several batches would change them with each, and again at every run.
 */
const keepFirstTold = (): ((record: DirectoryRecord) => DirectoryRecord) => {
  const tours = new Map<string, Pick<DirectoryRecord, 'organisation' | 'tour' | 'services'>>();
  const organisations = new Map<string, NonNullable<DirectoryRecord['organisation']>>();
  return (record) => {
    const { organisation, tour, services, ...rest } = record;
    if (tour) {
      const first = tours.get(tour.ref) ?? { ...(organisation ? { organisation } : {}), tour, services };
      tours.set(tour.ref, first);
      return { ...rest, ...first };
    }
    if (!organisation) return record;
    const first = organisations.get(organisation.ref) ?? organisation;
    organisations.set(organisation.ref, first);
    return { ...record, organisation: first };
  };
};

type RecordLine = Extract<ReadLine, { outcome: 'record' }>;

/** Sets aside the lines whose identifier was met before, in this batch or an earlier one. */
const withoutRepeats = async (
  db: Database,
  run: string,
  batch: readonly ReadLine[],
  tell: Tell,
): Promise<RecordLine[]> => {
  const lines = batch.flatMap((line) => (line.outcome === 'record' ? [line] : []));
  const keys = lines.map(({ record }) => mainRow(record));
  const { rows } = await sql<{ key: string }>`
    select entity || ' ' || source_ref as key from import_seen
    where run = ${run}::uuid and source_ref = any(${keys.map(({ ref }) => ref)}::text[])`.execute(db);
  const met = new Set(rows.map(({ key }) => key));
  return lines.filter(({ line, subject }, at) => {
    const key = `${keys[at]?.entity} ${keys[at]?.ref}`;
    const again = met.has(key);
    met.add(key);
    if (again) tell({ kind: 'refused', line, subject, reason: 'cet identifiant est déjà plus haut dans le fichier' });
    return !again;
  });
};

/**
 * Writes down all that the lines name, the refused ones too: what is badly written has not disappeared. It is a run's own
 * notebook, emptied at its end: a dry run keeps it as well.
 */
const markMet = async (db: Database, run: string, batch: readonly ReadLine[]): Promise<void> => {
  const refs = new Map<Entity, string[]>();
  const add = (entity: Entity, ref: string): void => {
    const list = refs.get(entity);
    if (list) list.push(ref);
    else refs.set(entity, [ref]);
  };
  for (const line of batch) {
    if (line.outcome === 'refused' && line.ref) {
      for (const entity of ['place', 'service', 'tour_stop'] as const) add(entity, line.ref);
      // A stop visited morning and afternoon is two rows.
      for (const rank of [2, 3, 4]) add('tour_stop', `${line.ref}#${rank}`);
    }
    if (line.outcome !== 'record') continue;
    const { place, tour, stops = [], services } = line.record;
    if (place) add('place', place.ref);
    if (tour) add('tour', tour.ref);
    for (const { ref } of stops) add('tour_stop', ref);
    for (const { ref } of services) add('service', ref);
  }
  for (const [entity, list] of refs) await markSeen(db, run, entity, list);
};

/** A line is added when its main row is new, changed when any of its rows was written. */
const countLines = (placed: readonly PlacedLine[], saved: readonly Saved[]) => {
  const written = new Map(
    saved.flatMap((part) => part.written.map(({ entity, ref, isNew }) => [`${entity} ${ref}`, isNew])),
  );
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const { record } of placed) {
    const main = mainRow(record);
    const rows = [
      ...(record.stops ?? []).map(({ ref }) => `tour_stop ${ref}`),
      ...record.services.map(({ ref }) => `service ${ref}`),
    ];
    const own = written.get(`${main.entity} ${main.ref}`);
    if (own === true) counts.added += 1;
    else if (own === false || rows.some((row) => written.has(row))) counts.changed += 1;
    else counts.unchanged += 1;
  }
  return counts;
};

const tellKept = (kept: Saved['kept'], placed: readonly PlacedLine[], tell: Tell): void => {
  for (const { entity, ref, field } of kept) {
    const line = placed.find(({ record }) => [record.place?.ref, mainRow(record).ref].includes(ref));
    const reason = `${labelOfField(entity, field)} : la correction d’une personne est gardée`;
    tell({ kind: 'kept', ...(line ? { line: line.line } : {}), subject: line?.subject ?? ref, reason });
  }
};
