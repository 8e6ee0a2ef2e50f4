import { crc32 } from 'node:zlib';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { type House, lightHouse } from '#house/house.ts';
import { directionOf, readAddress } from '#messages/locale.ts';
import { readFrameTheme } from '#modules/directory/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Actor } from '#platform/server/context.ts';
import { problemResponse, problemTitle } from '#platform/server/http/problem.ts';
import { isOpenFrame, openFramePolicy, policyWithServers } from '#platform/server/http/security-headers.ts';
import { forgetSession, tokenOf } from '#platform/server/identity/cookie.ts';
import { readSession } from '#platform/server/identity/sessions.ts';
import { readSettings } from '#platform/server/settings.ts';
import { onShutdown } from '#platform/server/shutdown.ts';
import { building, dev } from '$app/env';

/** Lit once by `init`, before the first request. In development a reloaded module finds it again on globalThis. */
const kept = globalThis as typeof globalThis & { millejoursHouse?: House };

const theHouse = (): House => {
  if (!kept.millejoursHouse) throw new Error('the house is not lit');
  return kept.millejoursHouse;
};

export const init: ServerInit = async () => {
  if (building || kept.millejoursHouse) return;
  const settings = readSettings(process.env);
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const url = settings.value.DATABASE_URL;
  if (!url) throw new Error('The application is started by server.ts, which hands it a database.');
  kept.millejoursHouse = await lightHouse(settings.value, url, { work: true });
  onShutdown(() => theHouse().close());
};

/**
 * Who asks: whoever holds a session; else an operator at the machine itself, else a visitor. One query at most, and none
 * for a browser that never signed in.
 */
const actorOf = async (house: House, event: Event): Promise<Actor> => {
  const nobody: Actor = { kind: event.locals.atMachine ? 'operator' : 'visitor' };
  const token = tokenOf(event);
  if (token === undefined) return nobody;
  const person = await readSession(house.context(nobody), token);
  if (!person) forgetSession(event);
  return person ?? nobody;
};

export const handle: Handle = async ({ event, resolve }) => {
  const house = theHouse();
  const started = performance.now();
  const requestId = crypto.randomUUID();
  const log = house.log.child({ requestId });
  event.locals.requestId = requestId;
  event.locals.receivedAt = systemClock.now();
  event.locals.settings = house.settings;
  event.locals.house = house;
  event.locals.atMachine = event.request.headers.get('x-internal-loopback') === '1' || dev;
  event.locals.publicOrigin = house.settings.ORIGIN ?? (event.locals.atMachine ? event.url.origin : undefined);
  event.locals.context = house.context(await actorOf(house, event), log);
  event.locals.site = { quickExitUrl: house.settings.QUICK_EXIT_URL };

  const response = event.url.pathname.startsWith('/api/')
    ? await answerOfApi(house, event, () => resolve(event))
    : await answerOfPage(house, event, resolve);
  // What a person sees of themselves is for nobody else's eyes, nor for the next person at the same computer.
  const { actor } = event.locals.context;
  if (actor.kind === 'person' && !response.headers.has('cache-control')) {
    response.headers.set('cache-control', 'private, no-store');
  }
  response.headers.set('x-request-id', requestId);
  // The route and not the address: an address may hold what a person searched for.
  log.info({
    ...{ method: event.request.method, route: event.route.id, status: response.status },
    ms: Math.round((performance.now() - started) * 10) / 10,
  });
  return response;
};

type Event = Parameters<Handle>[0]['event'];

const answerOfPage = async (
  house: House,
  event: Event,
  resolve: Parameters<Handle>[0]['resolve'],
): Promise<Response> => {
  const { locale } = readAddress(event.url.pathname);
  const framed = isOpenFrame(event.url.pathname);
  // A frame may have to stay light, as the page around it; the site itself follows the device.
  const light = framed && readFrameTheme(event.url.searchParams).light;
  const attributes = `lang="${locale}" dir="${directionOf(locale)}"${light ? ' data-theme="light"' : ''}`;
  // Taken from SvelteKit before it reads each letter of it to make an ETag; no page is sent in pieces.
  let page = '';
  const empty = await resolve(event, {
    transformPageChunk: ({ html }) => {
      page = html.replace('lang="%lang%" dir="%dir%"', attributes);
      return '';
    },
  });
  const response = page === '' ? empty : pageResponse(page, empty);
  const policy = response.headers.get('content-security-policy');
  if (policy && framed) {
    response.headers.set('content-security-policy', openFramePolicy(policy));
  } else if (policy && house.baseMap && event.route.id === '/autour-de-moi') {
    response.headers.set('content-security-policy', policyWithServers(policy, house.baseMap.origins));
  }
  return response;
};

/** The page as an answer with these headers, its length and its ETag. */
const pageResponse = (page: string, { status, headers }: Response): Response => {
  const length = Buffer.byteLength(page);
  headers.set('content-length', String(length));
  headers.set('etag', `"${length.toString(36)}-${crc32(page).toString(36)}"`);
  return new Response(page, { status, headers });
};

/** Everything under /api/ answers with problems (RFC 9457), whatever went wrong and whoever noticed it. */
const answerOfApi = async (
  house: House,
  event: Event,
  resolve: () => Promise<Response> | Response,
): Promise<Response> => {
  const limit = await house.limits.api(event.getClientAddress());
  if (!limit.allowed) {
    return problemResponse(429, 'too_many_requests', { headers: { 'retry-after': String(limit.retryAfterSeconds) } });
  }
  const response = await resolve();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (response.status < 400 || isProblem) return response;
  const allow = response.headers.get('allow');
  return problemResponse(
    response.status,
    problemCodes[response.status] ?? 'failed',
    allow ? { headers: { allow } } : {},
  );
};

const problemCodes: Readonly<Record<number, string>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (kind === 'unknown') {
    event.locals.context?.log.error({ err: error, route: event.route.id }, 'unexpected');
    return { status: 500, message: problemTitle(500), code: 'unexpected', requestId: event.locals.requestId };
  }
  return { requestId: event.locals.requestId, ...(kind === 'framework' ? { message: problemTitle(status) } : {}) };
};
