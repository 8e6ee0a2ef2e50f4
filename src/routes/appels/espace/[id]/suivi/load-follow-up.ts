import { error } from '@sveltejs/kit';
import { followUpOf } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** The laureates that somebody may follow in a call; nobody else learns that there are any. */
export const loadFollowUp = async (context: PersonContext, call: string) =>
  (await followUpOf(context, call)) ??
  error(404, 'Cet appel n’existe pas, ou vous n’y avez pas encore déclaré vos intérêts.');
