import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { expect, onTestFinished, test } from 'vitest';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import { createLogger } from '../log.ts';
import { readSettings } from '../settings.ts';
import { accountOfFederated } from './arrive.ts';
import { askProof, linkIsAlive, prepareProof, proveByCode, proveByLink } from './email-proof.ts';
import { createProviders } from './federation.ts';
import { listIdentities, removeIdentity } from './identities.ts';

const origin = 'https://ici.example';

/** What a provider of the test knows of the only person who goes there. */
interface Claims {
  readonly given_name: string;
  readonly usual_name?: string;
  readonly family_name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** A real OpenID provider on the machine. `signs`: it signs what it tells of somebody, as ProConnect does. */
const openProvider = async (
  claims: Claims,
  { name, signs }: { name: 'proconnect' | 'pro-sante-connect'; signs: boolean },
) => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'mille-jours',
        client_secret: 'un-secret-de-quarante-signes-au-moins-pour-hs256',
        redirect_uris: [`${origin}/connexion/${name}/retour`],
        post_logout_redirect_uris: [`${origin}/connexion`],
        ...(signs ? { userinfo_signed_response_alg: 'RS256' as const } : {}),
      },
    ],
    scopes: ['openid', 'given_name', 'usual_name', 'email', 'scope_all'],
    claims: {
      given_name: ['given_name'],
      usual_name: ['usual_name'],
      email: ['email', 'email_verified'],
      scope_all: ['given_name', 'family_name', 'email', 'email_verified'],
    },
    acrValues: ['eidas1'],
    conformIdTokenClaims: true,
    features: { userinfo: { enabled: true }, jwtUserinfo: { enabled: signs }, devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...claims }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['only for a test'] },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    // The person agrees to everything at once.
    const { prompt, params, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId: 'agent-7' } });
      return;
    }
    const grant = grantId
      ? await provider.Grant.find(grantId)
      : new provider.Grant({ accountId: 'agent-7', clientId: String(params.client_id) });
    grant?.addOIDCScope(String(params.scope));
    await provider.interactionFinished(request, response, { consent: { grantId: (await grant?.save()) ?? '' } });
  });

  const prefix = name === 'proconnect' ? 'PROCONNECT' : 'PRO_SANTE_CONNECT';
  const read = readSettings({
    [`${prefix}_URL`]: issuer,
    [`${prefix}_CLIENT_ID`]: 'mille-jours',
    [`${prefix}_CLIENT_SECRET`]: 'un-secret-de-quarante-signes-au-moins-pour-hs256',
  });
  if (!read.ok) throw new Error(read.sentences.join());
  const [ours] = createProviders(read.value, createLogger('silent'));
  if (!ours) throw new Error('no provider');
  return { issuer, ours };
};

/** Follows a browser through the provider, with its cookies, until it is sent back to us. */
const walk = async (start: URL): Promise<URL> => {
  const jar = new Map<string, string>();
  let address = start;
  for (let step = 0; step < 12; step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const next = response.headers.get('location');
    if (!next) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    address = new URL(next, address);
    if (address.origin === origin) return address;
  }
  throw new Error('the provider never sends back');
};

const agent = { given_name: 'Odile', usual_name: 'Martin', email: 'Odile.Martin@Pmi.example' };
const here = new URL(`${origin}/connexion/proconnect`);

test('an agent comes in by a provider that signs all it says: discovery, PKCE, state, nonce, signed userinfo', async () => {
  const { issuer, ours } = await openProvider(agent, { name: 'proconnect', signs: true });
  const begun = await ours.begin(here);
  if (!begun.ok) throw new Error(begun.error.message);
  const { address, browserWord } = begun.value;
  expect(address.origin).toBe(issuer);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    code_challenge_method: 'S256',
    acr_values: 'eidas1',
    redirect_uri: `${origin}/connexion/proconnect/retour`,
  });
  expect(address.href).not.toContain(browserWord);
  const returned = await walk(address);
  expect(await ours.finish(returned, browserWord)).toMatchObject({
    ok: true,
    value: {
      provider: 'proconnect',
      issuer,
      subject: 'agent-7',
      email: 'odile.martin@pmi.example',
      emailProved: false,
      name: 'Odile Martin',
    },
  });
});

test('a provider that should sign what it says, and does not, is not believed', async () => {
  const { ours } = await openProvider(agent, { name: 'proconnect', signs: false });
  const begun = await ours.begin(here);
  if (!begun.ok) throw new Error(begun.error.message);
  const finished = await ours.finish(await walk(begun.value.address), begun.value.browserWord);
  expect(finished).toMatchObject({ ok: false, error: { code: 'provider_failed' } });
});

test('a health professional comes in by a provider with its own names and no e-mail', async () => {
  const claims = { given_name: 'Paul', family_name: 'Durand' };
  const { ours } = await openProvider(claims, { name: 'pro-sante-connect', signs: false });
  const begun = await ours.begin(here);
  if (!begun.ok) throw new Error(begun.error.message);
  const finished = await ours.finish(await walk(begun.value.address), begun.value.browserWord);
  expect(finished).toMatchObject({
    ok: true,
    value: { provider: 'pro-sante-connect', name: 'Paul Durand', email: undefined },
  });
});

