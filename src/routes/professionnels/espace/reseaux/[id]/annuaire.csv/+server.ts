import { error } from '@sveltejs/kit';
import { networkEntries } from '#modules/networks/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { directoryCsvResponse } from '../../../../directory-files.ts';

/** The members of a network, for a spreadsheet. For the members: for anybody else it does not exist. */
export const GET = async ({ locals, url, params }) => {
  const entries = await networkEntries(requirePerson(locals.context, url), params.id);
  if (!entries) error(404);
  return directoryCsvResponse(entries);
};
