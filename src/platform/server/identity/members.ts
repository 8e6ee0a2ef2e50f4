import { readEmail, unreadableEmail } from '#platform/email.ts';
import { type OrganisationRole, organisationRoles } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { holdsAddress } from '#platform/text.ts';
import { type AccountId, type Context, inTransaction } from '../context.ts';
import type { JournalEvent } from '../journal/journal.ts';
import { type StreamDefinition, withStream } from '../journal/stream.ts';
import { authorise } from './authorise.ts';
import { invitationMail } from './mails.ts';
import type { PersonContext } from './require-person.ts';
import './tables.ts';

/** Days that an invitation holds, and how many an organisation may have waiting. */
export const invitationLimits = { days: 14, waiting: 50 } as const;

/** What each role may do, in the words of an invitation and of a list. */
export const roleWords: Readonly<Record<OrganisationRole, string>> = {
  owner: 'gérer les fiches et l’équipe',
  editor: 'modifier les fiches',
  reader: 'suivre ce qui se passe, sans rien modifier',
};

interface MemberEvent extends JournalEvent {
  readonly type: 'MemberSet-V1' | 'MemberLeft-V1';
  readonly data: { readonly account: string; readonly role?: OrganisationRole };
}

/** The table says who is a member; the journal, how it came to be. Its own version keeps two from deciding at once. */
const members: StreamDefinition<undefined, MemberEvent> = {
  name: 'members',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock }, organisation, _state, events) => {
    for (const { data } of events) {
      const { account, role } = data;
      if (role) {
        await db
          .insertInto('membership')
          .values({ account, organisation, role, since: clock.now() })
          .onConflict((known) => known.columns(['account', 'organisation']).doUpdateSet({ role }))
          .execute();
      } else {
        await db
          .deleteFrom('membership')
          .where('account', '=', account)
          .where('organisation', '=', organisation)
          .execute();
      }
    }
  },
};

const set = (account: string, role: OrganisationRole): MemberEvent => ({
  type: 'MemberSet-V1',
  data: { account, role },
});
const left = (account: string): MemberEvent => ({ type: 'MemberLeft-V1', data: { account } });

/**
 * Somebody joins an organisation, or changes role there, by a decision taken elsewhere: who registers an organisation is
 * its first owner. Asks nobody's leave: the caller did.
 */
export const setMember = async (
  context: Context,
  organisation: string,
  account: string,
  role: OrganisationRole,
): Promise<Result<void>> => done(await withStream(context, members, organisation, () => ok([set(account, role)])));

/**
 * An owner changes somebody's role (`role`), or removes them (nothing). Anybody may remove themselves. Refused when the
 * organisation would stay without an owner.
 */
export const changeMember = (
  context: PersonContext,
  organisation: string,
  account: string,
  role: OrganisationRole | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const held = await holdTeam(inside, organisation);
    const leaves = account === context.actor.account && role === undefined;
    const allowed = leaves ? ok(undefined) : await authorise(inside, 'organisation.members', { organisation });
    if (!allowed.ok) return allowed;
    if (!held.some((member) => member.account === account)) return refuse(noMember);
    const anotherOwner = held.some((member) => member.account !== account && member.role === 'owner');
    if (role !== 'owner' && !anotherOwner) return refuse(lastOwner);
    const event = role ? set(account, role) : left(account);
    return done(await withStream(inside, members, organisation, () => ok([event])));
  });

/**
 * The members of an organisation, held until the transaction ends. To be asked before `authorise`, which holds the actor’s
 * own row: two who each hold theirs, then want the other’s, would wait for each other for ever.
 */
export const holdTeam = ({ db }: Context, organisation: string) =>
  db
    .selectFrom('membership')
    .select(['account', 'role'])
    .where('organisation', '=', organisation)
    .orderBy('account')
    .forUpdate()
    .execute();

/** Ends every membership of an account that is erased. An organisation may stay without an owner: nobody is kept by force. */
export const endMemberships = async (context: Context, account: AccountId): Promise<void> => {
  const held = await context.db
    .selectFrom('membership')
    .select('organisation')
    .where('account', '=', account)
    .execute();
  for (const { organisation } of held) {
    const ended = await withStream(context, members, organisation, () => ok([left(account)]));
    if (!ended.ok) throw new Error('a membership could not be ended');
  }
};

/** Ends every membership and invitation of an organisation that is no more. */
export const endOrganisation = async (context: Context, organisation: string): Promise<void> => {
  const held = await context.db
    .selectFrom('membership')
    .select('account')
    .where('organisation', '=', organisation)
    .execute();
  const ended = await withStream(context, members, organisation, () => ok(held.map(({ account }) => left(account))));
  if (!ended.ok) throw new Error('a membership could not be ended');
  await context.db.deleteFrom('invitation').where('organisation', '=', organisation).execute();
};

/** Who invites, to somebody who asked for nothing: by name, or by the mailbox that they proved. */
const nameToShow = ({ name, email }: Pick<PersonContext['actor'], 'name' | 'email'>): string =>
  name && !holdsAddress(name) ? name : email;