test('the answer of the provider serves once, in the browser that asked, and unchanged', async () => {
  const { ours } = await openProvider(agent, { name: 'proconnect', signs: true });
  const [mine, another] = [await ours.begin(here), await ours.begin(here)];
  if (!mine.ok || !another.ok) throw new Error('not begun');
  const returned = await walk(mine.value.address);
  const changed = (name: string, value: string): URL => {
    const url = new URL(returned);
    url.searchParams.set(name, value);
    return url;
  };
  expect((await ours.finish(returned, undefined)).ok).toBe(false);
  expect((await ours.finish(returned, another.value.browserWord)).ok).toBe(false);
  expect((await ours.finish(changed('state', 'x'), mine.value.browserWord)).ok).toBe(false);
  expect((await ours.finish(changed('iss', 'https://evil.example'), mine.value.browserWord)).ok).toBe(false);
  expect((await ours.finish(changed('code', 'x'), mine.value.browserWord)).ok).toBe(false);
  expect(await ours.finish(changed('error', 'access_denied'), mine.value.browserWord)).toMatchObject({
    ok: false,
    error: { code: 'provider_renounced' },
  });
  expect((await ours.finish(returned, mine.value.browserWord)).ok).toBe(true);
  expect((await ours.finish(returned, mine.value.browserWord)).ok).toBe(false);
});

test('one who leaves is sent to close the session of the provider too', async () => {
  const { issuer, ours } = await openProvider(agent, { name: 'proconnect', signs: true });
  const begun = await ours.begin(here);
  if (!begun.ok) throw new Error('not begun');
  const finished = await ours.finish(await walk(begun.value.address), begun.value.browserWord);
  const idToken = finished.ok ? finished.value.idToken : '';
  const end = await ours.end(idToken, here);
  expect(end?.origin).toBe(issuer);
  expect(end?.searchParams.get('id_token_hint')).toBe(idToken);
  expect(end?.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/connexion`);
  expect((await fetch(end ?? '')).status).toBe(200);
});

test('a provider that is away is said to be, and keeps nobody from another way in; nothing is shown that is not configured', async () => {
  const read = readSettings({
    PROCONNECT_URL: 'http://127.0.0.1:9/',
    PROCONNECT_CLIENT_ID: 'x',
    PROCONNECT_CLIENT_SECRET: 'y',
  });
  if (!read.ok) throw new Error(read.sentences.join());
  const [away] = createProviders(read.value, createLogger('silent'));
  expect(await away?.begin(here)).toMatchObject({ ok: false, error: { code: 'provider_failed' } });
  const none = readSettings({});
  expect(none.ok && createProviders(none.value, createLogger('silent'))).toEqual([]);
  expect(readSettings({ PROCONNECT_URL: 'https://a.example' })).toMatchObject({
    ok: false,
    sentences: ['PROCONNECT_URL : attend aussi PROCONNECT_CLIENT_ID et PROCONNECT_CLIENT_SECRET.'],
  });
});

const federated = {
  ...{ issuer: 'https://a.example', subject: '7', provider: 'proconnect', idToken: 'x', name: 'Odile Martin' },
  ...{ email: 'odile@pmi.example', emailProved: false },
};

test('an e-mail that the provider did not verify opens nobody’s account: its reader proves it, once', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  const victim = await signedIn(context, 'odile@pmi.example');
  expect(await accountOfFederated(context, federated, undefined)).toEqual({ ok: true, value: undefined });

  const vouched = { issuer: federated.issuer, subject: federated.subject, provider: federated.provider };
  const { browserWord } = await askProof(context, { email: victim.email, origin, next: '/', vouched });
  // No link: a victim who presses it would give their account to whoever typed their address.
  expect(context.posted.at(-1)).toMatchObject({ to: victim.email, text: expect.stringContaining('ProConnect') });
  expect(context.posted.at(-1)?.text).not.toContain(origin);
  const { token } = await prepareProof(context, { email: victim.email, next: '/', vouched });
  expect(await linkIsAlive(context, token)).toBe(false);
  expect(await proveByLink(context, token)).toMatchObject({ ok: false, error: { code: 'link_dead' } });
  expect(await accountOfFederated(context, federated, undefined)).toEqual({ ok: true, value: undefined });

  const code = (/\d{3} \d{3}/.exec(context.posted.at(-1)?.text ?? '')?.[0] ?? '').replace(' ', '');
  expect(await proveByCode(context, browserWord, code)).toMatchObject({ ok: true, value: { account: victim.account } });
  expect(await accountOfFederated(context, federated, undefined)).toEqual({ ok: true, value: victim.account });

  const told = { to: victim.email, text: expect.stringContaining('retirez cette identité') };
  expect(context.posted.at(-1)).toMatchObject(told);
  const paul = await signedIn(context, 'paul@mam.example');
  await removeIdentity({ ...context, actor: paul }, vouched);
  expect(await listIdentities({ ...context, actor: victim })).toMatchObject([vouched]);
  await removeIdentity({ ...context, actor: victim }, vouched);
  expect(await accountOfFederated(context, federated, undefined)).toEqual({ ok: true, value: undefined });
});

test('an e-mail that the provider verified is enough; somebody signed in ties the identity to their own account', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  const first = await accountOfFederated(context, { ...federated, emailProved: true }, undefined);
  expect(first).toMatchObject({ ok: true, value: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const [row] = await db.selectFrom('account').select(['email', 'name']).execute();
  expect(row).toEqual({ email: 'odile@pmi.example', name: 'Odile Martin' });

  const paul = await signedIn(context, 'paul@mam.example');
  const other = { ...federated, subject: '8' };
  expect(await accountOfFederated(context, other, paul)).toEqual({ ok: true, value: paul.account });
  expect(context.posted.map(({ to }) => to)).toEqual(['odile@pmi.example', 'paul@mam.example']);
  expect(await accountOfFederated(context, other, undefined)).toEqual({ ok: true, value: paul.account });
  expect(await accountOfFederated(context, federated, paul)).toMatchObject({
    ok: false,
    error: { code: 'federation_of_another' },
  });
});
