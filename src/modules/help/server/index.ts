import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { contentDir } from '#platform/server/content.ts';
import { type Helpline, parseHelplines } from '../helpline.ts';

let kept: readonly Helpline[] | undefined;

/**
 * The numbers to call, read once for the life of the process: a deployment brings new ones.
 * Throws when the file is absent or does not fit: this page is never shown half empty.
 */
export const helplines = (): readonly Helpline[] => {
  kept ??= parseHelplines(parse(readFileSync(path.join(contentDir(), 'help/helplines.yaml'), 'utf8')));
  return kept;
};
