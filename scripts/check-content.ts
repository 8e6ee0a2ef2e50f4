import { readFrames } from '../src/modules/calls/server/index.ts';
import { readContent as readDirectory } from '../src/modules/directory/server/seed.ts';
import { readHelplines } from '../src/modules/help/server/index.ts';
import { readInitiatives } from '../src/modules/initiatives/server/index.ts';
import { readSchedule } from '../src/modules/journey/server/index.ts';
import { readArticles, readEssentials } from '../src/modules/library/server/index.ts';
import { readPriorities } from '../src/modules/priorities/server/index.ts';

const readers: readonly ((directory: string) => unknown)[] = [
  readHelplines,
  readSchedule,
  (directory) => readEssentials(directory, readArticles(directory)),
  readPriorities,
  readInitiatives,
  readFrames,
  (directory) => readDirectory(`${directory}/directory`),
];

/** What does not hold in a content folder, « file:line, field : reason »; empty when all of it can be published. */
export const faultsOfContent = (directory: string): string[] => {
  const faults = readers.flatMap((read) => {
    try {
      read(directory);
      return [];
    } catch (error) {
      return error instanceof Error ? error.message.split('\n') : [String(error)];
    }
  });
  return [...new Set(faults)];
};
