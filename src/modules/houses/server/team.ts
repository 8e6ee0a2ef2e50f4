import { hoursWords } from '#modules/agenda/index.ts';
import { dayWords, labelOf } from '#modules/directory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';
import { longest, readHours, slotsOf, timesSchema } from '../hours.ts';
import { appointmentModes } from '../house.ts';
import { closeAppointments } from './appointments.ts';
import { type House, houseOf, sitesOf } from './houses.ts';
import { isMember } from './team-day.ts';
import './tables.ts';

/** The most people of a team, and hours of a house that have not ended. */
export const mostOf = { members: 40, hours: 200 } as const;

/** The people of a team, in their order. */
export const membersOf = ({ db }: Pick<Context, 'db'>, house: string) =>
  db
    .selectFrom('house_member')
    .select(['id', 'role', 'name'])
    .where('house', '=', house)
    .orderBy('position')
    .limit(mostOf.members)
    .execute();

/** Adds somebody who receives: a role, and a first name where they want one shown. */
export const addMember = (
  context: PersonContext,
  registration: string,
  typed: { readonly role: string; readonly name: string },
): Promise<Result<void, readonly Refusal[]>> =>
  withHouse(context, registration, async (inside, house) => {
    const [role, name] = [oneLine(typed.role), oneLine(typed.name)];
    const refusals: Refusal[] = [
      ...(role === '' || role.length > longest.role || holdsAddress(role) ? [badRole] : []),
      ...(name.length > longest.name || holdsAddress(name) ? [badName] : []),
    ];
    if (refusals.length > 0) return refuse(refusals);
    if ((await membersOf(inside, house.id)).length >= mostOf.members) return refuse([tooMany]);
    await inside.db.insertInto('house_member').values({ house: house.id, role, name }).execute();
    return ok(undefined);
  });

/** Removes somebody from the team. Refuses while people are expected, or are still to be called. */
export const removeMember = (
  context: PersonContext,
  registration: string,
  id: string,
): Promise<Result<void, readonly Refusal[]>> =>
  withHouse(context, registration, async (inside) => {
    if (!(await isMember(inside, registration, id))) return ok(undefined);
    const waiting = await inside.db
      .selectFrom('house_appointment')
      .select('id')
      .where('member', '=', id)
      .where('starts_at', '>', inside.clock.now())
      .where(({ eb, or, and }) =>
        or([eb('state', '=', 'booked'), and([eb('state', '=', 'closed'), eb('contact_kind', '=', 'phone')])]),
      )
      .executeTakeFirst();
    if (waiting) return refuse([expected]);
    await inside.db.deleteFrom('house_member').where('id', '=', id).execute();
    return ok(undefined);
  });

/** Publishes hours: those of a member, cut in appointments, or a partner’s permanence. */
export const addHours = (
  context: PersonContext,
  registration: string,
  kind: 'appointments' | 'permanence',
  form: FormData,
): Promise<Result<void, readonly Refusal[]>> =>
  withHouse(context, registration, async (inside, house) => {
    const sites = await sitesOf(inside, house.id);
    const members = await membersOf(inside, house.id);
    const zone = sites.find(({ id }) => id === form.get('site'))?.timeZone ?? 'Europe/Paris';
    const choices = { sites: sites.map(({ id }) => id), members: members.map(({ id }) => id) };
    const read = readHours(form, kind, choices, todayIn(inside.clock, zone));
    if (!read.ok) return read;
    const { times, member, ...said } = read.value;
    const { count } = await inside.db
      .selectFrom('house_hours')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('house', '=', house.id)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (count >= mostOf.hours) return refuse([tooMany]);
    await inside.db
      .insertInto('house_hours')
      .values({
        ...{ ...said, house: house.id, member: member || null, fields: JSON.stringify(times) },
        ...{ ended_at: null, created_at: inside.clock.now() },
      })
      .execute();
    return ok(undefined);
  });

/** The hours of a house that have not ended, as its team reads them: whose, how, and the next time. */
export const hoursOf = async (context: Context, house: string) => {
  const rows = await context.db
    .selectFrom('house_hours as hours')
    .innerJoin('house_site as site', 'site.id', 'hours.site')
    .leftJoin('house_member as member', 'member.id', 'hours.member')
    .select(['hours.id', 'hours.holder', 'hours.mode', 'hours.fields', 'hours.minutes', 'hours.slots'])
    .select(['site.name as site', 'site.time_zone', 'site.insee', 'member.role', 'member.name'])
    .where('hours.house', '=', house)
    .where('hours.ended_at', 'is', null)
    .orderBy('hours.created_at')
    .orderBy('hours.id')
    .execute();
  return rows.map(({ id, holder, mode, role, name, site, ...row }) => {
    const today = todayIn(context.clock, row.time_zone);
    const departement = context.indexes.get(territoryIndex).commune(row.insee)?.departement ?? '';
    const whole = { times: timesSchema.parse(row.fields), minutes: row.minutes * row.slots, slots: 1 };
    const [next] = slotsOf(whole, departement, today, today.add({ years: 1 }));
    return {
      id,
      title: holder ? `Permanence : ${holder}` : [role, name].filter(Boolean).join(', '),
      when: [
        mode === 'sur-place' ? site : labelOf(appointmentModes, mode),
        next
          ? `prochaine fois : ${dayWords(next.toPlainDate(), today)}, ${hoursWords(next, whole.minutes)}`
          : 'plus aucune date',
        ...(row.slots > 1 ? [`${row.slots} rendez-vous de ${row.minutes}\u00a0minutes`] : []),
      ].join(' · '),
    };
  });
};

/** Ends hours: nothing more is offered then, and who was expected is told. */
export const endHours = (
  context: PersonContext,
  registration: string,
  id: string,
): Promise<Result<{ readonly sent: number; readonly toCall: number }, readonly Refusal[]>> =>
  withHouse(context, registration, async (inside, house) => {
    const ended = isUuid(id)
      ? await inside.db
          .updateTable('house_hours')
          .set({ ended_at: inside.clock.now() })
          .where('id', '=', id)
          .where('house', '=', house.id)
          .where('ended_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
      : undefined;
    return ok(ended ? await closeAppointments(inside, { hours: ended.id }, '') : { sent: 0, toCall: 0 });
  });

/** The house of who may write for it, open, alone until the transaction ends. */
const withHouse = <T>(
  context: PersonContext,
  registration: string,
  act: (inside: Context, house: House) => Promise<Result<T, readonly Refusal[]>>,
): Promise<Result<T, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const house = await houseOf(inside, registration);
    return house?.status === 'open' ? act(inside, house) : refuse([notOpen]);
  });

const badRole: Refusal = {
  code: 'bad_role',
  field: 'role',
  message: `Donnez une fonction, en ${longest.role} signes au plus. Exemple : Sage-femme`,
};
const badName: Refusal = {
  code: 'bad_name',
  field: 'name',
  message: `Un prénom suffit, ou rien : ${longest.name} signes au plus.`,
};
const tooMany: Refusal = { code: 'too_many', message: 'Il y en a déjà beaucoup. Retirez ce qui ne sert plus.' };
const expected: Refusal = {
  code: 'expected',
  message: 'Des personnes ont rendez-vous, ou sont à rappeler. Arrêtez d’abord ses heures et appelez-les.',
};
const notOpen: Refusal = {
  code: 'house_not_open',
  message: 'Cette Maison n’est pas ouverte ici : les personnes chargées de votre territoire la relisent d’abord.',
};
