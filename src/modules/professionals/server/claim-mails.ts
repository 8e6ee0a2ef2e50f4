import type { Context } from '#platform/server/context.ts';
import { listMembers } from '#platform/server/identity/members.ts';

/** A message to the owners of a team. */
export const tellKeepers = async (
  context: Context,
  registration: string,
  { subject, lines }: { readonly subject: string; readonly lines: readonly string[] },
): Promise<void> => {
  for (const { email, role } of await listMembers(context, registration)) {
    // An account that was erased has no address any more.
    if (role !== 'owner' || !email) continue;
    await context.mail.post({ to: email, subject, text: ['Bonjour,', '', ...lines].join('\n') });
  }
};
