import { sql } from 'kysely';
import { type Commune, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Indexes } from '#platform/server/indexes.ts';
import type { FieldsOf } from '../model.ts';
import { type CommuneFacts, type OfferDocument, offerDocument } from '../offer.ts';
import { holidayArea } from '../public-holidays.ts';
import type { Recipe } from '../timetable.ts';
import { timetableIds } from './timetables.ts';
import './tables.ts';

/** Looks a commune up by its code, former codes included. */
export type CommuneLookup = (code: string) => Commune | undefined;

/** What resolving needs to know of the world. */
export interface Surroundings {
  readonly now: Temporal.Instant;
  readonly commune: CommuneLookup;
  /** « Bretagne » for `53`. */
  readonly regionName: (code: string) => string | undefined;
}

/** The surroundings of a request. */
export const surroundings = (clock: Clock, indexes: Indexes): Surroundings => {
  const territories = indexes.get(territoryIndex);
  return {
    now: clock.now(),
    commune: territories.commune,
    regionName: (code) => territories.region(code)?.name,
  };
};

/** Which offers may have become another: those of these rows. */
export interface OfferScope {
  readonly services?: readonly number[];
  readonly places?: readonly number[];
  readonly tours?: readonly number[];
  readonly stops?: readonly number[];
  readonly organisations?: readonly number[];
  readonly professionals?: readonly number[];
  readonly placements?: readonly number[];
}

/** A placement with everything around it, each part as the JSON of its row. */
interface Joined {
  readonly placement: { id: number; service_id: number; hours: string | null; areas: string[] };
  readonly service: FieldsOf['service'] & { id: number; slug: string; state: string; checked_on: string | null };
  readonly place: (FieldsOf['place'] & { id: number; slug: string; state: string; checked_on: string | null }) | null;
  readonly tour: (FieldsOf['tour'] & { id: number; state: string }) | null;
  readonly stop: (FieldsOf['tour_stop'] & { id: number; state: string }) | null;
  readonly organisation: { name: string } | null;
  readonly professional: { name: string; profession: string; at_home: boolean } | null;
}

/**
 * Makes the offers of a scope again from the rows they come from, and writes those that became another. A closed
 * service, place, tour or stop has no offer any more. To be called in the transaction that changed the rows. Returns how
 * many offers were written or withdrawn.
 */
export const resolveOffers = async (db: Database, around: Surroundings, scope: OfferScope): Promise<number> => {
  const placements = await placementsOf(db, scope);
  let written = 0;
  for (let start = 0; start < placements.length; start += 2_000) {
    written += await resolvePlacements(db, around, placements.slice(start, start + 2_000));
  }
  return written;
};

