import { error } from '@sveltejs/kit';
import { networkEntries, networkView } from '#modules/networks/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { bookletResponse } from '../../../../directory-files.ts';

/** The members of a network, to print. For the members: for anybody else it does not exist. */
export const GET = async ({ locals, url, params, getClientAddress }) => {
  const context = requirePerson(locals.context, url);
  const entries = await networkEntries(context, params.id);
  const network = entries && (await networkView(context, params.id));
  if (!network) error(404);
  const subject = 'Les membres du réseau et ce qu’ils proposent aux parents, par besoin puis par commune.';
  return bookletResponse(context, { url, locals, getClientAddress }, { title: network.name, subject, entries });
};
