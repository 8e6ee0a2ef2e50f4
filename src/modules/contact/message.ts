import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { typedText } from '#platform/text.ts';

/** What a message may be about, in the order of the page. The value begins the subject of the mail: mailboxes sort by it. */
export const subjects = [
  { value: 'site', label: 'Le site : une erreur, une difficulté, une idée' },
  { value: 'lieu', label: 'Un lieu, un service ou un projet près de chez vous' },
  { value: 'politique', label: 'La politique des 1000 premiers jours' },
  { value: 'metier', label: 'Votre métier, votre association ou votre administration' },
  { value: 'donnees', label: 'Vos données : les voir, les corriger, les effacer' },
  { value: 'autre', label: 'Autre chose' },
] as const;

/** Longest text, in characters as people count them. */
export const longest = { text: 4_000, territory: 100, replyTo: 254 } as const;

/** The fields as they were typed. */
export interface Typed {
  readonly subject: string;
  readonly territory: string;
  readonly text: string;
  readonly replyTo: string;
}

export interface ContactMessage {
  readonly subject: (typeof subjects)[number];
  readonly text: string;
  /** A place in the person's own words. */
  readonly territory?: string;
  readonly replyTo?: string;
}

/** Reads a message. Refuses each field at fault, in the order of the page. */
export const readMessage = (typed: Typed): Result<ContactMessage, readonly Refusal[]> => {
  const subject = subjects.find(({ value }) => value === typed.subject);
  const text = typedText(typed.text);
  const territory = typed.territory.replaceAll(/\p{Cc}+/gu, ' ').trim();
  const replyTo = typed.replyTo.trim();
  const refusals: Refusal[] = [];

  if (!subject) {
    refusals.push({
      code: 'subject_missing',
      field: 'subject',
      message: 'Choisissez un sujet, pour que votre message arrive à la bonne personne.',
    });
  }
  if (lengthOf(territory) > longest.territory) {
    refusals.push({
      code: 'territory_too_long',
      field: 'territory',
      message: 'Un nom de commune ou de département suffit.',
    });
  }
  if (text === '') {
    refusals.push({ code: 'text_missing', field: 'text', message: 'Écrivez votre message.' });
  } else if (lengthOf(text) > longest.text) {
    const said = (length: number) => length.toLocaleString('fr-FR');
    refusals.push({
      code: 'text_too_long',
      field: 'text',
      message: `Votre message compte ${said(lengthOf(text))} signes, pour ${said(longest.text)} au plus. Il est encore là : raccourcissez-le, ou envoyez-le en deux fois.`,
    });
  }
  if (replyTo !== '' && !looksLikeAddress(replyTo)) {
    refusals.push({
      code: 'reply_address_unreadable',
      field: 'replyTo',
      message:
        'Il manque quelque chose à cette adresse. Exemple : prenom@exemple.fr. Vous pouvez aussi la laisser vide.',
    });
  }
  if (!subject || refusals.length > 0) return refuse(refusals);
  return ok({ subject, text, ...(territory ? { territory } : {}), ...(replyTo ? { replyTo } : {}) });
};

const lengthOf = (text: string): number => [...text].length;

/** One bare address. The mailer refuses more strictly; here it is a person who must be told. */
const looksLikeAddress = (text: string): boolean =>
  text.length <= longest.replyTo &&
  /^[^\s<>@,;:"()\\\p{Cc}]+@[^\s<>@,;:"()\\\p{Cc}.]+(\.[^\s<>@,;:"()\\\p{Cc}.]+)+$/u.test(text);
