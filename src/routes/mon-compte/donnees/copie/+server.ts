import { exportEverything } from '#house/account-rights.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** Everything that the account holds, as a file to keep. */
export const GET = async ({ locals, url }) => {
  const everything = await exportEverything(requirePerson(locals.context, url));
  return new Response(`${JSON.stringify(everything, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mon-compte-mille-jours.json"',
      'cache-control': 'private, no-store',
    },
  });
};
