import { requirePerson } from '#platform/server/identity/require-person.ts';
import { exportAccount } from '#platform/server/identity/rights.ts';

/** Everything that the account holds, as a file to keep. */
export const GET = async ({ locals, url }) => {
  const everything = await exportAccount(requirePerson(locals.context, url));
  return new Response(`${JSON.stringify(everything, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mon-compte-mille-jours.json"',
      'cache-control': 'private, no-store',
    },
  });
};
