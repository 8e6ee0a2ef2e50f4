import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { type Helpline, parseHelplines } from '../helpline.ts';

const read = new Map<string, readonly Helpline[]>();

/**
 * The numbers to call, from the content folder (`CONTENT_DIR`). Read once a process: a deployment brings new ones.
 * Throws when the file is absent or does not fit: this page is never shown half empty.
 */
export const helplines = (contentDir: string): readonly Helpline[] => {
  const file = resolve(contentDir, 'help/helplines.yaml');
  const known = read.get(file);
  if (known) return known;
  const lines = parseHelplines(parse(readFileSync(file, 'utf8')));
  read.set(file, lines);
  return lines;
};
