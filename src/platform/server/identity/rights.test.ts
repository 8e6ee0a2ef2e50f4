import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { coversPlainly } from '#platform/permissions.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import type { Person } from '../context.ts';
import { readStream } from '../journal/journal.ts';
import { applyRetention } from '../retention/apply.ts';
import { readName, rename } from './accounts.ts';
import { askProof } from './email-proof.ts';
import { administratorExists, giveGrant, listGrants, nameAdministrator, takeGrant } from './grants.ts';
import { invite, listMembers } from './members.ts';
import { identityRetention } from './retention.ts';
import { eraseAccount, exportAccount } from './rights.ts';
import { readSession } from './sessions.ts';

const site = async () => {
  const { db } = await testDatabase();
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = testContext(db, { clock });
  return { db, clock, context, as: (actor: Person) => ({ ...context, actor }) };
};

const national = { agency: 'ministry', role: 'administrator', scope: 'france' } as const;
const asked = { email: 'moderatrice@ars.example', where: 'Bretagne', origin: undefined };

test('an account is exported whole, without anything that opens a door', async () => {
  const { context, as } = await site();
  const person = await signedIn(context, 'odile@pmi.example', {
    memberships: [{ organisation: '7', role: 'owner' }],
    grants: [{ agency: 'departement', role: 'moderator', scope: 'departement:22' }],
  });
  await rename(as(person), '  Odile\nMartin ');
  const everything = await exportAccount(as(person));
  expect(everything).toMatchObject({
    account: { email: 'odile@pmi.example', name: 'Odile Martin' },
    memberships: [{ organisation: '7', role: 'owner' }],
    grants: [{ scope: 'departement:22' }],
    sessions: [{ device: 'Firefox sur Linux' }],
  });
  expect(JSON.stringify(everything)).not.toMatch(/token|hash|sealed|public_key/);
});

test('an erased account keeps nothing of the person anywhere, and its pseudonym in the journal', async () => {
  const { context, as, db } = await site();
  const email = 'odile.reconnaissable@pmi.example';
  const person = await signedIn(context, email, {
    memberships: [{ organisation: '7', role: 'owner' }],
    grants: [national],
  });
  await rename(as(person), 'Odile Reconnaissable');
  await invite(as(person), {
    organisation: '7',
    organisationName: 'PMI',
    email: 'a@b.example',
    role: 'editor',
    origin: undefined,
  });
  await askProof(context, { email, origin: undefined, next: '/' });
  await eraseAccount(as(person), person.account);

  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(db);
  for (const { name } of tables.rows) {
    const { rows } = await sql`select 1 from ${sql.id(name)} as kept where kept::text ilike '%reconnaissable%'`.execute(
      db,
    );
    expect([name, rows.length]).toEqual([name, 0]);
  }
  expect(await listMembers(context, '7')).toEqual([]);
  expect(await administratorExists(context)).toBe(false);
  expect((await readStream(db, 'members/7')).at(-1)).toMatchObject({
    type: 'MemberLeft-V1',
    actor: `person:${person.account}`,
  });
  expect(await signedIn(context, email)).not.toMatchObject({ account: person.account });
});

test('an administrator of France gives any role; the message says what for and where', async () => {
  const { context, as, db } = await site();
  const named = await nameAdministrator(context, 'admin@ministere.example');
  expect(named.ok).toBe(true);
  expect(await nameAdministrator(context, 'admin@ministere.example')).toEqual(named);
  const admin = await signedIn(context, 'admin@ministere.example');
  expect(admin.grants).toEqual([national]);
  const given = await giveGrant(
    as(admin),
    { ...asked, agency: 'ars', role: 'moderator', scope: 'region:53' },
    coversPlainly,
  );
  expect(given).toMatchObject({ ok: true });
  expect(context.posted.at(-1)).toMatchObject({ to: asked.email, text: expect.stringContaining('relire et décider') });
  expect((await signedIn(context, asked.email)).grants).toEqual([
    { agency: 'ars', role: 'moderator', scope: 'region:53' },
  ]);
  expect((await readStream(db, `grants/${(await signedIn(context, asked.email)).account}`))[0]).toMatchObject({
    type: 'GrantGiven-V1',
    actor: `person:${admin.account}`,
  });
});

