import { sql } from 'kysely';
import { correctRow } from '#modules/directory/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type CorrectionFields, correctable, readCorrection } from '../correction.ts';
import { longest } from '../draft.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { commandCase, newCase } from './cases.ts';
import { locateOrNowhere, scopeOf } from './located.ts';
import { keepsListing } from './ownership.ts';

/** A place as its correction form shows it. A confidential one does not exist here. */
export interface CorrectablePlace {
  readonly id: number;
  readonly slug: string;
  readonly insee: string | null;
  readonly fields: CorrectionFields & { readonly name: string };
}

/** The place of that page; nothing for one that does not exist or is sheltered. */
export const correctablePlace = async ({ db }: Context, slug: string): Promise<CorrectablePlace | undefined> => {
  const row = await db
    .selectFrom('place')
    .select(['id', 'slug', 'insee', 'state', ...correctable.map(({ name }) => name)])
    .where('slug', '=', slug)
    .where('confidential', '=', false)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, insee, ...fields } = row;
  return { id, slug, insee, fields };
};

/** The most open proposals of one account: beyond, it is a flood. */
export const MOST_OPEN = 50;

/**
 * Proposes to correct a place. Nothing changes before a moderator of its territory accepts, unless the author is one
 * or keeps the listing: then it is done at once, and written down like the others.
 */
export const proposeCorrection = (
  context: PersonContext,
  slug: string,
  typed: Parameters<typeof readCorrection>[1] & { readonly words: string },
): Promise<Result<{ readonly published: boolean }, readonly Refusal[]>> =>
  allOrNothing(context, async (inside) => {
    const { db, indexes } = inside;
    const allowed = await authorise(inside, 'listing.register', {});
    if (!allowed.ok) return refuse([allowed.error]);
    const place = await correctablePlace(inside, slug);
    if (!place) return refuse([noSuchPlace]);
    const read = readCorrection(place.fields, typed);
    if (!read.ok) return read;
    const words = typed.words.replaceAll(/[^\P{Cc}\n]/gu, '').trim();
    if ([...words].length > longest.words) return refuse([tooLong]);
    const { count } = await db
      .selectFrom('moderation_case')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('author', '=', context.actor.account)
      .where('status', '=', 'waiting')
      .executeTakeFirstOrThrow();
    if (count >= MOST_OPEN) return refuse([tooMany]);

    const territories = indexes.get(territoryIndex);
    const where = locateOrNowhere(inside, place.insee);
    const decides = can(context.actor, 'proposal.decide', { territory: scopeOf(where) }, coversIn(territories));
    const trusted = decides || (await keepsListing(inside, { entity: 'place', id: place.id }));
    const before = Object.fromEntries(
      Object.keys(read.value).map((name) => [name, place.fields[name as keyof CorrectionFields] ?? null]),
    );
    const id = await newCase(inside, {
      ...{ kind: 'correction', registration: null, entity: 'place', entity_id: place.id, words: words || null },
      proposed: JSON.stringify({ ...read.value, called: place.fields.name }),
      before: JSON.stringify(before),
      ...where,
    });
    const command = trusted ? 'publish' : 'propose';
    const role = trusted ? (decides ? 'moderator' : 'trusted') : 'author';
    const written = await commandCase(inside, id, { command, role, kind: 'correction' });
    if (!written.ok) return refuse([written.error]);
    if (trusted) await correctRow(inside, 'place', place.id, fieldsOf(read.value));
    return ok({ published: trusted });
  });

/** Does what an accepted correction says, or undoes one that had been done at once and is refused. */
export const applyCorrection = async (
  context: Context,
  row: {
    readonly entity_id: number | null;
    readonly status: string;
    readonly proposed: object;
    readonly before: object;
  },
  command: 'accept' | 'refuse',
): Promise<Result<void>> => {
  if (row.entity_id === null) return ok(undefined);
  const done = row.status === 'published';
  if (done === (command === 'accept')) return ok(undefined);
  const { rows } = await sql`select 1 from place where id = ${row.entity_id} for update`.execute(context.db);
  if (rows.length === 0) return refuse(noSuchPlace);
  const fields = command === 'accept' ? row.proposed : row.before;
  const corrected = await correctRow(context, 'place', row.entity_id, fieldsOf(fields as CorrectionFields));
  return corrected.ok ? ok(undefined) : corrected;
};

/** Only the fields of the list: what else a row may hold goes nowhere. */
const fieldsOf = (fields: CorrectionFields): CorrectionFields & { readonly name?: string } => {
  const known = correctable.flatMap(({ name }) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return Object.fromEntries(fields.state ? [...known, ['state', fields.state]] : known);
};

const noSuchPlace: Refusal = { code: 'no_such_place', message: 'Ce lieu n’est pas ou plus dans l’annuaire.' };
const tooLong: Refusal = { code: 'too_long', field: 'words', message: `${longest.words} signes au plus.` };
const tooMany: Refusal = {
  code: 'too_many',
  message: 'Beaucoup de vos propositions attendent déjà : laissez le temps de les lire.',
};
