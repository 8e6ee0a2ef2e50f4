import type { Locale } from './locale.ts';

/**
 * A message that depends on a number, one form per plural of the language (Arabic has six). `other` is what remains when
 * no closer form is given.
 */
export type Plural = { readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string };

/** Latin digits everywhere: telephone numbers and dates are read with those of the phone. */
const tagOf = (locale: Locale): string => tags[locale];

const tags: Readonly<Record<Locale, string>> = {
  fr: 'fr-FR',
  en: 'en-GB',
  ar: 'ar-u-nu-latn',
  es: 'es-ES',
  pt: 'pt-PT',
  tr: 'tr-TR',
  uk: 'uk-UA',
};

/** Puts values in the `{places}` of a message. A place without value is a bug and throws. */
export const fill = (message: string, values: Readonly<Record<string, string | number>>): string =>
  message.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the message “${message}” needs “${name}”`);
    return String(value);
  });

/** The form of a message for a number; `{count}` in it is the number, written as the language writes it. */
export const count = (locale: Locale, message: Plural, value: number): string => {
  const form = pluralRules(locale).select(value);
  return fill(message[form] ?? message.other, { count: formatNumber(locale, value) });
};

/** A number as people write it: 1 234,5 in French. */
export const formatNumber = (locale: Locale, value: number): string => numberFormat(locale).format(value);

/** A day as people say it: « 21 novembre 2026 », « 1er décembre 2026 ». `day` is ISO: 2026-11-21. */
export const formatDay = (locale: Locale, day: string): string => {
  const said = dayFormat(locale).format(Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds);
  return locale === 'fr' ? said.replace(/^1 /, '1er ') : said;
};

/** Made at the first use of each language and kept: making one costs a hundred times more than using it. */
const perLocale = <T>(make: (tag: string) => T): ((locale: Locale) => T) => {
  const made = new Map<Locale, T>();
  return (locale) => {
    const kept = made.get(locale) ?? make(tagOf(locale));
    made.set(locale, kept);
    return kept;
  };
};

const pluralRules = perLocale((tag) => new Intl.PluralRules(tag));
const numberFormat = perLocale((tag) => new Intl.NumberFormat(tag));
const dayFormat = perLocale((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }));
