import path from 'node:path';
import { contentDir, readYaml } from '#platform/server/content.ts';
import { type Helpline, helplinesSchema } from '../helpline.ts';

let kept: readonly Helpline[] | undefined;

/** The numbers of a content folder. Throws when the file is absent or does not fit: this page is never shown half empty. */
export const readHelplines = (directory: string): readonly Helpline[] =>
  readYaml(path.join(directory, 'help/helplines.yaml'), helplinesSchema);

/** The numbers to call, read once for the life of the process: a deployment brings new ones. */
export const helplines = (): readonly Helpline[] => {
  kept ??= readHelplines(contentDir());
  return kept;
};
