import { sql } from 'kysely';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { ImportOptions } from '#platform/server/import/importer.ts';
import { closeMissing, countMissing } from './close.ts';
import './tables.ts';

/** Beyond this share of the rows of a source, disappearing looks like a file cut short: a person has to confirm. */
const MOST_CLOSED = 0.1;
/** Up to this many rows, the share says nothing. */
const FEW_ROWS = 20;

type Tell = NonNullable<ImportOptions['tell']>;
type Origin = { readonly source: string; readonly on: string; readonly run: string };

interface Closing {
  readonly dryRun: boolean;
  readonly confirm: boolean;
  /** Lines that were kept. */
  readonly good: number;
  /** The last line of the file, when it is cut. */
  readonly cut: number | undefined;
  readonly tell: Tell;
}

/** Closes what the file no longer holds. Returns why not, when it should first be looked at. */
export const closeRest = async (
  context: Context,
  origin: Origin,
  { dryRun, confirm, good, cut, tell }: Closing,
): Promise<string | undefined> => {
  const { open, missing } = await countMissing(context.db, origin.source, origin.run);
  if (missing === 0) return undefined;
  if (cut !== undefined && !confirm) {
    return `La dernière ligne du fichier, la ligne ${cut}, est coupée : rien n’a été fermé. Le fichier est peut-être incomplet. S’il est bon, relancez avec --confirm.`;
  }
  if (good === 0 && !confirm) {
    return 'Aucune ligne du fichier n’a pu être gardée : rien n’a été fermé. Pour fermer toutes les fiches de cette source, relancez avec --confirm.';
  }
  if (missing > FEW_ROWS && missing > open * MOST_CLOSED && !confirm) {
    return (
      `${missing.toLocaleString('fr-FR')} fiches sur ${open.toLocaleString('fr-FR')} ne sont plus dans le fichier : rien n’a été fermé. ` +
      'Le fichier est peut-être incomplet. S’il est bon, relancez avec --confirm.'
    );
  }
  await tellMissing(context.db, origin, tell);
  if (!dryRun) await closeMissing(context, origin);
  return undefined;
};

const tellMissing = async (db: Database, { source, run }: Origin, tell: Tell): Promise<void> => {
  const missing = (table: 'place' | 'tour_stop' | 'service', name: string) => sql`
    select ${sql.ref(`${table}.${name}`)} as name, source_ref from ${sql.table(table)}
    where source = ${source} and state = 'open' and coalesce(provenance -> 'state' ->> 'source', '') <> 'person'
      and not exists (select from import_seen
        where run = ${run}::uuid and entity = ${table} and import_seen.source_ref = ${sql.ref(`${table}.source_ref`)})`;
  const { rows } = await sql<{ name: string; source_ref: string }>`
    select distinct on (source_ref) name, source_ref from (
      ${missing('place', 'name')} union all ${missing('tour_stop', 'label')} union all ${missing('service', 'name')}
    ) as missing order by source_ref`.execute(db);
  for (const { name, source_ref } of rows) {
    tell({ kind: 'closed', subject: name, reason: `n’est plus dans le fichier (identifiant ${source_ref})` });
  }
};
