import { listView } from '#modules/initiatives/server/index.ts';

export const load = ({ locals, url }) => ({ list: listView(locals.context, url.searchParams) });
