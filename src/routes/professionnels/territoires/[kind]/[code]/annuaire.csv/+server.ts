import { territoryIndex } from '#modules/territory/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { directoryCsvResponse } from '../../../../directory-files.ts';
import { entriesAsked } from '../entries-asked.ts';
import { territoryAsked } from '../territory-asked.ts';

export const GET = ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  return directoryCsvResponse(entriesAsked(context, territoryAsked(context.indexes.get(territoryIndex), params)));
};
