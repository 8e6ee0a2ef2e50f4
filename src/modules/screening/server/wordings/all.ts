import type { EpdsWording } from '../../wording.ts';
import { english } from './en.ts';
import { french } from './fr.ts';
import { frenchAdapted } from './fr-accord.ts';

/** Every text of the scale that can be cited with certainty. Another language comes with its published text, or not. */
export const everyWording: readonly EpdsWording[] = [french, frenchAdapted, english];
