import { readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { callbackOffered } from '#modules/callback/server/index.ts';
import { checkOf, type Helpline, hrefOf } from '#modules/help/index.ts';
import { helplines } from '#modules/help/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const { locale } = readAddress(url.pathname);
  const words = catalogue[locale].help;
  const today = todayIn(locals.context.clock, 'Europe/Paris');

  /** Hours and cost, when they are known: « Jour et nuit, gratuit ». */
  const termsOf = (line: Helpline): string => {
    const hours = { always: words.always, limited: words.notAlways, unknown: '' }[line.hours];
    const said = [hours, line.cost === 'free' ? words.free : ''].filter(Boolean).join(locale === 'ar' ? '، ' : ', ');
    return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1);
  };
  const lines = helplines().map((line) => ({
    id: line.id,
    number: line.number,
    href: hrefOf(line),
    block: line.block,
    emergency: line.emergency,
    ...line.texts[locale],
    terms: termsOf(line),
    check: checkOf(line, words, locale, today),
    source: line.source,
  }));
  const { title, promise } = catalogue[locale].screening;
  const callback = callbackOffered(locals.context);
  return unsent({ words, lines, callback, mood: { title, detail: promise } });
};
