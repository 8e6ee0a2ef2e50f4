import { departementPack } from '#modules/directory/server/index.ts';

export const GET = ({ params, locals, request }) =>
  departementPack(locals.context, params.departement, request.headers.get('if-none-match'));
