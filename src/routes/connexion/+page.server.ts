import { error, fail, redirect } from '@sveltejs/kit';
import { readEmail, unreadableEmail } from '#platform/email.ts';
import { readForm } from '#platform/server/http/form.ts';
import { askedIn, keepAsked } from '#platform/server/identity/asked-cookie.ts';
import { startSession } from '#platform/server/identity/cookie.ts';
import { askProof, readAsked } from '#platform/server/identity/email-proof.ts';
import { localPath } from '#platform/server/identity/local-path.ts';
import { proveByPasskey } from '#platform/server/identity/passkeys.ts';
import { tooMany } from './too-many.ts';

export const load = async ({ locals, url, cookies }) => {
  const next = localPath(url.searchParams.get('suite'));
  const confirms = locals.context.actor.kind === 'person' && url.searchParams.has('confirmer');
  if (locals.context.actor.kind === 'person' && !confirms) redirect(303, next);
  const asked = await readAsked(locals.context, askedIn({ cookies }));
  return {
    /** Somebody signed in long ago, who is about to change their ways in. */
    confirms,
    /** In the address of the forms, so that one sent twice still knows where to go. */
    query: new URLSearchParams({ suite: next, ...(confirms ? { confirmer: '' } : {}) }).toString(),
    /** Who vouches for this person, while their e-mail is still to be proved. */
    vouchedBy:
      asked?.email === ''
        ? locals.house.providers.find(({ name }) => name === asked.vouched?.provider)?.label
        : undefined,
    providers: locals.house.providers.map(({ name, label, audience }) => ({
      ...{ label, audience },
      href: `/connexion/${name}?${new URLSearchParams({ suite: next })}`,
    })),
  };
};

export const actions = {
  /** Sends the message that proves the e-mail. The answer is the same whoever has an account. */
  message: async ({ request, locals, url, cookies, getClientAddress, setHeaders }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const typed = String(form.get('email') ?? '').slice(0, 300);
    const email = readEmail(typed);
    if (!email) return fail(400, { typed, refusal: unreadableEmail });
    const ofAddress = await locals.house.limits.signIn('ask', getClientAddress());
    const limit = ofAddress.allowed ? await locals.house.limits.mailbox(email) : ofAddress;
    if (!limit.allowed) {
      setHeaders({ 'retry-after': String(limit.retryAfterSeconds) });
      return fail(429, { typed, refusal: tooMany(limit.retryAfterSeconds) });
    }
    const next = localPath(url.searchParams.get('suite'));
    const waiting = await readAsked(locals.context, askedIn({ cookies }));
    const { browserWord } = await askProof(locals.context, {
      ...{ email, next, origin: locals.publicOrigin },
      vouched: waiting?.email === '' ? waiting.vouched : undefined,
    });
    keepAsked({ cookies, url }, browserWord);
    redirect(303, '/connexion/code');
  },
  /** Signs in with the answer of a passkey. */
  cle: async ({ request, locals, url, cookies, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const limit = await locals.house.limits.signIn('answer', getClientAddress());
    if (!limit.allowed) return fail(429, { typed: '', refusal: tooMany(limit.retryAfterSeconds) });
    const proved = await proveByPasskey(locals.context, url, String(form.get('answer') ?? ''));
    if (!proved.ok) return fail(400, { typed: '', refusal: proved.error });
    await startSession(locals.context, { request, url, cookies }, proved.value);
    redirect(303, localPath(url.searchParams.get('suite')));
  },
};
