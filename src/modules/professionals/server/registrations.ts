import { type Selectable, sql } from 'kysely';
import { communeAsked, nameWithDepartement, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { Tables } from '#platform/server/database/database.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Draft, draftSchema, emptyDraft } from '../draft.ts';
import { fillStep } from '../fill-step.ts';
import { type StepCode, troublesOf } from '../steps.ts';
import { livingAttestation } from './attestations.ts';
import { readReason } from './cases.ts';
import './tables.ts';

/** The most registrations that one account may begin: an agency imports, a person registers. */
export const MOST_BEGUN = 20;

/**
 * Begins a registration: an empty draft, with what is known already, and its first owner. Refuses beyond what one person
 * needs.
 */
export const startRegistration = (
  context: PersonContext,
  known: (empty: Draft) => Draft = (empty) => empty,
): Promise<Result<string>> =>
  inTransaction(context, async (inside) => {
    const { db, clock } = inside;
    const allowed = await authorise(inside, 'listing.register', {});
    if (!allowed.ok) return allowed;
    const { account, email } = context.actor;
    // Who begins many at once waits here for their turn: what is counted is true until we commit.
    await sql`select pg_advisory_xact_lock(hashtext(${`registrations ${account}`}))`.execute(db);
    const { count } = await db
      .selectFrom('registration')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow();
    if (count >= MOST_BEGUN) return refuse(tooMany);
    const draft = known({ ...emptyDraft(), name: context.actor.name ?? '', email: { value: email, for: 'nobody' } });
    const now = clock.now();
    const { id } = await db
      .insertInto('registration')
      .values({ account, draft: JSON.stringify(draft), published: null, created_at: now, changed_at: now, ...nowhere })
      .returning('id')
      .executeTakeFirstOrThrow();
    const owned = await setMember(inside, id, account, 'owner');
    return owned.ok ? ok(id) : owned;
  });

const nowhere = { sent_at: null, insee: null, epci: null, departement: null, region: null };

type Row = Selectable<Tables['registration']>;

/** A registration as its members see it. */
export interface OwnRegistration extends Pick<Row, 'id' | 'status' | 'revision' | 'changed_at' | 'sent_at'> {
  readonly draft: Draft;
  readonly published: Draft | null;
  /** With what the moderators said when they refused, disputed or withdrew it: for the members only. */
  readonly attestation:
    | { readonly id: string; readonly token: string; readonly reason: string | undefined }
    | undefined;
  /** May change it; a reader may only look. */
  readonly mayEdit: boolean;
}

/** A registration that the actor is a member of. Anybody else’s does not exist for them. */
export const readRegistration = async (context: Context, id: string): Promise<OwnRegistration | undefined> => {
  if (!isUuid(id) || !can(context.actor, 'organisation.see', { organisation: id })) return undefined;
  const row = await context.db.selectFrom('registration').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const attestation = await livingAttestation(context, id);
  return {
    ...{ id, status: row.status, revision: row.revision, changed_at: row.changed_at, sent_at: row.sent_at },
    draft: draftSchema.parse(row.draft),
    published: row.published === null ? null : draftSchema.parse(row.published),
    attestation: attestation && {
      ...{ id: attestation.id, token: attestation.token },
      reason: attestation.reason ? await readReason(context, attestation.reason) : undefined,
    },
    mayEdit: can(context.actor, 'listing.edit', { organisation: id }),
  };
};

/** What the actor registered or helps to keep, the last changed first. */
export const ownRegistrations = async ({ db, actor }: PersonContext) => {
  const mine = actor.memberships.map(({ organisation }) => organisation).filter(isUuid);
  if (mine.length === 0) return [];
  const rows = await db
    .selectFrom('registration')
    .leftJoin('attestation', (join) =>
      join.onRef('attestation.registration', '=', 'registration.id').on('attestation.status', '!=', 'withdrawn'),
    )
    .select(['registration.id', 'registration.status', 'registration.draft', 'registration.changed_at'])
    .select(['attestation.token', 'attestation.status as attestation', 'attestation.until'])
    .where('registration.id', 'in', mine)
    .orderBy('registration.changed_at', 'desc')
    .execute();
  return rows.map(({ draft, ...row }) => ({ ...row, draft: draftSchema.parse(draft) }));
};

/** The SIRET that each organisation gave when it registered, by id of the organisation; empty when it gave none. */
export const siretsOf = async (
  { db }: Pick<Context, 'db'>,
  organisations: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const known = organisations.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await db.selectFrom('registration').select(['id', 'draft']).where('id', 'in', known).execute();
  return new Map(rows.map(({ id, draft }) => [id, draftSchema.parse(draft).structure.siret ?? '']));
};

/** Structures that parents see, of the territories of some scopes: id of the identity’s organisation, and name. */
export const publishedStructures = async ({ db }: Context, scopes: readonly Scope[]) => {
  const columns = { region: 'region', departement: 'departement', epci: 'epci', commune: 'insee' } as const;
  const rows = await db
    .selectFrom('registration')
    .select('id')
    .select(sql<string>`published -> 'structure' ->> 'name'`.as('name'))
    .where('status', '=', 'published')
    .where(sql`published ->> 'as'`, '=', 'structure')
    .where(({ eb, or, lit }) =>
      scopes.includes('france')
        ? lit(true)
        : or(
            scopes.flatMap((scope) => {
              const territory = parseTerritory(scope);
              return territory.ok ? [eb(columns[territory.value.kind], '=', territory.value.code)] : [];
            }),
          ),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows;
};

/** What becomes of a step that was sent: kept, with what is still to be said about it. */
export interface StepKept {
  readonly draft: Draft;
  readonly troubles: readonly Refusal[];
}

/**
 * Keeps what one step’s form says, complete or not. Refuses who may not edit it any more, and a form that was opened before
 * somebody else changed the registration: nothing of theirs is overwritten.
 */
export const keepStep = (
  context: PersonContext,
  id: string,
  revision: number,
  step: StepCode,
  form: FormData,
): Promise<Result<StepKept>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const allowed = await authorise(inside, 'listing.edit', { organisation: id });
    if (!allowed.ok) return allowed;
    const row = await db.selectFrom('registration').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row || row.status === 'closed') return refuse(noSuchRegistration);
    if (row.revision !== revision) return refuse(changedMeanwhile);
    const territories = indexes.get(territoryIndex);
    const draft = fillStep(draftSchema.parse(row.draft), step, form, (text, code) => {
      const asked = communeAsked(territories, text, code);
      return asked.state === 'found'
        ? { text: nameWithDepartement(asked.commune, territories), code: asked.commune.code }
        : { text, code: '' };
    });
    await db
      .updateTable('registration')
      .set({ draft: JSON.stringify(draft), changed_at: clock.now(), revision: revision + 1 })
      .where('id', '=', id)
      .execute();
    return ok({ draft, troubles: troublesOf(draft, step) });
  });

export const noSuchRegistration: Refusal = {
  code: 'no_such_registration',
  message: 'Cette inscription n’existe pas, ou plus.',
};
const changedMeanwhile: Refusal = {
  code: 'changed_meanwhile',
  message:
    'Quelqu’un d’autre, ou vous dans un autre onglet, a changé cette inscription entre-temps. Rouvrez la page pour voir ce qui a changé : rien n’a été écrasé.',
};
const tooMany: Refusal = {
  code: 'too_many',
  message: `Vous avez déjà commencé ${MOST_BEGUN} inscriptions. Pour en ajouter beaucoup, écrivez-nous : un fichier sera plus simple.`,
};
