import { sql } from 'kysely';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import { fold } from '#platform/text.ts';
import type { DirectoryRecord, Entity, FieldsOf } from '../model.ts';
import { type FieldOrigin, mergeFields, type Provenance } from '../provenance.ts';
import { savePlacements } from './placements.ts';
import { type OfferScope, resolveOffers, type Surroundings, surroundings } from './resolve.ts';
import './tables.ts';

/** What the other processes are told when offers changed. */
export const DIRECTORY_TOPIC = 'directory';

/** Where records come from, and the day of the data. */
export interface Origin {
  /** Identifier of a row of `directory_source`. */
  readonly source: string;
  /** ISO date; null when the source has none. */
  readonly on: string | null;
  /** Run of an import: what it meets is written down, so that `closeMissing` can close the rest. */
  readonly run?: string;
}

export interface Saved {
  readonly created: Readonly<Partial<Record<Entity, number>>>;
  readonly updated: Readonly<Partial<Record<Entity, number>>>;
  /** The rows that were written, by their reference. */
  readonly written: readonly { readonly entity: Entity; readonly ref: string; readonly isNew: boolean }[];
  /** Fields that the source wanted otherwise and that a person's correction kept. */
  readonly kept: readonly { readonly entity: Entity; readonly ref: string; readonly field: string }[];
  /** Offers written or withdrawn. */
  readonly offers: number;
}

/**
 * Writes records of one source, all in one transaction: rows are found again by their reference in the source, created
 * or updated field by field with where each comes from; what a person corrected stays. Telling the same again writes
 * nothing. A row that had been closed for having disappeared opens again. At most a few thousand records at a time.
 */
export const saveRecords = (context: Context, origin: Origin, records: readonly DirectoryRecord[]): Promise<Saved> =>
  inTransaction(context, ({ db, clock, indexes }) => saveWithin(db, surroundings(clock, indexes), origin, records));

