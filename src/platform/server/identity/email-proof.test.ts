import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import { accountOfEmail } from './accounts.ts';
import {
  askProof,
  linkIsAlive,
  prepareProof,
  proofLimits,
  proveByCode,
  proveByLink,
  readAsked,
} from './email-proof.ts';
import { newSecret } from './secret.ts';

const email = 'odile@pmi.example';
const asked = { email, origin: 'https://ici.example', next: '/professionnels/espace' };

const site = async () => {
  const { db } = await testDatabase();
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = testContext(db, { clock });
  /** Asks for a message, and what its reader finds in it. */
  const ask = async (more: Partial<Parameters<typeof askProof>[1]> = {}) => {
    const { browserWord } = await askProof(context, { ...asked, ...more });
    const mail = context.posted.at(-1);
    const text = mail?.text ?? '';
    const link = /https:\/\/ici\.example\S+/.exec(text)?.[0];
    return {
      ...{ browserWord, mail, link },
      code: (/\d{3} \d{3}/.exec(text)?.[0] ?? '').replace(' ', ''),
      token: link ? (new URL(link).searchParams.get('jeton') ?? '') : '',
    };
  };
  return { context, clock, db, ask };
};

test('the message carries a code and a link, says how long they live, and its text is a secret', async () => {
  const { ask } = await site();
  const { mail, code, link } = await ask();
  expect(mail).toMatchObject({ to: email, secret: true, subject: 'Votre code pour vous connecter à Mille jours' });
  expect(mail?.subject).not.toContain(code.slice(0, 3));
  expect(code).toMatch(/^\d{6}$/);
  expect(link).toMatch(/^https:\/\/ici\.example\/connexion\/lien\?jeton=[\w-]{43}$/);
  expect(mail?.text).toContain('une seule fois, pendant 15 minutes');
  expect(mail?.text).toContain('Vous n’avez rien demandé');
});

test('a site that is not sure of its own address sends the code alone', async () => {
  const { ask } = await site();
  const { mail, code, link } = await ask({ origin: undefined });
  expect(code).toMatch(/^\d{6}$/);
  expect(link).toBeUndefined();
  expect(mail?.text).not.toMatch(/https?:/);
});

test('nothing in the tables opens a door: neither the code, nor the link, nor the word of the browser', async () => {
  const { ask, db } = await site();
  const { code, token, browserWord } = await ask();
  const { rows } = await sql<{ kept: string }>`select account_proof::text as kept from account_proof`.execute(db);
  for (const secret of [code, token, browserWord.split('.')[1] ?? '-']) expect(rows[0]?.kept).not.toContain(secret);
});

test('the link signs in, makes the account the first time, leads where one was going, and serves once', async () => {
  const { context, ask, db } = await site();
  const { token } = await ask();
  expect(await linkIsAlive(context, token)).toBe(true);
  expect(await linkIsAlive(context, token)).toBe(true);
  const proved = await proveByLink(context, token);
  expect(proved).toMatchObject({ ok: true, value: { next: '/professionnels/espace', purpose: 'sign_in' } });
  const accounts = await db.selectFrom('account').select(['id', 'email']).execute();
  expect(accounts).toEqual([{ id: proved.ok ? proved.value.account : '', email }]);
  expect(await proveByLink(context, token)).toMatchObject({ ok: false, error: { code: 'link_dead' } });
  expect(await linkIsAlive(context, token)).toBe(false);
});

