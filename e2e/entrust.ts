import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';

/**
 * `node e2e/entrust.ts ADDRESS TERRITORY [AGENCY]`: makes somebody who has signed in an administrator there, on the base of the
 * running site that `DATA_DIR` names. For the journeys: nobody may give the first role of a territory from a page.
 */
const [email = '', scope = '', agency = 'departement'] = process.argv.slice(2);
const settings = readSettings(process.env);
if (!settings.ok) throw new Error(settings.sentences.join(' '));
const joined = await openDatabase(settings.value, 'command', () => {});
if (!joined.ok) throw new Error(joined.error);
const db = createDatabase(createPool(joined.value.url, 1));
try {
  await sql`
    insert into agency_grant (account, agency, role, scope, granted_at)
    select id, ${agency}, 'administrator', ${scope}, now() from account where email = ${email}`.execute(db);
} finally {
  await db.destroy();
  await joined.value.close();
}
