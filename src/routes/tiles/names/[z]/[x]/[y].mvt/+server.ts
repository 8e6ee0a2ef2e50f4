import { readTileAddress } from '#modules/directory/index.ts';
import { namesTile } from '#modules/directory/server/index.ts';

export const GET = ({ params, locals }) => namesTile(locals.context, readTileAddress(params));
