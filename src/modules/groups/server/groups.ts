import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, type JournalEvent, readStream } from '#platform/server/journal/journal.ts';
import { typedText } from '#platform/text.ts';
import { gather, isFor, sizes } from '../cohort.ts';
import { tellFamily, tellOver } from './mails.ts';
import { teamOf } from './teams.ts';
import { lockSeat, moveSeat, waitingFor } from './wishes.ts';
import './tables.ts';

/** The longest message to a group, and how many a day: families asked for company, not for letters. */
export const messageLimits = { signs: 1_500, aDay: 3 } as const;

/**
 * The team accepts to animate a group for families who wait: those of one month and place, the first to have asked, twelve
 * at most. Refuses fewer than three. Every family is told.
 */
export const formGroup = (
  context: PersonContext,
  registration: string,
  asked: { readonly scope: string; readonly month: string },
  origin: string,
): Promise<Result<string>> =>
  asTeam(context, registration, async (inside, team) => {
    const waiting = await waitingFor(inside, team.scope).forUpdate().execute();
    const cohort = gather(waiting).find(
      ({ scope, month }) => scope === asked.scope && month.toString().slice(0, 7) === asked.month,
    );
    if (!cohort || cohort.families.length < sizes.least) return refuse(tooFew);
    const id = crypto.randomUUID();
    await inside.db
      .insertInto('birth_group')
      .values({ id, registration, scope: cohort.scope, month: cohort.month, formed_at: inside.clock.now() })
      .execute();
    await journal(inside, id, 'ParentGroupFormed-V1', { registration });
    for (const family of cohort.families.slice(0, sizes.most)) await seat(inside, family.id, id, origin);
    return ok(id);
  });

/** Families of that month and place who asked since are let in, as far as there is room. Says how many. */
export const letIn = (context: PersonContext, registration: string, id: string, origin: string) =>
  asTeam(context, registration, async (inside, team) => {
    const group = await lockGroup(inside, registration, id);
    if (!group) return refuse(noSuchGroup);
    const members = await membersOf(inside, id);
    const waiting = await waitingFor(inside, team.scope).forUpdate().execute();
    const coming = waiting.filter((one) => isFor(group, one)).slice(0, sizes.most - members.length);
    for (const family of coming) await seat(inside, family.id, id, origin);
    return ok(coming.length);
  });

/** Writes to all the families of a group. Each reads it on its page; no address is shown to anybody. */
export const writeToGroup = (
  context: PersonContext,
  registration: string,
  id: string,
  typed: string,
  origin: string,
): Promise<Result<void>> =>
  asTeam(context, registration, async (inside) => {
    const group = await lockGroup(inside, registration, id);
    if (!group) return refuse(noSuchGroup);
    const text = typedText(typed);
    if (text === '' || [...text].length > messageLimits.signs) return refuse(noText);
    const sent = await inside.db
      .selectFrom('group_message')
      .select('id')
      .where('group_id', '=', id)
      .where('sent_at', '>', inside.clock.now().subtract({ hours: 24 }))
      .execute();
    if (sent.length >= messageLimits.aDay) return refuse(enoughToday);
    await inside.db
      .insertInto('group_message')
      .values({ id: crypto.randomUUID(), group_id: id, text, sent_at: inside.clock.now() })
      .execute();
    await tellGroup(inside, id, origin);
    return ok(undefined);
  });

/** Takes one family out of a group, by who animates it. It is told that this is over, in words that say nothing else. */
export const removeMember = (context: PersonContext, registration: string, id: string, member: string) =>
  asTeam(context, registration, async (inside) => {
    const group = await lockGroup(inside, registration, id);
    const one = group && isUuid(member) ? await lockSeat(inside, member) : undefined;
    if (one?.group_id !== id || one.status !== 'member') return refuse(noSuchMember);
    const removed = await moveSeat(inside, one, 'remove', 'team');
    if (removed.ok) await tellOver(inside, one.email);
    return removed;
  });

/** Ends a group, by who animates it: its families wait again, and are told. */
export const closeGroup = (context: PersonContext, registration: string, id: string, origin: string) =>
  asTeam(context, registration, async (inside) => {
    const group = await lockGroup(inside, registration, id);
    if (!group) return refuse(noSuchGroup);
    await endGroup(inside, id, 'team', origin);
    return ok(undefined);
  });

