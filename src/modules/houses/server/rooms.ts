import { isUuid } from '#platform/ids.ts';
import { can, notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { oneLine } from '#platform/text.ts';
import type { RoomAsked } from '../room.ts';
import { ownHouse } from './houses.ts';
import { momentWords, tellFreed } from './room-mails.ts';
import './counter-tables.ts';

/** A room that a registration may book: of its own Maison, or of one whose partner it is. */
export interface Room {
  readonly id: number;
  readonly name: string;
  readonly seats: number;
  readonly site: string;
  readonly siteName: string;
  readonly timeZone: string;
  readonly house: string;
  readonly houseName: string;
  /** Whether it is of the registration’s own Maison. */
  readonly own: boolean;
}

/** Rooms of one site. */
const MOST_ROOMS = 30;

/** The rooms that a registration may book, its own first. Nothing for who does not write for it. */
export const roomsFor = async (context: PersonContext, registration: string): Promise<Room[]> => {
  if (!isUuid(registration) || !can(context.actor, 'house.run', { organisation: registration })) return [];
  const rows = await context.db
    .selectFrom('house_room as room')
    .innerJoin('house_site as site', 'site.id', 'room.site')
    .innerJoin('house', 'house.id', 'site.house')
    .select(['room.id', 'room.name', 'room.seats', 'site.id as site', 'site.name as siteName'])
    .select(['site.time_zone as timeZone', 'house.id as house', 'house.name as houseName', 'house.registration'])
    .where('room.closed_at', 'is', null)
    .where('site.closed_at', 'is', null)
    .where('house.status', '=', 'open')
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('house.registration', '=', registration),
        exists(
          selectFrom('house_partner as partner')
            .innerJoin('registration', 'registration.id', 'partner.registration')
            .innerJoin('registration as host', 'host.id', 'house.registration')
            .select('partner.id')
            .where('registration.status', '=', 'published')
            .where('host.status', '=', 'published')
            .whereRef('partner.house', '=', 'house.id')
            .where('partner.registration', '=', registration)
            .where('partner.ended_at', 'is', null),
        ),
      ]),
    )
    .orderBy('house.name')
    .orderBy('site.position')
    .orderBy('room.name')
    .execute();
  return rows
    .map(({ registration: run, ...room }) => ({ ...room, own: run === registration }))
    .sort((a, b) => Number(b.own) - Number(a.own));
};

