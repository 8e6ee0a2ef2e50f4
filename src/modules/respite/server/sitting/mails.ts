import type { Context } from '#platform/server/context.ts';
import { type Holder, newKey } from './keys.ts';

/**
 * The messages of a sitting. No subject says what it is about, and no message says when, for whom or how to reach the other:
 * that is on the page behind its link.
 */
const messages = {
  asked: {
    subject: 'Votre demande est bien arrivée',
    text: 'Vous pouvez voir où elle en est, ou l’annuler, à cette adresse :',
  },
  proposed: {
    subject: 'Quelqu’un vous attend pour une réponse',
    text: 'Une rencontre est possible. Dites si vous êtes d’accord, à cette adresse :',
  },
  agreed: { subject: 'C’est d’accord', text: 'Vous pouvez maintenant vous joindre. Tout est à cette adresse :' },
  changed: { subject: 'Du nouveau pour vous', text: 'Quelque chose a changé. Voyez où cela en est :' },
  added: {
    subject: 'Vous êtes bénévole',
    text: 'Un organisme que vous connaissez vous compte parmi ses bénévoles. Si ce n’est pas votre souhait, retirez-vous en un geste :',
  },
} as const;

/** Writes to one side, with a word of its own to its page. */
export const tellHolder = async (
  context: Context,
  to: string,
  holder: Holder,
  which: keyof typeof messages,
  origin: string,
): Promise<void> => {
  const { subject, text } = messages[which];
  const token = await newKey(context, holder);
  await context.mail.post({
    ...{ to, subject, secret: true },
    text: ['Bonjour,', '', text, `${origin}/souffler/garde/${token}`].join('\n'),
  });
};

/** Says to a mailbox that it has too many requests for another one. No link: what it has is in the messages it received. */
export const tellFull = (context: Context, to: string): Promise<void> =>
  context.mail.post({
    ...{ to, subject: 'Votre demande', secret: true },
    text: 'Bonjour,\n\nCette adresse a déjà plusieurs demandes en cours : la nouvelle n’est pas partie. Les messages déjà reçus mènent à chacune ; vous pouvez en annuler une.',
  });
