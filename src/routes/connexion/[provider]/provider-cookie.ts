import { type Cookies, error } from '@sveltejs/kit';
import type { Provider } from '#platform/server/identity/federation.ts';

const name = 'mille-jours-identite';
const path = '/connexion';

/** The word of a sign-in under way at a provider, and where to go afterwards: kept by the browser for ten minutes. */
export const keepWord = (cookies: Cookies, url: URL, word: string, next: string): void =>
  cookies.set(name, `${word} ${next}`, {
    ...{ path, httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' },
    maxAge: 600,
  });

/** Takes it back: it serves once. */
export const takeWord = (cookies: Cookies): { word: string | undefined; next: string } => {
  const [word, ...next] = (cookies.get(name) ?? '').split(' ');
  cookies.delete(name, { path });
  return { word: word || undefined, next: next.join(' ') };
};

/** The provider of an address; one that is not configured does not exist. */
export const providerOf = (providers: readonly Provider[], asked: string): Provider => {
  const provider = providers.find((known) => known.name === asked);
  if (!provider) error(404);
  return provider;
};
