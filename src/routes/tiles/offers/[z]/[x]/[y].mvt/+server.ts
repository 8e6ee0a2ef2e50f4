import { readTileAddress } from '#modules/directory/index.ts';
import { offersTile } from '#modules/directory/server/index.ts';

export const GET = ({ params, url, locals, request }) =>
  offersTile(locals.context, readTileAddress(params), url, request.headers.get('if-none-match'));
