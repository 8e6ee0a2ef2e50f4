/** Languages of the pages, French first. The others stand in the address: `/en/aide`, `/ar/aide`. */
export const locales = ['fr', 'en', 'ar', 'es', 'pt', 'tr', 'uk'] as const;
export type Locale = (typeof locales)[number];

/** Each language as its own readers write it. */
export const localeNames: Readonly<Record<Locale, string>> = {
  fr: 'Français',
  en: 'English',
  ar: 'العربية',
  es: 'Español',
  pt: 'Português',
  tr: 'Türkçe',
  uk: 'Українська',
};

/** Pages that exist in other languages than French, by their French address. One more is one more line here. */
const translations: Readonly<Record<string, readonly Locale[]>> = {
  '/': locales,
  '/aide': locales,
  '/depistage': locales,
  '/integrer/cadre/depistage': locales,
  '/l-essentiel': locales,
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`/l-essentiel/${index + 1}`, locales])),
};

/**
 * Reads an address: its language, and the address of the same page in French. Only the prefix counts: `/en/nowhere` is
 * English and not found, `/entretien` is French.
 */
export const readAddress = (pathname: string): { locale: Locale; path: string } => {
  const [, prefix, ...rest] = pathname.split('/');
  const locale = locales.find((known) => known !== 'fr' && known === prefix);
  return locale ? { locale, path: `/${rest.join('/')}` } : { locale: 'fr', path: pathname };
};

/** The languages in which a page exists. `path` is its French address, without query. */
export const localesOf = (path: string): readonly Locale[] => translations[path] ?? ['fr'];

/** The address of a page in a language; of the French page where that translation does not exist. */
export const hrefFor = (locale: Locale, path: string): string => {
  const page = path.split(/[?#]/)[0] ?? path;
  if (locale === 'fr' || !localesOf(page).includes(locale)) return path;
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
};

/** Which way a language reads. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/** `hreflang` of a link from a page in `locale`: given only when the link leads to another language. */
export const linkLanguage = (locale: Locale, path: string): Locale | undefined => {
  const page = path.split(/[?#]/)[0] ?? path;
  return locale !== 'fr' && !localesOf(page).includes(locale) ? 'fr' : undefined;
};
