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
  /** An accident: a 500 that says nothing. A walk that shows that nothing is told asks that there be none. */
  readonly crash?: string;
}

/** A door, its route, and whether it changes something. */
export interface RouteDoor {
  readonly file: string;
  readonly route: string;
  readonly name: string;
  readonly door: Door;
  readonly posts: boolean;
}

/** Every door of some files of routes: what loads, what acts, what answers by itself. */
export const doorsOf = (files: Readonly<Record<string, Readonly<Record<string, unknown>>>>): readonly RouteDoor[] =>
  Object.entries(files).flatMap(([file, module]) => {
    const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
    return Object.entries(module).flatMap(([name, door]) =>
      typeof door === 'function'
        ? [{ file, route, name, door: door as Door, posts: !['load', 'GET'].includes(name) }]
        : Object.entries(door as Record<string, Door>).map(([action, call]) => {
            return { file, route, name: `?/${action}`, door: call, posts: true };
          }),
    );
  });

/** The address of a route. Throws for a name that `params` does not say: nobody would walk through that door. */
export const addressOf = (route: string, params: Readonly<Record<string, string>>): string =>
  route.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
    const said = params[name];
    if (said === undefined) throw new Error(`${route}: no ${name}`);
    return said;
  });

/** Calls a door as SvelteKit does, for whoever `context` says, on a site without providers. */
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
      receivedAt: context.clock.now(),
      house: { limits, providers: [], context: () => context },
    },
  };
  const answer = await Promise.try(door as (event: unknown) => unknown, event).catch((thrown) => thrown);
  if (answer instanceof Response) return { status: answer.status, text: await textOf(answer) };
  const { status = 200, location = '' } = (answer ?? {}) as { status?: number; location?: string };
  if (answer instanceof Error && !('status' in answer))
    return { status: 500, text: '', crash: answer.stack ?? answer.message };
  return { status, text: `${location} ${JSON.stringify(answer)}` };
};

/** What an answer says to who reads it: the text of a PDF, else itself. */
const textOf = async (answer: Response): Promise<string> => {
  if (answer.headers.get('content-type') !== 'application/pdf') return answer.text();
  const { extractText } = await import('unpdf');
  return (await extractText(await answer.bytes(), { mergePages: true })).text;
};

const allowed = async () => ({ allowed: true }) as const;
const noLimits: RateLimits = { api: allowed, form: allowed, signIn: allowed, mailbox: allowed };
