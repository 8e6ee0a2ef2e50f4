import { sql } from 'kysely';
import { aboveOf, coversIn, parseTerritory, type TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { type Action, can, isScope, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { readAccounts } from '#platform/server/identity/accounts.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { longest } from '../draft.ts';
import { keepReason, readReason } from './cases.ts';
import { withinGrants } from './moderation.ts';
import './tables.ts';

/** `above`: the territory says nothing of its own, and does as the one around it. */
export const reviews = ['after', 'before', 'above'] as const;
export type Review = (typeof reviews)[number];

interface ReviewEvent extends JournalEvent {
  readonly type: 'ReviewSet-V1';
  readonly data: { readonly review: Review; readonly reason: string };
}

/** The table says how a territory reads; the journal, who chose it, and the row of the reason. */
const reviewStream: StreamDefinition<undefined, ReviewEvent> = {
  name: 'moderation-policy',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock, actor }, territory, _state, events) => {
    for (const { data } of events) {
      const { review, reason } = data;
      await db.deleteFrom('moderation_policy').where('territory', '=', territory).execute();
      if (review === 'above') continue;
      const set_by = actor.kind === 'person' ? actor.account : null;
      await db
        .insertInto('moderation_policy')
        .values({ territory, review, reason, set_at: clock.now(), set_by })
        .execute();
    }
  },
};

interface TrustEvent extends JournalEvent {
  readonly type: 'TrustGiven-V1' | 'TrustTaken-V1';
  readonly data: { readonly territory: Scope; readonly reason: string };
}

const trustStream: StreamDefinition<undefined, TrustEvent> = {
  name: 'trust',
  initial: undefined,
  evolve: () => undefined,
  project: async ({ db, clock, actor }, account, _state, events) => {
    for (const { type, data } of events) {
      const { territory, reason } = data;
      await db.deleteFrom('trusted_editor').where('account', '=', account).where('territory', '=', territory).execute();
      if (type === 'TrustTaken-V1') continue;
      const by = actor.kind === 'person' ? actor.account : null;
      await db.insertInto('trusted_editor').values({ account, territory, reason, since: clock.now(), by }).execute();
    }
  },
};

const mapOf = ({ indexes }: Context): TerritoryIndex => indexes.get(territoryIndex);

/** Whether a territory exists; France does. */
const exists = (index: TerritoryIndex, scope: string): scope is Scope => {
  const territory = parseTerritory(scope);
  return isScope(scope) && (scope === 'france' || (territory.ok && index.describe(territory.value) !== undefined));
};

/**
 * Chooses whether a territory reads registrations before or after they appear. Refuses who does not moderate it, a territory
 * that does not exist, and a choice without its reason. Journaled.
 */
export const setReview = (
  context: PersonContext,
  asked: { readonly territory: string; readonly review: string; readonly reason: string },
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const review = reviews.find((known) => known === asked.review);
    if (!exists(mapOf(inside), asked.territory)) return refuse(unknownTerritory);
    if (!review) return refuse({ code: 'review_missing', field: 'review', message: 'Choisissez avant ou après.' });
    return decided(inside, 'moderation.policy', asked.territory, asked.reason, (reason) =>
      withStream(inside, reviewStream, asked.territory, () => ok([{ type: 'ReviewSet-V1', data: { review, reason } }])),
    );
  });

/**
 * What somebody sends in a territory appears at once from now on, even where it is read first. For who has had something
 * accepted there. Refuses who does not moderate it, oneself, and trust without its reason. Journaled.
 */
export const giveTrust = (
  context: PersonContext,
  asked: { readonly account: string; readonly territory: string; readonly reason: string },
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { account, territory } = asked;
    if (!exists(mapOf(inside), territory)) return refuse(unknownTerritory);
    if (account === context.actor.account) return refuse(oneself);
    return decided(inside, 'editor.trust', territory, asked.reason, async (reason) => {
      if (!(await acceptedThere(context)).some((known) => known.account === account)) return refuse(nobodyThere);
      return withStream(inside, trustStream, account, () =>
        ok([{ type: 'TrustGiven-V1', data: { territory, reason } }]),
      );
    });
  });

/** Takes trust back: what this person sends is read as everybody’s. Refuses under the same rules. */
export const takeTrust = (
  context: PersonContext,
  asked: { readonly account: string; readonly territory: string; readonly reason: string },
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { account, territory } = asked;
    if (!isUuid(account) || !isScope(territory)) return refuse(nobodyThere);
    return decided(inside, 'editor.trust', territory, asked.reason, async (reason) => {
      const held = await inside.db
        .selectFrom('trusted_editor')
        .select('account')
        .where('account', '=', account)
        .where('territory', '=', territory)
        .executeTakeFirst();
      if (!held) return ok(undefined);
      return withStream(inside, trustStream, account, () =>
        ok([{ type: 'TrustTaken-V1', data: { territory, reason } }]),
      );
    });
  });

