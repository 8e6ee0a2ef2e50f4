import { error, fail, redirect } from '@sveltejs/kit';
import { readForm } from '#platform/server/http/form.ts';
import { askedIn, forgetAsked } from '#platform/server/identity/asked-cookie.ts';
import { startSession } from '#platform/server/identity/cookie.ts';
import { proveByCode, readAsked } from '#platform/server/identity/email-proof.ts';
import { tooMany } from '../too-many.ts';

export const load = async ({ locals, cookies }) => {
  const asked = await readAsked(locals.context, askedIn({ cookies }));
  if (!asked?.email) redirect(303, '/connexion');
  return {
    email: asked.email,
    /** Without a mail server, whoever tries the site at the machine itself reads the message in the outbox. */
    readsOutbox: locals.settings.SMTP_URL === undefined && locals.atMachine,
  };
};

export const actions = {
  default: async ({ request, locals, url, cookies, getClientAddress, setHeaders }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const limit = await locals.house.limits.signIn('answer', getClientAddress());
    if (!limit.allowed) {
      setHeaders({ 'retry-after': String(limit.retryAfterSeconds) });
      return fail(429, { refusal: { ...tooMany(limit.retryAfterSeconds), field: 'code' } });
    }
    const code = String(form.get('code') ?? '').slice(0, 20);
    const proved = await proveByCode(locals.context, askedIn({ cookies }), code);
    if (!proved.ok) return fail(400, { refusal: proved.error });
    forgetAsked({ cookies });
    const { account, next, purpose } = proved.value;
    if (purpose === 'sign_in') await startSession(locals.context, { request, url, cookies }, account);
    redirect(303, next);
  },
};
