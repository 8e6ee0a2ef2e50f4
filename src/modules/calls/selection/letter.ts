import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { formatCents } from '../money.ts';
import type { LineUse } from './allocation.ts';
import { type IssueCode, issueOf, type Ruling } from './decision.ts';

/** What a letter may say, each by its word between braces: what it is, for those who write a template. */
export const letterWords = {
  appel: 'Le titre de l’appel',
  organisateurs: 'Qui l’organise',
  projet: 'Le titre du projet',
  numero: 'Le numéro de la candidature',
  structure: 'La structure porteuse',
  montant: 'Le montant, ligne par ligne',
  rang: 'Le rang dans la liste complémentaire',
  motif: 'Le motif, ou ce qui est attendu',
  conditions: 'Les conditions ou les réserves',
  preconisations: 'Les préconisations du projet',
  referent: 'Qui accompagne',
  label: 'Qui signe le label, et pour combien de temps',
  recours: 'Les voies et délais de recours',
} as const;
export type LetterWord = keyof typeof letterWords;

/** A template: what the organisers write for an issue. */
export interface LetterTemplate {
  readonly subject: string;
  readonly text: string;
}

/** A letter as it is read: on the page, in the message and in the PDF, word for word. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

export type LetterFacts = { readonly [Word in LetterWord]: string };

const opening = 'Bonjour,\n\nVous avez déposé la candidature n° {numero}, « {projet} », à l’appel « {appel} ».';
const closing = 'Bien cordialement,\n\n{organisateurs}';
const appeal = 'Voies et délais de recours :\n{recours}';
const subject = 'Votre candidature « {projet} »';

/** Neutral words for each issue, which the organisers may replace. */
export const defaultTemplates: Readonly<Record<IssueCode, LetterTemplate>> = {
  laureate: template('Votre projet est lauréat.', 'Montant attribué : {montant}.', '{conditions}'),
  reserve: template(
    'Votre projet est inscrit au rang {rang} de la liste complémentaire. Si des crédits se libèrent, nous vous écrirons.',
    '{conditions}',
  ),
  rejected: template('Votre projet n’est pas retenu.', 'Motif :\n{motif}', appeal),
  adjourned: template('Nous ne pouvons pas encore nous prononcer.', 'Ce qui est attendu de vous :\n{motif}'),
  labelled: template('Votre projet reçoit le label.', '{label}', '{montant}', '{conditions}'),
  labelledWithAdvice: template(
    'Votre projet reçoit le label, avec des préconisations.',
    ...['{preconisations}', '{label}', '{montant}', '{conditions}'],
  ),
  support: template(
    'Un accompagnement technique vous est proposé avant le label.',
    ...['Ce qu’il doit permettre :\n{motif}', 'Qui vous accompagne : {referent}', '{preconisations}', '{montant}'],
  ),
  notLabelled: template('Votre projet ne reçoit pas le label.', 'Motif :\n{motif}', appeal),
  inadmissible: template('Votre candidature ne peut pas être examinée.', 'Motif :\n{motif}', appeal),
};

function template(...paragraphs: readonly string[]): LetterTemplate {
  return { subject, text: [opening, ...paragraphs, closing].join('\n\n') };
}

/** Words that a refusal always says: without them, no such letter exists (I-10). */
const COMPULSORY: readonly LetterWord[] = ['motif', 'recours'];

/** Reads a template. Refuses a word between braces that means nothing, and a refusal without its motive or its appeal. */
export const readTemplate = (issue: IssueCode, typed: LetterTemplate): Result<LetterTemplate> => {
  const read = { subject: oneLine(typed.subject), text: typedText(typed.text) };
  if (read.subject === '' || read.text === '') return refuse(empty);
  if (read.subject.length > 160 || read.text.length > 6_000) return refuse(tooLong);
  const unknown = wordsIn(`${read.subject} ${read.text}`).find((word) => !(word in letterWords));
  if (unknown !== undefined) return refuse(unknownWord(unknown));
  const missing = issueOf(issue).negative ? COMPULSORY.find((word) => !wordsIn(read.text).includes(word)) : undefined;
  return missing ? refuse(missingWord(missing)) : ok(read);
};

/**
 * A letter for somebody. A paragraph whose words are all empty goes; a refusal without a motive or without the terms of
 * appeal is refused (I-10).
 */
export const writeLetter = (issue: IssueCode, template: LetterTemplate, facts: LetterFacts): Result<Letter> => {
  const read = readTemplate(issue, template);
  if (!read.ok) return read;
  const missing = issueOf(issue).negative ? COMPULSORY.find((word) => facts[word].trim() === '') : undefined;
  if (missing) return refuse(nothingFor(missing));
  const paragraphs = read.value.text.split(/\n{2,}/).filter((paragraph) => {
    const words = wordsIn(paragraph);
    return words.length === 0 || words.some((word) => factOf(facts, word) !== '');
  });
  return ok({ subject: oneLine(filled(read.value.subject, facts)), text: filled(paragraphs.join('\n\n'), facts) });
};

/** What each envelope pays, in words: « 60 000 € (ARS, FIR) et 40 000 € (DREETS, P304-17), soit 100 000 € ». */
export const amountWords = (amounts: Ruling['amounts'], uses: readonly LineUse[]): string => {
  const parts = uses.flatMap(({ key, funder, line }) => {
    const cents = amounts[key] ?? 0;
    return cents > 0
      ? [{ cents, words: `${formatCents(cents)} (${funder}${line === 'other' ? '' : `, ${line}`})` }]
      : [];
  });
  const all = parts.map(({ words }) => words).join(', ');
  return parts.length > 1 ? `${all}, soit ${formatCents(parts.reduce((sum, { cents }) => sum + cents, 0))}` : all;
};

const wordsIn = (text: string): string[] => [...text.matchAll(/\{(\p{L}+)\}/gu)].map(([, word = '']) => word);
const factOf = (facts: LetterFacts, word: string): string => (word in facts ? facts[word as LetterWord] : '');
const filled = (text: string, facts: LetterFacts): string =>
  text.replaceAll(/\{(\p{L}+)\}/gu, (_, word: string) => factOf(facts, word));

const empty: Refusal = { code: 'letter_empty', field: 'text', message: 'Écrivez l’objet et le texte du courrier.' };
const tooLong: Refusal = { code: 'too_long', field: 'text', message: 'C’est trop long : 6 000 caractères au plus.' };
const unknownWord = (word: string): Refusal => ({
  ...{ code: 'unknown_word', field: 'text' },
  message: `« {${word}} » ne veut rien dire ici : la liste des mots est sous le texte.`,
});
const missingWord = (word: LetterWord): Refusal => ({
  ...{ code: 'word_missing', field: 'text' },
  message: `Un courrier défavorable dit toujours son motif et les voies de recours : ajoutez {${word}}.`,
});
const nothingFor = (word: LetterWord): Refusal => ({
  ...{ code: word === 'recours' ? 'appeal_terms_missing' : 'words_missing' },
  message:
    word === 'recours'
      ? 'Les voies et délais de recours ne sont pas écrits : sans eux, ce courrier n’existe pas.'
      : 'Le motif n’est pas écrit : sans lui, ce courrier n’existe pas.',
});
