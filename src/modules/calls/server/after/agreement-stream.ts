import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type AfterRole,
  type AgreementEvent,
  type AgreementState,
  nextParty,
  noAgreement,
} from '../../after/agreement.ts';
import type { AfterSetting } from '../../after/decide-agreement.ts';
import { evolveAgreement } from '../../after/evolve-agreement.ts';
import type { CallState } from '../../call.ts';
import { kindOf } from '../../call-kind.ts';
import { applicationRow, callOf, memberRole, noSuchApplication } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { lockedCall } from '../selection/decisions.ts';
import { fileAccess } from '../selection/file-access.ts';
import { grantOf } from './grant.ts';
import './tables.ts';

/** What follows a decision is one stream for each application; its row holds the same state. */
export const agreementStream: StreamDefinition<AgreementState, AgreementEvent> = {
  name: 'call-agreement',
  initial: noAgreement,
  evolve: evolveAgreement,
  project: async ({ db, clock }, id, state) => {
    const row = {
      ...{ status: state.status, changed_at: clock.now(), state: JSON.stringify(state) },
      ends_on: state.inForce ? Temporal.PlainDate.from(state.inForce.endsOn) : null,
    };
    const call = await callOf({ db }, id);
    await db
      .insertInto('call_agreement')
      .values({ application: id, call, ...row })
      .onConflict((known) => known.column('application').doUpdateSet(row))
      .execute();
  },
};

/** An application, its call, and what the actor is to what follows. */
export interface Followed {
  readonly application: NonNullable<Awaited<ReturnType<typeof applicationRow>>>;
  readonly call: CallState;
  readonly role: AfterRole;
  /** What else the actor is: an organiser may sign for a party, a signatory too. */
  readonly signsFor: string | undefined;
  readonly agreement: AgreementState;
  /** ISO day in the zone of the call. */
  readonly today: string;
}

/**
 * What the actor is to what follows an application, asked in the transaction that acts. Whoever is recused from the file is
 * nothing to it, even as a party (I-6). Nothing for everybody else, as if it did not exist.
 */
export const followed = async (context: Context, id: string): Promise<Followed | undefined> => {
  const application = await applicationRow(context, id);
  const call = application && (await readCall(context, application.call));
  if (!application || !call) return undefined;
  const agreement = await readAgreement(context, id);
  const today = todayIn(context.clock, call.calendar?.zone ?? 'Europe/Paris').toString();
  const known = { application, call, agreement, today };
  const { actor } = context;
  if (actor.kind === 'system') return { ...known, role: 'house', signsFor: undefined };
  if (actor.kind !== 'person') return undefined;
  const person: PersonContext = { ...context, actor };
  const own = await memberRole(person, id);
  const access = await fileAccess(person, application.call);
  const organises = access.open && access.role === 'instructor' && !access.recused.has(id);
  const hidden = access.open && access.recused.has(id) && !own;
  const party = hidden ? undefined : await partyOf(person, agreement);
  const role: AfterRole | undefined = own ?? (organises ? 'organiser' : party ? 'party' : undefined);
  return role ? { ...known, role, signsFor: party } : undefined;
};

/** The party whose turn it is, when the actor’s mailbox signs for it. */
const partyOf = async ({ db, actor }: PersonContext, agreement: AgreementState): Promise<string | undefined> => {
  const { terms } = agreement;
  if (!terms) return undefined;
  const rows = await db
    .selectFrom('call_agreement_party')
    .select('id')
    .where('terms', '=', terms.id)
    .where('email', '=', actor.email)
    .execute();
  const next = nextParty(agreement);
  // Somebody who signed already, or will, still reads.
  return rows.some(({ id }) => id === next) ? next : rows[0]?.id;
};

/** One command on what follows an application, with its role, its grant and the day. */
export const commandAfter = async (
  context: Context,
  id: string,
  decide: (state: AgreementState, setting: AfterSetting) => Result<readonly AgreementEvent[]>,
  as?: 'party',
): Promise<Result<AgreementState>> => {
  const found = await followed(context, id);
  if (!found) return noSuchApplication;
  const { signsFor, today, application } = found;
  // One at a time with whoever decides in the call: what was granted does not change meanwhile.
  const call = await lockedCall(context, application.call);
  if (!call) return noSuchApplication;
  const role = as === 'party' && signsFor ? 'party' : found.role;
  const grant = await grantOf(context, id, call);
  const { framed } = kindOf(call.kind);
  return withStream(context, agreementStream, id, (state) =>
    decide(state, { role, party: signsFor, today, grant, framed }),
  );
};

/** What follows an application, as it stands. For whoever asked for its role first. */
export const readAgreement = async ({ db }: Pick<Context, 'db'>, id: string): Promise<AgreementState> => {
  if (!isUuid(id)) return noAgreement;
  const row = await db.selectFrom('call_agreement').select('state').where('application', '=', id).executeTakeFirst();
  return row ? (row.state as AgreementState) : noAgreement;
};
