import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRows } from './rows.ts';

/** Bytes in pieces of a given size, as a disk or a network gives them. */
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const rowsOf = async (content: string | Uint8Array, size = 7) => {
  const rows = [];
  for await (const { line, cells, broken } of readRows(inPieces(Buffer.from(content), size))) {
    rows.push({ line, ...Object.fromEntries(cells), ...(broken ? { broken } : {}) });
  }
  return rows;
};

describe('a table', () => {
  it.each([
    ['semicolons', 'Nom;N° de téléphone\nCrèche;01\n'],
    ['commas', 'Nom,N° de téléphone\nCrèche,01\n'],
    ['tabs and Windows ends of lines', 'Nom\tN° de téléphone\r\nCrèche\t01\r\n'],
    ['a byte order mark', '\uFEFFNom;N° de téléphone\nCrèche;01'],
    ['empty lines', '\n\nNom;N° de téléphone\n\nCrèche;01\n\n'],
    ['quotes', '"Nom";"N° de téléphone"\n"Crèche";"01"\n'],
    ['a line for spreadsheets that tells the delimiter', 'sep=,\nNom,N° de téléphone\nCrèche,01\n'],
    ['ends of lines of old Macintoshes', 'Nom;N° de téléphone\rCrèche;01\r'],
    ['a name of column on two lines', 'Nom;"N°\nde téléphone"\nCrèche;01\n'],
    ['UTF-16', Buffer.from('\uFEFFNom;N° de téléphone\nCrèche;01\n', 'utf16le')],
    ['ISO-8859-1', Buffer.from('Nom;N° de téléphone\nCrèche;01\n', 'latin1')],
  ])('is read with %s', async (_, content) => {
    expect(await rowsOf(content)).toMatchObject([{ nom: 'Crèche', n_de_telephone: '01' }]);
  });

  it('keeps the accents of a file made of two encodings', async () => {
    const mixed = Buffer.concat([
      Buffer.from('nom;ville\nCrèche;Orléans\n'),
      Buffer.from('Crèche;Orléans\n', 'latin1'),
    ]);
    expect(await rowsOf(mixed)).toMatchObject([{ ville: 'Orléans' }, { nom: 'Crèche', ville: 'Orléans' }]);
  });

  it('gives a broken line its number, and loses no other', async () => {
    const content = [
      'nom;ville',
      'a;b',
      '"jamais fermé;b',
      'c;d',
      'e;f;g',
      'seul',
      '"x" y;z',
      '"h\ni";"dit ""oui"""',
      'tuyau 5";z',
    ];
    expect(await rowsOf(content.join('\n'))).toEqual([
      { line: 2, nom: 'a', ville: 'b' },
      { line: 3, nom: '"jamais fermé', ville: 'b', broken: expect.stringContaining('guillemet') },
      { line: 4, nom: 'c', ville: 'd' },
      { line: 5, nom: 'e', ville: 'f', broken: '3 colonnes au lieu de 2' },
      { line: 6, nom: 'seul', ville: '', broken: '1 colonne au lieu de 2' },
      { line: 7, nom: '"x" y', ville: 'z', broken: expect.stringContaining('guillemet') },
      { line: 8, nom: 'h\ni', ville: 'dit "oui"' },
      { line: 10, nom: 'tuyau 5"', ville: 'z' },
    ]);
  });

  it('reads the names of columns that hold the delimiter', async () => {
    expect(await rowsOf('id,"Nom, ou enseigne"\n1,Crèche\n')).toEqual([
      { line: 2, id: '1', nom_ou_enseigne: 'Crèche' },
    ]);
  });

  it('loses one line to a million signes and more, and none of those around it', async () => {
    const content = `nom;ville\na;b\nlongue;${'x'.repeat(3_000_000)}\n"ouvert;c\n${'y'.repeat(1_500_000)}\ne;f\n`;
    const rows = await rowsOf(content, 65_536);
    expect(rows.map((row) => [row.line, 'nom' in row && String(row.nom).slice(0, 8), 'broken' in row])).toEqual([
      [2, 'a', false],
      [3, 'longue', true],
      [4, '"ouvert', true],
      [5, 'yyyyyyyy', true],
      [6, 'e', false],
    ]);
    expect(rows[1]).toMatchObject({ broken: expect.stringContaining('million') });
  });

  it('says of its last line that it is cut, when it has no end and not all of its columns', async () => {
    const last = async (content: string) => {
      const rows = [];
      for await (const row of readRows(inPieces(Buffer.from(content), 7))) rows.push(row);
      return rows.map(({ cut = false }) => cut);
    };
    expect(await last('nom;ville\na;b\nc')).toEqual([false, true]);
    expect(await last('nom;ville\na;b\nc;"jamais fermé')).toEqual([false, true]);
    for (const whole of ['nom;ville\na;b\nc;d', 'nom;ville\na;b\nc\n', 'nom;ville\na;b\nc;d;e'])
      expect(await last(whole)).toEqual([false, false]);
  });

  it('takes out what PostgreSQL refuses', async () => {
    expect(await rowsOf('nom;ville\na\u0000b\u0007;  c\u00A0 d  \n')).toMatchObject([{ nom: 'ab', ville: 'c d' }]);
  });

  it('says twice the same thing whatever the pieces in which it comes', async () => {
    const table = Buffer.from('nom;note\n"é;\nà";1\n"ouvert;2\nœ;3\n');
    const whole = await rowsOf(table, 1_000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        expect(await rowsOf(table, size)).toEqual(whole);
      }),
    );
  });

  it.each([
    ['empty', '', /vide/],
    ['a page', '<!doctype html><p>Connexion</p>', /page/],
    ['a workbook or another ZIP', Buffer.from('504b0304140006000800', 'hex'), /classeur/],
    ['compressed', Buffer.from('1f8b0800000000000003', 'hex'), /compressé/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /classeur/],
    ['a PDF', '%PDF-1.7\n', /PDF/],
    ['with signs of control for a first line', 'a\u0001b\u001b[2J\n', /« ab\[2J »/],
    ['without columns', 'Bonjour\nà tous\n', /ne nomme pas de colonnes/],
    ['without an end of line', `nom;ville\n${'x'.repeat(1_100_000)}`, /dépasse un million/],
  ])('that is %s is refused with a sentence', async (_, content, sentence) => {
    await expect(rowsOf(content, 65_536)).rejects.toThrow(sentence);
  });
});

