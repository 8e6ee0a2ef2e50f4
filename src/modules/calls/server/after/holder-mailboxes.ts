import type { Context } from '#platform/server/context.ts';

/** Who is written to on the holder’s side: who signs; while nobody signs any more, those who write. */
export const holderMailboxes = async (
  { db }: Pick<Context, 'db'>,
  application: string,
): Promise<readonly { readonly id: string; readonly email: string }[]> => {
  const members = await db
    .selectFrom('call_application_member')
    .select(['id', 'email', 'role'])
    .where('application', '=', application)
    .where('role', 'in', ['signatory', 'writer'])
    .orderBy('email')
    .execute();
  const signing = members.filter(({ role }) => role === 'signatory');
  return signing.length > 0 ? signing : members;
};
