import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { directoryCsvResponse } from './directory-files.ts';

const entry: LocalEntry = {
  ...{ name: 'Crèche de l’Œuf', kind: 'Crèche', commune: 'Rennes', address: '1 rue de l’Exemple, 35000' },
  ...{
    phone: '02 99 00 00 00',
    website: null,
    services: ['Accueil', 'Éveil'],
    priorities: [6, 8],
    page: '/lieux/oeuf',
  },
};

test('the list opens in a spreadsheet: a mark, semicolons, French titles, one line an entry', async () => {
  const response = directoryCsvResponse([entry]);
  expect(response.headers.get('content-disposition')).toContain('.csv"');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [titles, line] = parse(Buffer.from(bytes), { bom: true, delimiter: ';' });
  expect(titles?.slice(0, 3)).toEqual(['nom', 'type', 'commune']);
  expect(line).toEqual([
    ...['Crèche de l’Œuf', 'Crèche', 'Rennes', '1 rue de l’Exemple, 35000', '02 99 00 00 00', '', 'Accueil | Éveil'],
    ...['6. Éveiller les tout-petits | 8. Accueillir les jeunes enfants', '/lieux/oeuf'],
  ]);
});

test.each(['=HYPERLINK("http://voleur.example")', '+33', '-1+1', '@SUM(A1)', '\t=1', '\r=1'])(
  'a name that begins like a formula is only a text: %j',
  async (name) => {
    const text = await directoryCsvResponse([{ ...entry, name, services: [name] }]).text();
    const [, line] = parse(text, { bom: true, delimiter: ';' });
    for (const cell of line ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(line?.[0]).toBe(`'${name}`);
  },
);
