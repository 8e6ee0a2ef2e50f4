import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import { readEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';
import { readName } from './accounts.ts';
import type { Vouched } from './email-proof.ts';
import { providerLabel } from './identities.ts';
import { hashOf, newSecret } from './secret.ts';

/** Somebody as a provider tells of them. */
export interface FederatedPerson extends Vouched {
  /** Folded; proved only when the provider says so. */
  readonly email: string | undefined;
  readonly emailProved: boolean;
  readonly name: string | undefined;
  /** For the end of the session at the provider. */
  readonly idToken: string;
}

/** An OpenID provider that vouches for people. */
export interface Provider {
  /** The word of its addresses: `/connexion/proconnect`. */
  readonly name: string;
  readonly label: string;
  /** For whom it is, in a few words. */
  readonly audience: string;
  /** Where to send somebody, and the word that their browser keeps meanwhile. */
  begin(url: URL): Promise<Result<{ address: URL; browserWord: string }>>;
  /** What the provider answers, at its return. `browserWord`: what `begin` gave to this browser. */
  finish(url: URL, browserWord: string | undefined): Promise<Result<FederatedPerson>>;
  /** Where the session at the provider is closed too, if it can be. */
  end(idToken: string, url: URL): Promise<URL | undefined>;
}

interface Shape {
  readonly name: string;
  readonly label: string;
  readonly audience: string;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly scope: string;
  /** The level of assurance that is asked for (`acr_values`). */
  readonly level?: string;
  /** It signs what it tells of somebody, and not only who it is. */
  readonly signsUserInfo: boolean;
}

/**
 * The providers that the operator configured. Each is found by its own description (OpenID Connect Discovery) the first
 * time somebody asks: one that is away keeps nobody from signing in another way.
 */
export const createProviders = (settings: Settings, log: Logger): readonly Provider[] =>
  shapes(settings)
    .filter(({ issuer }) => issuer !== undefined)
    .map((shape) => createProvider(shape, log));

const shapes = (settings: Settings): readonly Shape[] => [
  {
    ...{ name: 'proconnect', label: providerLabel('proconnect'), audience: 'agents publics' },
    issuer: settings.PROCONNECT_URL,
    clientId: settings.PROCONNECT_CLIENT_ID,
    clientSecret: settings.PROCONNECT_CLIENT_SECRET,
    scope: 'openid given_name usual_name email',
    level: 'eidas1',
    signsUserInfo: true,
  },
  {
    ...{ name: 'pro-sante-connect', label: providerLabel('pro-sante-connect'), audience: 'professionnels de santé' },
    issuer: settings.PRO_SANTE_CONNECT_URL,
    clientId: settings.PRO_SANTE_CONNECT_CLIENT_ID,
    clientSecret: settings.PRO_SANTE_CONNECT_CLIENT_SECRET,
    scope: 'openid scope_all',
    level: 'eidas1',
    signsUserInfo: false,
  },
];

const createProvider = (shape: Shape, log: Logger): Provider => {
  const { name, label, audience, scope, level } = shape;
  let found: Promise<Configuration> | undefined;
  /** A failure is not kept: the next person asks again. */
  const configuration = (): Promise<Configuration> => {
    found ??= discover(shape).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  const tried = async <T>(step: string, work: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await work());
    } catch (error) {
      // The class and code of the trouble only: messages of providers quote people.
      const { name: kind, code } = error as { name?: string; code?: string };
      log.warn({ provider: name, step, kind, code }, 'provider');
      return refuse(unavailable(label));
    }
  };
  return {
    ...{ name, label, audience },
    begin: (url) =>
      tried('begin', async () => {
        const config = await configuration();
        const browserWord = newSecret();
        const words = wordsOf(browserWord);
        const address = buildAuthorizationUrl(config, {
          redirect_uri: returnAddress(name, url),
          scope,
          state: words.state,
          nonce: words.nonce,
          code_challenge: await calculatePKCECodeChallenge(words.verifier),
          code_challenge_method: 'S256',
          ...(level ? { acr_values: level } : {}),
        });
        return { address, browserWord };
      }),
    finish: async (url, browserWord) => {
      if (!browserWord) return refuse(stranger);
      if (url.searchParams.has('error')) return refuse(renounced(label));
      const words = wordsOf(browserWord);
      return tried('finish', async () => {
        const config = await configuration();
        // The address that the provider was told, whatever proxies changed on the way.
        const current = new URL(`${returnAddress(name, url)}${url.search}`);
        const tokens = await authorizationCodeGrant(config, current, {
          expectedState: words.state,
          expectedNonce: words.nonce,
          pkceCodeVerifier: words.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims || !tokens.id_token) throw new Error('no id token');
        const told = await fetchUserInfo(config, tokens.access_token, claims.sub);
        const text = (claim: unknown): string => (typeof claim === 'string' ? claim : '');
        const first = text(told.given_name);
        const last = text(told.usual_name) || text(told.family_name);
        return {
          ...{ provider: name, issuer: claims.iss, subject: claims.sub, idToken: tokens.id_token },
          email: readEmail(text(told.email)),
          emailProved: told.email_verified === true,
          name: readName(`${first} ${last}`),
        };
      });
    },
    end: async (idToken, url) => {
      const address = await tried('end', async () => {
        const config = await configuration();
        if (!config.serverMetadata().end_session_endpoint) return undefined;
        return buildEndSessionUrl(config, {
          id_token_hint: idToken,
          post_logout_redirect_uri: `${url.origin}/connexion`,
          state: newSecret(),
        });
      });
      return address.ok ? address.value : undefined;
    },
  };
};

const discover = async ({ issuer, clientId, clientSecret, signsUserInfo }: Shape): Promise<Configuration> => {
  const server = new URL(issuer ?? '');
  const local = server.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(server.hostname);
  return discovery(
    server,
    clientId ?? '',
    {
      client_secret: clientSecret ?? '',
      ...(signsUserInfo ? { userinfo_signed_response_alg: 'RS256' } : {}),
    },
    undefined,
    // Everything signed is checked, even what came straight from the provider. Plain http: for a trial on the machine only.
    { execute: [enableNonRepudiationChecks, ...(local ? [allowInsecureRequests] : [])], timeout: 8 },
  );
};

const returnAddress = (name: string, url: URL): string => `${url.origin}/connexion/${name}/retour`;

/**
 * What ties the answer to this browser and to this question. Derived from one word that only the browser keeps: the server
 * keeps nothing, and another browser cannot use the answer.
 */
const wordsOf = (browserWord: string) => ({
  state: hashOf(browserWord, 'state'),
  nonce: hashOf(browserWord, 'nonce'),
  verifier: hashOf(browserWord, 'verifier'),
});

const unavailable = (label: string): Refusal => ({
  code: 'provider_failed',
  message: `${label} n’a pas répondu comme prévu. Vous pouvez réessayer, ou vous connecter par message.`,
});
const renounced = (label: string): Refusal => ({
  code: 'provider_renounced',
  message: `La connexion avec ${label} n’est pas allée au bout. Vous pouvez réessayer, ou vous connecter par message.`,
});
const stranger: Refusal = {
  code: 'provider_stranger',
  message:
    'Cette connexion n’a pas été commencée dans ce navigateur, ou il y a plus de dix minutes. Recommencez-la ici.',
};
