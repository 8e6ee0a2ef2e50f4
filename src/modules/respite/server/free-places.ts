import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { coversIn, distanceKm, type Point } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { type AgeGroup, bySoonest, type FreePlaces, isOver, readFreePlaces, type Typed } from '../free-place.ts';
import { nowAt, type OwnPlace, ownPlaces } from './own-places.ts';
import './tables.ts';

/** The most days and ages that one registration may have open at once. */
export const MOST_OPEN = 60;

/**
 * A structure says that it has places free at one of its places. They are seen by parents at once. Refuses who does not
 * write for it, a place that is not its own, and what `readFreePlaces` refuses.
 */
export const publishFreePlaces = (
  context: PersonContext,
  registration: string,
  place: number,
  typed: Typed,
): Promise<Result<string, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'listing.edit', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const own = (await ownPlaces(inside, registration)).find(({ id }) => id === place);
    if (!own) return refuse([notOwn]);
    const read = readFreePlaces(typed, nowAt(inside, own.insee));
    if (!read.ok) return read;
    if ((await openOf(inside, registration)).length >= MOST_OPEN) return refuse([tooMany]);
    const id = crypto.randomUUID();
    const told = await withStream(inside, freePlaceStream({ registration, own, said: read.value }), id, () =>
      ok([{ type: 'FreePlacePublished-V1', data: { registration, place } }] as const),
    );
    return told.ok ? ok(id) : refuse([told.error]);
  });

/**
 * Places are taken, or are free no more: parents do not see them any longer. By who writes for the structure, or a moderator
 * of its territory. Closing twice changes nothing.
 */
export const closeFreePlaces = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db
          .selectFrom('free_place')
          .innerJoin('place', 'place.id', 'free_place.place')
          .select(['free_place.registration', 'free_place.closed_at', 'place.insee'])
          .where('free_place.id', '=', id)
          .forUpdate('free_place')
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchPlaces);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const target = {
      organisation: row.registration,
      territory: row.insee ? (`commune:${row.insee}` as const) : ('france' as const),
    };
    const allowed = await authorise(inside, 'listing.edit', target, covers);
    if (!allowed.ok) return allowed;
    if (row.closed_at) return ok(undefined);
    const closed = await withStream(inside, freePlaceStream(undefined), id, () =>
      ok([{ type: 'FreePlaceClosed-V1', data: {} }] as const),
    );
    return closed.ok ? ok(undefined) : closed;
  });

/** What a structure has told and that is still to come, the next day first. Nobody else’s is told. */
export const ownFreePlaces = async (context: PersonContext, registration: string) =>
  can(context.actor, 'organisation.see', { organisation: registration }) ? openOf(context, registration) : [];

const openOf = async (context: Context, registration: string) => {
  if (!isUuid(registration)) return [];
  const rows = await context.db
    .selectFrom('free_place')
    .innerJoin('place', 'place.id', 'free_place.place')
    .select(['free_place.id', 'day', 'part', 'ages', 'count', 'urgent', 'note', 'place.name', 'place.insee'])
    .where('registration', '=', registration)
    .where('closed_at', 'is', null)
    .orderBy('free_place.id')
    .execute();
  return rows.filter(({ day, part, insee }) => !isOver(day, part, nowAt(context, insee))).sort(bySoonest);
};

/** Free places as a parent finds them. */
export interface FoundPlaces extends FreePlaces {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly insee: string | null;
  readonly phone: string | null;
  readonly km: number;
}

/** The most that one list shows. */
const SHOWN = 20;

/**
 * What is free around a point on some days, those for who cannot wait first, then the next and the nearest. Nothing of a
 * listing that is closed or sheltered, nor of one that who said it keeps no more.
 */
export const freePlacesNear = async (
  context: Context,
  asked: {
    readonly spot: Point;
    readonly km: number;
    readonly from: Temporal.PlainDate;
    readonly to: Temporal.PlainDate;
    readonly age?: AgeGroup | undefined;
  },
): Promise<readonly FoundPlaces[]> => {
  const { spot, km, from, to, age } = asked;
  const [high, wide] = [km / 111, km / (111 * Math.max(0.1, Math.cos((spot.lat * Math.PI) / 180)))];
  const { rows } = await sql<Omit<FoundPlaces, 'km'> & Point>`
    select free_place.id, day, part, ages, count, urgent, note, name, slug, insee, phone, free_place.lat, free_place.lon
    from free_place join place on place.id = free_place.place
    where closed_at is null and day between ${from} and ${to}
      and ${age ? sql`${age} = any(ages)` : sql`true`}
      and place.state = 'open' and not place.confidential
      and exists (select from registration where id = free_place.registration and status = 'published')
      and ((place.source = ${PERSON} and place.source_ref like free_place.registration || '/%')
        or exists (select from listing_owner where entity = 'place' and entity_id = place.id
          and listing_owner.registration = free_place.registration))
      and free_place.lat between ${spot.lat - high} and ${spot.lat + high}
      and free_place.lon between ${spot.lon - wide} and ${spot.lon + wide}
    order by day, free_place.id limit 500`.execute(context.db);
  return rows
    .map(({ lat, lon, ...row }) => ({ ...row, km: distanceKm(spot, { lat, lon }) }))
    .filter((row) => row.km <= km && !isOver(row.day, row.part, nowAt(context, row.insee)))
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || bySoonest(a, b) || a.km - b.km)
    .slice(0, SHOWN);
};

interface FreePlaceEvent extends JournalEvent {
  readonly type: 'FreePlacePublished-V1' | 'FreePlaceClosed-V1';
  readonly data: { readonly registration?: string; readonly place?: number };
}

/** The table says what is free; the journal, who said it and who closed it. `published`: what the first event puts in it. */
const freePlaceStream = (
  published: { readonly registration: string; readonly own: OwnPlace; readonly said: FreePlaces } | undefined,
): StreamDefinition<undefined, FreePlaceEvent> => ({
  name: 'free-place',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock }, id) => {
    if (!published) {
      await db.updateTable('free_place').set({ closed_at: clock.now() }).where('id', '=', id).execute();
      return;
    }
    const { registration, own, said } = published;
    await db
      .insertInto('free_place')
      .values({
        ...{ id, registration, place: own.id, lat: own.lat, lon: own.lon },
        ...{ published_at: clock.now(), closed_at: null },
        ...{ ...said, ages: [...said.ages], part: said.part },
      })
      .execute();
  },
});

const notOwn: Refusal = {
  code: 'not_own',
  field: 'place',
  message: 'Choisissez un de vos lieux, en ligne dans l’annuaire.',
};
const tooMany: Refusal = {
  code: 'too_many',
  message: `Vous avez déjà ${MOST_OPEN} annonces en cours : fermez celles qui ne servent plus.`,
};
const noSuchPlaces: Refusal = { code: 'no_such_places', message: 'Cette annonce n’existe pas, ou plus.' };
