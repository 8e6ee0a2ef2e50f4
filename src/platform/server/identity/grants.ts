import { readEmail, unreadableEmail } from '#platform/email.ts';
import {
  type AgencyKind,
  type AgencyRole,
  agencyKinds,
  agencyRoles,
  type Covers,
  can,
  type Grant,
  isScope,
  type Scope,
} from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type AccountId, type Context, inTransaction, type Person } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { JournalEvent } from '../journal/journal.ts';
import { type StreamDefinition, withStream } from '../journal/stream.ts';
import { accountOfEmail } from './accounts.ts';
import { authorise } from './authorise.ts';
import { grantMail } from './mails.ts';
import type { PersonContext } from './require-person.ts';
import { sessionHours } from './sessions.ts';
import './tables.ts';

/** What each role may do, in the words of a message and of a list. */
export const agencyRoleWords: Readonly<Record<AgencyRole, string>> = {
  administrator: 'décider et confier des rôles',
  moderator: 'relire et décider',
  coordinator: 'animer le réseau local',
  reader: 'suivre, sans décider',
};

/** The kinds of territory that each agency answers for. */
const scopesOf: Readonly<Record<AgencyKind, RegExp>> = {
  ministry: /^france$/,
  ars: /^region:/,
  dreets: /^region:/,
  caf: /^departement:/,
  departement: /^departement:/,
  local: /^(epci|commune):/,
};

/** Whether an agency answers for that kind of territory. Of an agency that does not exist, nothing. */
export const answersFor = (agency: string, scope: string): boolean =>
  agencyKinds.some((kind) => kind === agency && scopesOf[kind].test(scope));

interface GrantEvent extends JournalEvent {
  readonly type: 'GrantGiven-V1' | 'GrantTaken-V1';
  readonly data: { readonly agency: AgencyKind; readonly role: AgencyRole; readonly scope: Scope };
}

const same = (a: Grant, b: Grant): boolean => a.agency === b.agency && a.role === b.role && a.scope === b.scope;

/** The table says who holds a role; the journal, who gave it and took it. */
const grants: StreamDefinition<undefined, GrantEvent> = {
  name: 'grants',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock, actor }, account, _state, events) => {
    for (const { type, data } of events) {
      const { agency, role, scope } = data;
      if (type === 'GrantGiven-V1') {
        const granted_by = actor.kind === 'person' ? actor.account : null;
        await db
          .insertInto('agency_grant')
          .values({ account, agency, role, scope, granted_by, granted_at: clock.now() })
          .execute();
      } else {
        await db
          .deleteFrom('agency_grant')
          .where('account', '=', account)
          .where(({ eb, and }) => and([eb('agency', '=', agency), eb('role', '=', role), eb('scope', '=', scope)]))
          .execute();
      }
    }
    await shortenSessions({ db, clock }, account);
  },
};

/** Who decides for a territory stays signed in for half a day, from now on. */
const shortenSessions = async ({ db, clock }: Pick<Context, 'db' | 'clock'>, account: string): Promise<void> => {
  const latest = clock.now().add({ hours: sessionHours.agent });
  await db
    .updateTable('account_session')
    .set({ expires_at: latest })
    .where('account', '=', account)
    .where('expires_at', '>', latest)
    .execute();
};

/** What an administrator writes to give a role. */
export interface GrantAsked {
  readonly email: string;
  readonly agency: string;
  readonly role: string;
  readonly scope: string;
  /** The territory, as one says it. */
  readonly where: string;
  readonly origin: string | undefined;
}

/**
 * Gives a role to whoever proves this e-mail. An administrator gives roles of their own agency inside their own
 * territory; the ministry's, of any agency.
 */
export const giveGrant = (context: PersonContext, asked: GrantAsked, covers: Covers): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const grant = readGrant(asked);
    if (!grant.ok) return grant;
    const email = readEmail(asked.email);
    if (!email) return refuse(unreadableEmail);
    const allowed = await mayGive(inside, context.actor, grant.value, covers);
    if (!allowed.ok) return allowed;
    const account = await accountOfEmail(inside, email);
    if ((await heldBy(inside, account)).some((held) => same(held, grant.value))) return refuse(alreadyHeld);
    const given = await withStream(inside, grants, account, () => ok([event('GrantGiven-V1', grant.value)]));
    if (!given.ok) return given;
    const link = asked.origin && `${asked.origin}/connexion`;
    await inside.mail.post({ to: email, ...grantMail(agencyRoleWords[grant.value.role], asked.where, link) });
    return ok(undefined);
  });

/** Takes a role away, under the same rule. The last administrator of France stays: nobody could name another. */
export const takeGrant = (context: PersonContext, id: string, covers: Covers): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await inside.db
      .selectFrom('agency_grant')
      .select(['account', 'agency', 'role', 'scope'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return ok(undefined);
    const { account, agency, role, scope } = row;
    const grant = { agency, role, scope };
    // Held in one order, before what is read of the actor: two who take from each other never wait for each other.
    const administrators = isNational(grant) ? await lockNational(inside.db) : undefined;
    const allowed = await mayGive(inside, context.actor, grant, covers);
    if (!allowed.ok) return allowed;
    if (administrators !== undefined && administrators < 2) return refuse(lastAdministrator);
    const taken = await withStream(inside, grants, account, () => ok([event('GrantTaken-V1', grant)]));
    return taken.ok ? ok(undefined) : taken;
  });