/** Opens a room in a site of the Maison. */
export const openRoom = (
  context: PersonContext,
  registration: string,
  asked: { readonly site: string; readonly name: string; readonly seats: string },
): Promise<Result<void>> =>
  inTransaction(context, async (transaction) => {
    const inside = { ...transaction, actor: context.actor };
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    const house = await ownHouse(inside, registration);
    const site = house?.sites.find(({ id }) => id === asked.site);
    if (!site) return refuse(house ? noSuchSite : notAllowed);
    const [name, seats] = [oneLine(asked.name), Number(asked.seats)];
    if (name === '' || name.length > 60) return refuse(badName);
    if (!Number.isInteger(seats) || seats < 1 || seats > 500) return refuse(badSeats);
    // One opening of a room of a site at a time, so that they can be counted.
    await inside.db.selectFrom('house_site').select('id').where('id', '=', site.id).forUpdate().execute();
    const known = await inside.db
      .selectFrom('house_room')
      .select('name')
      .where('site', '=', site.id)
      .where('closed_at', 'is', null)
      .execute();
    if (known.some((room) => room.name === name)) return refuse(sameName);
    if (known.length >= MOST_ROOMS) return refuse(tooManyRooms);
    const { id } = await inside.db
      .insertInto('house_room')
      .values({ site: site.id, name, seats, closed_at: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await note(inside, id, 'RoomOpened-V1', { site: site.id });
    return ok(undefined);
  });

/** Closes a room of the Maison: nobody books it any more, and what was to come in it is freed. Its partners are told. */
export const closeRoom = (context: PersonContext, registration: string, id: number): Promise<Result<void>> =>
  withRoom(context, registration, id, async (inside, room) => {
    if (!room.own) return refuse(notAllowed);
    const now = inside.clock.now();
    await inside.db.updateTable('house_room').set({ closed_at: now }).where('id', '=', id).execute();
    const freed = await inside.db
      .deleteFrom('house_room_use')
      .where('room', '=', id)
      .where('starts_at', '>', now)
      .returning(['booked_by', 'local_start'])
      .execute();
    await tellFreed(inside, registration, room, freed);
    await note(inside, id, 'RoomClosed-V1', {});
    return ok(undefined);
  });

/**
 * Takes back the rooms of a Maison, or of one of its sites, that partners had booked: each is told of its times to come. Those
 * of the Maison’s own team stay, as it may open again. In the current transaction.
 */
export const takeBackRooms = async (
  inside: Context,
  which: { readonly house: string } | { readonly site: string },
): Promise<void> => {
  const rooms = await inside.db
    .selectFrom('house_room as room')
    .innerJoin('house_site as site', 'site.id', 'room.site')
    .innerJoin('house', 'house.id', 'site.house')
    .select(['room.id', 'room.name', 'site.name as siteName', 'house.name as houseName', 'house.registration'])
    .where('site' in which ? 'site.id' : 'house.id', '=', 'site' in which ? which.site : which.house)
    .where('room.closed_at', 'is', null)
    .orderBy('room.id')
    // Whoever is booking one is waited for, then told.
    .forUpdate('room')
    .execute();
  for (const room of rooms) {
    const freed = await inside.db
      .deleteFrom('house_room_use')
      .where('room', '=', room.id)
      .where('booked_by', '!=', room.registration)
      .where('starts_at', '>', inside.clock.now())
      .returning(['booked_by', 'local_start'])
      .execute();
    if (freed.length === 0) continue;
    await tellFreed(inside, room.registration, room, freed);
    await note(inside, room.id, 'RoomFreed-V1', { by: room.registration, times: freed.length });
  }
};

/** Takes a room for all the times asked, or for none: refuses with the first time that is taken already. */
export const bookRoom = (
  context: PersonContext,
  registration: string,
  asked: RoomAsked,
): Promise<Result<{ readonly times: number }>> =>
  withRoom(context, registration, asked.room, async (inside, room) => {
    const batch = crypto.randomUUID();
    const uses = asked.times.map((time) => {
      const starts_at = time.toZonedDateTime(room.timeZone).toInstant();
      return {
        ...{ room: room.id, local_start: time.toString(), starts_at, batch, booked_by: registration },
        ...{ ends_at: starts_at.add({ minutes: asked.minutes }), purpose: asked.purpose, holder: asked.holder },
      };
    });
    const [first, last] = [uses[0], uses.at(-1)];
    if (!first || !last) return ok({ times: 0 });
    const taken = await usesBetween(inside, [room.id], first.starts_at, last.ends_at);
    const clash = uses
      .flatMap((use) => taken.filter((other) => overlaps(use, other)))
      .sort((a, b) => Temporal.Instant.compare(a.starts_at, b.starts_at))[0];
    if (clash) return refuse(alreadyTaken(clash.local_start));
    await inside.db.insertInto('house_room_use').values(uses).execute();
    await note(inside, room.id, 'RoomBooked-V1', { by: registration, batch, times: uses.length });
    return ok({ times: uses.length });
  });

/**
 * Frees a time of a room; with `following`, those of the same gesture that come after it too. By who booked it, or by the
 * Maison, which tells its partner. Twice is once.
 */
export const freeRoom = (
  context: PersonContext,
  registration: string,
  asked: { readonly room: number; readonly use: string; readonly following: boolean },
): Promise<Result<void>> =>
  withRoom(context, registration, asked.room, async (inside, room) => {
    const use = isUuid(asked.use)
      ? await inside.db
          .selectFrom('house_room_use')
          .select(['id', 'batch', 'starts_at', 'booked_by'])
          .where('id', '=', asked.use)
          .where('room', '=', room.id)
          .executeTakeFirst()
      : undefined;
    if (!use) return ok(undefined);
    if (!room.own && use.booked_by !== registration) return refuse(notAllowed);
    const freed = await inside.db
      .deleteFrom('house_room_use')
      .where('room', '=', room.id)
      .where(({ or, and, eb }) =>
        or([
          eb('id', '=', use.id),
          and([eb('batch', '=', asked.following ? use.batch : use.id), eb('starts_at', '>', use.starts_at)]),
        ]),
      )
      .returning(['booked_by', 'local_start'])
      .execute();
    await tellFreed(inside, registration, room, freed);
    await note(inside, room.id, 'RoomFreed-V1', { by: registration, batch: use.batch });
    return ok(undefined);
  });

/** What takes some rooms between two moments, the earliest first. */
export const usesBetween = (
  { db }: Pick<Context, 'db'>,
  rooms: readonly number[],
  from: Temporal.Instant,
  to: Temporal.Instant,
) =>
  rooms.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('house_room_use')
        .selectAll()
        .where('room', 'in', rooms)
        .where('starts_at', '<', to)
        .where('ends_at', '>', from)
        .orderBy('starts_at')
        .orderBy('room')
        .execute();

/** A room that the registration may book, its row locked until the transaction ends: whoever else books it waits. */
const withRoom = <T>(
  context: PersonContext,
  registration: string,
  id: number,
  act: (inside: PersonContext, room: Room) => Promise<Result<T>>,
): Promise<Result<T>> =>
  inTransaction(context, async (transaction) => {
    const inside = { ...transaction, actor: context.actor };
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    await inside.db.selectFrom('house_room').select('id').where('id', '=', id).forUpdate().execute();
    const room = (await roomsFor(inside, registration)).find((one) => one.id === id);
    return room ? act(inside, room) : refuse(noSuchRoom);
  });

interface Stretch {
  readonly starts_at: Temporal.Instant;
  readonly ends_at: Temporal.Instant;
}

const overlaps = (one: Stretch, other: Stretch): boolean =>
  Temporal.Instant.compare(one.starts_at, other.ends_at) < 0 &&
  Temporal.Instant.compare(other.starts_at, one.ends_at) < 0;

/** The row of the room is locked by whoever writes: nobody else is at its journal. */
const note = async (
  context: Context,
  room: number,
  type: string,
  data: Readonly<Record<string, string | number>>,
): Promise<void> => {
  const stream = `house-room/${room}`;
  const written = await append(context, stream, (await readStream(context.db, stream)).length, [{ type, data }]);
  if (!written.ok) throw new Error(written.error.code);
};

const alreadyTaken = (start: Temporal.PlainDateTime): Refusal => ({
  code: 'room_taken',
  field: 'day',
  message: `Cette salle est déjà prise le ${momentWords(start)}. Choisissez une autre salle, une autre heure, ou écrivez cette date parmi celles à sauter. Rien n’a été retenu.`,
});
const noSuchRoom: Refusal = {
  code: 'no_such_room',
  field: 'room',
  message: 'Cette salle n’existe pas, ou plus, ou ne vous est pas ouverte.',
};
const noSuchSite: Refusal = { code: 'no_such_site', field: 'room_site', message: 'Choisissez un de vos lieux.' };
const badName: Refusal = { code: 'bad_room_name', field: 'room_name', message: 'Donnez un nom, en 60 signes au plus.' };
const badSeats: Refusal = { code: 'bad_seats', field: 'seats', message: 'Combien de personnes, de 1 à 500 ?' };
const sameName: Refusal = { code: 'same_room', field: 'room_name', message: 'Ce lieu a déjà une salle de ce nom.' };
const tooManyRooms: Refusal = {
  code: 'too_many_rooms',
  field: 'room_name',
  message: 'Trente salles au plus par lieu.',
};
