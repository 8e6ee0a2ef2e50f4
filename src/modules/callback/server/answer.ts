import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { readAccounts } from '#platform/server/identity/accounts.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type CallbackStatus, type Outcome, outcomes } from '../request.ts';
import type { Slot } from '../slots.ts';
import { placeOf } from './teams.ts';
import './tables.ts';

/** A request as a team reads it. The number is told to who took it, and to nobody else. */
export interface TeamRequest {
  readonly id: string;
  readonly team: string;
  readonly status: CallbackStatus;
  /** The day of its arrival, and the day it is now, at the team’s. */
  readonly on: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly slot: Slot;
  readonly presentation: string;
  readonly noMessage: boolean;
  readonly phone: string | undefined;
  readonly mine: boolean;
  /** Who took it, by the name that they show. */
  readonly takenBy: string | undefined;
  readonly outcome: Outcome | null;
  /** Waits for more than a day. */
  readonly late: boolean;
}

/** The most requests of one page: what is done with leaves it after a day. */
const MOST = 200;

const organisationsOf = ({ actor }: PersonContext): string[] =>
  actor.memberships
    .map(({ organisation }) => organisation)
    .filter((organisation) => isUuid(organisation) && can(actor, 'callback.answer', { organisation }));

/** Whether the actor is of a team that calls back, or still has requests to answer. */
export const answersCallbacks = async (context: PersonContext): Promise<boolean> => {
  const mine = organisationsOf(context);
  if (mine.length === 0) return false;
  const [team] = await context.db
    .selectFrom('callback_team')
    .select('id')
    .where('organisation', 'in', mine)
    .limit(1)
    .execute();
  return team !== undefined;
};

/** What waits and what was taken in the actor’s teams, the oldest first; then what ended since yesterday. */
export const teamRequests = async (context: PersonContext): Promise<TeamRequest[]> => {
  const mine = organisationsOf(context);
  if (mine.length === 0) return [];
  const { clock, actor, indexes } = context;
  const dayAgo = clock.now().subtract({ hours: 24 });
  const rows = await context.db
    .selectFrom('callback_request')
    .innerJoin('callback_team', 'callback_team.id', 'callback_request.team')
    .selectAll('callback_request')
    .select(['callback_team.name', 'callback_team.territory'])
    .where('callback_team.organisation', 'in', mine)
    .where(({ eb, or }) => or([eb('status', 'in', ['waiting', 'taken']), eb('closed_at', '>', dayAgo)]))
    .orderBy(({ eb }) => eb('closed_at', 'is not', null))
    .orderBy('created_at')
    .orderBy('callback_request.id')
    .limit(MOST)
    .execute();
  const takers = await readAccounts(context, [...new Set(rows.flatMap(({ taken_by }) => taken_by ?? []))]);
  return rows.map((row) => {
    const { timeZone } = placeOf(indexes.get(territoryIndex), row.territory);
    const own = row.taken_by === actor.account;
    const taker = takers.find(({ id }) => id === row.taken_by);
    return {
      ...{ id: row.id, team: row.name, status: row.status, outcome: row.outcome },
      ...{ on: dayAt(row.created_at, timeZone), today: dayAt(clock.now(), timeZone) },
      slot: { day: row.slot_day.toString(), from: row.slot_from, to: row.slot_to },
      ...{ presentation: row.presentation, noMessage: row.no_message },
      phone: own && row.status === 'taken' ? (row.phone ?? undefined) : undefined,
      mine: own,
      takenBy: row.taken_by === null ? undefined : (taker?.name ?? taker?.email ?? 'quelqu’un qui a quitté l’équipe'),
      late: row.status === 'waiting' && Temporal.Instant.compare(row.created_at, dayAgo) <= 0,
    };
  });
};

/** One person of the team takes a request: two at once, and the second is told so. */
export const takeRequest = (context: PersonContext, id: string): Promise<Result<void>> =>
  ofTheTeam(context, id, async ({ db, clock }) => {
    const taken = await db
      .updateTable('callback_request')
      .set({ status: 'taken', taken_by: context.actor.account, taken_at: clock.now() })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n ? ok(undefined) : refuse(notWaiting);
  });

/** Gives a request back to the team: by who took it, or by another when that one is away. */
export const releaseRequest = (context: PersonContext, id: string): Promise<Result<void>> =>
  ofTheTeam(context, id, async ({ db }) => {
    const released = await db
      .updateTable('callback_request')
      .set({ status: 'waiting', taken_by: null, taken_at: null })
      .where('id', '=', id)
      .where('status', '=', 'taken')
      .executeTakeFirst();
    return released.numUpdatedRows === 1n ? ok(undefined) : refuse(notTaken);
  });

/** Who took a request says what came of it. The number is not shown any more, and is erased thirty days later. */
export const closeRequest = (context: PersonContext, id: string, asked: string): Promise<Result<void>> =>
  ofTheTeam(context, id, async ({ db, clock }) => {
    const outcome = outcomes.find(({ value }) => value === asked)?.value;
    if (!outcome) return refuse(outcomeMissing);
    const closed = await db
      .updateTable('callback_request')
      .set({ status: 'closed', outcome, closed_at: clock.now() })
      .where('id', '=', id)
      .where('status', '=', 'taken')
      .where('taken_by', '=', context.actor.account)
      .executeTakeFirst();
    return closed.numUpdatedRows === 1n ? ok(undefined) : refuse(notYours);
  });

/** Rights are asked again inside the transaction. A request of another team does not exist. */
const ofTheTeam = (
  context: PersonContext,
  id: string,
  work: (inside: Context) => Promise<Result<void>>,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db
          .selectFrom('callback_request')
          .innerJoin('callback_team', 'callback_team.id', 'callback_request.team')
          .select('callback_team.organisation')
          .where('callback_request.id', '=', id)
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noRequest);
    const allowed = await authorise(inside, 'callback.answer', { organisation: row.organisation });
    return allowed.ok ? work(inside) : allowed;
  });

const noRequest: Refusal = { code: 'no_request', message: 'Cette demande n’existe pas, ou plus.' };
const notWaiting: Refusal = {
  code: 'not_waiting',
  message: 'Quelqu’un de votre équipe vient de la prendre, ou la personne l’a annulée. Rien n’a été changé.',
};
const notTaken: Refusal = { code: 'not_taken', message: 'Cette demande n’est plus prise. Rien n’a été changé.' };
const notYours: Refusal = {
  code: 'not_yours',
  message: 'La clore revient à la personne qui l’a prise, tant qu’elle est ouverte. Rien n’a été changé.',
};
const outcomeMissing: Refusal = { code: 'outcome_missing', field: 'outcome', message: 'Dites ce qu’a donné l’appel.' };
