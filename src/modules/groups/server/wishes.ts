import { sql } from 'kysely';
import { timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { MAILBOX_OF_EMAIL, mailboxOf } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { tellWriters } from '#platform/server/identity/tell-writers.ts';
import { withdrawMails } from '#platform/server/mail/outbox.ts';
import { gather, isFor, sizes } from '../cohort.ts';
import { decideSeat, type SeatCommand, type SeatRole } from '../seat.ts';
import { readWish, type TypedWish } from '../wish.ts';
import { seatOf } from './keys.ts';
import { tellFamily, tellFull } from './mails.ts';
import { openTeamsFor } from './teams.ts';
import './tables.ts';

/** The most living wishes of one mailbox: a child, the next one, a house that moved. */
export const MOST_WISHES = 3;

/**
 * A family asks to meet others. Nothing is shown to anybody until the mailbox answers, and whoever asks is told the same
 * whatever we knew of that mailbox. Refuses by the field, and a commune that does not exist. `origin`: of the addresses in
 * the messages.
 */
export const askToMeet = (
  context: Context,
  insee: string,
  typed: TypedWish,
  origin: string,
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const territories = inside.indexes.get(territoryIndex);
    const asked = territories.commune(insee);
    // A district of a city is that city: its families are neighbours.
    const commune = asked?.partOf ? territories.commune(asked.partOf) : asked;
    if (!commune) return refuse([noCommune]);
    const read = readWish(typed, todayIn(inside.clock, timeZoneOfCommune(commune)));
    if (!read.ok) return read;
    const { month, name, email } = read.value;
    // One at a time for one mailbox: the count below is true until we commit.
    const mailbox = mailboxOf(email);
    await sql`select pg_advisory_xact_lock(hashtext(${`group ${mailbox}`}))`.execute(inside.db);
    const living = await inside.db
      .selectFrom('group_seat')
      .select(['id', 'email', 'status', 'month'])
      .where(sql<string>`${sql.raw(MAILBOX_OF_EMAIL)}`, '=', mailbox)
      .where('status', '<>', 'ended')
      .execute();
    // A family lives in one place: the same month elsewhere is no other family.
    const known = living.find((seat) => seat.month.equals(month));
    if (known) {
      await tellFamily(inside, known, known.status === 'asked' ? 'confirm' : 'known', origin);
      return ok(undefined);
    }
    if (living.length >= MOST_WISHES) {
      await tellFull(inside, email);
      return ok(undefined);
    }
    const status = decideSeat('absent', 'ask', 'parent');
    if (!status.ok) return refuse([status.error]);
    const seat = { id: crypto.randomUUID(), insee: commune.code, epci: commune.epci ?? null };
    await inside.db
      .insertInto('group_seat')
      .values({
        ...{ ...seat, departement: commune.departement, month, name, email, status: status.value },
        ...{ group_id: null, asked_at: inside.clock.now(), ended_at: null },
      })
      .execute();
    await tellFamily(inside, { id: seat.id, email }, 'confirm', origin);
    return ok(undefined);
  });

/** The family answers from its message: it is counted from now on, and who animates groups there is told. */
export const confirmWish = (context: Context, token: string, origin: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const seat = await seatByToken(inside, token);
    if (!seat) return refuse(noSeat);
    if (seat.status === 'waiting' || seat.status === 'member') return ok(undefined);
    const moved = await moveSeat(inside, seat, 'confirm', 'parent');
    if (!moved.ok) return moved;
    await tellTeams(inside, seat, origin);
    return ok(undefined);
  });

/** Tells the teams there when there are just enough families for a group, or when one more could join theirs. */
const tellTeams = async (inside: Context, seat: Seat, origin: string): Promise<void> => {
  for (const { registration, births, scope } of await openTeamsFor(inside, seat.insee)) {
    if (!births) continue;
    const cohort = gather(await waitingFor(inside, scope).execute()).find(({ families }) =>
      families.some(({ id }) => id === seat.id),
    );
    const groups = await inside.db
      .selectFrom('birth_group')
      .select(['month', 'scope'])
      .where('registration', '=', registration)
      .execute();
    const joins = groups.some((group) => isFor(group, seat));
    if (!joins && cohort?.families.length !== sizes.least) continue;
    await tellWriters(inside, registration, {
      subject: 'Votre espace a changé',
      lines: [
        'Des familles attendent. C’est dans votre espace :',
        `${origin}/professionnels/espace/${registration}/groupes`,
      ],
    });
  }
};

/**
 * A family leaves, at once and without a word to anybody: its name and mailbox are emptied, its links lead nowhere any
 * more. Leaving twice, or by a link that was never ours, says the same.
 */
export const leaveGroup = (context: Context, token: string): Promise<void> =>
  inTransaction(context, async (inside) => {
    const seat = await seatByToken(inside, token);
    if (seat) await moveSeat(inside, seat, 'leave', 'parent');
  });

/** A seat, alone until the transaction ends. */
export const lockSeat = ({ db }: Context, id: string) =>
  db.selectFrom('group_seat').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export type Seat = NonNullable<Awaited<ReturnType<typeof lockSeat>>>;

/** Moves a locked seat as the table says. Once ended, nothing of the family is left, not even what waits to be sent. */
export const moveSeat = async (
  inside: Context,
  seat: Pick<Seat, 'id' | 'email' | 'status' | 'group_id'>,
  command: SeatCommand,
  role: SeatRole,
  group_id: string | null = seat.group_id,
): Promise<Result<void>> => {
  const to = decideSeat(seat.status, command, role);
  if (!to.ok) return to;
  const over = to.value === 'ended';
  await inside.db
    .updateTable('group_seat')
    .set({ status: to.value, group_id, ...(over ? { name: '', email: '', ended_at: inside.clock.now() } : {}) })
    .where('id', '=', seat.id)
    .execute();
  if (!over) return ok(undefined);
  await inside.db.deleteFrom('group_key').where('seat', '=', seat.id).execute();
  await withdrawMails(inside.db, seat.email, '/groupes/ma-place/');
  return ok(undefined);
};

/** Who waits in the territory of a team, in the order of arrival. */
export const waitingFor = ({ db }: Context, scope: string) => {
  const [kind, code = ''] = scope.split(':');
  const column = kind === 'departement' ? 'departement' : kind === 'epci' ? 'epci' : 'insee';
  return db
    .selectFrom('group_seat')
    .select(['id', 'month', 'insee', 'epci', 'asked_at'])
    .where(column, '=', code)
    .where('status', '=', 'waiting')
    .orderBy('asked_at')
    .orderBy('id');
};

const seatByToken = async (inside: Context, token: string) => {
  const id = await seatOf(inside, token);
  return id === undefined ? undefined : lockSeat(inside, id);
};

const noCommune: Refusal = { code: 'unknown_commune', message: 'Cette commune n’existe pas, ou plus.' };
export const noSeat: Refusal = { code: 'no_seat', message: 'Ce lien ne sert plus.' };
