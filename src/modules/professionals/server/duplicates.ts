import { sql } from 'kysely';
import { z } from 'zod';
import { mergePlaces, partPlaces } from '#modules/directory/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { commandCase, newCase } from './cases.ts';
import { correctableListing, roomToPropose } from './corrections.ts';
import { locateOrNowhere, scopeOf } from './located.ts';
import { holdsPlace } from './ownership.ts';

/**
 * Says that two pages of the directory are one place. A moderator of both territories, and who holds both pages, joins them
 * at once; what anybody else proposes waits, and nobody has more than some that wait. Refuses a sheltered or unknown place,
 * which does not exist here.
 */
export const proposeMerge = (
  context: PersonContext,
  slugs: { readonly kept: string; readonly gone: string },
): Promise<Result<{ readonly id: string; readonly published: boolean }>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'listing.register', {});
    if (!allowed.ok) return allowed;
    const [kept, gone] = [
      await correctableListing(inside, 'place', slugs.kept),
      await correctableListing(inside, 'place', slugs.gone),
    ];
    if (!kept || !gone || kept.id === gone.id) return refuse(notTwo);
    const where = locateOrNowhere(inside, gone.insee);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const decides = [kept, gone].every((place) =>
      can(context.actor, 'listing.merge', { territory: scopeOf(place) }, covers),
    );
    const trusted = decides || ((await holdsPlace(inside, kept.id)) && (await holdsPlace(inside, gone.id)));
    const room = trusted ? ok(undefined) : await roomToPropose(inside, context.actor.account);
    if (!room.ok) return room;
    const id = await newCase(inside, {
      ...{ kind: 'duplicate', registration: null, entity: 'place', entity_id: gone.id, words: null },
      proposed: JSON.stringify({ called: gone.name, kept: kept.id, keptName: kept.name }),
      before: JSON.stringify({}),
      ...where,
    });
    const [command, role] = trusted
      ? (['publish', decides ? 'moderator' : 'trusted'] as const)
      : (['propose', 'author'] as const);
    const written = await commandCase(inside, id, { command, role, kind: 'duplicate' });
    if (!written.ok) return written;
    const joined = trusted ? await join(inside, id, kept.id, gone.id) : ok(undefined);
    return joined.ok ? ok({ id, published: trusted }) : joined;
  });

/** Does what an accepted proposal says; parts again what had been joined at once and is refused. */
export const applyMerge = async (
  context: Context,
  row: {
    readonly id: string;
    readonly entity_id: number | null;
    readonly status: string;
    readonly proposed: Readonly<Record<string, unknown>>;
    readonly before: Readonly<Record<string, unknown>>;
  },
  command: 'accept' | 'refuse',
): Promise<Result<void>> => {
  const done = row.status === 'published';
  if (done === (command === 'accept')) return ok(undefined);
  if (command === 'refuse') return partPlaces(context, mergeSchema.parse(row.before));
  const kept = await context.db
    .selectFrom('place')
    .select('insee')
    .where('id', '=', Number(row.proposed.kept))
    .executeTakeFirst();
  if (!kept) return refuse(notTwo);
  const covers = coversIn(context.indexes.get(territoryIndex));
  const allowed = await authorise(context, 'listing.merge', { territory: scopeOf(kept) }, covers);
  return allowed.ok ? join(context, row.id, Number(row.proposed.kept), row.entity_id ?? 0) : allowed;
};

/** Parts again two places that were made one. */
export const undoMerge = (
  context: Context,
  { before }: { readonly before: Readonly<Record<string, unknown>> },
): Promise<Result<void>> => partPlaces(context, mergeSchema.parse(before));

/** The page to show instead of one that was joined to another. */
export const keptInsteadOf = async ({ db }: Context, place: number): Promise<string | undefined> => {
  const { rows } = await sql<{ slug: string }>`
    select kept.slug from moderation_case
    join place as kept on kept.id = (proposed ->> 'kept')::integer and not kept.confidential and kept.state = 'open'
    where moderation_case.kind = 'duplicate' and moderation_case.status in ('published', 'accepted') and entity_id = ${place}
    limit 1`.execute(db);
  return rows[0]?.slug;
};

const join = async (context: Context, id: string, kept: number, gone: number): Promise<Result<void>> => {
  const merged = await mergePlaces(context, kept, gone);
  if (!merged.ok) return merged;
  await context.db
    .updateTable('moderation_case')
    .set({ before: JSON.stringify(merged.value) })
    .where('id', '=', id)
    .execute();
  return ok(undefined);
};

const origin = z.object({ source: z.string(), on: z.string().nullable() }).nullable();
/** A merge as it was kept. */
const mergeSchema = z.object({
  ...{ kept: z.number(), gone: z.number(), openedBy: origin },
  filled: z.record(z.string(), z.object({ value: z.unknown(), origin })),
});

const notTwo: Refusal = {
  code: 'not_two',
  message: 'Il faut l’adresse de deux fiches différentes de l’annuaire, comme /lieux/nom-du-lieu.',
};
