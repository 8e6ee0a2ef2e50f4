import type { Grant, Membership } from '#platform/permissions.ts';
import type { Context, Person } from '#platform/server/context.ts';
import { accountOfEmail } from '#platform/server/identity/accounts.ts';
import { setMember } from '#platform/server/identity/members.ts';
import { openSession, readSession } from '#platform/server/identity/sessions.ts';

/**
 * Somebody who signed in, with an account and a session in the database of the test, a member of organisations or an
 * agent as given. Give it to a context as its `actor`.
 */
export const signedIn = async (
  context: Context,
  email: string,
  { memberships = [], grants = [] }: { memberships?: readonly Membership[]; grants?: readonly Grant[] } = {},
): Promise<Person> => {
  const account = await accountOfEmail(context, email);
  for (const { organisation, role } of memberships) {
    const joined = await setMember(context, organisation, account, role);
    if (!joined.ok) throw new Error(joined.error.code);
  }
  for (const grant of grants) {
    await context.db
      .insertInto('agency_grant')
      .values({ account, granted_by: null, granted_at: context.clock.now(), ...grant })
      .execute();
  }
  const { token } = await openSession(context, account, { device: 'Firefox sur Linux' });
  const person = await readSession(context, token);
  if (!person) throw new Error('nobody is signed in');
  return person;
};
