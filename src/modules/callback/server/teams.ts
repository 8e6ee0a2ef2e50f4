import { sql } from 'kysely';
import { isPublicHoliday } from '#modules/directory/index.ts';
import {
  coversIn,
  parseTerritory,
  type TerritoryIndex,
  timeZoneOfCommune,
  timeZoneOfDepartement,
} from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import { offeredSlots, type Slot } from '../slots.ts';
import type { CallbackTeam, TeamAsked } from '../team.ts';
import './tables.ts';

const TOPIC = 'callback';

/**
 * Whether somebody calls back somewhere, kept in memory: pages that must answer whatever happens only ask this, and never
 * the database.
 */
export const callbackIndex: IndexDefinition<{ readonly offered: boolean }> = {
  name: 'callback',
  topics: [TOPIC],
  build: async (db) => ({ offered: await somebodyOffers(db) }),
};

/** Whether somebody answers somewhere, now. */
const somebodyOffers = async (db: Context['db']): Promise<boolean> =>
  (await livingIn(db).where(somebodyAnswers).where(seen).limit(1).execute()).length > 0;

/** Whether « Être rappelé » is shown at all: an organisation that answers was appointed. */
export const callbackOffered = ({ indexes }: Context): boolean => indexes.get(callbackIndex).offered;

const somebodyAnswers = sql<boolean>`exists (
  select from membership
  where membership.organisation = callback_team.organisation::text and membership.role in ('owner', 'editor'))`;

/** A registration that parents do not see any more, whatever ended it. */
const unseen = sql<boolean>`exists (
  select from registration
  where registration.id = callback_team.organisation and registration.status <> 'published')`;
const seen = sql<boolean>`not ${unseen}`;

const living = ({ db }: Context) => livingIn(db);

const livingIn = (db: Context['db']) =>
  db
    .selectFrom('callback_team')
    .select(['id', 'organisation', 'name', 'territory', 'days', 'from_hour as from', 'to_hour as to'])
    .select(['languages', 'sentence'])
    .where('ended_at', 'is', null);

/** The teams that answer: appointed, of an organisation that parents see, and with somebody who may take a request. */
export const answeringTeams = (context: Context): Promise<CallbackTeam[]> =>
  living(context).where(somebodyAnswers).where(seen).orderBy('name').execute();

/** The slots that a team offers now, and the day it is there. */
export const slotsOf = (
  { clock, indexes }: Context,
  team: CallbackTeam,
): { readonly slots: readonly Slot[]; readonly today: Temporal.PlainDate; readonly timeZone: string } => {
  const { timeZone, departement } = placeOf(indexes.get(territoryIndex), team.territory);
  const now = clock.now().toZonedDateTimeISO(timeZone).toPlainDateTime();
  const slots = offeredSlots(team, now, (day) => isPublicHoliday(day, departement));
  return { slots, today: now.toPlainDate(), timeZone };
};

/** The clock and the public holidays of a territory: those of its first département; for all of France, of Paris. */
export const placeOf = (
  index: TerritoryIndex,
  scope: Scope,
): { readonly timeZone: string; readonly departement: string } => {
  const territory = parseTerritory(scope);
  const [commune] = territory.ok ? index.communesOf(territory.value) : [];
  if (!commune) return { timeZone: 'Europe/Paris', departement: '75' };
  const { departement } = commune;
  const alone = scope.startsWith('commune:') || scope.startsWith('epci:');
  return { timeZone: alone ? timeZoneOfCommune(commune) : timeZoneOfDepartement(departement), departement };
};

/** Where the actor may appoint teams: the territories that they administer. */
export const appoints = ({ actor }: PersonContext): readonly Scope[] =>
  actor.grants.map(({ scope }) => scope).filter((scope) => can(actor, 'callback.appoint', { territory: scope }));

