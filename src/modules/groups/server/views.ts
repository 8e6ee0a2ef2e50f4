import { sql } from 'kysely';
import { answeringIn, organiserOf } from '#modules/professionals/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { gather, isFor, sizes } from '../cohort.ts';
import { countedSince } from '../quiet-count.ts';
import { datesOf } from './dates.ts';
import { membersOf } from './groups.ts';
import { seatOf } from './keys.ts';
import { teamOf } from './teams.ts';
import { waitingFor } from './wishes.ts';
import './tables.ts';

/** A family’s own page, by the word of its message; nothing once it left. */
export const readSeat = async (context: Context, token: string) => {
  const id = await seatOf(context, token);
  const row = id && (await context.db.selectFrom('group_seat').selectAll().where('id', '=', id).executeTakeFirst());
  if (!row) return undefined;
  const { status, insee, month, name, group_id } = row;
  return {
    ...{ id: row.id, status, insee, month, name },
    group: status === 'member' && group_id ? await groupOf(context, group_id) : undefined,
    waiting: status === 'waiting' ? await quietlyWaiting(context, row) : undefined,
  };
};

/** How many wait, in the commune or, below five, around it. Whoever has just left is still counted, see `countedSince`. */
const quietlyWaiting = async (
  { db, clock }: Context,
  { month, insee, epci }: { month: Temporal.PlainDate; insee: string; epci: string | null },
): Promise<{ readonly count: number; readonly scope: string }> => {
  const { rows } = await sql<{ here: number; around: number }>`
    select count(*) filter (where insee = ${insee}) as here, count(*) as around
    from group_seat
    where month = ${month.toString()}::date and (insee = ${insee} or epci = ${epci})
      and (status = 'waiting' or (status = 'ended' and group_id is null and ended_at >= ${countedSince(clock.now())}))`.execute(
    db,
  );
  const { here = 0, around = 0 } = rows[0] ?? {};
  return here < sizes.widensBelow && epci !== null
    ? { count: around, scope: `epci:${epci}` }
    : { count: here, scope: `commune:${insee}` };
};

const groupOf = async (context: Context, id: string) => {
  const { db, clock } = context;
  const group = await db.selectFrom('birth_group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const { count } = await db
    .selectFrom('group_seat')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('group_id', '=', id)
    .where(({ eb, or }) => or([eb('status', '=', 'member'), eb('ended_at', '>=', countedSince(clock.now()))]))
    .executeTakeFirstOrThrow();
  const organiser = await organiserOf(context, group.registration);
  const team = await teamOf(context, group.registration);
  return {
    ...{ scope: group.scope, count, name: organiser?.name ?? 'L’organisme', words: team?.words ?? '' },
    /** Who answers a report, by name; nothing while nobody was entrusted with that territory. */
    answers: team && (await answeringIn(context, team.insee))?.name,
    dates: await datesOf(context, id),
    messages: await messagesOf(context, id),
  };
};

/** What a team reads: who waits, by month and place, and its groups. Nothing for who does not write for it. */
export const teamView = async (context: PersonContext, registration: string) => {
  const allowed = isUuid(registration) && can(context.actor, 'group.animate', { organisation: registration });
  const team = allowed ? await teamOf(context, registration) : undefined;
  if (team?.status !== 'open' || !team.births) return { cohorts: [], groups: [] };
  const rows = await context.db
    .selectFrom('birth_group')
    .selectAll()
    .where('registration', '=', registration)
    .orderBy('month')
    .orderBy('id')
    .execute();
  let waiting = await waitingFor(context, team.scope).execute();
  const groups = [];
  for (const group of rows) {
    const members = await membersOf(context, group.id);
    const room = sizes.most - members.length;
    const coming = waiting.filter((one) => isFor(group, one)).slice(0, room);
    waiting = waiting.filter((one) => !coming.includes(one));
    groups.push({
      ...{ id: group.id, month: group.month, scope: group.scope, coming: coming.length },
      members: members.map(({ id, name, insee }) => ({ id, name, insee })),
      dates: await datesOf(context, group.id),
      messages: await messagesOf(context, group.id),
    });
  }
  const cohorts = gather(waiting).map(({ scope, month, families }) => ({ scope, month, count: families.length }));
  return { cohorts, groups };
};

const messagesOf = ({ db }: Context, group: string) =>
  db
    .selectFrom('group_message')
    .select(['id', 'text', 'sent_at'])
    .where('group_id', '=', group)
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .limit(10)
    .execute();
