import type { Context } from '#platform/server/context.ts';
import type { RateLimits } from '#platform/server/http/rate-limit.ts';

/** A `load`, an action, a `GET` or a `POST` of a route. */
export type Door = (event: never) => unknown;

interface Visit {
  readonly address: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Sends this form; without it, reads. */
  readonly form?: Readonly<Record<string, string>>;
  /** Where it comes from on the network. */
  readonly from?: string;
  /** None, if not given. */
  readonly limits?: RateLimits;
}

export interface DoorAnswer {
  readonly status: number;
  /** Where it leads, and everything it says. */
  readonly text: string;
}

/**
 * Calls a door as SvelteKit does, for whoever `context` says, on a site without providers. An accident is an answer 500:
 * it opens nothing, and is for the tests of that door.
 */
export const callDoor = async (
  context: Context,
  door: Door,
  { address, params = {}, form, from = '192.0.2.1', limits = noLimits }: Visit,
): Promise<DoorAnswer> => {
  const url = new URL(address, 'https://mille-jours.example');
  const event = {
    ...{ url, params, cookies: { get: () => undefined, set: () => {}, delete: () => {} }, setHeaders: () => {} },
    ...{ route: { id: url.pathname }, fetch, depends: () => {}, parent: async () => ({}) },
    request: new Request(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    getClientAddress: () => from,
    locals: {
      context,
      ...{ settings: {}, publicOrigin: url.origin, atMachine: false, requestId: 'x', site: { quickExitUrl: '' } },
      house: { limits, providers: [], context: () => context },
    },
  };
  const answer = await Promise.try(door as (event: unknown) => unknown, event).catch((thrown) => thrown);
  if (answer instanceof Response) return { status: answer.status, text: await answer.text() };
  const { status = 200, location = '' } = (answer ?? {}) as { status?: number; location?: string };
  if (answer instanceof Error && !('status' in answer)) return { status: 500, text: '' };
  return { status, text: `${location} ${JSON.stringify(answer)}` };
};

const allowed = async () => ({ allowed: true }) as const;
const noLimits: RateLimits = { api: allowed, form: allowed, signIn: allowed, mailbox: allowed };
