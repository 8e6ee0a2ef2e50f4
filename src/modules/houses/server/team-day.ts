import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import { longest } from '../hours.ts';
import { closeAppointments, told } from './appointments.ts';
import { countAppointment } from './slots.ts';
import './tables.ts';

/** Who is expected on a day, for who writes for the house, hour by hour; with those whom the team still has to call. */
export const readTeamDay = async (context: PersonContext, registration: string, day: Temporal.PlainDate) => {
  if (!isUuid(registration) || !can(context.actor, 'house.run', { organisation: registration })) return [];
  const from = day.toPlainDateTime();
  const rows = await told(context.db)
    .where('house.registration', '=', registration)
    .where('appointment.local_start', '>=', from)
    .where('appointment.local_start', '<', from.add({ days: 1 }))
    .orderBy('appointment.local_start')
    .orderBy('member.position')
    .limit(300)
    .execute();
  return rows.filter(
    ({ state, contact_kind }) => state === 'booked' || (state === 'closed' && contact_kind === 'phone'),
  );
};

/** The coming days on which somebody is expected, with how many. */
export const expectedDays = async ({ db, clock }: PersonContext, house: string) => {
  const rows = await db
    .selectFrom('house_appointment as appointment')
    .innerJoin('house_hours as hours', 'hours.id', 'appointment.hours')
    .select('appointment.local_start')
    .where('hours.house', '=', house)
    .where('appointment.state', '=', 'booked')
    .where('appointment.starts_at', '>', clock.now().subtract({ hours: 24 }))
    .orderBy('appointment.local_start')
    .limit(2_000)
    .execute();
  const byDay = Map.groupBy(rows, ({ local_start }) => local_start.toPlainDate().toString());
  return [...byDay].map(([day, all]) => ({ day, count: all.length }));
};

/** What the team does with an appointment: they came or not, or it is taken back and they are told. */
export type AppointmentOrder = 'came' | 'absent' | 'close';

/** Does it. Returns whether somebody is to be called. Refuses who does not write for the house, and another’s appointment. */
export const orderAppointment = (
  context: PersonContext,
  registration: string,
  id: string,
  order: AppointmentOrder,
): Promise<Result<{ readonly toCall: number }>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    const row = isUuid(id)
      ? await told(inside.db)
          .where('appointment.id', '=', id)
          .where('house.registration', '=', registration)
          .forUpdate('member')
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchAppointment);
    if (order === 'close') return ok(await closeAppointments(inside, { appointment: id }, ''));
    const came = order === 'came';
    const before = await inside.db
      .selectFrom('house_appointment')
      .select(['came', 'state'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (before.state !== 'booked' || before.came === came) return ok({ toCall: 0 });
    await inside.db.updateTable('house_appointment').set({ came }).where('id', '=', id).execute();
    const counted = { ...row, start: row.local_start };
    if (before.came !== null) await countAppointment(inside, counted, before.came ? 'came' : 'absent', -1);
    await countAppointment(inside, counted, came ? 'came' : 'absent');
    return ok({ toCall: 0 });
  });

/** A member does not receive on a day: nothing is offered then, and who was expected is told. */
export const closeDay = (
  context: PersonContext,
  registration: string,
  { member, day, words }: { readonly member: string; readonly day: string | undefined; readonly words: string },
): Promise<Result<{ readonly sent: number; readonly toCall: number }>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    if (!day) return refuse(badDay);
    if (!(await isMember(inside, registration, member))) return refuse(noSuchMember);
    await inside.db
      .insertInto('house_absence')
      .values({ member, day })
      .onConflict((known) => known.doNothing())
      .execute();
    const which = { member, day: Temporal.PlainDate.from(day) };
    return ok(await closeAppointments(inside, which, oneLine(words).slice(0, longest.words)));
  });

/** Whether somebody is of the team of that registration’s house; their row is locked until the transaction ends. */
export const isMember = async ({ db }: Context, registration: string, id: string): Promise<boolean> =>
  isUuid(id) &&
  (await db
    .selectFrom('house_member')
    .innerJoin('house', 'house.id', 'house_member.house')
    .select('house_member.id')
    .where('house_member.id', '=', id)
    .where('house.registration', '=', registration)
    .forUpdate('house_member')
    .executeTakeFirst()) !== undefined;

const noSuchAppointment: Refusal = { code: 'no_such_appointment', message: 'Ce rendez-vous n’existe pas, ou plus.' };
const noSuchMember: Refusal = { code: 'no_such_member', message: 'Cette personne n’est pas, ou plus, de l’équipe.' };
const badDay: Refusal = { code: 'bad_day', field: 'day', message: 'Donnez le jour, par exemple 24/11/2026.' };
