import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readVolunteer, type Volunteer } from '../../sitting-request.ts';
import { holderOf } from './keys.ts';
import { tellHolder } from './mails.ts';
import { releaseVolunteer } from './sittings.ts';
import { teamOf } from './teams.ts';
import './tables.ts';

/** The most volunteers of one organisation: it knows each of them. */
export const MOST_VOLUNTEERS = 200;

/** Writes a volunteer down, who is told so and may leave in one gesture. `origin`: of the addresses in the message. */
export const addVolunteer = (
  context: PersonContext,
  registration: string,
  typed: Volunteer,
  origin: string,
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'sitting.run', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    if ((await teamOf(inside, registration))?.status !== 'open') return refuse([notOpen]);
    const read = readVolunteer(typed);
    if (!read.ok) return read;
    const known = await volunteersOf(inside, registration);
    if (known.some(({ email }) => email === read.value.email)) return refuse([alreadyThere]);
    if (known.length >= MOST_VOLUNTEERS) return refuse([tooMany]);
    const id = crypto.randomUUID();
    await inside.db
      .insertInto('sitting_volunteer')
      .values({ id, registration, ...read.value, added_at: inside.clock.now() })
      .execute();
    await tellHolder(inside, read.value.email, { request: null, volunteer: id }, 'added', origin);
    return ok(undefined);
  });

/** Takes a volunteer off the list, by the organisation. What they had agreed to waits for somebody else. */
export const removeVolunteer = (
  context: PersonContext,
  registration: string,
  id: string,
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'sitting.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    const known = (await volunteersOf(inside, registration)).some((volunteer) => volunteer.id === id);
    if (known) await forget(inside, id, 'team', origin);
    return ok(undefined);
  });

/** A volunteer leaves, by the word of any of their messages. */
export const leaveVolunteers = (context: Context, token: string, origin: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const holder = await holderOf(inside, token);
    if (!holder?.volunteer) return refuse(noSuchVolunteer);
    await forget(inside, holder.volunteer, 'volunteer', origin);
    return ok(undefined);
  });

const forget = async (inside: Context, id: string, role: 'team' | 'volunteer', origin: string): Promise<void> => {
  await releaseVolunteer(inside, id, role, origin);
  await inside.db.deleteFrom('sitting_volunteer').where('id', '=', id).execute();
};

/** The volunteers of a team, by first name, for who writes for it. */
export const ownVolunteers = async (context: PersonContext, registration: string) =>
  can(context.actor, 'sitting.run', { organisation: registration }) ? volunteersOf(context, registration) : [];

const volunteersOf = async ({ db }: Context, registration: string) =>
  isUuid(registration)
    ? db
        .selectFrom('sitting_volunteer')
        .select(['id', 'name', 'email', 'phone'])
        .where('registration', '=', registration)
        .orderBy('name')
        .orderBy('id')
        .execute()
    : [];

const notOpen: Refusal = { code: 'not_open', message: 'La garde solidaire de cet organisme n’est pas ouverte.' };
const alreadyThere: Refusal = {
  code: 'already_there',
  field: 'email',
  message: 'Cette personne fait déjà partie des bénévoles.',
};
const tooMany: Refusal = { code: 'too_many', message: `Pas plus de ${MOST_VOLUNTEERS} bénévoles par organisme.` };
const noSuchVolunteer: Refusal = {
  code: 'no_such_volunteer',
  message: 'Ce lien ne sert plus : vous n’êtes plus parmi les bénévoles.',
};
