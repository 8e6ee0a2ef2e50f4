import { inflateRawSync } from 'node:zlib';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { type List, type ListFormat, listFormat, listResponse } from './list.ts';

interface Line {
  readonly name: string;
  readonly cents: number | null;
  readonly at: string | null;
}

const list = (rows: readonly Line[]): List<Line> => ({
  ...{ title: 'Candidatures : appel [Bretagne]', subject: 'Les candidatures déposées.', file: 'candidatures' },
  ...{ rows, madeOn: '22 novembre 2026' },
  columns: [
    { title: 'Titre', kind: 'text', of: ({ name }) => name },
    { title: 'Demandé', kind: 'cents', of: ({ cents }) => cents },
    { title: 'Jour', kind: 'day', of: ({ at }) => (at ? Temporal.PlainDateTime.from(at).toPlainDate() : null) },
    {
      ...{ title: 'Déposée le', kind: 'moment' },
      of: ({ at }) => (at ? Temporal.PlainDateTime.from(at).toZonedDateTime('America/Cayenne') : null),
    },
  ],
});

const asked = async (format: ListFormat, rows: readonly Line[]): Promise<Uint8Array> =>
  (await listResponse(list(rows), format)).bytes();

/** A file of an archive whose sizes are known from its central directory. */
const inZip = (zip: Uint8Array, name: string): string => {
  const bytes = Buffer.from(zip);
  for (
    let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    const length = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    return (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content).toString('utf8');
  }
  return '';
};

const plain = { name: 'Éveil & musique', cents: 123_450, at: '2021-07-15T13:00:00' };
const formulas = ['=1+1', '+33 1', '-2+3', '@SUM(A1)', '\t=1', '＝1'];

test('the same columns make a CSV: euros with a comma, days, the hour of the place', async () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    await asked('csv', [plain, { name: 'a;b', cents: null, at: null }, { name: 'c', cents: -500, at: null }]),
  );
  expect(text).toBe(
    '\uFEFFTitre;Demandé;Jour;Déposée le\n' +
      'Éveil & musique;1234,5;2021-07-15;2021-07-15 13:00:00\n"a;b";;;\nc;-5;;\n',
  );
});

test('a spreadsheet whose cells are numbers, days and moments', async () => {
  const sheet = inZip(await asked('xlsx', [plain]), 'xl/worksheets/sheet1.xml');
  // 15 July 2021 is day 44 392 of spreadsheets; 13:00 is 13/24 of it.
  for (const value of ['<v>1234.5</v>', '<v>44392</v>', `<v>${44_392 + 13 / 24}</v>`]) expect(sheet).toContain(value);
});

test('a PDF that says its title, its heads and its rows', async () => {
  const pdf = await getDocumentProxy(await asked('pdf', [plain]));
  const { text } = await extractText(pdf, { mergePages: true });
  for (const words of ['appel [Bretagne]', 'Demandé', 'Éveil & musique', '15/07/2021 à 13 h 00', 'page 1 sur 1']) {
    expect(text.replaceAll('\u00a0', ' ')).toContain(words);
  }
  expect(text.replaceAll(/\s/g, '')).toContain('1234,50€');
  expect((await pdf.getMetadata()).info).toMatchObject({ Title: 'Candidatures : appel [Bretagne]' });
});

test.each(formulas)('%j is a text in a CSV and in a spreadsheet, and acts in none', async (name) => {
  const csv = new TextDecoder().decode(await asked('csv', [{ ...plain, name }]));
  expect(csv).toContain(`\n'${name}`);
  const zip = await asked('xlsx', [{ ...plain, name }]);
  expect(inZip(zip, 'xl/sharedStrings.xml')).toContain(`<t>'${name}`);
  expect(inZip(zip, 'xl/worksheets/sheet1.xml')).not.toContain('<f');
});

test('an empty list, and what no file can hold, are files all the same', async () => {
  for (const format of ['csv', 'xlsx', 'pdf'] as const) {
    expect((await asked(format, [])).length).toBeGreaterThan(10);
    const odd = { name: `\u0000${'é'.repeat(40_000)}\ud800`, cents: 0, at: null };
    expect((await asked(format, [odd])).length).toBeGreaterThan(10);
  }
  const strings = inZip(await asked('xlsx', [{ ...plain, name: 'x'.repeat(40_000) }]), 'xl/sharedStrings.xml');
  expect(/x{100,}…/.exec(strings)?.[0]).toHaveLength(32_767);
});

test('a file is kept, never guessed at nor stored in between', async () => {
  const { headers } = await listResponse(list([]), 'xlsx');
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-disposition': 'attachment; filename="candidatures.xlsx"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  expect([listFormat('pdf'), listFormat('exe'), listFormat(null)]).toEqual(['pdf', undefined, undefined]);
});

test('two hundred rows have their heads on each page and are all there', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => ({ ...plain, name: `Projet numéro ${at}` }));
  const { totalPages, text } = await extractText(await getDocumentProxy(await asked('pdf', rows)), {
    mergePages: false,
  });
  expect(totalPages).toBeGreaterThan(3);
  for (const page of text) expect(page).toContain('Demandé');
  expect(text.join(' ')).toContain('Projet numéro 199');
});
