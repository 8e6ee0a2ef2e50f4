import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Names by code of every territory, from the files that `prepareTerritories` wrote in `directory`. */
export const territoryNames = (directory: string) => ({
  regions: namesOf(directory, 'regions'),
  departements: namesOf(directory, 'departements'),
  epcis: namesOf(directory, 'epci'),
  communes: namesOf(directory, 'communes'),
});

/** Code and name are the first two columns of each of these files. */
const namesOf = (directory: string, file: string): Map<string, string> =>
  new Map(
    readFileSync(path.join(directory, `${file}.tsv`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [code = '', name = ''] = line.split('\t');
        return [code, name];
      }),
  );
