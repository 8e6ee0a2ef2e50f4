import { frame as arFrame } from '../ar/frame.ts';
import { help as arHelp } from '../ar/help.ts';
import { home as arHome } from '../ar/home.ts';
import { frame as enFrame } from '../en/frame.ts';
import { help as enHelp } from '../en/help.ts';
import { home as enHome } from '../en/home.ts';
import { frame } from '../fr/frame.ts';
import { help } from '../fr/help.ts';
import { home } from '../fr/home.ts';
import type { Locale } from '../locale.ts';

const fr = { frame, home, help };

/** Everything that is written in more than one language, by area. French gives the shape. */
export type Messages = typeof fr;

/**
 * The catalogue. A page's `load` hands it its own area, so that the browser receives the words of one page in one
 * language and never the others; the folder is `server/` so that it cannot be otherwise.
 */
export const catalogue: Readonly<Record<Locale, Messages>> = {
  fr,
  en: { frame: enFrame, home: enHome, help: enHelp },
  ar: { frame: arFrame, home: arHome, help: arHelp },
};
