import type { Cookies } from '@sveltejs/kit';
import type { AccountId, Context } from '../context.ts';
import { deviceOf } from './device.ts';
import { closeSessionOf, openSession } from './sessions.ts';

/** The part of a request that a session is written in. */
export interface Visit {
  readonly url: URL;
  readonly request: Request;
  readonly cookies: Cookies;
}

/**
 * With https, a name that the browser itself protects: it refuses it from a neighbouring subdomain or a plain page
 * (`__Host-`, RFC 6265bis 4.1.3.2).
 */
const cookieName = (url: URL): string => (url.protocol === 'https:' ? '__Host-mille-jours' : 'mille-jours');

const attributes = (url: URL) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' }) as const;

/** The token of the session that a browser holds, if it holds one. */
export const tokenOf = ({ cookies, url }: Pick<Visit, 'cookies' | 'url'>): string | undefined =>
  cookies.get(cookieName(url));

/**
 * Signs somebody in: a new token always, so that one slipped into the browser before is worth nothing; the session that
 * was open in this browser is closed.
 */
export const startSession = async (
  context: Context,
  visit: Visit,
  account: AccountId,
  vouched?: { readonly provider: string; readonly idToken: string },
): Promise<void> => {
  const { url, request, cookies } = visit;
  const former = tokenOf(visit);
  if (former) await closeSessionOf(context, former);
  const device = deviceOf(request.headers.get('user-agent'));
  const { token, expiresAt } = await openSession(context, account, { device, ...(vouched ? { vouched } : {}) });
  const maxAge = Math.floor(context.clock.now().until(expiresAt).total('seconds'));
  cookies.set(cookieName(url), token, { ...attributes(url), maxAge });
};

/** Forgets the session in this browser. */
export const forgetSession = ({ cookies, url }: Pick<Visit, 'cookies' | 'url'>): void =>
  cookies.delete(cookieName(url), attributes(url));