/** The members of an organisation, owners first. */
export const listMembers = async ({ db }: Context, organisation: string) => {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account')
    .select(['account.id as account', 'account.email', 'account.name', 'membership.role', 'membership.since'])
    .where('organisation', '=', organisation)
    .orderBy('membership.since')
    .execute();
  const rank = ({ role }: { role: OrganisationRole }): number => organisationRoles.indexOf(role);
  return rows.sort((a, b) => rank(a) - rank(b));
};

/** Who was invited and has not answered yet. */
export const listInvited = ({ db, clock }: Context, organisation: string) =>
  db
    .selectFrom('invitation')
    .select(['id', 'email', 'role', 'expires_at'])
    .where('organisation', '=', organisation)
    .where('expires_at', '>', clock.now())
    .orderBy('created_at')
    .execute();

/** What an owner writes to invite somebody. */
export interface Invitation {
  readonly organisation: string;
  readonly organisationName: string;
  readonly email: string;
  readonly role: string;
  /** Address of the site, when it is known for sure. */
  readonly origin: string | undefined;
}

/**
 * Invites somebody by e-mail; who was invited before is invited anew. The message opens nothing by itself: whoever proves
 * that they read this mailbox finds the invitation in their account.
 */
export const invite = (context: PersonContext, asked: Invitation): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { organisation, organisationName, origin } = asked;
    const allowed = await authorise(inside, 'organisation.members', { organisation });
    if (!allowed.ok) return allowed;
    const email = readEmail(asked.email);
    const role = organisationRoles.find((known) => known === asked.role);
    if (!email) return refuse(unreadableEmail);
    if (!role) return refuse(noRole);
    const { db, clock, mail } = inside;
    const people = await listMembers(inside, organisation);
    if (people.some((member) => member.email === email)) return refuse(alreadyMember);
    if ((await listInvited(inside, organisation)).length >= invitationLimits.waiting) return refuse(tooManyInvited);
    const now = clock.now();
    const row = {
      ...{ organisation, organisation_name: organisationName, email, role, created_at: now },
      ...{ invited_by: context.actor.account, expires_at: now.add({ hours: invitationLimits.days * 24 }) },
    };
    await db
      .insertInto('invitation')
      .values(row)
      .onConflict((known) => known.columns(['organisation', 'email']).doUpdateSet(row))
      .execute();
    await mail.post({
      to: email,
      ...invitationMail({
        ...{ organisation: organisationName, role: roleWords[role], days: invitationLimits.days },
        invitedBy: nameToShow(context.actor),
        link: origin && `${origin}/mon-compte`,
      }),
    });
    return ok(undefined);
  });

/** An owner takes an invitation back. */
export const revokeInvitation = (context: PersonContext, organisation: string, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'organisation.members', { organisation });
    if (!allowed.ok) return allowed;
    await inside.db.deleteFrom('invitation').where('organisation', '=', organisation).where('id', '=', id).execute();
    return ok(undefined);
  });

/** What waits for an answer of this person, by the e-mail that they proved. */
export const listInvitations = ({ db, clock, actor }: PersonContext) =>
  db
    .selectFrom('invitation')
    .select(['id', 'organisation_name as organisation', 'role'])
    .where('email', '=', actor.email)
    .where('expires_at', '>', clock.now())
    .orderBy('created_at')
    .execute();

/** Accepts or declines an invitation. Refused for one that was taken back, is too old, or was sent to somebody else. */
export const answerInvitation = (context: PersonContext, id: string, accepts: boolean): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, clock } = inside;
    const { account, email } = context.actor;
    const invitation = await db
      .deleteFrom('invitation')
      .where('id', '=', id)
      .where('email', '=', email)
      .where('expires_at', '>', clock.now())
      .returning(['organisation', 'role'])
      .executeTakeFirst();
    if (!invitation) return refuse(noInvitation);
    if (!accepts) return ok(undefined);
    const { organisation, role } = invitation;
    const member = await db
      .selectFrom('membership')
      .select('role')
      .where('organisation', '=', organisation)
      .where('account', '=', account)
      .executeTakeFirst();
    if (member) return ok(undefined);
    return done(await withStream(inside, members, organisation, () => ok([set(account, role)])));
  });

const done = (result: Result<unknown>): Result<void> => (result.ok ? ok(undefined) : result);

const noMember: Refusal = { code: 'no_member', message: 'Cette personne ne fait pas, ou plus, partie de l’équipe.' };
const lastOwner: Refusal = {
  code: 'last_owner',
  message: 'L’équipe resterait sans responsable. Nommez d’abord une autre personne responsable.',
};
const noRole: Refusal = {
  code: 'role_missing',
  field: 'role',
  message: 'Choisissez ce que cette personne pourra faire.',
};
const alreadyMember: Refusal = {
  code: 'already_member',
  field: 'email',
  message: 'Cette personne fait déjà partie de l’équipe.',
};
const tooManyInvited: Refusal = {
  code: 'too_many_invited',
  message: `${invitationLimits.waiting} invitations attendent déjà une réponse. Retirez-en, ou attendez.`,
};
const noInvitation: Refusal = {
  code: 'no_invitation',
  message: 'Cette invitation a été retirée, ou elle est trop ancienne. Demandez-en une nouvelle.',
};
