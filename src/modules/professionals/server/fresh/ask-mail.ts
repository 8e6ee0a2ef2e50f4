import { formatDay } from '#messages/format.ts';
import type { Mail } from '#platform/server/mail/mail.ts';

/** What one message asks about. */
export interface AskLetter {
  readonly listings: readonly {
    readonly name: string;
    readonly where: string | undefined;
    readonly due: string | null;
  }[];
  /** Page where one answers without signing in. */
  readonly link: string;
  /** Who wants to know: the people of a territory, for a campaign. */
  readonly askedBy: string | undefined;
  /** Who published this address, for whoever never gave it to us. */
  readonly source: string | undefined;
  readonly days: number;
}

/** The message that asks whether what is published is still right. */
export const askMail = (letter: AskLetter): Pick<Mail, 'subject' | 'text'> => {
  const [only, ...others] = letter.listings;
  const names = letter.listings.map(({ name, where, due }) => {
    const day = due ? `, à vérifier avant le ${formatDay('fr', due)}` : '';
    return `- ${oneLine(name)}${where ? ` (${oneLine(where)})` : ''}${day}`;
  });
  return {
    subject:
      others.length === 0
        ? `Toujours exact\u00a0? ${oneLine(only?.name ?? '').slice(0, 80)}`
        : `${letter.listings.length} fiches à vérifier sur Mille jours`,
    text: [
      'Bonjour,',
      '',
      ...(letter.askedBy ? [`${oneLine(letter.askedBy)} vous le demandent\u00a0:`] : []),
      others.length === 0
        ? 'ce que les parents lisent de vous sur Mille jours est-il toujours exact\u00a0?'
        : 'ce que les parents lisent sur Mille jours est-il toujours exact\u00a0?',
      '',
      ...names,
      '',
      'Relisez et répondez en un geste, sans vous connecter\u00a0:',
      letter.link,
      '',
      `Le lien sert ${letter.days} jours. Si quelque chose a changé, la même page y mène.`,
      ...(letter.source
        ? [
            '',
            `Pourquoi vous\u00a0? Votre adresse est publiée avec cette fiche par\u00a0: ${oneLine(letter.source)}. Nous n’en faisons rien d’autre.`,
          ]
        : []),
      '',
      'Ne plus jamais recevoir ces messages, en un geste aussi\u00a0:',
      `${letter.link}/desabonnement`,
      '',
      '—',
      'Mille jours, la plateforme ouverte des 1000 premiers jours. Ce message est automatique.',
    ].join('\n'),
  };
};

/** A name that somebody typed stays on its line. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
