import type { Cookies } from '@sveltejs/kit';
import { proofLimits } from './email-proof.ts';

const name = 'mille-jours-demande';
const path = '/connexion';

interface Visit {
  readonly url: URL;
  readonly cookies: Cookies;
}

/** Keeps, in the browser that asked for a message, the word without which its code is worth nothing. */
export const keepAsked = ({ cookies, url }: Visit, browserWord: string): void =>
  cookies.set(name, browserWord, {
    ...{ path, httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' },
    maxAge: proofLimits.minutes * 60,
  });

/** What this browser keeps. */
export const askedIn = ({ cookies }: Pick<Visit, 'cookies'>): string | undefined => cookies.get(name);

/** Forgets it, once it has served. */
export const forgetAsked = ({ cookies }: Pick<Visit, 'cookies'>): void => cookies.delete(name, { path });
