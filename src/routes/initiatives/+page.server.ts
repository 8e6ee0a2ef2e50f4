import { listView } from '#modules/initiatives/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ locals, url }) => unsent({ list: listView(locals.context, url.searchParams) });