describe('a JSON file', () => {
  it('gives objects one by one, nested ones by their path', async () => {
    const content =
      '[\n {"Nom": "a", "adresse": {"codePostal": 35000}, "x": [1, "b"], "n": null, "v": true},\n {"Nom": "b"}\n]';
    expect(await rowsOf(content)).toEqual([
      { line: 2, nom: 'a', adresse_codepostal: '35000', x: '1;b', n: '', v: 'oui' },
      { line: 3, nom: 'b' },
    ]);
  });

  it('reads the features of a GeoJSON, points only', async () => {
    const features = [
      { type: 'Feature', properties: { EQUIP_NOM: 'a' }, geometry: { type: 'Point', coordinates: [-0.45, 46.3] } },
      { type: 'Feature', properties: { EQUIP_NOM: 'b' }, geometry: { type: 'Polygon', coordinates: [[[0, 0]]] } },
      { type: 'Feature', properties: { EQUIP_NOM: 'c' }, geometry: null },
    ];
    const content = JSON.stringify({
      type: 'FeatureCollection',
      crs: { properties: { name: 'x' } },
      bbox: [1, 2],
      features,
    });
    expect(await rowsOf(content)).toMatchObject([
      { equip_nom: 'a', geometry_lon: '-0.45', geometry_lat: '46.3' },
      { equip_nom: 'b', geometry_lon: '' },
      { equip_nom: 'c', geometry_lon: '' },
    ]);
  });

  const items = ['{"nom": "a"}', '{"nom": "b", "t": "x } ] \\" y"}', '{"nom": "c"}', '{"nom": "d"}'];

  it.each([
    ['a stray quote', '{"nom": "La "Ruche"}'],
    ['two stray quotes', '{"nom": "La "Ruche" bleue"}'],
    ['a missing brace', '{"nom": "La Ruche", "adresse": {"ville": "x"}'],
    ['a missing comma', '{"nom": "La Ruche" "ville": "x"}'],
    ['a list that is not closed', '{"nom": "La Ruche", "x": [1, 2}'],
    ['an end of line in a text', '{"nom": "La\nRuche"}'],
  ])('loses one object to %s, with its line', async (_, broken) => {
    const content = `[\n  ${[...items.slice(0, 2), broken, ...items.slice(2)].join(',\n  ')}\n]\n`;
    for (const size of [3, 16, 1_000]) {
      const rows = await rowsOf(content, size);
      expect(rows.filter((row) => !('broken' in row)).map((row) => 'nom' in row && row.nom)).toEqual([
        'a',
        'b',
        'c',
        'd',
      ]);
      expect(rows.filter((row) => 'broken' in row)).toMatchObject([{ line: 4 }]);
    }
  });

  it('does not mind a brace too many', async () => {
    expect(await rowsOf('[{"nom":"a"}},{"nom":"b"}]')).toMatchObject([{ nom: 'a' }, { nom: 'b' }]);
  });

  it('keeps the accents of ISO-8859-1', async () => {
    expect(await rowsOf(Buffer.from('[{"nom":"Crèche"}]', 'latin1'))).toMatchObject([{ nom: 'Crèche' }]);
  });

  it('says that a file is cut, after having given what came before', async () => {
    const rows: unknown[] = [];
    const read = async () => {
      for await (const row of readRows(inPieces(Buffer.from('[{"nom":"a"},\n{"nom":"b"},\n{"no'), 5))) rows.push(row);
    };
    await expect(read()).rejects.toThrow(/incomplet|mal écrit/);
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['a stray quote', '{"nom":"La "Ruche","x":1}'],
    ['a missing brace', '{"nom":"La Ruche","adresse":{"ville":"x"}'],
    ['a list that is not closed', '{"nom":"La Ruche","x":[1,2}'],
    ['a text that never ends', `{"nom":"La Ruche","x":"${'y'.repeat(1_200_000)}}`],
  ])('on one line, loses one object to %s too', async (_, broken) => {
    const whole = ['{"nom":"a"}', '{"nom":"b","x":[{"nom":"not this"}]}', broken, '{"nom":"c"}', '{"nom":"d"}'];
    for (const content of [`[${whole.join(',')}]`, `{"type":"x","list": [${whole.join(', ')}]}`]) {
      for (const size of broken.length > 1_000 ? [65_536] : [3, 16, 1_000]) {
        const rows = await rowsOf(content, size);
        expect(rows.map((row) => ['nom' in row && row.nom, 'broken' in row])).toEqual([
          ...[
            ['a', false],
            ['b', false],
          ],
          [expect.stringMatching(/^La ?/), true],
          ...[
            ['c', false],
            ['d', false],
          ],
        ]);
      }
    }
  });

  it('on one line, loses to two stray quotes the two objects that hold them and none in between', async () => {
    const stray = (at: number): string => `{"nom":"La "Ruche ${at}"}`;
    const list = Array.from({ length: 30 }, (_, at) => (at % 7 === 3 ? stray(at) : `{"nom":"${at}"}`));
    for (const size of [16, 1_000]) {
      const rows = await rowsOf(`[${list.join(',')}]`, size);
      expect(rows.map((row) => 'nom' in row && row.nom)).toEqual(
        list.map((_, at) => (at % 7 === 3 ? 'La' : String(at))),
      );
    }
  });

  it('gives all that comes before the end of a file that is cut, on one line too', async () => {
    for (const size of [5, 1_000]) {
      const rows: unknown[] = [];
      const read = async () => {
        const content = Buffer.from('[{"nom":"a"},{"nom":"b"},{"nom":"c');
        for await (const row of readRows(inPieces(content, size))) if (!row.broken) rows.push(row);
      };
      await expect(read()).rejects.toThrow(/incomplet/);
      expect(rows).toHaveLength(2);
    }
  });

  it.each([
    ['objects one after another', '{"nom":"a","x":[1]}\n{"nom":"b"}\n', /un par ligne/],
    ['no list', '{"nom":"a","type":"Feature"}', /pas de liste/],
  ])('%s is refused with a sentence', async (_, content, sentence) => {
    for (const size of [5, 1_000]) await expect(rowsOf(content, size)).rejects.toThrow(sentence);
  });

  it('is empty when its list is', async () => {
    expect(await rowsOf('{"features": []}')).toEqual([]);
  });

  it('reads the coordinates of a point that are written as texts, and none of what is no point', async () => {
    const geometries = [
      { type: 'Point', coordinates: ['-1,68', '48.11'] },
      { type: 'Point', coordinates: [-1.68, 48.11, 30] },
      ...[{ type: 'Point', coordinates: [] }, { type: 'Point', coordinates: [null, null] }, { type: 'Point' }],
      ...[{ type: 'GeometryCollection', geometries: [] }, 'POINT(1 2)', { type: 'Point', coordinates: ['x', 'y'] }, 3],
    ];
    const features = geometries.map((geometry) => ({ type: 'Feature', properties: { nom: 'a' }, geometry }));
    const rows = await rowsOf(JSON.stringify({ features: [null, 1, ...features] }));
    expect(
      rows.map((row) => 'geometry_lon' in row && 'geometry_lat' in row && [row.geometry_lon, row.geometry_lat]),
    ).toEqual([
      ...[
        ['-1.68', '48.11'],
        ['-1.68', '48.11'],
      ],
      ...Array(7).fill(['', '']),
    ]);
  });

  it('gives every object back, whatever it holds and in whatever pieces', async () => {
    const object = fc.record({ nom: fc.string({ unit: 'grapheme' }), n: fc.integer() });
    const property = fc.asyncProperty(
      ...[fc.array(object, { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, 2)],
      async (list, size, indent) => {
        const rows = await rowsOf(JSON.stringify(list, null, indent), size);
        expect(rows.map((row) => 'n' in row && Number(row.n))).toEqual(list.map(({ n }) => n));
      },
    );
    await fc.assert(property);
  });
});
