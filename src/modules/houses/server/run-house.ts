import { organiserOf } from '#modules/professionals/server/index.ts';
import { coversIn, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { typedText } from '#platform/text.ts';
import { longest } from '../hours.ts';
import type { HouseStatus } from '../house.ts';
import { closeAppointments } from './appointments.ts';
import { houseOf } from './houses.ts';
import { ownListings } from './own-listings.ts';
import { takeBackRooms } from './rooms.ts';
import './tables.ts';

interface HouseEvent extends JournalEvent {
  readonly type: 'HouseAsked-V1' | 'HouseChanged-V1' | 'HouseOpened-V1' | 'HouseClosed-V1';
  readonly data: Readonly<Record<string, never>>;
}

const statusAfter: Readonly<Record<HouseEvent['type'], HouseStatus | undefined>> = {
  'HouseAsked-V1': 'asked',
  'HouseChanged-V1': undefined,
  'HouseOpened-V1': 'open',
  'HouseClosed-V1': 'closed',
};

/** The table says where a house stands; the journal, who asked, changed, accepted and closed. */
const houses: StreamDefinition<undefined, HouseEvent> = {
  name: 'house',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock }, id, _state, events) => {
    const status = statusAfter[events.at(-1)?.type ?? 'HouseChanged-V1'];
    await db
      .updateTable('house')
      .set({ changed_at: clock.now(), ...(status ? { status } : {}) })
      .where('id', '=', id)
      .execute();
  },
};

/**
 * A registration says what its Maison is and where it receives: `sites` are keys of `ownListings`, the first of which must be
 * a Maison. The first time, and after a refusal, it waits for a moderator of its territory; afterwards it changes at once.
 */
export const tellHouse = (
  context: PersonContext,
  registration: string,
  typed: { readonly words: string; readonly sites: readonly string[] },
): Promise<Result<HouseStatus, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, registration);
    if (!organiser) return refuse([notListed]);
    const own = await ownListings(inside, registration);
    const chosen = own.filter(({ key }) => typed.sites.includes(key));
    const [first] = chosen;
    const words = typedText(typed.words).slice(0, longest.presentation + 1);
    const refusals = [...(first?.isHouse ? [] : [noHouse]), ...(words.length > longest.presentation ? [tooLong] : [])];
    if (!first || refusals.length > 0) return refuse(refusals);
    const territories = inside.indexes.get(territoryIndex);
    const { insee, epci, departement, region } = organiser;
    const told = { name: first.name, words, insee, epci, departement, region, changed_at: inside.clock.now() };
    const before = await inside.db
      .selectFrom('house')
      .select(['id', 'status'])
      .where('registration', '=', registration)
      .forUpdate()
      .executeTakeFirst();
    const id = before?.id ?? crypto.randomUUID();
    if (before) await inside.db.updateTable('house').set(told).where('id', '=', id).execute();
    else
      await inside.db
        .insertInto('house')
        .values({ id, registration, slug: await freeSlug(inside, first.slug, id), status: 'asked', ...told })
        .execute();
    for (const [position, { entity, id: listing, name, insee: at }] of chosen.entries()) {
      const commune = territories.commune(at ?? insee);
      const site = {
        ...{ name, insee: commune?.code ?? insee, position, closed_at: null },
        time_zone: commune ? timeZoneOfCommune(commune) : 'Europe/Paris',
      };
      const where = { place: entity === 'place' ? listing : null, service: entity === 'service' ? listing : null };
      await inside.db
        .insertInto('house_site')
        .values({ house: id, ...where, ...site })
        .onConflict((known) => known.columns(['house', entity]).doUpdateSet(site))
        .execute();
    }
    await closeOtherSites(
      inside,
      id,
      chosen.map(({ key }) => key),
    );
    const changed = before && before.status !== 'closed';
    const done = await record(inside, id, changed ? 'HouseChanged-V1' : 'HouseAsked-V1');
    return done.ok ? ok(changed ? before.status : 'asked') : refuse([done.error]);
  });

/** Closes the sites that were not chosen again: their hours end, and who was expected there, or had a room there, is told. */
const closeOtherSites = async (inside: Context, house: string, chosen: readonly string[]): Promise<void> => {
  const sites = await inside.db
    .selectFrom('house_site')
    .select(['id', 'place', 'service'])
    .where('house', '=', house)
    .where('closed_at', 'is', null)
    .execute();
  for (const { id, place, service } of sites) {
    if (chosen.includes(place === null ? `service/${service}` : `place/${place}`)) continue;
    const now = inside.clock.now();
    await inside.db.updateTable('house_site').set({ closed_at: now }).where('id', '=', id).execute();
    await inside.db
      .updateTable('house_hours')
      .set({ ended_at: now })
      .where('site', '=', id)
      .where('ended_at', 'is', null)
      .execute();
    await closeAppointments(inside, { site: id }, '');
    await takeBackRooms(inside, { site: id });
  }
};

