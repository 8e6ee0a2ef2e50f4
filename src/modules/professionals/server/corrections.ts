import { sql } from 'kysely';
import { correctRow } from '#modules/directory/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { correctable } from '../correctable.ts';
import { type CorrectionFields, type CorrectionForm, readCorrection } from '../correction.ts';
import { longest } from '../draft.ts';
import { commandCase, newCase } from './cases.ts';
import { answeredByCorrection } from './fresh/listings.ts';
import { locateOrNowhere, scopeOf } from './located.ts';
import { keepsListing, type ListingKey } from './ownership.ts';

/** A place or a service as its correction form shows it. A sheltered place does not exist here. */
export interface CorrectableListing extends ListingKey {
  readonly slug: string;
  readonly name: string;
  /** Of a service: the commune of the first place where it is given. */
  readonly insee: string | null;
  readonly fields: CorrectionFields;
}

/** The page of that name; nothing for one that does not exist or is sheltered. */
export const correctableListing = async (
  { db }: Context,
  entity: ListingKey['entity'],
  slug: string,
): Promise<CorrectableListing | undefined> => {
  const names = sql.join(correctable[entity].map(({ name }) => sql.ref(name)));
  const open = entity === 'place' ? sql`not confidential` : sql`true`;
  const insee =
    entity === 'place'
      ? sql`insee`
      : sql`(select offer.insee from offer where service_id = service.id and not gone and offer.insee is not null
          order by offer.id limit 1)`;
  const { rows } = await sql<CorrectionFields & { id: number; insee: string | null; name: string }>`
    select id, state, ${insee} as insee, ${names} from ${sql.table(entity)} where slug = ${slug} and ${open}`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { id, insee: commune, ...fields } = row;
  return { entity, id, slug, name: row.name, insee: commune, fields };
};

/** The most open proposals of one account: beyond, it is a flood. */
export const MOST_OPEN = 50;

/** Refuses who has many proposals that wait, of whatever kind. */
export const roomToPropose = async ({ db }: Context, account: string): Promise<Result<void>> => {
  const { count } = await db
    .selectFrom('moderation_case')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('author', '=', account)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return count >= MOST_OPEN ? refuse(tooMany) : ok(undefined);
};

/**
 * Proposes to correct a place or a service. Nothing changes before a moderator of its territory accepts, unless the author is one
 * or keeps the listing: then it is done at once, and written down like the others.
 */
export const proposeCorrection = (
  context: PersonContext,
  asked: { readonly entity: ListingKey['entity']; readonly slug: string },
  form: CorrectionForm,
): Promise<Result<{ readonly published: boolean }, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const { indexes } = inside;
    const allowed = await authorise(inside, 'listing.register', {});
    if (!allowed.ok) return refuse([allowed.error]);
    const listing = await correctableListing(inside, asked.entity, asked.slug);
    if (!listing) return refuse([noSuchListing]);
    const read = readCorrection(listing.entity, listing.fields, form);
    if (!read.ok) return read;
    const words = String(form.get('words') ?? '')
      .replaceAll(/[^\P{Cc}\n]/gu, '')
      .trim();
    if ([...words].length > longest.words) return refuse([tooLong]);
    const room = await roomToPropose(inside, context.actor.account);
    if (!room.ok) return refuse([room.error]);

    const territories = indexes.get(territoryIndex);
    const where = locateOrNowhere(inside, listing.insee);
    const decides = can(context.actor, 'proposal.decide', { territory: scopeOf(where) }, coversIn(territories));
    const keeps = await keepsListing(inside, listing);
    const trusted = decides || keeps;
    const before = Object.fromEntries(Object.keys(read.value).map((name) => [name, listing.fields[name] ?? null]));
    const id = await newCase(inside, {
      ...{ kind: 'correction', registration: null, entity: listing.entity, entity_id: listing.id },
      words: words || null,
      proposed: JSON.stringify({ ...read.value, called: listing.name }),
      before: JSON.stringify(before),
      ...where,
    });
    const command = trusted ? 'publish' : 'propose';
    const role = trusted ? (decides ? 'moderator' : 'trusted') : 'author';
    const written = await commandCase(inside, id, { command, role, kind: 'correction' });
    if (!written.ok) return refuse([written.error]);
    if (trusted) await correctRow(inside, listing.entity, listing.id, fieldsOf(listing.entity, read.value));
    await answeredByCorrection(inside, listing, { keeps, email: context.actor.email });
    return ok({ published: trusted });
  });

/** Does what an accepted correction says, or undoes one that had been done at once and is refused. */
export const applyCorrection = async (
  context: Context,
  row: {
    readonly entity: string | null;
    readonly entity_id: number | null;
    readonly status: string;
    readonly proposed: object;
    readonly before: object;
  },
  command: 'accept' | 'refuse',
): Promise<Result<void>> => {
  const entity = row.entity === 'service' ? 'service' : 'place';
  if (row.entity_id === null) return ok(undefined);
  const done = row.status === 'published';
  if (done === (command === 'accept')) return ok(undefined);
  const { rows } = await sql`
    select 1 from ${sql.table(entity)} where id = ${row.entity_id} for update`.execute(context.db);
  if (rows.length === 0) return refuse(noSuchListing);
  const fields = command === 'accept' ? row.proposed : row.before;
  const corrected = await correctRow(context, entity, row.entity_id, fieldsOf(entity, fields as CorrectionFields));
  return corrected.ok ? ok(undefined) : corrected;
};

/** Only the fields of the list: what else a row may hold goes nowhere. */
const fieldsOf = (entity: ListingKey['entity'], fields: CorrectionFields): CorrectionFields => {
  const known = correctable[entity].flatMap(({ name }) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return Object.fromEntries(fields.state ? [...known, ['state', fields.state]] : known);
};

const noSuchListing: Refusal = { code: 'no_such_listing', message: 'Cette fiche n’est pas ou plus dans l’annuaire.' };
const tooLong: Refusal = { code: 'too_long', field: 'words', message: `${longest.words} signes au plus.` };
const tooMany: Refusal = {
  code: 'too_many',
  message: 'Beaucoup de vos propositions attendent déjà : laissez le temps de les lire.',
};
