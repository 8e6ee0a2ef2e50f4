import { sql } from 'kysely';
import type { Database } from '#platform/server/database/database.ts';
import type { PlacementFields } from '../model.ts';
import { type FieldOrigin, mergeFields, type Provenance } from '../provenance.ts';
import './tables.ts';

/** Where a service is given, as a source tells it. */
interface ToldPlacement {
  /** Reference of the service in its source. */
  readonly ref: string;
  readonly service_id: number;
  readonly place_id: number | null;
  readonly tour_id: number | null;
  readonly fields: Required<PlacementFields>;
}

interface SavedPlacements {
  /** The placements that are new or changed. */
  readonly moved: readonly number[];
  /** What the source wanted otherwise and that a person's correction kept: a placement is named by its service. */
  readonly kept: readonly { readonly entity: 'service'; readonly ref: string; readonly field: string }[];
}

/** Says where services are given, field by field as the rows are: telling the same again writes nothing. */
export const savePlacements = async (
  db: Database,
  origin: FieldOrigin,
  rows: readonly ToldPlacement[],
): Promise<SavedPlacements> => {
  // The same service twice at the same place is one placement: the last told.
  const distinct = new Map(rows.map((row) => [keyOf(row), row]));
  if (distinct.size === 0) return { moved: [], kept: [] };
  const services = [...new Set(rows.map(({ service_id }) => service_id))];
  const stored = await readPlacements(db, services);
  const kept: { entity: 'service'; ref: string; field: string }[] = [];
  const toWrite = [...distinct].flatMap(([key, { ref, fields, ...where }]) => {
    const existing = stored.get(key);
    const merge = mergeFields<Required<PlacementFields>>(existing, fields, origin);
    for (const field of merge.kept) kept.push({ entity: 'service', ref, field });
    if (existing && merge.changed.length === 0) return [];
    return [{ ...where, ...merge.fields, provenance: merge.provenance }];
  });
  if (toWrite.length === 0) return { moved: [], kept };
  const { rows: written } = await sql<{ id: number }>`
    insert into placement (service_id, place_id, tour_id, hours, areas, provenance)
    select service_id, place_id, tour_id, hours, areas, provenance
    from json_populate_recordset(null::placement, ${JSON.stringify(toWrite)}::json)
    on conflict (service_id, place_id, tour_id) do update
      set hours = excluded.hours, areas = excluded.areas, provenance = excluded.provenance
    returning id`.execute(db);
  return { moved: written.map(({ id }) => id), kept };
};

type Key = Pick<ToldPlacement, 'service_id' | 'place_id' | 'tour_id'>;

const keyOf = ({ service_id, place_id, tour_id }: Key): string => `${service_id} ${place_id} ${tour_id}`;

interface StoredPlacement {
  readonly fields: Required<PlacementFields>;
  readonly provenance: Provenance;
}

const readPlacements = async (
  db: Database,
  services: readonly number[],
): Promise<ReadonlyMap<string, StoredPlacement>> => {
  const rows = await db
    .selectFrom('placement')
    .select(['service_id', 'place_id', 'tour_id', 'hours', 'areas', 'provenance'])
    .where(sql<boolean>`service_id = any(${services}::integer[])`)
    .forUpdate()
    .execute();
  return new Map(
    rows.map(({ hours, areas, provenance, ...key }) => [keyOf(key), { fields: { hours, areas }, provenance }]),
  );
};