/** Ends all the groups of a team that closes. */
export const endGroups = async (
  inside: Context,
  registration: string,
  by: 'team' | 'moderator',
  origin: string,
): Promise<void> => {
  const groups = await inside.db
    .selectFrom('birth_group')
    .select('id')
    .where('registration', '=', registration)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const { id } of groups) await endGroup(inside, id, by, origin);
};

/** Tells every family of a group that something waits on its page. */
export const tellGroup = async (inside: Context, id: string, origin: string): Promise<void> => {
  for (const member of await membersOf(inside, id)) await tellFamily(inside, member, 'news', origin);
};

/** Who is in a group, in the order of arrival. */
export const membersOf = ({ db }: Context, id: string) =>
  db
    .selectFrom('group_seat')
    .select(['id', 'name', 'insee', 'email'])
    .where('group_id', '=', id)
    .where('status', '=', 'member')
    .orderBy('asked_at')
    .orderBy('id')
    .execute();

/** A group of this team, alone until the transaction ends. */
export const lockGroup = async ({ db }: Context, registration: string, id: string) =>
  isUuid(id)
    ? db
        .selectFrom('birth_group')
        .selectAll()
        .where('id', '=', id)
        .where('registration', '=', registration)
        .forUpdate()
        .executeTakeFirst()
    : undefined;

/** What somebody who writes for an open team does, in one transaction. */
export const asTeam = <T>(
  context: PersonContext,
  registration: string,
  act: (inside: Context, team: NonNullable<Awaited<ReturnType<typeof teamOf>>>) => Promise<Result<T>>,
): Promise<Result<T>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'group.animate', { organisation: registration });
    if (!allowed.ok) return allowed;
    const team = await teamOf(inside, registration);
    return team?.status === 'open' && team.births ? act(inside, team) : refuse(notOpen);
  });

const seat = async (inside: Context, id: string, group: string, origin: string): Promise<void> => {
  const family = await lockSeat(inside, id);
  if (!family) return;
  const accepted = await moveSeat(inside, family, 'accept', 'team', group);
  if (accepted.ok) await tellFamily(inside, family, 'news', origin);
};

const endGroup = async (inside: Context, id: string, by: 'team' | 'moderator', origin: string): Promise<void> => {
  for (const member of await membersOf(inside, id)) {
    const family = await lockSeat(inside, member.id);
    if (!family) continue;
    const released = await moveSeat(inside, family, 'release', by, null);
    if (released.ok) await tellFamily(inside, family, 'news', origin);
  }
  await inside.db.deleteFrom('birth_group').where('id', '=', id).execute();
  await journal(inside, id, 'ParentGroupEnded-V1', { by });
};

/** Who formed and ended a group, never who was in it. */
const journal = async (inside: Context, id: string, type: JournalEvent['type'], data: JournalEvent['data']) => {
  const stream = `parent-group/${id}`;
  const written = await append(inside, stream, (await readStream(inside.db, stream)).length, [{ type, data }]);
  // The row of the group is ours until we commit: nobody else may be at its journal.
  if (!written.ok) throw new Error(written.error.code);
};

export const noSuchGroup: Refusal = { code: 'no_such_group', message: 'Ce groupe n’existe pas, ou plus.' };
const notOpen: Refusal = {
  code: 'not_open',
  message: 'Votre organisme n’anime pas de groupe de naissance pour l’instant.',
};
const tooFew: Refusal = {
  code: 'too_few',
  message: `Il faut au moins ${sizes.least} familles : l’une d’elles est peut-être partie. Rien n’a été changé.`,
};
const noSuchMember: Refusal = { code: 'no_such_member', message: 'Cette famille n’est pas, ou plus, dans ce groupe.' };
const noText: Refusal = {
  code: 'text_missing',
  field: 'text',
  message: `Écrivez votre message, en ${messageLimits.signs} signes au plus.`,
};
const enoughToday: Refusal = {
  code: 'enough_today',
  field: 'text',
  message: `Ce groupe a déjà reçu ${messageLimits.aDay} messages en un jour. Reprenez demain.`,
};
