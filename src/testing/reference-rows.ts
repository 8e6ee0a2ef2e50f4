import { readFileSync } from 'node:fs';

/** The rows of a prepared file of `reference/`, by column name. For tests that hold for the whole of France. */
export const referenceRows = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(`reference/${file}.tsv`, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i] ?? '', value])));
};
