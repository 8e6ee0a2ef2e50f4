import { sql } from 'kysely';
import type { Context } from '#platform/server/context.ts';
import { PERSON } from '../provenance.ts';
import { correctRow } from './correct.ts';
import './tables.ts';

/**
 * Empties all that one person told the directory under a reference (`id`, `id/lieu/1`, `id/service/1`): the rows close, leave
 * the searches, and keep nothing of what they said, not even in their address. To be called in the transaction that erases.
 */
export const emptyListing = async (context: Context, ref: string): Promise<void> => {
  const { db } = context;
  for (const [entity, emptied] of entities) {
    const mine = sql`source = ${PERSON} and (source_ref = ${ref} or source_ref like ${`${ref}/%`})`;
    const { rows } = await sql<{ id: number }>`select id from ${sql.table(entity)} where ${mine} order by id`.execute(
      db,
    );
    for (const { id } of rows) await correctRow(context, entity, id, { state: 'closed' });
    await sql`update ${sql.table(entity)} set ${emptied} where ${mine}`.execute(db);
    if (entity === 'place' || entity === 'service') {
      // What is gone is only read by its number.
      await sql`
        update offer set terms = '', shown = '{}'
        where gone and ${sql.ref(`${entity}_id`)} = any(${rows.map(({ id }) => id)}::integer[])`.execute(db);
    }
  }
};

const contacts = sql`phone = null, email = null, website = null, provenance = '{}'`;
const retired = sql`slug = 'retiree-' || id`;

/** Each with what is left of it: that there was something, where the law wants no more. */
const entities = [
  [
    'service',
    sql`name = 'Service retiré', summary = null, description = null, booking_note = null, cost_note = null, ${contacts}, ${retired}`,
  ],
  [
    'place',
    sql`name = 'Fiche retirée', line = null, more = null, postcode = null, lat = null, lon = null, precision = 'none',
      hours = null, hours_note = null, closures = '[]', access_note = null, acceslibre = null, siret = null, finess = null,
      ${contacts}, ${retired}`,
  ],
  ['tour_stop', sql`label = 'Arrêt retiré', line = null, note = null, provenance = '{}'`],
  ['tour', sql`name = 'Tournée retirée', vehicle = null, description = null, ${contacts}`],
  ['professional', sql`name = 'Fiche retirée', rpps = null, ${contacts}, ${retired}`],
  ['organisation', sql`name = 'Fiche retirée', legal_name = null, siret = null, finess = null, ${contacts}`],
] as const;
