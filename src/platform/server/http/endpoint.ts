import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { problemResponse } from './problem.ts';

/** One address of the public API: what it takes, what it gives, and how. The OpenAPI document is made from it. */
export interface Endpoint<Query extends z.ZodRawShape = z.ZodRawShape, Answer = unknown> {
  /** `/api/v1/communes` */
  readonly path: `/api/v1/${string}`;
  /** French, one line. */
  readonly summary: string;
  readonly description?: string;
  /** Parameters worth trying, for the documentation: `q=creche&departement=33`. */
  readonly example?: string;
  /** Every parameter with its bounds and a `.describe(…)` in French. An unknown parameter is refused. */
  readonly query: z.ZodObject<Query>;
  /** Shape of the JSON answer; for another media type, how it is described. */
  readonly answer: z.ZodType<Answer> | { readonly mediaType: string; readonly description: string };
  /** How long others may keep the answer, in seconds. 0 unless said. */
  readonly maxAge?: number;
  /**
   * Computes the answer: a value of the answer's shape, or a whole response for another media type. `request`: what the
   * client already has and what it can read, for those who answer 304 or compressed.
   */
  run(
    context: Context,
    query: z.infer<z.ZodObject<Query>>,
    request: Request,
  ): Promise<Answer | Response> | Answer | Response;
}

/** Keeps the types of the schemas through the registry. */
export const defineEndpoint = <Query extends z.ZodRawShape, Answer>(
  endpoint: Endpoint<Query, Answer>,
): Endpoint<Query, Answer> => endpoint;

/** A list written with commas: `priority=1,2`. At most `most` values, no empty one. */
export const commaList = <T>(item: z.ZodType<T, string>, most = 20) =>
  z
    .string()
    .max(1_000, { error: 'est trop long' })
    .transform((text) => text.split(',').map((value) => value.trim()))
    .pipe(
      z
        .array(item)
        .min(1)
        .max(most, { error: `accepte ${most} valeurs au plus` }),
    );

/** A whole number between two bounds. `what` says which, in French: « un numéro de page ». */
export const wholeNumber = (least: number, most: number, what: string) => {
  const expected = { error: `attend ${what} entre ${least} et ${most}` };
  return z.coerce.number(expected).int(expected).min(least, expected).max(most, expected);
};

/** Parses the parameters of an address. A parameter given twice is refused, as is an unknown one. */
export const parseQuery = <Query extends z.ZodRawShape>(
  schema: z.ZodObject<Query>,
  parameters: URLSearchParams,
): { ok: true; value: z.infer<z.ZodObject<Query>> } | { ok: false; errors: { field: string; message: string }[] } => {
  const given: Record<string, string> = Object.create(null);
  const errors: { field: string; message: string }[] = [];
  for (const [field, value] of parameters) {
    if (!Object.hasOwn(schema.shape, field)) {
      errors.push({ field: field.slice(0, 60), message: 'ce paramètre n’existe pas' });
    } else if (field in given) {
      errors.push({ field, message: 'ce paramètre est donné deux fois ; séparez plusieurs valeurs par des virgules' });
    } else given[field] = value;
    if (errors.length >= 5) break;
  }
  if (errors.length > 0) return { ok: false, errors };
  const parsed = schema.safeParse({ ...given });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : {
        ok: false,
        errors: parsed.error.issues
          .slice(0, 10)
          .map((issue) => ({ field: String(issue.path[0] ?? ''), message: issue.message })),
      };
};

/**
 * The answer of an endpoint to an address. Parameters that cannot be understood get a 400 problem that names each.
 * Answers and problems alike may be read by pages of other sites: the API holds nothing that is not public.
 */
export const answerTo = async <Query extends z.ZodRawShape, Answer>(
  endpoint: Endpoint<Query, Answer>,
  context: Context,
  url: URL,
  request = new Request(url),
): Promise<Response> => {
  const open = { 'access-control-allow-origin': '*' };
  const query = parseQuery(endpoint.query, url.searchParams);
  if (!query.ok) return problemResponse(400, 'bad_parameter', { errors: query.errors, headers: open });
  const answer = await endpoint.run(context, query.value, request);
  const response =
    answer instanceof Response
      ? answer
      : new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json; charset=utf-8' } });
  const kept =
    endpoint.maxAge && (response.ok || response.status === 304) ? `public, max-age=${endpoint.maxAge}` : 'no-store';
  for (const [name, value] of Object.entries({ ...open, 'cache-control': kept })) response.headers.set(name, value);
  return response;
};

/** Turns an endpoint into SvelteKit's handler. */
export const serve =
  <Query extends z.ZodRawShape, Answer>(endpoint: Endpoint<Query, Answer>) =>
  ({ url, locals, request }: RequestEvent): Promise<Response> =>
    answerTo(endpoint, locals.context, url, request);
