import { redirect } from '@sveltejs/kit';
import { forgetSession, tokenOf } from '#platform/server/identity/cookie.ts';
import { closeSessionOf } from '#platform/server/identity/sessions.ts';

const name = 'mille-jours-sortie';
const path = '/connexion/sortie';

/** Where the session of the provider is closed too, if one vouched. */
export const load = ({ cookies }) => {
  const providerExit = cookies.get(name);
  if (providerExit) cookies.delete(name, { path });
  return { providerExit: providerExit?.startsWith('http') ? providerExit : undefined };
};

export const actions = {
  /** Closes the session here. The page that follows leads to the provider: a form may not, by the site's policy. */
  default: async ({ locals, url, cookies }) => {
    const token = tokenOf({ cookies, url });
    const closed = token ? await closeSessionOf(locals.context, token) : undefined;
    forgetSession({ cookies, url });
    const provider = locals.house.providers.find((known) => known.name === closed?.provider);
    const exit = closed && (await provider?.end(closed.idToken, url));
    if (exit) {
      const secure = url.protocol === 'https:';
      cookies.set(name, exit.href, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: 60 });
    }
    redirect(303, '/connexion/sortie');
  },
};
