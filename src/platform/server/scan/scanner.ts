import type { Settings } from '../settings.ts';
import { clamd } from './clamd.ts';

/** What a scanner says of a content. `unavailable`: it does not answer, or not in time; to be asked again. */
export type Scan =
  | { readonly state: 'clean' }
  | { readonly state: 'infected'; readonly name: string }
  | { readonly state: 'unavailable' };

/** What looks for viruses. It reads the content as it comes, and holds none of it. */
export interface Scanner {
  scan(content: AsyncIterable<Uint8Array>): Promise<Scan>;
}

/** The scanner that the operator set, or none: the site then says so, and never that a file was looked at. */
export const openScanner = ({ CLAMD_URL }: Pick<Settings, 'CLAMD_URL'>): Scanner | undefined =>
  CLAMD_URL === undefined ? undefined : clamd(CLAMD_URL);
