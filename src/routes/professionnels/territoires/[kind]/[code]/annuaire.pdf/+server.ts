import { territoryIndex } from '#modules/territory/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { bookletResponse } from '../../../../directory-files.ts';
import { entriesAsked } from '../entries-asked.ts';
import { territoryAsked } from '../territory-asked.ts';

export const GET = ({ locals, url, params, getClientAddress }) => {
  const context = requirePerson(locals.context, url);
  const index = context.indexes.get(territoryIndex);
  const territory = territoryAsked(index, params);
  const locative = index.describe(territory)?.locative ?? '';
  return bookletResponse(
    context,
    { url, locals, getClientAddress },
    {
      title: `Annuaire des 1000 premiers jours, ${locative}`,
      subject: `Les lieux et les services pour les parents, ${locative}, par besoin puis par commune.`,
      entries: entriesAsked(context, territory),
    },
  );
};
