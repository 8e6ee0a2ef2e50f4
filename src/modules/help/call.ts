import { fill, formatDay } from '#messages/format.ts';
import type { Locale } from '#messages/locale.ts';
import type { Messages } from '#messages/words.ts';
import { freshnessOf, type Helpline, hrefOf } from './helpline.ts';

/** A number as a page shows it, in one language. */
export interface Call {
  readonly id: string;
  readonly href: string;
  /** As people read it. */
  readonly number: string;
  readonly text: string;
  /** « Numéro vérifié le 21 novembre 2026 », or that it is to be checked. */
  readonly check: string;
}

/** What the page says of the last check of a number. Time never hides a number: an old check says that it is old. */
export const checkOf = (line: Helpline, words: Messages['help'], locale: Locale, today: Temporal.PlainDate): string => {
  const freshness = freshnessOf(line, today);
  if (freshness.state === 'never') return words.toCheck;
  const sentence = freshness.state === 'old' ? words.oldCheck : words.checkedOn;
  return fill(sentence, { date: formatDay(locale, freshness.checkedOn) });
};

/** A number made ready to be shown on a page that is not /aide. */
export const callOf = (line: Helpline, words: Messages['help'], locale: Locale, today: Temporal.PlainDate): Call => ({
  id: line.id,
  href: hrefOf(line),
  number: line.number,
  text: line.texts[locale].what,
  check: checkOf(line, words, locale, today),
});

/** To call when somebody thinks of dying: listening first, then rescue, then the text for who cannot speak. */
export const crisisIds = ['suicide-3114', 'samu', 'text-114'] as const;

/** The numbers of a crisis card, in their order. Throws when the content has lost one: such a card is never half empty. */
export const crisisLines = (lines: readonly Helpline[]): readonly Helpline[] => linesOf(lines, crisisIds);

/** Who listens after a loss: at any hour, then to parents, then rescue. */
export const griefLines = (lines: readonly Helpline[]): readonly Helpline[] =>
  linesOf(lines, ['suicide-3114', 'parents-baby', 'samu']);

const linesOf = (lines: readonly Helpline[], ids: readonly string[]): readonly Helpline[] =>
  ids.map((id) => {
    const line = lines.find((candidate) => candidate.id === id);
    if (!line) throw new Error(`helplines.yaml has lost “${id}”, which a card of numbers needs`);
    return line;
  });
