import { sql } from 'kysely';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { claimLimits, claimProofs, claimRefusals, proofsFor, provesDomain } from '../claim.ts';
import { longest } from '../draft.ts';
import { commandCase, newCase } from './cases.ts';
import { tellKeepers } from './claim-mails.ts';
import { type ClaimableListing, claimableListing } from './claimable.ts';
import { locateOrNowhere } from './located.ts';
import { giveListing, ownerOf } from './ownership.ts';
import { startRegistration } from './registrations.ts';

/** What somebody says who claims a listing. */
export interface ClaimAsked {
  readonly entity: 'place' | 'service';
  readonly slug: string;
  /** Their registration; empty for a new team, begun with what the listing says. */
  readonly registration: string;
  readonly proof: string;
  readonly words: string;
}

/**
 * Claims a listing that an import told, for a team. An e-mail of its domain gives it at once, to be read afterwards; a
 * letter and a moderator take their time. One that a team keeps already is a dispute: whatever the proof, a moderator
 * decides, and who keeps it is told. Refuses more than a few in a day. `site`: for the addresses in messages.
 */
export const claimListing = (
  context: PersonContext,
  asked: ClaimAsked,
  site: string | undefined,
): Promise<Result<{ readonly id: string; readonly given: boolean }>> =>
  inTransaction(context, async (inside) => {
    const { db, clock } = inside;
    // One at a time for an account, so that many at once are counted.
    await sql`select pg_advisory_xact_lock(hashtext(${`claims ${context.actor.account}`}))`.execute(db);
    const allowed = await authorise(inside, 'listing.register', {});
    if (!allowed.ok) return allowed;
    const listing = await claimableListing(inside, asked.entity, { slug: asked.slug });
    if (!listing) return refuse(claimRefusals.missing);
    if (listing.ofPerson) return refuse(claimRefusals.held);
    const ways = proofsFor(listing.facts, context.actor.email);
    const proof = claimProofs.find((known) => known === asked.proof && ways.includes(known));
    if (!proof) return refuse(claimRefusals.proof);
    const words = typedText(asked.words);
    if (words === '' && proof === 'moderator') return refuse(claimRefusals.words);
    if ([...words].length > longest.words) return refuse(tooLong);
    // One at a time for a listing too, so that one alone is given it.
    await db.selectFrom(listing.entity).select('id').where('id', '=', listing.id).forUpdate().execute();
    if ((await claimsToday(inside, context.actor.account)) >= claimLimits.aDay) return refuse(claimRefusals.tooMany);
    const team = await teamOf({ ...inside, actor: context.actor }, asked.registration, listing);
    if (!team.ok) return team;
    const registration = team.value;
    const owner = await ownerOf(inside, listing);
    if (owner === registration) return refuse(claimRefusals.owned);
    if (await hasOpenClaim(inside, listing, registration)) return refuse(claimRefusals.asked);

    const id = await newCase(inside, {
      ...{ kind: 'claim', registration, entity: listing.entity, entity_id: listing.id, words: words || null },
      proposed: JSON.stringify({ called: listing.name }),
      before: JSON.stringify({}),
      ...locateOrNowhere(inside, listing.insee),
    });
    const proved = proof === 'email' && provesDomain(listing.facts, context.actor.email);
    await db
      .insertInto('claim')
      .values({
        ...{ case_id: id, proof, proved_at: proved ? clock.now() : null, disputes: owner ?? null, tries: 0 },
        ...{ code_hash: null, code_sent_at: null, code_expires_at: null },
      })
      .execute();
    const given = proved && owner === undefined;
    const written = await commandCase(inside, id, {
      ...(given
        ? ({ command: 'publish', role: 'trusted' } as const)
        : ({ command: 'propose', role: 'author' } as const)),
      kind: 'claim',
    });
    if (!written.ok) return written;
    if (given) await giveListing(inside, listing, { registration, caseId: id });
    if (owner !== undefined) await tellKeepers(inside, owner, disputeMail(listing.name, site));
    return ok({ id, given });
  });

