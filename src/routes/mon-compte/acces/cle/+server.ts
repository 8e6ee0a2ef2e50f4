import { json } from '@sveltejs/kit';
import { askNewPasskey } from '#platform/server/identity/passkeys.ts';
import { requireRecentPerson } from '#platform/server/identity/require-person.ts';

/** The question for a new passkey, for the script of the page of keys. */
export const POST = async ({ locals, url }) =>
  json(await askNewPasskey(requireRecentPerson(locals.context, url), url), {
    headers: { 'cache-control': 'no-store' },
  });
