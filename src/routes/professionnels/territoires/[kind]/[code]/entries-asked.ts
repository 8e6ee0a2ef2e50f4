import { error } from '@sveltejs/kit';
import { type LocalEntry, localEntries } from '#modules/directory/server/index.ts';
import type { Territory } from '#modules/territory/index.ts';
import type { Context } from '#platform/server/context.ts';

/** What a directory of this territory holds; an error that says what to do when it would be too thick. */
export const entriesAsked = (context: Context, territory: Territory): readonly LocalEntry[] => {
  const found = localEntries(context, territory);
  if (!found) error(404, 'Ce territoire n’existe pas.');
  if (found.tooMany) {
    error(
      413,
      'Il y a trop de services ici pour un seul annuaire : ouvrez la page d’une intercommunalité ou d’une commune.',
    );
  }
  return found.entries;
};
