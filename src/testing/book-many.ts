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
const ends: string[] = [];
let at = 0;
/** As many at once as there are connections: nobody waits for one so long that it gives up, however slow the machine. */
const bookNext = async (): Promise<void> => {
  while (at < Number(count)) {
    const rank = at;
    at += 1;
    const form = bookingForm({ name: `${name} ${rank}`, children: '0', contact: `${name}${rank}@exemple.fr` });
    const tried = await book(context, Number(date), form, undefined);
    ends.push(tried.ok ? tried.value.state : (tried.error[0]?.code ?? ''));
  }
};
await Promise.all(Array.from({ length: 8 }, bookNext));
process.stdout.write(JSON.stringify(ends));
await db.destroy();
