/**
 * A process that books as fast as it can, for the test of a date that many want: `node book-many.ts URL DATE COUNT NAME`.
 * Writes how each try ended.
 */
import { book } from '#modules/agenda/server/index.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { bookingForm } from './booking-form.ts';
import { testContext } from './context.ts';

const [url = '', date = '', count = '', name = ''] = process.argv.slice(2);
const pool = createPool(url, 8);
const db = createDatabase(pool);
const nowhere = { get: <T>(): T => ({ commune: () => undefined }) as T, states: () => ({}), ready: async () => {} };
const context = testContext(db, { indexes: nowhere });
const tries = Array.from({ length: Number(count) }, (_, at) =>
  book(
    context,
    Number(date),
    bookingForm({ name: `${name} ${at}`, children: '0', contact: `${name}${at}@exemple.fr` }),
    undefined,
  ),
);
const ends = (await Promise.all(tries)).map((tried) => (tried.ok ? tried.value.state : (tried.error[0]?.code ?? '')));
process.stdout.write(JSON.stringify(ends));
await db.destroy();
