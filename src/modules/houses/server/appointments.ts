import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import { MOST_HELD, readWho } from '../appointment.ts';
import { tellAppointment } from './appointment-mails.ts';
import { openHouse } from './houses.ts';
import { countAppointment, openSlots } from './slots.ts';
import './tables.ts';

/** Where the page of an appointment is. */
export const appointmentPath = (secret: string): string => `/maisons/rendez-vous/${secret}`;

/**
 * Takes one time of a member, from the public form. Their row is locked first: of all who ask for it at once, on any process,
 * one has it. The secret came with the form: sent twice, it is one appointment.
 */
export const takeAppointment = (
  context: Context,
  slug: string,
  { hours, start }: { readonly hours: string; readonly start: string },
  form: FormData,
  origin: string | undefined,
): Promise<Result<{ readonly secret: string }, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const member = isUuid(hours) ? await lockMember(inside, hours) : undefined;
    const house = member && (await openHouse(inside, slug));
    if (!member || !house || member.house !== house.id) return refuse([gone]);
    const given = String(form.get('secret') ?? '');
    const secret = looksLikeSecret(given) ? given : newSecret();
    const token_hash = hashOf(secret);
    const known = await inside.db
      .selectFrom('house_appointment')
      .select('id')
      .where('token_hash', '=', token_hash)
      .executeTakeFirst();
    if (known) return ok({ secret });
    const slot = (await openSlots(inside, house.id, hours)).find((one) => one.start.toString().startsWith(start));
    if (!slot || start.length < 16) return refuse([taken]);
    const read = readWho(form, slot.mode);
    if (!read.ok) return read;
    const { name, contact } = read.value;
    const now = inside.clock.now();
    const held = await inside.db
      .selectFrom('house_appointment')
      .innerJoin('house_hours', 'house_hours.id', 'house_appointment.hours')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('house_hours.house', '=', house.id)
      .where('contact', '=', contact.value)
      .where('state', '=', 'booked')
      .where('starts_at', '>', now)
      .executeTakeFirstOrThrow();
    if (held.count >= MOST_HELD) return refuse([tooMany]);
    const row = {
      ...{ name, contact_kind: contact.kind, contact: contact.value, minutes: slot.minutes },
      ...{ hours, member: slot.member, starts_at: slot.startsAt, created_at: now },
    };
    await inside.db
      .insertInto('house_appointment')
      .values({ ...row, local_start: slot.start.toString(), state: 'booked', came: null, token_hash })
      .execute();
    await countAppointment(inside, slot, 'booked');
    const address = origin && `${origin}${appointmentPath(secret)}`;
    await tellAppointment(inside, 'booked', { ...row, local_start: slot.start }, { address });
    return ok({ secret });
  });

/** What the page of an appointment shows, by its secret; nothing for one that is forged or was erased. */
export const readAppointment = async ({ db, clock }: Context, secret: string) => {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await told(db).where('appointment.token_hash', '=', hashOf(secret)).executeTakeFirst();
  return row && { ...row, toCome: Temporal.Instant.compare(row.starts_at, clock.now()) > 0 };
};

/** Frees the time of an appointment by its secret, until it begins. Twice is once. */
export const cancelAppointment = (context: Context, secret: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const found = await readAppointment(inside, secret);
    if (!found) return refuse(unknown);
    if (!found.toCome) return refuse(past);
    await lockMember(inside, found.hours);
    const { numUpdatedRows } = await inside.db
      .updateTable('house_appointment')
      .set({ state: 'cancelled' })
      .where('id', '=', found.id)
      .where('state', '=', 'booked')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return ok(undefined);
    await countAppointment(inside, { ...found, start: found.local_start }, 'cancelled');
    await tellAppointment(inside, 'cancelled', found);
    return ok(undefined);
  });

/** Which appointments a house takes back: all of them, those of a site, of some hours, or one day of a member. */
export type Which =
  | { readonly house: string }
  | { readonly site: string }
  | { readonly hours: string }
  | { readonly member: string; readonly day: Temporal.PlainDate }
  | { readonly appointment: string };

/**
 * Takes back appointments to come, in the current transaction, and tells everybody: those who left a number are to be called.
 * `words`: of the team. Returns how many were told, and how many are to be called.
 */
