import type { Locale } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { screeningEasy } from '#messages/server/screening-easy.ts';
import { type Call, callOf, crisisLines } from '#modules/help/index.ts';
import { helplines } from '#modules/help/server/index.ts';
import { type Clock, todayIn } from '#platform/clock.ts';
import { keepPerVersion } from '#platform/keep.ts';
import type { Settings } from '#platform/server/settings.ts';
import type { ScreeningWords } from '../text.ts';
import type { EpdsWording } from '../wording.ts';
import { everyWording } from './wordings/all.ts';

/** What a page that offers the questionnaire needs, in one language. */
export interface ScreeningPage {
  readonly words: ScreeningWords;
  /** The one that suits the page first. Empty where the scale may not be shown. */
  readonly wordings: readonly EpdsWording[];
  readonly calls: readonly Call[];
  readonly permission: string | undefined;
  readonly reviewedBy: string | undefined;
  /** Shown to the machine itself only, for a trial before the permission. */
  readonly trial: boolean;
}

/** Gathers that page. `atMachine`: the visitor sits at the machine itself, where the scale may be tried (see `permitted`). */
export const screeningPage = (
  locale: Locale,
  settings: Pick<Settings, 'EPDS_PERMISSION' | 'EPDS_REVIEWED_BY'>,
  { atMachine, clock, easy = false }: { atMachine: boolean; clock: Clock; easy?: boolean },
): ScreeningPage => {
  const today = todayIn(clock, 'Europe/Paris');
  const permission = permitted(settings.EPDS_PERMISSION, atMachine);
  return pages(settings, [locale, easy, permission, today].join(' '), () => ({
    words: easy && locale === 'fr' ? screeningEasy : catalogue[locale].screening,
    wordings: permission === 'none' ? [] : wordingsFor(locale),
    calls: crisisLines(helplines()).map((line) => callOf(line, catalogue[locale].help, locale, today)),
    permission: permission === 'written' ? settings.EPDS_PERMISSION : undefined,
    reviewedBy: settings.EPDS_REVIEWED_BY,
    trial: permission === 'trial',
  }));
};

/** The same for everybody all day long: seven languages, in easy French too, and the day before. */
const pages = keepPerVersion<object, ScreeningPage>(20);

/**
 * Whether the scale may be shown. Its holder asks for a written permission before it is published online
 * (docs/decisions/0020-epds.md): without one it reaches nobody but who sits at the machine.
 */
export const permitted = (permission: string | undefined, atMachine: boolean): 'written' | 'trial' | 'none' => {
  if (permission === 'non') return 'none';
  if (permission !== undefined) return 'written';
  return atMachine ? 'trial' : 'none';
};

const wordingsFor = (locale: Locale): readonly EpdsWording[] =>
  locale === 'en'
    ? [...everyWording.filter(({ lang }) => lang === 'en'), ...everyWording.filter(({ lang }) => lang !== 'en')]
    : everyWording;