const placementsOf = async (db: Database, scope: OfferScope): Promise<number[]> => {
  const ids = (list: readonly number[] | undefined) => sql`${list ?? []}::integer[]`;
  const { rows } = await sql<{ id: number }>`
    select id from placement where id = any(${ids(scope.placements)})
    union select id from placement where service_id = any(${ids(scope.services)})
    union select id from placement where place_id = any(${ids(scope.places)})
    union select id from placement where tour_id = any(${ids(scope.tours)})
    union select placement.id from placement join tour_stop on tour_stop.tour_id = placement.tour_id
      where tour_stop.id = any(${ids(scope.stops)})
    union select placement.id from placement join service on service.id = placement.service_id
      where service.organisation_id = any(${ids(scope.organisations)})
        or service.professional_id = any(${ids(scope.professionals)})
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
};

const resolvePlacements = async (
  db: Database,
  around: Surroundings,
  placements: readonly number[],
): Promise<number> => {
  const { rows } = await sql<Joined>`
    select row_to_json(placement) as placement, row_to_json(service) as service, row_to_json(place) as place,
      row_to_json(tour) as tour, row_to_json(tour_stop) as stop,
      json_build_object('name', organisation.name) as organisation,
      case when professional.id is not null then
        json_build_object('name', professional.name, 'profession', professional.profession, 'at_home', professional.at_home)
      end as professional
    from placement
    join service on service.id = placement.service_id
    left join place on place.id = placement.place_id
    left join tour on tour.id = placement.tour_id
    left join tour_stop on tour_stop.tour_id = placement.tour_id
    left join organisation on organisation.id = coalesce(service.organisation_id, place.organisation_id, tour.organisation_id)
    left join professional on professional.id = service.professional_id
    where placement.id = any(${placements}::integer[])
    order by placement.id, tour_stop.position, tour_stop.id`.execute(db);

  const open = rows.filter(({ service, place, tour, stop }) =>
    [service, place, tour, stop].every((part) => part?.state !== 'closed'),
  );
  const communes = open.map(({ stop, place }) => around.commune(stop?.insee ?? place?.insee ?? ''));
  const timetables = await timetableIds(
    db,
    open.map((row, at) => recipeOf(row, communes[at], around)),
    around.now.toZonedDateTimeISO('Europe/Paris').toPlainDate(),
  );
  const documents = open.map((row, at) => {
    const document: OfferDocument = offerDocument({
      ...row,
      organisation: row.organisation?.name ? row.organisation : null,
      commune: factsOf(communes[at]),
    });
    return {
      ...document,
      placement_id: row.placement.id,
      stop_id: row.stop?.id ?? null,
      service_id: row.service.id,
      place_id: row.place?.id ?? null,
      tour_id: row.tour?.id ?? null,
      gone: false,
      timetable_id: timetables[at] ?? null,
    };
  });
  const written = await writeOffers(db, documents);
  const { numAffectedRows } = await sql`
    update offer set gone = true, changed_in = pg_current_xact_id()
    where placement_id = any(${placements}::integer[]) and not gone
      and not exists (
        select from json_to_recordset(${JSON.stringify(documents.map(({ placement_id, stop_id }) => ({ placement_id, stop_id })))}::json)
          as kept (placement_id integer, stop_id integer)
        where kept.placement_id = offer.placement_id and kept.stop_id is not distinct from offer.stop_id)`.execute(db);
  return written + Number(numAffectedRows ?? 0);
};

/** When an offer is open: the visits of its stop; else its own hours here, else those of the place. */
const recipeOf = (
  { placement, place, stop }: Joined,
  commune: Commune | undefined,
  { regionName }: Surroundings,
): Recipe | undefined => {
  if (stop) {
    const { starts_at, minutes, rrule = null, except = [], besides = [] } = stop;
    return starts_at ? { kind: 'dates', starts_at, minutes: minutes ?? 60, rrule, except, besides } : undefined;
  }
  const text = (placement.hours ?? place?.hours)?.trim();
  if (!text) return undefined;
  const region = /\bSH\b/.test(text) && commune ? regionName(commune.region) : undefined;
  return {
    ...{ kind: 'hours', text, holidays: holidayArea(commune?.departement ?? '75') },
    ...(region ? { region } : {}),
    closures: place?.closures ?? [],
  };
};

const factsOf = (commune: Commune | undefined): CommuneFacts | undefined =>
  commune && {
    code: commune.code,
    name: commune.name,
    departement: commune.departement,
    lat: commune.lat,
    lon: commune.lon,
    timeZone: timeZoneOfCommune(commune),
  };

const offerColumns = [
  ...['placement_id', 'stop_id', 'service_id', 'place_id', 'tour_id', 'gone', 'lat', 'lon', 'insee', 'areas', 'kind'],
  ...['priorities', 'audiences', 'modes', 'access', 'languages', 'costs', 'stage_from', 'stage_to', 'time_zone'],
  ...['timetable_id', 'terms', 'shown'],
];

const writeOffers = async (db: Database, rows: readonly object[]): Promise<number> => {
  if (rows.length === 0) return 0;
  const names = sql.join(offerColumns.map((name) => sql.ref(name)));
  const old = sql.join(offerColumns.map((name) => sql.ref(`offer.${name}`)));
  const next = sql.join(offerColumns.map((name) => sql.ref(`excluded.${name}`)));
  const updates = sql.join(offerColumns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`));
  const { numAffectedRows } = await sql`
    insert into offer (${names})
    select ${names} from json_populate_recordset(null::offer, ${JSON.stringify(rows)}::json)
    on conflict (placement_id, stop_id) do update set ${updates}, changed_in = pg_current_xact_id()
      where (${old}) is distinct from (${next})`.execute(db);
  return Number(numAffectedRows ?? 0);
};
