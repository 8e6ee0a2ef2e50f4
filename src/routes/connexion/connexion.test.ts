import type { Cookies } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { FederatedPerson, Provider } from '#platform/server/identity/federation.ts';
import { readSession } from '#platform/server/identity/sessions.ts';
import { type TestContext, testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import * as signIn from './+page.server.ts';
import * as leaving from './[provider]/+page.server.ts';
import * as returning from './[provider]/retour/+page.server.ts';
import * as code from './code/+page.server.ts';
import * as exit from './sortie/+page.server.ts';

const person: FederatedPerson = {
  ...{ provider: 'proconnect', issuer: 'https://pc.example', subject: '7', idToken: 'id-token' },
  ...{ email: 'odile@pmi.example', emailProved: false, name: 'Odile Martin' },
};

/** A provider that vouches for whom the test wants. */
const providerOf = (answer: Result<FederatedPerson>): Provider => ({
  ...{ name: 'proconnect', label: 'ProConnect', audience: 'agents publics' },
  begin: async () => ok({ address: new URL('https://pc.example/authorize'), browserWord: 'word' }),
  finish: async (_url, word) => (word === 'word' ? answer : refuse({ code: 'stranger', message: 'Recommencez.' })),
  end: async (idToken) => new URL(`https://pc.example/end?${new URLSearchParams({ id_token_hint: idToken })}`),
});

/** A browser with its cookies, and the site it visits. Doors are called as SvelteKit calls them. */
const browser = (context: TestContext, provider: Provider, https = false) => {
  const jar = new Map<string, string>();
  const set: Record<string, Parameters<Cookies['set']>[2]> = {};
  const cookies = {
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, options: Parameters<Cookies['set']>[2]) => {
      jar.set(name, value);
      set[name] = options;
    },
    delete: (name: string) => jar.delete(name),
  };
  const asked: string[] = [];
  const limits = {
    signIn: async () => ({ allowed: true }),
    mailbox: async (email: string) => {
      asked.push(email);
      return { allowed: true };
    },
  };
  const visit = async (door: (event: never) => unknown, address: string, fields?: Record<string, string>) => {
    const url = new URL(address, https ? 'https://ici.example' : 'http://localhost:3000');
    const token = jar.get('mille-jours') ?? jar.get('__Host-mille-jours');
    const actor = (token && (await readSession(context, token))) || { kind: 'visitor' as const };
    const event = {
      ...{ url, cookies, params: { provider: 'proconnect' }, setHeaders: () => {} },
      locals: {
        context: { ...context, actor },
        ...{ house: { providers: [provider], limits }, settings: {}, publicOrigin: undefined, atMachine: false },
      },
      request: new Request(url, fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
      getClientAddress: () => '192.0.2.1',
    };
    const answer = await Promise.try(door as (event: unknown) => unknown, event).catch((thrown) => thrown);
    return answer as { status?: number; location?: string; refusal?: { code: string }; data?: unknown };
  };
  return { visit, jar, set, asked };
};

const site = async (answer: Result<FederatedPerson> = ok(person)) => {
  const { db } = await testDatabase();
  const context = testContext(db);
  return { context, db, provider: providerOf(answer) };
};

const codeIn = (context: TestContext): string =>
  (/\d{3} \d{3}/.exec(context.posted.at(-1)?.text ?? '')?.[0] ?? '').replace(' ', '');

test('by a provider that verified the e-mail: in at once, where one was going, and out through the provider', async () => {
  const { context, provider } = await site(ok({ ...person, emailProved: true }));
  const { visit, jar } = browser(context, provider);
  expect(await visit(leaving.load, '/connexion/proconnect?suite=/professionnels/espace')).toMatchObject({
    status: 303,
    location: 'https://pc.example/authorize',
  });
  const entered = await visit(returning.load, '/connexion/proconnect/retour?code=x&state=y');
  expect(entered).toMatchObject({ status: 303, location: '/professionnels/espace' });
  expect(await readSession(context, jar.get('mille-jours') ?? '')).toMatchObject({ name: 'Odile Martin' });
  // The word served: the same return, opened again, finds nothing.
  expect(await visit(returning.load, '/connexion/proconnect/retour?code=x&state=y')).toMatchObject({
    refusal: { code: 'stranger' },
  });

  expect(await visit(exit.actions.default, '/connexion/sortie', {})).toMatchObject({ location: '/connexion/sortie' });
  expect(jar.has('mille-jours')).toBe(false);
  expect(await visit(exit.load, '/connexion/sortie')).toEqual({
    providerExit: 'https://pc.example/end?id_token_hint=id-token',
  });
  expect(await visit(exit.load, '/connexion/sortie')).toEqual({ providerExit: undefined });
});

test('by a provider that did not verify it: a message first, to that mailbox and no other', async () => {
  const { context, provider } = await site();
  const victim = await signedIn(context, 'odile@pmi.example');
  const { visit, jar, asked } = browser(context, provider);
  await visit(leaving.load, '/connexion/proconnect?suite=//evil.example');
  expect(await visit(returning.load, '/connexion/proconnect/retour?code=x')).toMatchObject({
    location: '/connexion/code',
  });
  expect(jar.has('mille-jours')).toBe(false);
  expect(asked).toEqual(['odile@pmi.example']);
  expect(await visit(code.actions.default, '/connexion/code', { code: codeIn(context) })).toMatchObject({
    location: '/mon-compte',
  });
  expect(await readSession(context, jar.get('mille-jours') ?? '')).toMatchObject({ account: victim.account });
});

test('by a provider that gives no e-mail: one is asked for, proved, and tied once and for all', async () => {
  const { context, provider } = await site(ok({ ...person, email: undefined }));
  const first = browser(context, provider);
  await first.visit(leaving.load, '/connexion/proconnect?suite=/professionnels');
  const sent = await first.visit(returning.load, '/connexion/proconnect/retour?code=x');
  expect(sent.location).toBe('/connexion?suite=%2Fprofessionnels');
  expect(await first.visit(signIn.load, sent.location ?? '')).toMatchObject({ vouchedBy: 'ProConnect' });
  await first.visit(signIn.actions.message, '/connexion?/message&suite=/professionnels', { email: 'paul@mam.example' });
  expect(await first.visit(code.actions.default, '/connexion/code', { code: codeIn(context) })).toMatchObject({
    location: '/professionnels',
  });
  const second = browser(context, provider);
  await second.visit(leaving.load, '/connexion/proconnect');
  await second.visit(returning.load, '/connexion/proconnect/retour?code=x');
  expect(await readSession(context, second.jar.get('mille-jours') ?? '')).toMatchObject({ email: 'paul@mam.example' });
});

test('with https the cookie is one that the browser protects, and all are closed to scripts and to other sites', async () => {
  const { context, provider } = await site(ok({ ...person, emailProved: true }));
  const { visit, set } = browser(context, provider, true);
  await visit(leaving.load, '/connexion/proconnect');
  await visit(returning.load, '/connexion/proconnect/retour?code=x');
  await visit(signIn.actions.message, '/connexion?/message', { email: 'a@b.example' });
  expect(Object.keys(set).sort()).toEqual(['__Host-mille-jours', 'mille-jours-demande', 'mille-jours-identite']);
  for (const options of Object.values(set)) {
    expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax' });
    expect(options?.maxAge).toBeGreaterThan(0);
  }
  expect(set['__Host-mille-jours']).toMatchObject({ path: '/' });
});

test('whether or not an address has an account, the page answers the same', async () => {
  const { context, provider } = await site();
  await signedIn(context, 'connue@pmi.example');
  const ask = async (email: string) => {
    const { visit, jar } = browser(context, provider);
    const answer = await visit(signIn.actions.message, '/connexion?/message', { email });
    return [answer.status, answer.location, [...jar.keys()]];
  };
  expect(await ask('connue@pmi.example')).toEqual(await ask('inconnue@pmi.example'));
});

test.each([
  ['an answer that is no JSON', 'x'],
  ['an answer of another shape', '{"id":"abc"}'],
  [
    'a key that nobody has',
    JSON.stringify({
      ...{ id: 'abc', rawId: 'abc', type: 'public-key' },
      response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
    }),
  ],
])('a passkey with %s opens nothing and breaks nothing', async (_what, answer) => {
  const { context, provider } = await site();
  const { visit, jar } = browser(context, provider);
  expect(await visit(signIn.actions.cle, '/connexion?/cle', { answer })).toMatchObject({
    status: 400,
    data: { refusal: { code: 'passkey_refused' } },
  });
  expect(jar.has('mille-jours')).toBe(false);
});

test('a provider that is not configured does not exist', async () => {
  const { context } = await site();
  const { visit } = browser(context, { ...providerOf(ok(person)), name: 'another' });
  expect(await visit(leaving.load, '/connexion/proconnect')).toMatchObject({ status: 404 });
  expect(await visit(returning.load, '/connexion/proconnect/retour')).toMatchObject({ status: 404 });
});
