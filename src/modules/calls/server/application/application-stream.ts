import { isUuid } from '#platform/ids.ts';
import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type ApplicationCommand,
  type ApplicationEvent,
  type ApplicationRole,
  type ApplicationState,
  applicationTable,
  noApplication,
} from '../../application/application.ts';
import { evolveApplication } from '../../application/evolve-application.ts';
import { stepFrom } from '../../step-table.ts';
import { fileAccess } from '../selection/file-access.ts';
import '../tables.ts';

/**
 * An application is a stream; its row holds the same state. The row is written by `startApplication` before the first
 * event; what lists search by (title, amounts…) is written by whoever writes a part.
 */
export const applicationStream: StreamDefinition<ApplicationState, ApplicationEvent> = {
  name: 'application',
  initial: noApplication,
  evolve: evolveApplication,
  project: async ({ db, clock }, id, state) => {
    const first = state.snapshots[0];
    await db
      .updateTable('call_application')
      .set({
        ...{ status: state.status, changed_at: clock.now(), state: JSON.stringify(state) },
        deposited_at: first ? Temporal.Instant.from(first.at) : null,
      })
      .where('id', '=', id)
      .execute();
  },
};

/**
 * One command on one application: the role is asked inside the transaction that acts, the table says whether the
 * command may be given now, then `decide` says what it makes. `as`: for what the house does by itself.
 */
export const takeStep = async (
  context: Context,
  id: string,
  command: ApplicationCommand,
  decide: (state: ApplicationState, role: ApplicationRole) => Result<readonly ApplicationEvent[]>,
): Promise<Result<ApplicationState>> => {
  const role = await roleIn(context, id, command);
  return takeStepAs(context, id, command, role, decide);
};

/** The same, by who asked for their role in this transaction already: for a command on many applications at once. */
export const takeStepAs = (
  context: Context,
  id: string,
  command: ApplicationCommand,
  role: ApplicationRole,
  decide: (state: ApplicationState, role: ApplicationRole) => Result<readonly ApplicationEvent[]>,
): Promise<Result<ApplicationState>> =>
  withStream(context, applicationStream, id, (state) => {
    const step = stepFrom(applicationTable[command], state.status, role);
    return step.ok ? decide(state, role) : step;
  });

/**
 * What the actor is to an application, for a command: somebody of the holder’s side, or of the selection. A person who
 * holds a draft and instructs is what the table asks for first; fileAccess hides what they are recused from.
 */
export const roleIn = async (context: Context, id: string, command: ApplicationCommand): Promise<ApplicationRole> => {
  const { actor } = context;
  if (actor.kind === 'system') return 'house';
  if (actor.kind !== 'person') return 'other';
  const person: PersonContext = { ...context, actor };
  if (command === 'start') return 'signatory';
  const { by } = applicationTable[command];
  const own = await memberRole(person, id);
  if (own && by.includes(own)) return own;
  const row = await applicationRow(context, id);
  if (!row) return own ?? 'other';
  const access = await fileAccess(person, row.call);
  if (!access.open || access.recused.has(id)) return own ?? 'other';
  return access.role === 'president' || access.role === 'instructor' ? access.role : (own ?? 'other');
};

/** What the actor’s mailbox may do on the holder’s side. */
export const memberRole = async (
  { db, actor }: PersonContext,
  id: string,
): Promise<'signatory' | 'writer' | 'reader' | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('call_application_member')
    .select('role')
    .where('application', '=', id)
    .where('email', '=', actor.email)
    .executeTakeFirst();
  return row?.role;
};

/** The call and the state of an application. For whoever asked for its role first. */
export const applicationRow = async ({ db }: Pick<Context, 'db'>, id: string) => {
  if (!isUuid(id)) return undefined;
  const row = await db.selectFrom('call_application').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { ...row, state: row.state as ApplicationState };
};

/** The call of an application that is there. For what the system writes beside it. */
export const callOf = async ({ db }: Pick<Context, 'db'>, application: string): Promise<string> =>
  (await db.selectFrom('call_application').select('call').where('id', '=', application).executeTakeFirstOrThrow()).call;

/** Somebody else’s application and none at all are told alike. */
export const noSuchApplication: Result<never> = refuse({
  code: 'no_such_application',
  message: 'Cette candidature n’existe pas, ou n’est pas ouverte à votre adresse.',
} satisfies Refusal);
