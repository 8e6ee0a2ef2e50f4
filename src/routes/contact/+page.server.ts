import { error, fail, redirect } from '@sveltejs/kit';
import { count } from '#messages/format.ts';
import { contact as words } from '#messages/fr/contact.ts';
import { readMessage, subjects, type Typed } from '#modules/contact/index.ts';
import { sendMessage } from '#modules/contact/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';

export const load = ({ locals }) => ({ words, subjects, somebodyReads: locals.settings.CONTACT_EMAIL !== undefined });

export const actions = {
  default: async ({ request, locals, getClientAddress, setHeaders }) => {
    const to = locals.settings.CONTACT_EMAIL;
    if (to === undefined) error(404);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = typedIn(form);
    const message = readMessage(typed);
    if (!message.ok) return fail(400, { typed, refusals: message.error });
    const limit = await locals.house.limits.form('contact', getClientAddress());
    if (!limit.allowed) {
      setHeaders({ 'retry-after': String(limit.retryAfterSeconds) });
      const later = count('fr', words.tooMany, Math.ceil(limit.retryAfterSeconds / 60));
      const refusals: readonly Refusal[] = [{ code: 'too_many_messages', message: later }];
      return fail(429, { typed, refusals });
    }
    await sendMessage(locals.context, to, message.value);
    redirect(303, '/contact/merci');
  },
};

const typedIn = (form: FormData): Typed => {
  const text = (name: keyof Typed): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { subject: text('subject'), territory: text('territory'), text: text('text'), replyTo: text('replyTo') };
};
