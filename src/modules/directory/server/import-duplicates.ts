import { sql } from 'kysely';
import type { Database } from '#platform/server/database/database.ts';
import type { ImportNote, ImportOptions } from '#platform/server/import/importer.ts';
import { type ComparedPlace, reasonsToBeOne } from '../import/duplicates.ts';
import './tables.ts';

/** Enough for a person's week: beyond, the report says that there are more. */
const MOST_PAIRS = 2_000;

/** The places of a source that may be the same as those of others, gathered to be told together. */
export interface GatheredDuplicates {
  /**
   * Looks at the open places of the source, or at some of them. In a dry run each batch is looked at before it is undone;
   * otherwise all are, once they are written.
   */
  look(db: Database, refs?: readonly string[]): Promise<void>;
  /** Tells each with the reasons, and that there are more when there are. Nothing is merged: a person decides. */
  tellAll(tell: NonNullable<ImportOptions['tell']>): void;
}

/** Places are compared within their commune, or when an identifier is the same. */
export const gatherDuplicates = (source: string): GatheredDuplicates => {
  const found: (ImportNote & { readonly key: string })[] = [];
  let more = false;
  return {
    look: async (db, refs) => {
      if (more) return;
      for (const { a, b } of await nearPairs(db, source, refs)) {
        const reasons = reasonsToBeOne(a, b);
        if (reasons.length === 0) continue;
        if (found.length === MOST_PAIRS) {
          more = true;
          return;
        }
        const others = `« ${b.name} » (source ${b.source}, ${b.source_ref})`;
        found.push({
          ...{ kind: 'duplicate', key: `${a.source_ref} ${b.source} ${b.source_ref}` },
          ...{ subject: `${a.name} (${a.source_ref})`, reason: `${others} : ${reasons.join(', ')}` },
        });
      }
    },
    tellAll: (tell) => {
      for (const { key: _, ...note } of found.toSorted((a, b) => (a.key < b.key ? -1 : 1))) tell(note);
      if (!more) return;
      const reason = `il y en a plus de ${MOST_PAIRS.toLocaleString('fr-FR')} : les autres ne sont pas dits ici`;
      tell({ kind: 'remark', subject: 'doublons probables', reason });
    },
  };
};

/** Pairs of open places, one of the source and one of another, that something brings near. */
const nearPairs = async (
  db: Database,
  source: string,
  refs: readonly string[] | undefined,
): Promise<{ readonly a: Compared; readonly b: Compared }[]> => {
  const columns = sql.raw('name, kind, line, postcode, phone, siret, finess, lat, lon, insee, source, source_ref');
  // Each way of being near is a condition of equality, so that it is a hash join and not a comparison of all with all.
  const near = (condition: string) => sql`
    select a.source_ref as a_ref, b.source as b_source, b.source_ref as b_ref, row_to_json(a) as a, row_to_json(b) as b
    from mine a join others b on ${sql.raw(condition)}`;
  const some = refs ? sql`and source_ref = any(${refs}::text[])` : sql``;
  const { rows } = await sql<{ a: Compared; b: Compared }>`
    with mine as (select ${columns}, round(lat::numeric, 2) as cell_lat, round(lon::numeric, 2) as cell_lon
        from place where source = ${source} and state = 'open' ${some}),
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
    select distinct on (a_ref, b_source, b_ref) a, b from pairs order by a_ref, b_source, b_ref
    limit ${10 * MOST_PAIRS}`.execute(db);
  return rows;
};

interface Compared extends ComparedPlace {
  readonly source: string;
  readonly source_ref: string;
}
