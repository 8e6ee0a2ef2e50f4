import { error } from '@sveltejs/kit';
import { dev } from '$app/env';

/** Every component in all its states, for who builds pages. Not a page of the public site. */
export const load = ({ url }) => {
  if (!dev && process.env.MILLE_JOURS_COMPOSANTS !== '1') error(404, 'not here');
  return { page: Number(url.searchParams.get('page') ?? '3') };
};
