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

/** The name of an action (`?/effacer`) is no place to come back to. */
const withoutAction = (search: string): string => (search.startsWith('?/') ? '' : search);