export const closeAppointments = async (
  inside: Context,
  which: Which,
  words: string,
): Promise<{ readonly sent: number; readonly toCall: number }> => {
  // Those who receive, one after the other in one order: whoever books waits, and then finds the time gone.
  for (const id of await concernedMembers(inside, which))
    await inside.db.selectFrom('house_member').select('id').where('id', '=', id).forUpdate().execute();
  const [column, id] = columnOf(which);
  const all = await told(inside.db)
    .where(column, '=', id)
    .where('appointment.state', '=', 'booked')
    .where('appointment.starts_at', '>', inside.clock.now())
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .execute();
  const rows = 'day' in which ? all.filter(({ local_start }) => local_start.toPlainDate().equals(which.day)) : all;
  for (const row of rows) {
    await inside.db.updateTable('house_appointment').set({ state: 'closed' }).where('id', '=', row.id).execute();
    await tellAppointment(inside, 'closed', row, { words });
  }
  // In one order for everybody: two who close at once never wait for each other in a circle.
  const keyOf = (row: (typeof rows)[number]): string =>
    `${row.site} ${row.local_start.toString().slice(0, 7)} ${row.mode}`;
  for (const row of rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other))))
    await countAppointment(inside, { ...row, start: row.local_start }, 'closed');
  const toCall = rows.filter(({ contact_kind }) => contact_kind === 'phone').length;
  return { sent: rows.length - toCall, toCall };
};

const columnOf = (which: Which) => {
  if ('house' in which) return ['hours.house', which.house] as const;
  if ('site' in which) return ['hours.site', which.site] as const;
  if ('hours' in which) return ['hours.id', which.hours] as const;
  if ('member' in which) return ['hours.member', which.member] as const;
  return ['appointment.id', which.appointment] as const;
};

/** Everybody whose appointments may be concerned, whether they have some or not: one may be about to be written. */
const concernedMembers = async ({ db }: Context, which: Which): Promise<string[]> => {
  const [column, id] = columnOf(which);
  const rows = await db
    .selectFrom('house_hours as hours')
    .leftJoin('house_appointment as appointment', (join) =>
      join.onRef('appointment.hours', '=', 'hours.id').on('appointment.state', '=', 'booked'),
    )
    .select('hours.member')
    .distinct()
    .where(column, '=', id)
    .orderBy('hours.member')
    .execute();
  return rows.flatMap(({ member }) => member ?? []);
};

/** Who receives at these hours, alone until the transaction ends. */
const lockMember = ({ db }: Context, hours: string) =>
  db
    .selectFrom('house_member')
    .innerJoin('house_hours', 'house_hours.member', 'house_member.id')
    .select(['house_member.id', 'house_hours.house'])
    .where('house_hours.id', '=', hours)
    .forUpdate('house_member')
    .executeTakeFirst();

/** Appointments with all that is told of them. */
export const told = (db: Context['db']) =>
  db
    .selectFrom('house_appointment as appointment')
    .innerJoin('house_hours as hours', 'hours.id', 'appointment.hours')
    .innerJoin('house_site as site', 'site.id', 'hours.site')
    .innerJoin('house_member as member', 'member.id', 'appointment.member')
    .innerJoin('house', 'house.id', 'hours.house')
    .select(['appointment.id', 'appointment.hours', 'appointment.local_start', 'appointment.starts_at'])
    .select(['appointment.minutes', 'appointment.name', 'appointment.contact_kind', 'appointment.contact'])
    .select(['appointment.state', 'appointment.came', 'hours.mode', 'hours.link', 'hours.house', 'house.registration'])
    .select(['site.id as site', 'site.name as siteName', 'site.place', 'site.time_zone as timeZone'])
    .select(['member.id as member', 'member.role', 'member.name as memberName'])
    .select(['house.name as houseName', 'house.slug']);

const gone: Refusal = {
  code: 'house_gone',
  message: 'Cette Maison ne propose plus ce rendez-vous. Rien n’est réservé.',
};
const taken: Refusal = {
  code: 'slot_taken',
  message: 'Ce moment vient d’être pris, ou n’est plus proposé. Choisissez-en un autre : rien n’est réservé.',
};
const tooMany: Refusal = {
  code: 'too_many',
  message: 'Rien n’est réservé : c’est déjà beaucoup de rendez-vous. Pour un de plus, appelez la Maison.',
};
const unknown: Refusal = {
  code: 'unknown_appointment',
  message: 'Cette adresse n’est pas, ou plus, celle d’un rendez-vous. Rien n’a été changé.',
};
const past: Refusal = { code: 'appointment_past', message: 'Ce rendez-vous a déjà commencé, ou est passé.' };