/** The author of a claim takes it back before anybody decided. */
export const withdrawClaim = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await readOwnClaim(inside, id);
    if (!row) return refuse(claimRefusals.missing);
    const allowed = await authorise(inside, 'listing.edit', { organisation: row.registration });
    if (!allowed.ok) return allowed;
    const withdrawn = await commandCase(inside, id, { command: 'withdraw', role: 'author', kind: 'claim' });
    return withdrawn.ok ? ok(undefined) : withdrawn;
  });

/** A claim and its case, for the members of the team it is for. Anybody else’s does not exist for them. */
export const readOwnClaim = async (context: Context, id: string) => {
  const row = isUuid(id) ? await readClaim(context, id) : undefined;
  return row && can(context.actor, 'organisation.see', { organisation: row.registration }) ? row : undefined;
};

/** A claim and its case, whoever asks. */
export const readClaim = async ({ db }: Context, id: string) => {
  const row = await db
    .selectFrom('claim')
    .innerJoin('moderation_case', 'moderation_case.id', 'claim.case_id')
    .selectAll('claim')
    .select(['moderation_case.id', 'status', 'registration', 'entity', 'entity_id', 'proposed', 'words', 'author'])
    .select(['insee', 'created_at', 'reason'])
    .where('case_id', '=', id)
    .executeTakeFirst();
  const { registration = null, entity = null, entity_id = null } = row ?? {};
  return row && registration !== null && (entity === 'place' || entity === 'service') && entity_id !== null
    ? { ...row, registration, listing: { entity, id: entity_id } as const }
    : undefined;
};

/** The claims of the actor’s teams, the newest first. */
export const ownClaims = async ({ db, actor }: PersonContext) => {
  const mine = actor.memberships.map(({ organisation }) => organisation).filter(isUuid);
  if (mine.length === 0) return [];
  const rows = await db
    .selectFrom('claim')
    .innerJoin('moderation_case', 'moderation_case.id', 'claim.case_id')
    .select(['moderation_case.id', 'status', 'proposed', 'registration', 'claim.code_sent_at', 'claim.proof'])
    .where('registration', 'in', mine)
    .where('status', '!=', 'withdrawn')
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  return rows.map(({ proposed, ...row }) => ({ ...row, name: String(proposed.called ?? 'Sans nom') }));
};

const claimsToday = async ({ db, clock }: Context, account: string): Promise<number> => {
  const morning = todayIn(clock, 'Europe/Paris').toZonedDateTime('Europe/Paris').toInstant();
  const { count } = await db
    .selectFrom('moderation_case')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('author', '=', account)
    .where('kind', '=', 'claim')
    .where('created_at', '>=', morning)
    .executeTakeFirstOrThrow();
  return count;
};

const hasOpenClaim = async (
  { db }: Context,
  { entity, id }: ClaimableListing,
  registration: string,
): Promise<boolean> =>
  (await db
    .selectFrom('moderation_case')
    .select('id')
    .where('kind', '=', 'claim')
    .where('status', '=', 'waiting')
    .where('registration', '=', registration)
    .where('entity', '=', entity)
    .where('entity_id', '=', id)
    .executeTakeFirst()) !== undefined;

/** The team for which somebody claims: one of theirs, or a new one that begins with what the listing says of itself. */
const teamOf = async (
  context: PersonContext,
  registration: string,
  listing: ClaimableListing,
): Promise<Result<string>> => {
  if (registration === '') {
    return startRegistration(context, (draft) => ({
      ...draft,
      as: 'structure',
      structure: { ...draft.structure, name: listing.name, siret: listing.siret ?? '' },
    }));
  }
  const allowed = await authorise(context, 'listing.edit', { organisation: registration });
  return allowed.ok ? ok(registration) : allowed;
};

const disputeMail = (name: string, site: string | undefined) => ({
  subject: 'Une autre équipe demande une fiche que vous tenez',
  lines: [
    `Une autre équipe dit que la fiche « ${name} » est la sienne. Rien ne change pour l’instant : les personnes chargées du territoire décideront.`,
    '',
    'Si la fiche est bien la vôtre, vous n’avez rien à faire. Vous pouvez aussi leur écrire ce qu’il faut savoir.',
    ...(site ? ['', `Votre espace : ${site}/professionnels/espace`] : []),
  ],
});

const tooLong: Refusal = { code: 'too_long', field: 'words', message: `${longest.words} signes au plus.` };
