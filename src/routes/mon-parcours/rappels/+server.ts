import type { RequestEvent } from '@sveltejs/kit';
import { pushKeys, register, unregister } from '#modules/journey/server/index.ts';
import type { Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { problemResponse } from '#platform/server/http/problem.ts';

/** The key by which a browser makes its registration. */
export const GET = async ({ locals }) =>
  Response.json(
    { publicKey: (await pushKeys(locals.context)).publicKey },
    { headers: { 'cache-control': 'no-store' } },
  );

export const PUT = (event) => write(event, register);
export const DELETE = (event) => write(event, unregister);

/** Nothing of the body is written in a log, whatever becomes of it. */
const write = async (
  { request, locals, getClientAddress }: RequestEvent,
  work: (context: Context, body: unknown) => Promise<Result<void>>,
): Promise<Response> => {
  const limit = await locals.house.limits.api(getClientAddress());
  if (!limit.allowed) {
    return problemResponse(429, 'too_many_requests', { headers: { 'retry-after': String(limit.retryAfterSeconds) } });
  }
  const body: unknown = await request.json().catch(() => undefined);
  const done = await work(locals.context, body);
  return done.ok
    ? new Response(null, { status: 204 })
    : problemResponse(400, done.error.code, {
        detail: done.error.message,
        ...(done.error.field ? { errors: [{ field: done.error.field, message: done.error.message }] } : {}),
      });
};
