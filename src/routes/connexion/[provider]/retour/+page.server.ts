import { redirect } from '@sveltejs/kit';
import { accountOfFederated } from '#platform/server/identity/arrive.ts';
import { keepAsked } from '#platform/server/identity/asked-cookie.ts';
import { startSession } from '#platform/server/identity/cookie.ts';
import { askProof, prepareProof } from '#platform/server/identity/email-proof.ts';
import { localPath } from '#platform/server/identity/local-path.ts';
import { isRecent } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../too-many.ts';
import { providerOf, takeWord } from '../provider-cookie.ts';

/** What a provider answers: a session, or an e-mail to prove first. */
export const load = async ({ locals, params, url, request, cookies }) => {
  const { context, house } = locals;
  const provider = providerOf(house.providers, params.provider);
  const { word, next: asked } = takeWord(cookies);
  const next = localPath(asked);
  const finished = await provider.finish(url, word);
  if (!finished.ok) return { label: provider.label, refusal: finished.error };
  const federated = finished.value;
  // Who signed in long ago may have left this computer open: nobody ties an identity of theirs to that account.
  const { actor } = context;
  const current = actor.kind === 'person' && isRecent({ ...context, actor }) ? actor : undefined;
  const account = await accountOfFederated(context, federated, current);
  if (!account.ok) return { label: provider.label, refusal: account.error };
  if (account.value) {
    const { name, idToken } = { name: provider.name, idToken: federated.idToken };
    await startSession(context, { request, url, cookies }, account.value, { provider: name, idToken });
    redirect(303, next);
  }
  const { issuer, subject, email } = federated;
  const vouched = { issuer, subject, provider: provider.name };
  if (!email) {
    const { browserWord } = await prepareProof(context, { email: '', next, vouched });
    keepAsked({ cookies, url }, browserWord);
    redirect(303, `/connexion?${new URLSearchParams({ suite: next })}`);
  }
  const limit = await house.limits.mailbox(email);
  if (!limit.allowed) return { label: provider.label, refusal: tooMany(limit.retryAfterSeconds) };
  const { browserWord } = await askProof(context, { email, next, origin: locals.publicOrigin, vouched });
  keepAsked({ cookies, url }, browserWord);
  redirect(303, '/connexion/code');
};