/** The same, inside a transaction, for who has no context yet: the loading of the content before the house is lit. */
export const saveWithin = async (
  db: Database,
  around: Surroundings,
  origin: Origin,
  records: readonly DirectoryRecord[],
): Promise<Saved> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`directory ${origin.source}`}))`.execute(db);
  const saver = createSaver(db, origin, around.now);

  const organisations = await saver.save(
    'organisation',
    records.flatMap(({ organisation }) => (organisation ? [{ ...organisation, links: {} }] : [])),
  );
  const belonging = (record: DirectoryRecord) => ({
    organisation_id: record.organisation ? (organisations.get(record.organisation.ref) ?? null) : null,
  });
  const places = await saver.save(
    'place',
    records.flatMap((record) => (record.place ? [{ ...record.place, links: belonging(record) }] : [])),
  );
  const professionals = await saver.save(
    'professional',
    records.flatMap((record) => (record.professional ? [{ ...record.professional, links: belonging(record) }] : [])),
  );
  const tours = await saver.save(
    'tour',
    records.flatMap((record) => (record.tour ? [{ ...record.tour, links: belonging(record) }] : [])),
  );
  await saver.save(
    'tour_stop',
    records.flatMap(({ tour, stops }) =>
      (stops ?? []).map((stop) => ({ ...stop, links: { tour_id: tours.get(tour?.ref ?? '') ?? null } })),
    ),
  );
  const services = await saver.save(
    'service',
    records.flatMap((record) =>
      record.services.map(({ ref, fields }) => ({
        ...{ ref, fields },
        links: {
          ...belonging(record),
          professional_id: record.professional ? (professionals.get(record.professional.ref) ?? null) : null,
        },
      })),
    ),
  );
  const placements = records.flatMap((record) =>
    record.services.map(({ ref, placement }) => ({
      ...{ ref, service_id: services.get(ref) ?? 0 },
      place_id: record.place ? (places.get(record.place.ref) ?? null) : null,
      tour_id: record.tour && !record.place ? (tours.get(record.tour.ref) ?? null) : null,
      fields: { hours: placement?.hours ?? null, areas: placement?.areas ?? [] },
    })),
  );
  const placed = await savePlacements(db, { source: origin.source, on: origin.on }, placements);
  const offers = await resolveOffers(db, around, { ...saver.scope(), placements: placed.moved });
  if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
  const counts = saver.counts();
  return { ...counts, kept: [...counts.kept, ...placed.kept], offers };
};

interface Incoming<E extends Entity> {
  readonly ref: string;
  readonly fields: FieldsOf[E];
  readonly links: Readonly<Record<string, number | null>>;
}

interface StoredRow extends Record<string, unknown> {
  readonly id: number;
  readonly source_ref: string;
  readonly provenance: Provenance;
  readonly state: 'open' | 'closed';
}

const entitiesWithSlug: ReadonlySet<Entity> = new Set(['place', 'service', 'professional']);

/** Saves the rows of one batch, entity by entity, and remembers what it touched. */
const createSaver = (db: Database, origin: Origin, now: Temporal.Instant) => {
  const created: Partial<Record<Entity, number>> = {};
  const updated: Partial<Record<Entity, number>> = {};
  const kept: { entity: Entity; ref: string; field: string }[] = [];
  const written: { entity: Entity; ref: string; isNew: boolean }[] = [];
  const touched = new Map<Entity, number[]>();
  const fieldOrigin: FieldOrigin = { source: origin.source, on: origin.on };

  const save = async <E extends Entity>(
    entity: E,
    rows: readonly Incoming<E>[],
  ): Promise<ReadonlyMap<string, number>> => {
    if (rows.length === 0) return new Map();
    const byRef = new Map(rows.map((row) => [row.ref, row]));
    const refs = [...byRef.keys()];
    const stored = await readRows(db, entity, origin.source, refs);
    const ids = new Map(stored.map((row) => [row.source_ref, row.id]));
    const storedByRef = new Map(stored.map((row) => [row.source_ref, row]));

    const toWrite: Record<string, unknown>[] = [];
    for (const { ref, fields, links } of byRef.values()) {
      const existing = storedByRef.get(ref);
      const incoming: object = { ...fields, state: 'open' };
      const merge = mergeFields<object>(
        existing ? { fields: existing, provenance: existing.provenance } : undefined,
        incoming,
        fieldOrigin,
      );
      for (const field of merge.kept) kept.push({ entity, ref, field });
      const relinked = existing && Object.entries(links).some(([name, id]) => (existing[name] ?? null) !== id);
      if (existing && merge.changed.length === 0 && !relinked) continue;
      if (existing) updated[entity] = (updated[entity] ?? 0) + 1;
      else created[entity] = (created[entity] ?? 0) + 1;
      written.push({ entity, ref, isNew: !existing });
      const row: Record<string, unknown> = {
        ...merge.fields,
        ...links,
        source: origin.source,
        source_ref: ref,
        provenance: merge.provenance,
        changed_at: now.toString(),
      };
      if (row.state === 'open') row.closed_on = null;
      toWrite.push(row);
    }
    const rowsWritten = await writeRows(db, entity, toWrite);
    for (const row of rowsWritten) ids.set(row.source_ref, row.id);
    touched.set(entity, [...(touched.get(entity) ?? []), ...rowsWritten.map(({ id }) => id)]);
    if (origin.run) await markSeen(db, origin.run, entity, refs);
    return ids;
  };

  return {
    save,
    counts: () => ({ created, updated, written, kept }),
    scope: (): OfferScope => ({
      services: touched.get('service') ?? [],
      places: touched.get('place') ?? [],
      tours: touched.get('tour') ?? [],
      stops: touched.get('tour_stop') ?? [],
      organisations: touched.get('organisation') ?? [],
      professionals: touched.get('professional') ?? [],
    }),
  };
};

const readRows = async (db: Database, entity: Entity, source: string, refs: readonly string[]): Promise<StoredRow[]> =>
  (
    await sql<StoredRow>`
      select * from ${sql.table(entity)} where source = ${source} and source_ref = any(${refs}::text[]) for update
    `.execute(db)
  ).rows;

/** Inserts or updates whole rows, in one statement whatever their number. The database reads each column from JSON. */
export const writeRows = async (
  db: Database,
  entity: Entity,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<{ id: number; source_ref: string }[]> => {
  if (rows.length === 0) return [];
  const fresh = rows.filter((row) => row.id === undefined);
  const { rows: ids } = await sql<{ id: number }>`
    select nextval('directory_id')::integer as id from generate_series(1, ${fresh.length})`.execute(db);
  const slugs = entitiesWithSlug.has(entity) ? await freeSlugs(db, entity, fresh) : undefined;
  const numbered = new Map(
    fresh.map((row, at) => {
      const id = ids[at]?.id ?? 0;
      const slug = slugs?.[at];
      return [row, { id, ...(slug === undefined ? {} : { slug: slug.free ? slug.slug : `${slug.slug}-${id}` }) }];
    }),
  );
  const complete = rows.map((row) => ({ ...defaults[entity], ...row, ...numbered.get(row) }));
  const columns = [...new Set(complete.flatMap((row) => Object.keys(row)))];
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const updates = sql.join(
    columns.filter((name) => name !== 'id').map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
  );
  // Columns are taken one by one from each row, and a row of a batch may lack one that others have: then it is null.
  const { rows: written } = await sql<{ id: number; source_ref: string }>`
    insert into ${sql.table(entity)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(entity)}, ${JSON.stringify(complete)}::json)
    on conflict (id) do update set ${updates}
    returning id, source_ref`.execute(db);
  return written;
};

/** Columns that may not be null, for rows that do not mention them. */
const defaults: Readonly<Record<Entity, object>> = {
  organisation: {},
  professional: { at_home: false },
  place: { confidential: false, closures: [], access: [], precision: 'none' },
  service: { priorities: [], audiences: [], modes: [], bookings: [], costs: [], languages: [] },
  tour: {},
  tour_stop: { position: 0, precision: 'none', except: [], besides: [] },
};

/** A readable address for each new row. One that is taken gets the row's id behind it. */
const freeSlugs = async (
  db: Database,
  entity: Entity,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<{ slug: string; free: boolean }[]> => {
  const wanted = rows.map((row) => (typeof row.slug === 'string' ? row.slug : slugOf(String(row.name))));
  const { rows: taken } = await sql<{ slug: string }>`
    select slug from ${sql.table(entity)} where slug = any(${wanted}::text[])`.execute(db);
  const used = new Set(taken.map(({ slug }) => slug));
  return wanted.map((slug) => {
    const free = !used.has(slug);
    used.add(slug);
    return { slug, free };
  });
};

/** `Maison des 1000 premiers jours` → `maison-des-1000-premiers-jours`. At most 80 signs. */
const slugOf = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-|-$/g, '') || 'lieu';

/** Writes down what a run met. */
export const markSeen = async (db: Database, run: string, entity: Entity, refs: readonly string[]): Promise<void> => {
  await sql`
    insert into import_seen (run, entity, source_ref)
    select ${run}::uuid, ${entity}, unnest(${refs}::text[]) on conflict do nothing`.execute(db);
};
