import type { Context } from '#platform/server/context.ts';
import { newKey } from './keys.ts';
import './tables.ts';

/**
 * The messages to families. Neither subject nor text says what it is about, for whom or where: that is on the page behind
 * the link, which nobody reads on a locked screen.
 */
const messages = {
  confirm: {
    subject: 'Confirmez votre adresse',
    text: 'Quelqu’un, sans doute vous, a laissé cette adresse. Pour confirmer, ouvrez cette page et touchez le bouton :',
  },
  known: { subject: 'Votre demande est déjà là', text: 'Vous pouvez voir où elle en est à cette adresse :' },
  news: { subject: 'Du nouveau pour vous', text: 'Quelque chose vous attend à cette adresse :' },
} as const;

/** Writes to one family, with a word of its own, and a way to hear nothing more that its mail programme knows (RFC 8058). */
export const tellFamily = async (
  context: Context,
  { id, email }: { readonly id: string; readonly email: string },
  which: keyof typeof messages,
  origin: string,
): Promise<void> => {
  const { subject, text } = messages[which];
  const page = familyPage(origin, await newKey(context, id));
  const stop = `${page}/desabonnement`;
  await context.mail.post({
    ...{ to: email, subject, secret: true, unsubscribe: stop },
    text: ['Bonjour,', '', text, page, '', 'Ne plus rien recevoir, en un geste :', stop].join('\n'),
  });
};

/** Says to a mailbox that it has too many wishes for another one. No link: what it has is in the messages it received. */
export const tellFull = (context: Context, email: string): Promise<void> =>
  context.mail.post({
    ...{ to: email, subject: 'Votre demande' },
    text: 'Bonjour,\n\nCette adresse a déjà plusieurs demandes en cours : la nouvelle n’a pas été gardée. Les messages déjà reçus mènent à chacune.',
  });

/** Says to a mailbox that nothing more will come, by another’s decision. */
export const tellOver = (context: Context, email: string): Promise<void> =>
  context.mail.post({
    ...{ to: email, subject: 'Votre demande' },
    text: 'Bonjour,\n\nVotre demande a pris fin. Vous ne recevrez plus rien, et vos liens ne mènent plus nulle part.',
  });

const familyPage = (origin: string, token: string): string => `${origin}/groupes/ma-place/${token}`;
