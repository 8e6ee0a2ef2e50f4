import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import { inTransaction } from '../context.ts';
import { append, readStream } from '../journal/journal.ts';
import { accountOfEmail } from './accounts.ts';
import { authorise } from './authorise.ts';
import { deviceOf } from './device.ts';
import { localPath } from './local-path.ts';
import { requireRecentPerson } from './require-person.ts';
import { hashOf, newSecret, seal, unseal } from './secret.ts';
import { closeSessionOf, closeSessions, listSessions, openSession, readSession } from './sessions.ts';

const somebody = async () => {
  const { db } = await testDatabase();
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = testContext(db, { clock });
  return { context, clock, db, account: await accountOfEmail(context, 'odile@pmi.example') };
};

test('a token opens its session and no other word does; nothing in the tables is the token', async () => {
  const { context, account, db } = await somebody();
  const { token } = await openSession(context, account, { device: 'Firefox sur Windows' });
  expect(await readSession(context, token)).toMatchObject({ account, email: 'odile@pmi.example', memberships: [] });
  expect(await readSession(context, newSecret())).toBeUndefined();
  expect(await readSession(context, hashOf(token))).toBeUndefined();
  expect(await readSession(context, '')).toBeUndefined();
  const { rows } = await sql<{ kept: string }>`select account_session::text as kept from account_session`.execute(db);
  expect(rows.map(({ kept }) => kept).join()).not.toContain(token);
});