/** The teams of the actor’s territories, with what waits at each. */
export const appointedTeams = async (context: PersonContext) => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const dayAgo = context.clock.now().subtract({ hours: 24 });
  const rows = await living(context)
    .select(somebodyAnswers.as('answers'))
    .select(
      sql<number>`(select count(*) from callback_request where team = callback_team.id and status = 'waiting')`.as(
        'waiting',
      ),
    )
    .select(
      sql<number>`(select count(*) from callback_request
        where team = callback_team.id and status = 'waiting' and created_at <= ${dayAgo.toString()}::timestamptz)`.as(
        'late',
      ),
    )
    .orderBy('name')
    .execute();
  return rows.filter(({ territory }) => can(context.actor, 'callback.appoint', { territory }, covers));
};

/**
 * Gives an organisation the work of calling back in a territory. `name`: how parents will read it, as the caller knows it
 * from where organisations are kept. Refuses who does not administer the territory, and a second time the same.
 */
export const appointTeam = (
  context: PersonContext,
  { organisation, territory, days, from, to, languages, sentence }: TeamAsked,
  name: string,
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, actor, indexes } = inside;
    const covers = coversIn(indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'callback.appoint', { territory }, covers);
    if (!allowed.ok) return refuse([allowed.error]);
    const added = await db
      .insertInto('callback_team')
      .values({
        ...{ organisation, name, territory, sentence, from_hour: from, to_hour: to, ended_at: null },
        ...{ days: JSON.stringify(days), languages: JSON.stringify(languages) },
        ...{ appointed_by: actor.kind === 'person' ? actor.account : null, appointed_at: clock.now() },
      })
      .onConflict((known) => known.columns(['organisation', 'territory']).where('ended_at', 'is', null).doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return refuse([alreadyAppointed]);
    await announceChange(db, TOPIC);
    return ok(undefined);
  });

/** Ends the work of a team. It receives no request any more; those that it has, it still answers. */
export const endTeam = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const team = isUuid(id) ? await living(inside).where('id', '=', id).executeTakeFirst() : undefined;
    if (!team) return ok(undefined);
    const covers = coversIn(indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'callback.appoint', { territory: team.territory }, covers);
    if (!allowed.ok) return allowed;
    await db.updateTable('callback_team').set({ ended_at: clock.now() }).where('id', '=', id).execute();
    await announceChange(db, TOPIC);
    return ok(undefined);
  });

/** Whether somebody waits to be called back by an organisation: it may not leave before. */
export const callbacksWait = async ({ db }: Context, organisation: string): Promise<boolean> => {
  if (!isUuid(organisation)) return false;
  const [waiting] = await db
    .selectFrom('callback_request')
    .innerJoin('callback_team', 'callback_team.id', 'callback_request.team')
    .select('callback_request.id')
    .where('callback_team.organisation', '=', organisation)
    .where('callback_request.status', 'in', ['waiting', 'taken'])
    .limit(1)
    .execute();
  return waiting !== undefined;
};

/**
 * Ends the teams whose registration parents do not see any more. Nobody can be told of it: only a telephone number was left.
 * What waits there is erased at once, with its number; what somebody took, once nobody of the team is left to call. Twice
 * is once.
 */
export const endUnseenTeams = async (context: Context): Promise<void> => {
  await inTransaction(context, async ({ db, clock }) => {
    const mine = db.selectFrom('callback_team').select('id').where(unseen);
    const gone = sql<boolean>`(status = 'waiting' or (status = 'taken' and exists (
      select from registration join callback_team on callback_team.organisation = registration.id
      where callback_team.id = callback_request.team and registration.status = 'closed')))`;
    await db
      .updateTable('callback_team')
      .set({ ended_at: clock.now() })
      .where('ended_at', 'is', null)
      .where(unseen)
      .execute();
    await db.deleteFrom('callback_request').where('team', 'in', mine).where(gone).execute();
    // A member who leaves says nothing to this index: it catches up here.
    if ((await somebodyOffers(db)) !== context.indexes.get(callbackIndex).offered) await announceChange(db, TOPIC);
  });
};

const alreadyAppointed: Refusal = {
  code: 'already_appointed',
  field: 'organisation',
  message: 'Cet organisme rappelle déjà dans ce territoire. Retirez-le d’abord pour changer ses horaires.',
};
