import { json } from '@sveltejs/kit';
import { problemResponse } from '#platform/server/http/problem.ts';
import { askPasskey } from '#platform/server/identity/passkeys.ts';

/** The question that a passkey answers, for the script of the sign-in page. */
export const POST = async ({ locals, url, getClientAddress }) => {
  const limit = await locals.house.limits.signIn('ask', getClientAddress());
  if (!limit.allowed) {
    return problemResponse(429, 'too_many_requests', { headers: { 'retry-after': String(limit.retryAfterSeconds) } });
  }
  return json(await askPasskey(locals.context, url), { headers: { 'cache-control': 'no-store' } });
};
