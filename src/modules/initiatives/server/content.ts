import { findTheme, type Priority } from '#modules/priorities/index.ts';
import { readPriorities } from '#modules/priorities/server/index.ts';
import { readContent } from '#platform/server/content.ts';
import { type InitiativeFile, initiativeSchema } from '../initiative.ts';

/** A project as its file says it. */
export interface WrittenInitiative extends InitiativeFile {
  readonly slug: string;
}

/**
 * Reads the projects of a content folder, in the order of their slugs. Throws when a file cannot be read, names a theme
 * that is not of its priorities, or when a line of the source is claimed twice.
 */
export const readInitiatives = (directory: string): WrittenInitiative[] => {
  const priorities = readPriorities(directory);
  const initiatives = readContent(directory, 'initiatives', initiativeSchema).map(({ slug, value }) => ({
    slug,
    ...value,
  }));
  const claimed = new Map<number, string>();
  for (const initiative of initiatives) {
    checkThemes(initiative, priorities);
    for (const line of initiative.source.lines) {
      const other = claimed.get(line);
      if (other)
        throw new Error(`content/initiatives: line ${line} is in ${other}.yaml and in ${initiative.slug}.yaml`);
      claimed.set(line, initiative.slug);
    }
  }
  return initiatives;
};

const checkThemes = (
  { slug, themes, priorities: numbers }: WrittenInitiative,
  priorities: readonly Priority[],
): void => {
  for (const theme of themes) {
    const found = findTheme(priorities, theme);
    if (!found || !numbers.includes(found.priority.number)) {
      throw new Error(
        `content/initiatives/${slug}.yaml: the theme ${theme} is not of priorities ${numbers.join(', ')}`,
      );
    }
  }
};
