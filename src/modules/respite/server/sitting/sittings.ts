import { sql } from 'kysely';
import { organiserOf } from '#modules/professionals/server/index.ts';
import { MAILBOX_OF_EMAIL, mailboxOf } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { tellWriters } from '#platform/server/identity/tell-writers.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  decideSitting,
  evolveSitting,
  type SittingCommand,
  type SittingEvent,
  type SittingRole,
  type SittingStatus,
  showsContacts,
} from '../../sitting.ts';
import { readSittingRequest, type TypedSitting } from '../../sitting-request.ts';
import { nowAt } from '../own-places.ts';
import { holderOf } from './keys.ts';
import { tellFull, tellHolder } from './mails.ts';
import { isSide, peopleOf } from './sitting-views.ts';
import { answersIn, teamOf } from './teams.ts';
import './tables.ts';

/** The most requests that one mailbox may have waiting with one organisation. */
export const MOST_WAITING = 3;

const sittings: StreamDefinition<SittingStatus, SittingEvent> = {
  name: 'sitting',
  initial: 'absent',
  evolve: evolveSitting,
  project: async ({ db }, id, status) => {
    const released = status === 'waiting' || status === 'closed' ? { volunteer: null } : {};
    await db
      .updateTable('sitting_request')
      .set({ status, ...released })
      .where('id', '=', id)
      .execute();
  },
};

/**
 * A family asks an organisation for somebody to look after its children: its mailbox receives the word that opens its page.
 * Whoever asks is told the same whatever waits for that mailbox already; it alone is told that it has too many. Refuses by
 * the field, and an organisation that does not answer there. `origin`: of the addresses in the messages.
 */
export const requestSitting = (
  context: Context,
  asked: { readonly registration: string; readonly insee: string },
  typed: TypedSitting,
  origin: string,
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const { registration, insee } = asked;
    const team = await teamOf(inside, registration);
    const listed = team?.status === 'open' && (await organiserOf(inside, registration)) !== undefined;
    if (!team || !listed || !answersIn(inside, team.scope, insee)) return refuse([noTeam]);
    const read = readSittingRequest(typed, nowAt(inside, insee));
    if (!read.ok) return read;
    const request = read.value;
    // Who sends twice at once waits here for their turn: what is counted is true until we commit.
    const mailbox = mailboxOf(request.email);
    await sql`select pg_advisory_xact_lock(hashtext(${`sitting ${registration} ${mailbox}`}))`.execute(inside.db);
    const waiting = await inside.db
      .selectFrom('sitting_request')
      .select('id')
      .where('registration', '=', registration)
      .where(sql<string>`${sql.raw(MAILBOX_OF_EMAIL)}`, '=', mailbox)
      .where('status', '<>', 'closed')
      .execute();
    if (waiting.length >= MOST_WAITING) {
      await tellFull(inside, request.email);
      return ok(undefined);
    }
    const id = crypto.randomUUID();
    await inside.db
      .insertInto('sitting_request')
      .values({
        ...{ id, registration, insee, ...request, ages: [...request.ages] },
        ...{ status: 'absent', volunteer: null, asked_at: inside.clock.now() },
      })
      .execute();
    const opened = await command(inside, id, 'ask', 'parent');
    if (!opened.ok) return refuse([opened.error]);
    const family = { request: id, volunteer: null };
    await tellHolder(inside, request.email, family, 'asked', origin);
    await tellWriters(inside, registration, {
      ...{ subject: 'Une demande attend votre organisme', secret: true },
      lines: ['Elle est dans votre espace :', `${origin}/professionnels/espace/${registration}/garde`],
    });
    return ok(undefined);
  });

/** The organisation proposes one of its volunteers. Both are written to; neither learns how to reach the other. */
export const proposeVolunteer = (
  context: PersonContext,
  asked: { readonly registration: string; readonly request: string; readonly volunteer: string },
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await lock(inside, asked.request);
    const allowed = await authorise(inside, 'sitting.run', { organisation: asked.registration });
    if (!allowed.ok) return allowed;
    if (row?.registration !== asked.registration) return refuse(noRequest);
    if ((await teamOf(inside, asked.registration))?.status !== 'open') return refuse(noTeam);
    const volunteer = isUuid(asked.volunteer)
      ? await inside.db
          .selectFrom('sitting_volunteer')
          .select(['id', 'email'])
          .where('id', '=', asked.volunteer)
          .where('registration', '=', asked.registration)
          .forShare()
          .executeTakeFirst()
      : undefined;
    if (!volunteer) return refuse(noVolunteer);
    const proposed = await command(inside, row.id, 'propose', 'team');
    if (!proposed.ok) return proposed;
    await inside.db.updateTable('sitting_request').set({ volunteer: volunteer.id }).where('id', '=', row.id).execute();
    await tellHolder(inside, row.email, { request: row.id, volunteer: null }, 'proposed', origin);
    await tellHolder(inside, volunteer.email, { request: row.id, volunteer: volunteer.id }, 'proposed', origin);
    return ok(undefined);
  });

