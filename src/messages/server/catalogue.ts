import { essentials as arEssentials } from '../ar/essentials.ts';
import { frame as arFrame } from '../ar/frame.ts';
import { help as arHelp } from '../ar/help.ts';
import { home as arHome } from '../ar/home.ts';
import { screening as arScreening } from '../ar/screening.ts';
import { essentials as enEssentials } from '../en/essentials.ts';
import { frame as enFrame } from '../en/frame.ts';
import { help as enHelp } from '../en/help.ts';
import { home as enHome } from '../en/home.ts';
import { screening as enScreening } from '../en/screening.ts';
import { essentials as esEssentials } from '../es/essentials.ts';
import { frame as esFrame } from '../es/frame.ts';
import { help as esHelp } from '../es/help.ts';
import { home as esHome } from '../es/home.ts';
import { screening as esScreening } from '../es/screening.ts';
import { essentials } from '../fr/essentials.ts';
import { frame } from '../fr/frame.ts';
import { help } from '../fr/help.ts';
import { home } from '../fr/home.ts';
import { screening } from '../fr/screening.ts';
import type { Locale } from '../locale.ts';
import { essentials as ptEssentials } from '../pt/essentials.ts';
import { frame as ptFrame } from '../pt/frame.ts';
import { help as ptHelp } from '../pt/help.ts';
import { home as ptHome } from '../pt/home.ts';
import { screening as ptScreening } from '../pt/screening.ts';
import { essentials as trEssentials } from '../tr/essentials.ts';
import { frame as trFrame } from '../tr/frame.ts';
import { help as trHelp } from '../tr/help.ts';
import { home as trHome } from '../tr/home.ts';
import { screening as trScreening } from '../tr/screening.ts';
import { essentials as ukEssentials } from '../uk/essentials.ts';
import { frame as ukFrame } from '../uk/frame.ts';
import { help as ukHelp } from '../uk/help.ts';
import { home as ukHome } from '../uk/home.ts';
import { screening as ukScreening } from '../uk/screening.ts';

const fr = { essentials, frame, home, help, screening };

/** Everything that is written in more than one language, by area. French gives the shape. */
export type Messages = typeof fr;

/**
 * The catalogue. A page's `load` hands it its own area, so that the browser receives the words of one page in one
 * language and never the others; the folder is `server/` so that it cannot be otherwise.
 */
export const catalogue: Readonly<Record<Locale, Messages>> = {
  fr,
  en: { essentials: enEssentials, frame: enFrame, home: enHome, help: enHelp, screening: enScreening },
  ar: { essentials: arEssentials, frame: arFrame, home: arHome, help: arHelp, screening: arScreening },
  es: { essentials: esEssentials, frame: esFrame, home: esHome, help: esHelp, screening: esScreening },
  pt: { essentials: ptEssentials, frame: ptFrame, home: ptHome, help: ptHelp, screening: ptScreening },
  tr: { essentials: trEssentials, frame: trFrame, home: trHome, help: trHelp, screening: trScreening },
  uk: { essentials: ukEssentials, frame: ukFrame, home: ukHome, help: ukHelp, screening: ukScreening },
};