test('fifty who open the same link at once: one comes in', async () => {
  const { context, ask } = await site();
  const { token } = await ask();
  const answers = await Promise.all(Array.from({ length: 50 }, () => proveByLink(context, token)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('the code signs in where it was asked for, with spaces or without, once; the link of the message is then dead', async () => {
  const { context, ask } = await site();
  const { code, browserWord, token } = await ask();
  expect(await readAsked(context, browserWord)).toMatchObject({ email });
  expect(await proveByCode(context, browserWord, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({ ok: true });
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: false, error: { code: 'code_dead' } });
  expect(await proveByLink(context, token)).toMatchObject({ ok: false });
});

test('in any other browser the code is worth nothing', async () => {
  const { context, ask } = await site();
  const { code, browserWord } = await ask();
  const { browserWord: other } = await ask({ email: 'paul@mam.example' });
  const [id] = browserWord.split('.');
  for (const word of [
    undefined,
    '',
    id,
    other,
    `${id}.${newSecret()}`,
    `${id}.${other.split('.')[1]}`,
    `${browserWord}.x`,
  ]) {
    expect(await proveByCode(context, word, code)).toMatchObject({ ok: false });
  }
});

test('a thousand codes typed for one message: five are looked at, and the right one comes too late', async () => {
  const { context, ask } = await site();
  const { code, browserWord } = await ask();
  let looked = 0;
  for (let number = 0; number < 1_000; number += 1) {
    const typed = String((Number(code) + 1 + number) % 1_000_000).padStart(6, '0');
    const answer = await proveByCode(context, browserWord, typed);
    if (!answer.ok && answer.error.code === 'code_wrong') looked += 1;
    expect(answer.ok).toBe(false);
  }
  expect(looked).toBe(proofLimits.tries - 1);
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: false, error: { code: 'code_dead' } });
});

test('a hundred codes typed at the same moment count as a hundred', async () => {
  const { context, ask } = await site();
  const { code, browserWord } = await ask();
  const wrong = code === '000000' ? '000001' : '000000';
  await Promise.all(Array.from({ length: 100 }, () => proveByCode(context, browserWord, wrong)));
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: false });
});

test('after fifteen minutes neither the link nor the code serves', async () => {
  const { context, clock, ask } = await site();
  const { code, browserWord, token } = await ask();
  clock.moveTo('2026-11-21T10:15:00Z');
  expect(await linkIsAlive(context, token)).toBe(false);
  expect(await readAsked(context, browserWord)).toBeUndefined();
  expect(await proveByLink(context, token)).toMatchObject({ ok: false });
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: false });
});

test('signing in with one message makes the others of the same mailbox worthless', async () => {
  const { context, ask } = await site();
  const first = await ask();
  const second = await ask();
  expect(await proveByLink(context, second.token)).toMatchObject({ ok: true });
  expect(await proveByLink(context, first.token)).toMatchObject({ ok: false });
});

test('an account that exists and one that does not are asked the same questions of the database', async () => {
  const { context, ask, db } = await site();
  await accountOfEmail(context, email);
  const shape = async (to: string) => {
    const { mail } = await ask({ email: to });
    return (mail?.text ?? '').replaceAll(/\d{3} \d{3}|jeton=\S+/g, '…');
  };
  expect(await shape(email)).toBe(await shape('personne@nulle-part.example'));
  expect(await db.selectFrom('account').select('id').execute()).toHaveLength(1);
});

test('a new address becomes the account’s by its code, never by a link, and the former one is told', async () => {
  const { context, ask, db } = await site();
  const person = await signedIn(context, 'paul@mam.example');
  const { browserWord, code, link, mail } = await ask({ email: 'paul@nouveau.example', account: person.account });
  expect(link).toBeUndefined();
  expect(mail?.subject).toBe('Confirmez votre nouvelle adresse');
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: true, value: { purpose: 'change_email' } });
  expect(await db.selectFrom('account').select('email').execute()).toEqual([{ email: 'paul@nouveau.example' }]);
  expect(context.posted.at(-1)).toMatchObject({ to: 'paul@mam.example' });

  const prepared = await prepareProof(context, { email: 'autre@b.example', next: '/', account: person.account });
  expect(await proveByLink(context, prepared.token)).toMatchObject({ ok: false });
});

test('of two who prove the same new address at the same instant, one has it and the other is told', async () => {
  const { context, ask, db } = await site();
  const person = await signedIn(context, 'paul@mam.example');
  const { browserWord, code } = await ask({ account: person.account });
  const waiting = async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows.length;
  };
  let answer: ReturnType<typeof proveByCode> | undefined;
  await db.transaction().execute(async (tx) => {
    // Somebody signs in with that address for the first time, and has not quite finished.
    await accountOfEmail({ ...context, db: tx }, email);
    answer = proveByCode(context, browserWord, code);
    await expect.poll(waiting, { timeout: 15_000 }).toBeGreaterThan(0);
  });
  expect(await answer).toMatchObject({ ok: false, error: { code: 'email_taken' } });
  expect(await db.selectFrom('account').select('id').where('email', '=', email).execute()).toHaveLength(1);
});

test('an address that has an account already is refused to whoever proves it for another', async () => {
  const { context, ask } = await site();
  await accountOfEmail(context, email);
  const person = await signedIn(context, 'paul@mam.example');
  const { browserWord, code } = await ask({ account: person.account });
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: false, error: { code: 'email_taken' } });
});
