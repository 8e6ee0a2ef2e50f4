import { sql } from 'kysely';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import { fold } from '#platform/text.ts';
import type { CallFamily } from '../call-family.ts';
import type { Initiative } from '../initiative.ts';
import { INITIATIVES_TOPIC } from './seed.ts';
import './tables.ts';

/** What a laureate shows in the library. */
export type Laureate = Pick<
  Initiative,
  'title' | 'name' | 'holder' | 'summary' | 'priorities' | 'regions' | 'departements' | 'place'
> & {
  /** Its main axis, as its call words it. */
  readonly axis: string | undefined;
  /** Its priorities were deduced from its axes: said to be confirmed. */
  readonly proposed: boolean;
};

/** The call that chose a project. `application`: what it is known by to whoever runs calls. */
export interface Choosing {
  readonly application: string;
  readonly kind: CallFamily | null;
  readonly title: string;
  readonly path: string;
  readonly edition: string;
}

const ORIGIN = 'appel';

/**
 * Shows a laureate, in the transaction of the caller: a new page, or one more call on the page that `known` names, be it of
 * the documents. Of a page that a laureate made, the text is replaced. Returns the name in its address. `reserved`: names
 * that belong to projects which may come back.
 */
export const showLaureate = async (
  db: Database,
  known: string | undefined,
  laureate: Laureate,
  by: Choosing & { readonly reserved?: ReadonlySet<string> },
): Promise<string> => {
  // One at a time: the name in the address is looked for, then taken.
  await sql`select pg_advisory_xact_lock(hashtext('initiative_content'))`.execute(db);
  const before = known
    ? await db.selectFrom('initiative').select(['slug', 'origin']).where('slug', '=', known).executeTakeFirst()
    : undefined;
  const slug = before?.slug ?? known ?? (await freeSlug(db, laureate, by.reserved));
  if (before?.origin !== undefined && before.origin !== ORIGIN) await choose(db, slug, by);
  else {
    const row = rowOf(laureate, by);
    await db
      .insertInto('initiative')
      .values({ slug, ...row })
      .onConflict((taken) => taken.column('slug').doUpdateSet(row))
      .execute();
    await choose(db, slug, by);
  }
  await announceChange(db, INITIATIVES_TOPIC);
  return slug;
};

/** Takes one call off a page; a page that a laureate made goes with its last call. */
export const hideLaureate = async (db: Database, slug: string, application: string): Promise<void> => {
  await db.deleteFrom('initiative_call').where('slug', '=', slug).where('application', '=', application).execute();
  const left = await db.selectFrom('initiative_call').select('slug').where('slug', '=', slug).executeTakeFirst();
  if (!left) await db.deleteFrom('initiative').where('slug', '=', slug).where('origin', '=', ORIGIN).execute();
  await announceChange(db, INITIATIVES_TOPIC);
};

const choose = (db: Database, slug: string, { application, kind, title, path, edition }: Choosing) =>
  db
    .insertInto('initiative_call')
    .values({ slug, application, kind, title, path, edition })
    .onConflict((known) => known.columns(['slug', 'application']).doUpdateSet({ kind, title, path, edition }))
    .execute();

const rowOf = (laureate: Laureate, by: Choosing) => ({
  ...{ origin: ORIGIN, title: laureate.title, name: laureate.name ?? null, holder: laureate.holder },
  ...{ summary: laureate.summary, calls: by.kind ? [by.kind] : [], priorities: [...laureate.priorities], themes: [] },
  ...{ regions: [...laureate.regions], departements: [...laureate.departements], notes: '[]', content_hash: null },
  commune: laureate.place && 'commune' in laureate.place ? laureate.place.commune : null,
  epci: laureate.place && 'epci' in laureate.place ? laureate.place.epci : null,
  source: JSON.stringify({
    document: by.title,
    ...(laureate.axis ? { axis: laureate.axis } : {}),
    ...(laureate.proposed ? { proposed: true } : {}),
  }),
});

/** A name that nobody has, nor had for another project: that of the project, then its number. */
const freeSlug = async (
  db: Database,
  { name, title }: Laureate,
  reserved: ReadonlySet<string> = new Set(),
): Promise<string> => {
  const wanted =
    fold(name ?? title)
      .replaceAll(' ', '-')
      .slice(0, 60)
      .replace(/-+$/, '') || 'projet';
  const rows = await db.selectFrom('initiative').select('slug').where('slug', 'like', `${wanted}%`).execute();
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(slug) && !reserved.has(slug)) return slug;
  }
};
