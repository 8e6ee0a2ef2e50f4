import { sql } from 'kysely';
import type { Database } from '#platform/server/database/database.ts';
import type { ImportOptions } from '#platform/server/import/importer.ts';
import { type ComparedPlace, reasonsToBeOne } from '../import/duplicates.ts';
import './tables.ts';

/** Enough for a person's week; the next run tells the others. */
const MOST_PAIRS = 2_000;

/**
 * Tells the open places of a source that may be the same as one of another source, with the reasons. Nothing is merged: a
 * person decides. Places are compared within their commune, or when an identifier is the same.
 */
export const tellDuplicates = async (
  db: Database,
  source: string,
  tell: NonNullable<ImportOptions['tell']>,
): Promise<void> => {
  const columns = sql.raw('name, kind, line, postcode, phone, siret, finess, lat, lon, insee, source, source_ref');
  // Each way of being near is a condition of equality, so that it is a hash join and not a comparison of all with all.
  const near = (condition: string) => sql`
    select a.source_ref as a_ref, b.source_ref as b_ref, row_to_json(a) as a, row_to_json(b) as b
    from mine a join others b on ${sql.raw(condition)}`;
  const { rows } = await sql<{ a: Compared; b: Compared }>`
    with mine as (select ${columns}, round(lat::numeric, 2) as cell_lat, round(lon::numeric, 2) as cell_lon
        from place where source = ${source} and state = 'open'),
      others as (select ${columns}, round(lat::numeric, 2) as cell_lat, round(lon::numeric, 2) as cell_lon
        from place where source <> ${source} and state = 'open'),
      pairs as (
        ${near('a.finess = b.finess')}
        union all ${near('a.insee = b.insee and a.siret = b.siret')}
        union all ${near('a.insee = b.insee and a.phone = b.phone')}
        union all ${near('a.insee = b.insee and lower(a.name) = lower(b.name)')}
        union all ${near('a.insee = b.insee and lower(a.line) = lower(b.line)')}
        union all ${near('a.insee = b.insee and a.cell_lat = b.cell_lat and a.cell_lon = b.cell_lon and a.kind = b.kind')}
      )
    select distinct on (a_ref, b_ref) a, b from pairs order by a_ref, b_ref limit ${10 * MOST_PAIRS}`.execute(db);
  let pairs = 0;
  for (const { a, b } of rows) {
    const reasons = reasonsToBeOne(a, b);
    if (reasons.length === 0) continue;
    pairs += 1;
    if (pairs > MOST_PAIRS) break;
    const others = `« ${b.name} » (source ${b.source}, ${b.source_ref})`;
    tell({ kind: 'duplicate', subject: `${a.name} (${a.source_ref})`, reason: `${others} : ${reasons.join(', ')}` });
  }
};

interface Compared extends ComparedPlace {
  readonly source: string;
  readonly source_ref: string;
}
