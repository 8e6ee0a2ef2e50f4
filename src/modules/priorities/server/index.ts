import { contentDir, readContent } from '#platform/server/content.ts';
import { type Priority, type PriorityNumber, priorityNumbers, prioritySchema } from '../priority.ts';

/**
 * Reads the ten priorities of a content folder, in their order.
 * Throws when one is missing or double, or when a theme appears twice: a theme alone names its priority.
 */
export const readPriorities = (directory: string): readonly Priority[] => {
  const priorities = readContent(directory, 'priorities', prioritySchema)
    .map(({ value }) => value)
    .sort((a, b) => a.number - b.number);
  const numbers = priorities.map(({ number }) => number).join();
  if (numbers !== priorityNumbers.join()) throw new Error(`content/priorities: expected 1 to 10, found ${numbers}`);
  const themes = priorities.flatMap((priority) => priority.themes.map(({ slug }) => slug));
  const double = themes.find((slug, index) => themes.indexOf(slug) !== index);
  if (double !== undefined) throw new Error(`content/priorities: the theme ${double} appears twice`);
  return priorities;
};

let kept: readonly Priority[] | undefined;

/** The ten priorities, read once for the life of the process. */
export const allPriorities = (): readonly Priority[] => {
  kept ??= readPriorities(contentDir());
  return kept;
};

/** What the priority of that number is called; nothing when there is none. */
export const priorityTitle = (number: number): string =>
  allPriorities().find((priority) => priority.number === number)?.title ?? '';

/** The priority of that number. */
export const priorityOf = (number: PriorityNumber): Priority => {
  const found = allPriorities().find((priority) => priority.number === number);
  if (!found) throw new Error(`no priority ${number}`);
  return found;
};
