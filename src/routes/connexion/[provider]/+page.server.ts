import { redirect } from '@sveltejs/kit';
import { localPath } from '#platform/server/identity/local-path.ts';
import { keepWord, providerOf } from './provider-cookie.ts';

/** Sends somebody to the provider. A link and not a form: the site's policy lets forms lead to itself only. */
export const load = async ({ locals, params, url, cookies }) => {
  const provider = providerOf(locals.house.providers, params.provider);
  const begun = await provider.begin(url);
  if (!begun.ok) return { label: provider.label, refusal: begun.error };
  keepWord(cookies, url, begun.value.browserWord, localPath(url.searchParams.get('suite')));
  redirect(303, begun.value.address.href, { external: [begun.value.address.origin] });
};
