import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { typedText } from '#platform/text.ts';

/** How much one person writes by the relay: signs of a message, messages of a day, and those to one receiver. */
export const relayLimits = { signs: 2_000, aDay: 20, aDayToOne: 3 } as const;

/** Reads a text as somebody typed it, in a field of that name. Refuses nothing at all and what is too long. */
export const readText = (typed: string, field: string, signs: number = relayLimits.signs): Result<string> => {
  const text = typedText(typed);
  if (text === '') return refuse({ code: 'text_missing', field, message: 'Écrivez quelques mots.' });
  const length = [...text].length;
  return length > signs ? refuse(tooLong(field, length, signs)) : ok(text);
};

const tooLong = (field: string, length: number, signs: number): Refusal => ({
  code: 'text_too_long',
  field,
  message: `Ce texte a ${length} caractères : ${signs} suffisent.`,
});

/** What a message is, as it is read in a mailbox. */
export interface RelayLetter {
  readonly from: string;
  /** The registration or the network to which it was written, or nothing for an answer. */
  readonly about: string | undefined;
  readonly text: string;
  /** Opens the message on the site. Absent when the site does not know its own address for sure. */
  readonly link: string | undefined;
}

/** The mail of a message: what somebody else wrote is set apart, so that none of it passes for a sentence of ours. */
export const relayLetter = ({ from, about, text, link }: RelayLetter): { subject: string; text: string } => ({
  subject: `Message de ${from}, par Mille jours`,
  text: [
    'Bonjour,',
    '',
    about ? `${from} vous écrit par Mille jours, pour « ${about} » :` : `${from} vous répond par Mille jours :`,
    '',
    ...text.split('\n').map((line) => `> ${line}`),
    '',
    ...(link
      ? [
          'Répondre, bloquer cette personne, signaler le message :',
          link,
          '',
          'Ne plus recevoir aucun message de ce genre :',
          `${link}/desabonnement`,
        ]
      : ['Pour répondre, ou ne plus recevoir ces messages : ouvrez le site, « Espace professionnel », « Réseaux ».']),
    '',
    'Votre adresse n’a pas été montrée, et votre réponse ne la montrera pas. Ne répondez pas à ce message lui-même : personne ne le lirait.',
    '',
    '—',
    'Mille jours, la plateforme ouverte des 1000 premiers jours.',
  ].join('\n'),
});
