import { redirect } from '@sveltejs/kit';
import type { Context, Person } from '../context.ts';
import { localPath } from './local-path.ts';

/** A context whose actor signed in. */
export type PersonContext = Context & { readonly actor: Person };

/**
 * The context of somebody who signed in. Everybody else is sent to sign in, and comes back to `url` afterwards. To be
 * called by each load and each action: a layout's load alone would not guard the actions of its pages.
 */
export const requirePerson = (context: Context, url: URL): PersonContext => {
  const { actor } = context;
  if (actor.kind === 'person') return { ...context, actor };
  const next = localPath(`${url.pathname}${withoutAction(url.search)}`);
  redirect(303, `/connexion?${new URLSearchParams({ suite: next })}`);
};

/** Minutes during which somebody who has just signed in may change their ways in. */
const recentMinutes = 60;

/** Whether a person signed in recently enough to change how they sign in, or to erase their account. */
export const isRecent = ({ actor, clock }: PersonContext): boolean =>
  actor.since.until(clock.now()).total('minutes') < recentMinutes;

/**
 * As `requirePerson`, for what somebody else at an open computer must not do: whoever signed in longer ago proves anew to
 * be themselves, and comes back.
 */
export const requireRecentPerson = (context: Context, url: URL): PersonContext => {
  const person = requirePerson(context, url);
  return isRecent(person) ? person : redirect(303, confirmAddress(url.pathname));
};

/** Where one proves anew to be oneself, and comes back to `path`. */
export const confirmAddress = (path: string): string =>
  `/connexion?${new URLSearchParams({ suite: localPath(path), confirmer: '' })}`;

/** The name of an action (`?/effacer`) is no place to come back to. */
const withoutAction = (search: string): string => (search.startsWith('?/') ? '' : search);