test.each([
  ['of another agency', { agency: 'dreets', role: 'moderator', scope: 'region:53' }],
  ['for another region', { agency: 'ars', role: 'moderator', scope: 'region:84' }],
  ['for all of France', { agency: 'ministry', role: 'administrator', scope: 'france' }],
  ['for a territory of another kind', { agency: 'ars', role: 'reader', scope: 'departement:35' }],
  ['that does not exist', { agency: 'ars', role: 'king', scope: 'region:53' }],
  ['for nowhere', { agency: 'ars', role: 'reader', scope: '' }],
])('an administrator of a region gives no role %s', async (_what, grant) => {
  const { context, as } = await site();
  const admin = await signedIn(context, 'admin@ars.example', {
    grants: [{ agency: 'ars', role: 'administrator', scope: 'region:53' }],
  });
  expect((await giveGrant(as(admin), { ...asked, ...grant }, coversPlainly)).ok).toBe(false);
  expect(context.posted).toEqual([]);
  const own = await giveGrant(
    as(admin),
    { ...asked, agency: 'ars', role: 'reader', scope: 'region:53' },
    coversPlainly,
  );
  expect(own.ok).toBe(true);
});

test('who decides for a territory but gives no roles gives none, and sees none', async () => {
  const { context, as } = await site();
  for (const role of ['moderator', 'coordinator', 'reader'] as const) {
    const person = await signedIn(context, `${role}@ars.example`, {
      grants: [{ agency: 'ars', role, scope: 'region:53' }],
    });
    expect(
      await giveGrant(as(person), { ...asked, agency: 'ars', role: 'reader', scope: 'region:53' }, coversPlainly),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await listGrants(as(person), coversPlainly)).toEqual([]);
  }
});

test('a role is taken away at once; the last administrator of France stays, even when two remove each other', async () => {
  const { context, as, db } = await site();
  await nameAdministrator(context, 'a@ministere.example');
  await nameAdministrator(context, 'b@ministere.example');
  const [a, b] = [await signedIn(context, 'a@ministere.example'), await signedIn(context, 'b@ministere.example')];
  const grantOf = async (person: Person) =>
    (await db.selectFrom('agency_grant').select('id').where('account', '=', person.account).executeTakeFirstOrThrow())
      .id;
  const [ofA, ofB] = [await grantOf(a), await grantOf(b)];
  await Promise.all([takeGrant(as(a), ofB, coversPlainly), takeGrant(as(b), ofA, coversPlainly)]);
  expect(await administratorExists(context)).toBe(true);
  const left = await db.selectFrom('agency_grant').select('account').execute();
  expect(left).toHaveLength(1);
  const last = left[0]?.account === a.account ? a : b;
  expect(await takeGrant(as(last), await grantOf(last), coversPlainly)).toMatchObject({
    ok: false,
    error: { code: 'last_administrator' },
  });
});

test('what has expired is swept, and nothing else', async () => {
  const { context, clock, db, as } = await site();
  const owner = await signedIn(context, 'odile@pmi.example', { memberships: [{ organisation: '7', role: 'owner' }] });
  await invite(as(owner), {
    organisation: '7',
    organisationName: 'PMI',
    email: 'a@b.example',
    role: 'editor',
    origin: undefined,
  });
  await askProof(context, { email: 'c@d.example', origin: undefined, next: '/' });
  const left = async () => [
    (await db.selectFrom('account_session').select('id').execute()).length,
    (await db.selectFrom('account_proof').select('id').execute()).length,
    (await db.selectFrom('invitation').select('id').execute()).length,
  ];
  await applyRetention(
    context,
    identityRetention(async () => {}),
  );
  expect(await left()).toEqual([1, 1, 1]);
  clock.moveTo('2026-11-21T10:16:00Z');
  await applyRetention(
    context,
    identityRetention(async () => {}),
  );
  expect(await left()).toEqual([1, 0, 1]);
  clock.moveTo('2027-01-01T10:00:00Z');
  await applyRetention(
    context,
    identityRetention(async () => {}),
  );
  expect(await left()).toEqual([0, 0, 0]);
  expect(await readSession(context, 'x'.repeat(43))).toBeUndefined();
});

test.each([
  ['  Odile   Martin ', 'Odile Martin'],
  ['\n\t', undefined],
  ['<b>Odile</b>', '<b>Odile</b>'],
  ['é'.repeat(200), 'é'.repeat(80)],
])('the name %j is read %j', (typed, name) => {
  expect(readName(typed)).toBe(name);
});
