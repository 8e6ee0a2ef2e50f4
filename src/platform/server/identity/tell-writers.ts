import type { Context } from '../context.ts';
import { listMembers } from './members.ts';

/** Writes to those who write for an organisation, its readers apart. `secret`: its text is shown to nobody who runs the site. */
export const tellWriters = async (
  context: Context,
  organisation: string,
  message: { readonly subject: string; readonly lines: readonly string[]; readonly secret?: boolean },
): Promise<void> => {
  for (const { email, role } of await listMembers(context, organisation)) {
    // An account that was erased has no address any more.
    if (role === 'reader' || !email) continue;
    const text = ['Bonjour,', '', ...message.lines].join('\n');
    await context.mail.post({ to: email, subject: message.subject, text, ...(message.secret ? { secret: true } : {}) });
  }
};