/** Takes every role of an account that is erased. Nobody is kept by force: `create-admin` names another administrator. */
export const endGrants = async (context: Context, account: AccountId): Promise<void> => {
  const held = await heldBy(context, account);
  const taken = held.map((grant) => event('GrantTaken-V1', grant));
  const ended = await withStream(context, grants, account, () => ok(taken));
  if (!ended.ok) throw new Error('a role could not be ended');
};

/** The first administrator, named by whoever runs the machine. Returns the account; naming somebody twice changes nothing. */
export const nameAdministrator = (context: Context, email: string): Promise<Result<AccountId>> =>
  inTransaction(context, async (inside) => {
    const account = await accountOfEmail(inside, email);
    const held = await heldBy(inside, account);
    const given = held.some(isNational) ? [] : [event('GrantGiven-V1', national)];
    const named = await withStream(inside, grants, account, () => ok(given));
    return named.ok ? ok(account) : named;
  });

/** Whether somebody may be asked for on the pages of the operator. */
export const administratorExists = async ({ db }: Context): Promise<boolean> =>
  (await db
    .selectFrom('agency_grant')
    .select('id')
    .where('agency', '=', national.agency)
    .where('role', '=', national.role)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** The roles that a person may take away, with who holds them. */
export const listGrants = async ({ db, actor }: PersonContext, covers: Covers) => {
  const rows = await db
    .selectFrom('agency_grant')
    .innerJoin('account', 'account.id', 'agency_grant.account')
    .select(['agency_grant.id', 'account.email', 'account.name', 'agency', 'role', 'scope'])
    .orderBy('scope')
    .orderBy('agency')
    .orderBy('account.email')
    .execute();
  return rows.filter((row) => covered(actor, row, covers));
};

const national: Grant = { agency: 'ministry', role: 'administrator', scope: 'france' };
const isNational = (grant: Grant): boolean => same(grant, national);

const heldBy = ({ db }: Context, account: string): Promise<Grant[]> =>
  db.selectFrom('agency_grant').select(['agency', 'role', 'scope']).where('account', '=', account).execute();

const event = (type: GrantEvent['type'], { agency, role, scope }: Grant): GrantEvent => ({
  type,
  data: { agency, role, scope },
});

/** How many administrators of France there are, none of whom can be removed by somebody else meanwhile. */
const lockNational = async (db: Database): Promise<number> => {
  const rows = await db
    .selectFrom('agency_grant')
    .select('id')
    .where('agency', '=', national.agency)
    .where('role', '=', national.role)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.length;
};

const mayGive = async (inside: Context, actor: Person, grant: Grant, covers: Covers): Promise<Result<void>> => {
  const allowed = await authorise(inside, 'grant.give', { territory: grant.scope }, covers);
  if (!allowed.ok) return allowed;
  return covered(actor, grant, covers) ? ok(undefined) : refuse(otherAgency);
};

/** Asked grant by grant: the agency and the territory must be those of one and the same role. */
const covered = (actor: Person, { agency, scope }: Grant, covers: Covers): boolean =>
  actor.grants.some(
    (held) =>
      (held.agency === agency || held.agency === 'ministry') &&
      can({ ...actor, memberships: [], grants: [held] }, 'grant.give', { territory: scope }, covers),
  );

const readGrant = (asked: GrantAsked): Result<Grant> => {
  const agency = agencyKinds.find((known) => known === asked.agency);
  const role = agencyRoles.find((known) => known === asked.role);
  const { scope } = asked;
  if (!agency) return refuse({ code: 'agency_missing', field: 'agency', message: 'Choisissez l’organisme.' });
  if (!role)
    return refuse({ code: 'role_missing', field: 'role', message: 'Choisissez ce que cette personne pourra faire.' });
  return isScope(scope) && answersFor(agency, scope) ? ok({ agency, role, scope }) : refuse(otherTerritory);
};

const otherTerritory: Refusal = {
  code: 'scope_of_another_kind',
  field: 'scope',
  message:
    'Ce territoire ne va pas avec cet organisme : la France pour le ministère, une région pour une ARS ou une Dreets, un département pour une Caf ou un conseil départemental, une commune ou une intercommunalité pour le local.',
};
const otherAgency: Refusal = {
  code: 'agency_of_another',
  field: 'agency',
  message: 'Vous pouvez confier des rôles de votre organisme, dans votre territoire.',
};
const alreadyHeld: Refusal = { code: 'grant_held', field: 'email', message: 'Cette personne a déjà ce rôle.' };
const lastAdministrator: Refusal = {
  code: 'last_administrator',
  message: 'C’est la dernière personne qui administre le site. Nommez-en d’abord une autre.',
};