/**
 * A moderator of its territory opens a house, or closes it; its team closes its own, and opens none. When it closes, who was
 * expected or had a room is told.
 * Twice is once.
 */
export const decideHouse = (
  context: PersonContext,
  registration: string,
  decision: 'open' | 'close',
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(registration)
      ? await inside.db
          .selectFrom('house')
          .select(['id', 'status', 'insee'])
          .where('registration', '=', registration)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchHouse);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const moderator = await authorise(inside, 'proposal.decide', { territory: `commune:${row.insee}` }, covers);
    const own = decision === 'close' ? await authorise(inside, 'house.run', { organisation: registration }) : moderator;
    if (!moderator.ok && !own.ok) return moderator;
    if (decision === 'open' && can(inside.actor, 'house.run', { organisation: registration }))
      return refuse(ownProposal);
    if (row.status === (decision === 'open' ? 'open' : 'closed')) return ok(undefined);
    if (decision === 'close') {
      await closeAppointments(inside, { house: row.id }, '');
      await takeBackRooms(inside, { house: row.id });
    }
    const done = await record(inside, row.id, decision === 'open' ? 'HouseOpened-V1' : 'HouseClosed-V1');
    return done.ok ? ok(undefined) : done;
  });

/**
 * Ends the house of an organisation that closed for good: who was expected or had a room is told, and what was said of the house and of
 * its people goes. What was counted stays: it holds nobody. In the current transaction.
 */
export const endHouse = async (inside: Context, id: string): Promise<void> => {
  await closeAppointments(inside, { house: id }, '');
  await takeBackRooms(inside, { house: id });
  await inside.db.updateTable('house_member').set({ name: '' }).where('house', '=', id).execute();
  await inside.db
    .updateTable('house_hours')
    .set({ link: '', ended_at: inside.clock.now() })
    .where('house', '=', id)
    .execute();
  await inside.db.updateTable('house').set({ words: '' }).where('id', '=', id).execute();
  const done = await record(inside, id, 'HouseClosed-V1');
  // Another process may be at the same: the next run finds it done.
  if (!done.ok) throw new Error(done.error.code);
};

/** The houses that the actor may decide on: those that ask, then those that are open. */
export const housesToDecide = async (context: PersonContext) => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const rows = await context.db
    .selectFrom('house')
    .innerJoin('registration', 'registration.id', 'house.registration')
    .select(['house.registration', 'house.name', 'house.slug', 'house.words', 'house.status', 'house.insee'])
    .where('house.status', 'in', ['asked', 'open'])
    .where('registration.status', '=', 'published')
    .orderBy('house.status')
    .orderBy('house.changed_at')
    .orderBy('house.id')
    .execute();
  return rows.filter(({ insee }) => can(context.actor, 'proposal.decide', { territory: `commune:${insee}` }, covers));
};

/** What the space of the team shows before anything else; nothing for who may not write for the registration. */
export const houseToTell = async (context: PersonContext, registration: string) => {
  if (!can(context.actor, 'house.run', { organisation: registration })) return undefined;
  const house = await houseOf(context, registration);
  const sites = house
    ? await context.db
        .selectFrom('house_site')
        .select(['place', 'service'])
        .where('house', '=', house.id)
        .where('closed_at', 'is', null)
        .execute()
    : [];
  const chosen = sites.map(({ place, service }) => (place === null ? `service/${service}` : `place/${place}`));
  return { house, listings: await ownListings(context, registration), chosen };
};

/** The name of its first page in the directory, so that its address does not change when somebody begins to run it. */
const freeSlug = async ({ db }: Context, slug: string, id: string): Promise<string> => {
  const taken = await db.selectFrom('house').select('id').where('slug', '=', slug).executeTakeFirst();
  return taken ? `${slug}-${id.slice(0, 6)}` : slug;
};

const record = (inside: Context, id: string, type: HouseEvent['type']) =>
  withStream(inside, houses, id, () => ok([{ type, data: {} }] as const));

const notListed: Refusal = {
  code: 'not_listed',
  message: 'Votre inscription n’est pas en ligne : les parents doivent pouvoir voir qui vous êtes.',
};
const noHouse: Refusal = {
  code: 'no_house',
  field: 'sites',
  message:
    'Choisissez au moins une fiche de Maison : Maison des 1000 premiers jours, Maison des parents ou des familles.',
};
const tooLong: Refusal = {
  code: 'too_long',
  field: 'words',
  message: `${longest.presentation} signes au plus.`,
};
const ownProposal: Refusal = {
  code: 'own_proposal',
  message: 'C’est la demande de votre équipe : quelqu’un d’autre de votre territoire la lit.',
};
const noSuchHouse: Refusal = { code: 'no_such_house', message: 'Cette Maison n’existe pas, ou plus.' };