/** The organisation takes a proposal back, or closes a request. */
export const answerAsTeam = (
  context: PersonContext,
  asked: { readonly registration: string; readonly request: string },
  order: 'decline' | 'close',
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await lock(inside, asked.request);
    const allowed = await authorise(inside, 'sitting.run', { organisation: asked.registration });
    if (!allowed.ok) return allowed;
    if (row?.registration !== asked.registration) return refuse(noRequest);
    return settle(inside, row, order, 'team', origin);
  });

/**
 * The family or the volunteer answers, by the word of their message: agrees, declines, or the family closes its request. A
 * volunteer who is not the one proposed any more is refused.
 */
export const answerSitting = (
  context: Context,
  token: string,
  order: 'agree' | 'decline' | 'close',
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const holder = await holderOf(inside, token);
    const row = holder?.request ? await lock(inside, holder.request) : undefined;
    if (!holder || !row || !isSide(holder, row.volunteer)) return refuse(noRequest);
    return settle(inside, row, order, holder.volunteer ? 'volunteer' : 'parent', origin);
  });

/** Ends what families still wait for from a team that closes, and tells both sides. */
export const endSittings = async (inside: Context, registration: string, origin: string): Promise<void> => {
  const living = await inside.db
    .selectFrom('sitting_request')
    .selectAll()
    .where('registration', '=', registration)
    .where('status', '!=', 'closed')
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const row of living) await settle(inside, row, 'close', 'team', origin);
};

/** Gives up what a volunteer was proposed or had agreed to, for days to come: each request waits for somebody else. */
export const releaseVolunteer = async (
  inside: Context,
  volunteer: string,
  role: 'team' | 'volunteer',
  origin: string,
): Promise<void> => {
  const held = await inside.db
    .selectFrom('sitting_request')
    .selectAll()
    .where('volunteer', '=', volunteer)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const row of held) {
    const released = await command(inside, row.id, 'decline', role);
    if (released.ok) await tellHolder(inside, row.email, { request: row.id, volunteer: null }, 'changed', origin);
  }
};

const command = (inside: Context, id: string, order: SittingCommand, role: SittingRole) =>
  withStream(inside, sittings, id, (status) => decideSitting(status, order, role));

/** Two who answer at once wait for each other here. */
const lock = async ({ db }: Context, id: string) =>
  isUuid(id)
    ? db.selectFrom('sitting_request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined;

type Row = NonNullable<Awaited<ReturnType<typeof lock>>>;

const settle = async (
  inside: Context,
  row: Row,
  order: 'agree' | 'decline' | 'close',
  role: SittingRole,
  origin: string,
): Promise<Result<void>> => {
  const done = await command(inside, row.id, order, role);
  if (!done.ok) return done;
  const family = { request: row.id, volunteer: null };
  const [volunteer] = row.volunteer ? await peopleOf(inside, [row.volunteer]) : [];
  const helper = volunteer && { request: row.id, volunteer: volunteer.id };
  if (showsContacts(done.value)) {
    await tellHolder(inside, row.email, family, 'agreed', origin);
    if (volunteer && helper) await tellHolder(inside, volunteer.email, helper, 'agreed', origin);
  } else if (order !== 'agree') {
    if (role !== 'parent') await tellHolder(inside, row.email, family, 'changed', origin);
    if (role !== 'volunteer' && volunteer && helper)
      await tellHolder(inside, volunteer.email, helper, 'changed', origin);
  }
  return ok(undefined);
};

const noTeam: Refusal = {
  code: 'no_team',
  message: 'Cet organisme ne propose pas, ou plus, de garde solidaire dans cette commune.',
};
const noRequest: Refusal = { code: 'no_request', message: 'Cette demande n’existe pas, ou plus.' };
const noVolunteer: Refusal = { code: 'no_volunteer', field: 'volunteer', message: 'Choisissez une personne bénévole.' };