/** A decision on a territory: may the actor, now, and why. */
const decided = async (
  inside: Context,
  action: Action,
  territory: Scope,
  reason: string,
  work: (reasonId: string) => Promise<Result<unknown>>,
): Promise<Result<void>> => {
  const allowed = await authorise(inside, action, { territory }, coversIn(mapOf(inside)));
  if (!allowed.ok) return allowed;
  const words = reason.trim();
  if (words === '') return refuse(reasonMissing);
  if ([...words].length > longest.words) return refuse(reasonTooLong);
  const done = await work(await keepReason(inside, words));
  return done.ok ? ok(undefined) : done;
};

/** Whether what an account sends for a commune appears at once. */
export const isTrusted = async (
  db: Database,
  index: TerritoryIndex,
  account: string,
  insee: string,
): Promise<boolean> => {
  const commune = index.commune(insee);
  const above = commune ? aboveOf(index, { kind: 'commune', code: commune.code }) : [];
  const around = [...above.filter(isScope), 'france' as const];
  const held = await db
    .selectFrom('trusted_editor')
    .select('account')
    .where('account', '=', account)
    .where('territory', 'in', around)
    .limit(1)
    .executeTakeFirst();
  return held !== undefined;
};

const decidingScopes = ({ actor }: PersonContext, action: Action): readonly Scope[] =>
  [...new Set(actor.grants.map(({ scope }) => scope))].filter((scope) => can(actor, action, { territory: scope }));

/** Whether the actor decides how some territory reads, or whom it trusts. */
export const setsPolicy = (context: PersonContext): boolean => decidingScopes(context, 'moderation.policy').length > 0;

/** How the actor’s territories read, and whom they trust, with who decided it and why. */
export const policyView = async (context: PersonContext) => {
  const { db, actor } = context;
  const covers = coversIn(mapOf(context));
  const mine = (territory: Scope): boolean => can(actor, 'moderation.policy', { territory }, covers);
  const chosen = await db.selectFrom('moderation_policy').selectAll().orderBy('territory').execute();
  const trusted = await db.selectFrom('trusted_editor').selectAll().orderBy('since').execute();
  const rules = chosen.filter(({ territory }) => isScope(territory) && mine(territory));
  const editors = trusted.filter(({ territory }) => mine(territory));
  const candidates = (await acceptedThere(context)).filter(
    ({ account }) => account !== actor.account && !editors.some((editor) => editor.account === account),
  );
  const accounts = await readAccounts(context, [
    ...new Set([
      ...rules.flatMap(({ set_by }) => set_by ?? []),
      ...editors.flatMap(({ account, by }) => [account, ...(by ? [by] : [])]),
      ...candidates.map(({ account }) => account),
    ]),
  ]);
  const nameOf = (id: string | null): string | undefined => {
    const known = accounts.find((account) => account.id === id);
    return known && (known.name ?? known.email);
  };
  const reasonOf = async (id: string | null) => (id ? await readReason(context, id) : undefined);
  return {
    scopes: decidingScopes(context, 'moderation.policy'),
    rules: await Promise.all(
      rules.map(async ({ territory, review, set_at, set_by, reason }) => ({
        ...{ territory: territory as Scope, review, at: set_at, by: nameOf(set_by), reason: await reasonOf(reason) },
      })),
    ),
    editors: await Promise.all(
      editors.map(async ({ account, territory, since, by, reason }) => ({
        ...{ account, territory, since, by: nameOf(by), reason: await reasonOf(reason) },
        name: nameOf(account) ?? 'Compte effacé',
      })),
    ),
    candidates: candidates.flatMap(({ account, accepted }) => {
      const name = nameOf(account);
      return name ? [{ account, accepted, name }] : [];
    }),
  };
};

/** Who has had something accepted in the actor’s territories, those with the most first. */
const acceptedThere = async ({ db, actor }: PersonContext): Promise<{ account: string; accepted: number }[]> => {
  const deciding = actor.grants.filter(({ scope }) => can(actor, 'editor.trust', { territory: scope }));
  const rows = await db
    .selectFrom('moderation_case')
    .select(['author as account', sql<number>`count(*)`.as('accepted')])
    .where('status', '=', 'accepted')
    .where('author', 'is not', null)
    .where(withinGrants(deciding))
    .groupBy('author')
    .orderBy('accepted', 'desc')
    .orderBy('author')
    .limit(50)
    .execute();
  return rows.flatMap(({ account, accepted }) => (account ? [{ account, accepted }] : []));
};

const unknownTerritory: Refusal = {
  code: 'unknown_territory',
  field: 'territory',
  message: 'Ce territoire n’existe pas. Exemples : departement:35, epci:243500139, commune:35238',
};
const oneself: Refusal = {
  code: 'oneself',
  field: 'account',
  message: 'Une autre personne doit vous faire confiance : cela ne se donne pas à soi-même.',
};
const nobodyThere: Refusal = {
  code: 'nobody_there',
  field: 'account',
  message: 'Choisissez une personne dont vous avez déjà accepté une demande dans ce territoire.',
};
const reasonMissing: Refusal = { code: 'reason_missing', field: 'reason', message: 'Dites pourquoi, en une phrase.' };
const reasonTooLong: Refusal = {
  code: 'too_long',
  field: 'reason',
  message: `Votre motif compte plus de ${longest.words} signes : raccourcissez un peu.`,
};
