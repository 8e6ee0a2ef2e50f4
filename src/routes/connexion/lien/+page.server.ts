import { error, fail, redirect } from '@sveltejs/kit';
import { readForm } from '#platform/server/http/form.ts';
import { forgetAsked } from '#platform/server/identity/asked-cookie.ts';
import { startSession } from '#platform/server/identity/cookie.ts';
import { linkIsAlive, proveByLink } from '#platform/server/identity/email-proof.ts';
import { tooMany } from '../too-many.ts';

/** Opening the link uses nothing up: programs that read mails open links. The button does. */
export const load = async ({ locals, url }) => {
  const token = url.searchParams.get('jeton') ?? '';
  return { token, alive: await linkIsAlive(locals.context, token) };
};

export const actions = {
  default: async ({ request, locals, url, cookies, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const limit = await locals.house.limits.signIn('answer', getClientAddress());
    if (!limit.allowed) return fail(429, { refusal: tooMany(limit.retryAfterSeconds) });
    const proved = await proveByLink(locals.context, String(form.get('jeton') ?? ''));
    if (!proved.ok) return fail(400, { refusal: proved.error });
    forgetAsked({ cookies });
    await startSession(locals.context, { request, url, cookies }, proved.value.account);
    redirect(303, proved.value.next);
  },
};
