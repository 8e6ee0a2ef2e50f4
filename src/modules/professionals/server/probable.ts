import { sql } from 'kysely';
import { z } from 'zod';
import { findProbableDuplicates } from '#modules/directory/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { commandCase, keepReason, newCase } from './cases.ts';
import { locateOrNowhere, scopeOf } from './located.ts';
import { readingGrants, withinGrants } from './moderation.ts';
import './probable-tables.ts';

/** Every night: looks for pages that may be one place. What a person said to be two stays two. */
export const findDuplicatesJob = defineJob({
  name: 'professionals.duplicates',
  data: z.object({}),
  purpose: 'Cherche les fiches qui décrivent peut-être un même lieu.',
  every: '12 2 * * *',
  handle: async (context) => {
    const { db, clock } = context;
    const now = clock.now();
    for await (const pairs of findProbableDuplicates(db)) {
      const rows = pairs.map(({ a, b, score, reasons }) => ({
        ...{ place_a: Math.min(a.id, b.id), place_b: Math.max(a.id, b.id), score, reasons },
        ...locateOrNowhere(context, a.insee),
        seen_at: now.toString(),
      }));
      await sql`
        insert into probable_duplicate (place_a, place_b, score, reasons, insee, epci, departement, region, seen_at)
        select place_a, place_b, score, reasons, insee, epci, departement, region, seen_at
        from json_populate_recordset(null::probable_duplicate, ${JSON.stringify(rows)}::json)
        on conflict (place_a, place_b) do update
          set score = excluded.score, reasons = excluded.reasons, insee = excluded.insee, epci = excluded.epci,
            departement = excluded.departement, region = excluded.region, seen_at = excluded.seen_at`.execute(db);
    }
    await db.deleteFrom('probable_duplicate').where('seen_at', '<', now).where('dismissed_at', 'is', null).execute();
  },
});

/** Two pages that may be one place, as a moderator reads them. */
export interface ProbableDuplicate {
  readonly reasons: readonly string[];
  readonly places: readonly { readonly slug: string; readonly name: string; readonly detail: string }[];
}

/** The pairs of a page of the list. */
const PAGE = 25;

/** The pairs of the actor’s territories that nobody decided on, the surest first. `page` from 0. */
export const probableDuplicates = async (
  context: PersonContext,
  page = 0,
): Promise<{ readonly pairs: readonly ProbableDuplicate[]; readonly more: boolean }> => {
  const { rows } = await sql<{ reasons: string[]; a: Told; b: Told }>`
    select reasons, row_to_json(a) as a, row_to_json(b) as b
    from (
      select * from probable_duplicate
      where dismissed_at is null and ${withinGrants(readingGrants(context.actor.grants))}
    ) as pair
    join lateral (${told} and id = place_a) as a on true
    join lateral (${told} and id = place_b) as b on true
    order by score desc, place_a, place_b
    limit ${PAGE + 1} offset ${page * PAGE}`.execute(context.db);
  const place = ({ slug, name, line, postcode, source }: Told) => ({
    ...{ slug, name, detail: [line, postcode, source].filter(Boolean).join(' · ') },
  });
  return {
    pairs: rows.slice(0, PAGE).map(({ reasons, a, b }) => ({ reasons, places: [place(a), place(b)] })),
    more: rows.length > PAGE,
  };
};

interface Told {
  readonly slug: string;
  readonly name: string;
  readonly line: string | null;
  readonly postcode: string | null;
  readonly source: string;
}

const told = sql`
  select slug, name, line, postcode, (select title from directory_source where id = place.source) as source
  from place where state = 'open' and not confidential`;

/**
 * A moderator of both territories says that two pages are two places: they are not proposed again. Written down as a
 * proposal of the house that was refused.
 */
export const keepApart = (
  context: PersonContext,
  slugs: readonly [string, string],
  reason: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const places = await db
      .selectFrom('place')
      .select(['id', 'name', 'insee'])
      .where('slug', 'in', [...slugs])
      .where('confidential', '=', false)
      .orderBy('id')
      .execute();
    const [a, b] = places;
    if (!a || !b) return refuse(noPair);
    for (const place of places) {
      const target = { territory: scopeOf(place) };
      const allowed = await authorise(inside, 'listing.merge', target, coversIn(indexes.get(territoryIndex)));
      if (!allowed.ok) return allowed;
    }
    const { numUpdatedRows } = await db
      .updateTable('probable_duplicate')
      .set({ dismissed_at: clock.now(), dismissed_by: context.actor.account })
      .where('place_a', '=', a.id)
      .where('place_b', '=', b.id)
      .where('dismissed_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return refuse(noPair);
    const house: Context = { ...inside, actor: { kind: 'system' } };
    const id = await newCase(house, {
      ...{ kind: 'duplicate', registration: null, entity: 'place', entity_id: b.id, words: null },
      proposed: JSON.stringify({ called: b.name, kept: a.id, keptName: a.name }),
      before: JSON.stringify({}),
      ...locateOrNowhere(inside, b.insee),
    });
    const proposed = await commandCase(house, id, { command: 'propose', role: 'author', kind: 'duplicate' });
    if (!proposed.ok) return proposed;
    const words = [...reason.trim()].slice(0, 600).join('') || 'Ce sont deux lieux différents.';
    const refused = await commandCase(inside, id, {
      ...{ command: 'refuse', role: 'moderator', kind: 'duplicate', reason: await keepReason(inside, words) },
    });
    return refused.ok ? ok(undefined) : refused;
  });

const noPair: Refusal = {
  code: 'no_pair',
  message: 'Ces deux fiches ne sont pas, ou plus, dans la liste : quelqu’un a pu décider entre-temps.',
};
