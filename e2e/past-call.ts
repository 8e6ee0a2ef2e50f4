import { openDatabase } from '#house/database.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock, systemClock } from '#platform/clock.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { accountOfEmail } from '#platform/server/identity/accounts.ts';
import { openSession } from '#platform/server/identity/sessions.ts';
import { readSettings } from '#platform/server/settings.ts';
import { testContext } from '#testing/context.ts';
import { testIndexes } from '#testing/indexes.ts';
import { signedIn } from '#testing/person.ts';
import { type PastHouse, pastCalls } from './past-calls.ts';
import { followed, selection } from './walked-calls.ts';

/**
 * `node e2e/past-call.ts joint|landes|open|selection|followed RUN`: a call with its drafts or deposits, by the commands that the pages give, on the base
 * of the running site that `DATA_DIR` names. For the journeys: a page cannot wait for the closing of a call. Writes the id of
 * the call, its name in addresses, and the tokens of open sessions.
 */
const [kind = '', run = ''] = process.argv.slice(2);
const make = Object.entries({ ...pastCalls, selection, followed }).find(([name]) => name === kind)?.[1];
if (!make || run === '') throw new Error('node e2e/past-call.ts joint|landes|open|selection|followed RUN');
const settings = readSettings(process.env);
if (!settings.ok) throw new Error(settings.sentences.join(' '));
const joined = await openDatabase(settings.value, 'command', () => {});
if (!joined.ok) throw new Error(joined.error);
const db = createDatabase(createPool(joined.value.url, 4));
try {
  const clock = fixedClock('2021-05-10T08:00:00Z');
  const context = testContext(db, { clock, indexes: await testIndexes(db, [territoryIndex]) });
  const emailOf = (who: string): string => `${who}.${run}@exemple.example`;
  const as: PastHouse['as'] = async (email, ...grants) => ({
    ...context,
    actor: await signedIn(context, email, { grants }),
  });
  const agent: PastHouse['agent'] = (agency, scope, role = 'administrator') =>
    as(emailOf(agency), { agency, role, scope });
  const {
    call,
    slug = '',
    people,
    others = [],
  } = await make({ context, clock, as, agent, emailOf, url: joined.value.url });
  const now = { ...context, clock: systemClock };
  const tokens: Record<string, string> = {};
  for (const who of [...people, ...others]) {
    const account = await accountOfEmail(now, who.includes('@') ? who : emailOf(who));
    tokens[who] = (await openSession(now, account, { device: 'Essai' })).token;
  }
  console.log(JSON.stringify({ call, slug, tokens }));
} finally {
  await db.destroy();
  await joined.value.close();
}
