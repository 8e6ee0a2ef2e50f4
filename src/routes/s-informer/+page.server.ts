import { read } from '#messages/fr/read.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';

export const load = () => ({
  words: read,
  priorities: allPriorities().map(({ number, title, lead }) => ({ number, title, lead })),
});