test('reading a session is one question to the database, also on the first visit of a day; a shapeless token is none', async () => {
  const { context, account, clock, db } = await somebody();
  const { token } = await openSession(context, account, { device: 'Firefox sur Windows' });
  const asked: string[] = [];
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      asked.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  clock.moveTo('2026-11-22T10:00:00Z');
  expect(await readSession({ ...context, db: counted }, token)).toBeDefined();
  expect(asked).toHaveLength(1);
  expect(await readSession({ ...context, db: counted }, 'not a token')).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('a session ends after thirty days; of an agent, after twelve hours', async () => {
  const { context, account, clock } = await somebody();
  const { token } = await openSession(context, account, { device: 'Safari sur Mac' });
  clock.moveTo('2026-12-21T09:59:59Z');
  expect(await readSession(context, token)).toBeDefined();
  clock.moveTo('2026-12-21T10:00:00Z');
  expect(await readSession(context, token)).toBeUndefined();

  await signedIn(context, 'odile@pmi.example', {
    grants: [{ agency: 'departement', role: 'moderator', scope: 'departement:35' }],
  });
  const agent = await openSession(context, account, { device: 'Safari sur Mac' });
  expect(await readSession(context, agent.token)).toMatchObject({
    grants: [{ agency: 'departement', role: 'moderator', scope: 'departement:35' }],
  });
  clock.moveTo('2026-12-21T22:00:00Z');
  expect(await readSession(context, agent.token)).toBeUndefined();
});

test('sessions are listed with the day of their last use, and closed one by one or together; never those of others', async () => {
  const { context, account, clock } = await somebody();
  const phone = await openSession(context, account, { device: 'Chrome sur Android' });
  const desk = await openSession(context, account, { device: 'Firefox sur Windows' });
  const other = await signedIn(context, 'paul@mam.example');
  clock.moveTo('2026-11-23T10:00:00Z');
  const person = await readSession(context, desk.token);
  if (!person) throw new Error('nobody');
  const listed = await listSessions(context, person);
  expect(listed.map(({ device, current, seenOn }) => [device, current, String(seenOn)])).toEqual([
    ['Firefox sur Windows', true, '2026-11-23'],
    ['Chrome sur Android', false, '2026-11-21'],
  ]);
  await closeSessions(context, person, { id: other.session });
  expect(await listSessions(context, other)).toHaveLength(1);
  await closeSessions(context, person, 'others');
  expect(await readSession(context, phone.token)).toBeUndefined();
  expect(await readSession(context, desk.token)).toBeDefined();
  await closeSessions(context, person, 'all');
  expect(await readSession(context, desk.token)).toBeUndefined();
  expect(await listSessions(context, other)).toHaveLength(1);
});

test('what a provider wants back can only be read with the token', async () => {
  const { context, account, db } = await somebody();
  const { token } = await openSession(context, account, {
    device: 'Edge sur Windows',
    vouched: { provider: 'proconnect', idToken: 'header.body.signature' },
  });
  const { rows } = await sql<{ kept: string }>`select account_session::text as kept from account_session`.execute(db);
  expect(rows[0]?.kept).not.toContain('header.body');
  expect(unseal(newSecret(), seal(token, 'x'))).toBeUndefined();
  expect(await closeSessionOf(context, token)).toEqual({ provider: 'proconnect', idToken: 'header.body.signature' });
  expect(await closeSessionOf(context, token)).toBeUndefined();
});

test('somebody removed after the page was opened is refused in the transaction that would write', async () => {
  const { context } = await somebody();
  const person = await signedIn(context, 'paul@mam.example', { memberships: [{ organisation: '7', role: 'editor' }] });
  const inside = { ...context, actor: person };
  const edit = (organisation: string) =>
    inTransaction(inside, (transaction) => authorise(transaction, 'listing.edit', { organisation }));
  expect(await edit('7')).toMatchObject({ ok: true });
  expect(await edit('8')).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  await context.db.updateTable('membership').set({ role: 'reader' }).execute();
  expect(await edit('7')).toMatchObject({ ok: false });
  await context.db.updateTable('membership').set({ role: 'owner' }).execute();
  expect(await edit('7')).toMatchObject({ ok: true });
  await closeSessions(inside, person, 'all');
  expect(await edit('7')).toMatchObject({ ok: false });
});

test('an hour after signing in, one proves anew to be oneself before changing the ways in', async () => {
  const { context, clock } = await somebody();
  const person = await signedIn(context, 'paul@mam.example');
  const inside = { ...context, actor: person };
  const asked = (): unknown => {
    try {
      return requireRecentPerson(inside, new URL('https://ici.example/mon-compte/donnees?/effacer'));
    } catch (thrown) {
      return thrown;
    }
  };
  clock.moveTo('2026-11-21T10:59:59Z');
  expect(asked()).toMatchObject({ actor: { account: person.account } });
  clock.moveTo('2026-11-21T11:00:00Z');
  expect(asked()).toMatchObject({ status: 303, location: '/connexion?suite=%2Fmon-compte%2Fdonnees&confirmer=' });
});

test('the journal knows a person by their account only', async () => {
  const { context, db } = await somebody();
  const person = await signedIn(context, 'paul@mam.example');
  await append({ ...context, actor: person }, 'listing/1', 0, [{ type: 'ListingSubmitted-V1', data: {} }]);
  expect((await readStream(db, 'listing/1'))[0]?.actor).toBe(`person:${person.account}`);
});

test('twenty first sign-ins with one e-mail make one account', async () => {
  const { context } = await somebody();
  const accounts = await Promise.all(Array.from({ length: 20 }, () => accountOfEmail(context, 'eve@lieu.example')));
  expect(new Set(accounts).size).toBe(1);
});

test.each([
  ['/professionnels/espace?vue=1#bas', '/professionnels/espace?vue=1#bas'],
  ['/', '/'],
  [null, '/mon-compte'],
  ['', '/mon-compte'],
  ['//evil.example', '/mon-compte'],
  ['/\\evil.example', '/mon-compte'],
  ['/./\\evil.example', '/mon-compte'],
  ['/.//evil.example', '/mon-compte'],
  ['/x/..//evil.example', '/mon-compte'],
  ['https://evil.example', '/mon-compte'],
  ['javascript:alert(1)', '/mon-compte'],
  ['/\t/evil.example', '/mon-compte'],
  ['/a\r\nset-cookie: a=b', '/mon-compte'],
  ['professionnels', '/mon-compte'],
])('after signing in, %j leads to %s', (asked, path) => {
  expect(localPath(asked)).toBe(path);
});

test('whatever is asked, one stays on this site', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'https:',
    '%2f',
    '%5c',
    '\t',
    ' ',
    'a',
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (asked) => {
        const path = localPath(asked);
        expect(new URL(path, 'https://ici.example').origin).toBe('https://ici.example');
        expect(path).toMatch(/^\/(?![/\\])/);
      },
    ),
  );
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox sur Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari sur iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    'Chrome sur Android',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Edge sur Windows',
  ],
  ['<script>alert(1)</script>', 'Navigateur'],
  [null, 'Navigateur'],
])('%s is said %s', (header, said) => {
  expect(deviceOf(header)).toBe(said);
});
