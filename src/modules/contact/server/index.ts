import type { Context } from '#platform/server/context.ts';
import type { ContactMessage } from '../message.ts';

/** Sends a message to whoever answers, through the outbox. `to`: the setting CONTACT_EMAIL. */
export const sendMessage = (context: Context, to: string, message: ContactMessage): Promise<void> =>
  context.mail.post({
    to,
    subject: `[${message.subject.value}] ${message.territory ?? message.subject.label}`,
    text: [
      message.text,
      '',
      '—',
      `Sujet : ${message.subject.label}`,
      ...(message.territory ? [`Lieu : ${message.territory}`] : []),
      message.replyTo
        ? 'Pour répondre à la personne, répondez à ce message.'
        : 'La personne n’a pas laissé d’adresse : elle n’attend pas de réponse.',
      'Message écrit sur la page « Nous écrire ».',
    ].join('\n'),
    ...(message.replyTo ? { replyTo: message.replyTo } : {}),
  });
