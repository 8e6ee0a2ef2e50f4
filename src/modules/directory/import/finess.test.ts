import { describe, expect, it } from 'vitest';
import { finessColumns, openFiness, readFinessRow } from './finess.ts';

/** An establishment of the register, invented, with the columns that differ. */
const line = (more: Partial<Record<(typeof finessColumns)[number], string>> = {}): string => {
  const row: typeof more = {
    ...{ typeet: 'structureet', nofinesset: '350000001', nofinessej: '350000002', rs: 'PMI DU CENTRE', numvoie: '12' },
    ...{ typvoie: 'R', voie: 'DE PARIS', commune: '238', departement: '35', libdepartement: 'ILLE ET VILAINE' },
    ...{ ligneacheminement: '35700 RENNES', telephone: '0299000001', categetab: '223', siret: '12345678900011' },
    ...{ libcategetab: 'Protection Maternelle et Infantile (P.M.I.)', datemaj: '2026-01-01' },
    ...more,
  };
  return finessColumns.map((name) => row[name] ?? '').join(';');
};

const read = async (...lines: string[]) => {
  async function* chunks() {
    yield Buffer.from(['finess;etalab;111;2026-05-12', ...lines].join('\r\n'));
  }
  const { on, rows, points } = await openFiness(chunks);
  const found = [];
  for await (const row of rows) found.push(readFinessRow(row, points));
  return { on, found };
};

const placeOf = async (more: Parameters<typeof line>[0]) => {
  const { found } = await read(line(more));
  return found[0]?.outcome === 'record' ? found[0].record.place : undefined;
};

describe('an extract of FINESS', () => {
  it('gives the day of the data and the establishments for young children', async () => {
    const { on, found } = await read(
      line(),
      line({ nofinesset: '350000003', categetab: '500', libcategetab: 'EHPAD' }),
    );
    expect(on).toBe('2026-05-12');
    expect(found.map(({ outcome }) => outcome)).toEqual(['record', 'left']);
    expect(found[0]).toMatchObject({
      line: 2,
      record: {
        place: {
          ref: '350000001',
          city: 'RENNES',
          fields: {
            ...{ name: 'PMI du Centre', kind: 'pmi', finess: '350000001', phone: '02 99 00 00 01', insee: '35238' },
            ...{ line: '12 rue de Paris', postcode: '35700', siret: '12345678900011', confidential: false },
          },
        },
        services: [{ ref: '350000001', fields: { name: 'PMI du Centre', kind: 'pmi' } }],
      },
    });
  });

  it.each([
    ['Guadeloupe', '9A', '101', '97139 LES ABYMES', '97101'],
    ['Martinique', '9B', '209', '97200 FORT DE FRANCE', '97209'],
    ['Guyane', '9C', '302', '97306 CAYENNE CEDEX', '97302'],
    ['La Réunion', '9D', '411', '97400 ST DENIS', '97411'],
    ['Mayotte', '9F', '608', '97600 MAMOUDZOU', '97608'],
    ['Saint-Martin inside 9A', '9A', '127', '97150 ST MARTIN', '97801'],
    ['Saint-Barthélemy inside 9A', '9A', '123', '97133 ST BARTHELEMY', '97701'],
    ['Saint-Martin without a routing line', '9A', '127', '', '97801'],
    ['Saint-Martin by a CEDEX', '9A', '127', '97056 ST MARTIN CEDEX', '97801'],
    ['Saint-Barthélemy without a routing line', '9A', '123', '', '97701'],
    ['another code that the register uses', '9J', '502', '97500 ST PIERRE', '97502'],
    ['Corsica', '2A', '4', '20000 AJACCIO', '2A004'],
    ['the first départements', '1', '053', '01000 BOURG EN BRESSE', '01053'],
  ])('finds the commune in %s', async (_, departement, commune, ligneacheminement, insee) => {
    const place = await placeOf({ departement, commune, ligneacheminement });
    expect(place?.fields.insee).toBe(insee);
  });

  it('reads the postcode in the routing line, CEDEX included', async () => {
    const place = await placeOf({ ligneacheminement: '35033 RENNES CEDEX 7' });
    expect(place).toMatchObject({ city: 'RENNES CEDEX 7', fields: { postcode: '35033' } });
    expect(await placeOf({ ligneacheminement: '' })).toMatchObject({ city: '', fields: { postcode: null } });
  });

  it('never locates a shelter for a parent and a child', async () => {
    const { found } = await read(line({ categetab: '166', rs: 'CENTRE MATERNEL LES LILAS' }));
    expect(found[0]).toMatchObject({
      record: {
        place: { fields: { confidential: true } },
        services: [{ fields: { name: 'Accueil parent-enfant', phone: '02 99 00 00 01' } }],
      },
    });
  });

  it('keeps the mental health centres of children only, and knows a category by its label too', async () => {
    const { found } = await read(
      line({ categetab: '156', libcategetab: 'Centre Médico-Psychologique (C.M.P.)', rs: 'CMP ENFANTS' }),
      line({ categetab: '156', libcategetab: 'Centre Médico-Psychologique (C.M.P.)', rs: 'CMP ADULTES' }),
      line({ categetab: '999', libcategetab: 'Maison de naissance' }),
    );
    expect(found.map((row) => row.outcome === 'record' && row.record.place?.fields.kind)).toEqual([
      ...['cmp', false, 'maison-de-naissance'],
    ]);
  });

  it('refuses a broken line, with its number and what can be read of it', async () => {
    const { found } = await read(
      line(),
      'structureet;350000009;350000002;PMI COUPÉE',
      line({ nofinesset: 'x' }),
      line({ rs: '' }),
    );
    expect(found.slice(1)).toEqual([
      { outcome: 'refused', line: 3, subject: 'PMI COUPÉE', reason: '4 colonnes au lieu de 32', ref: '350000009' },
      { outcome: 'refused', line: 4, subject: 'PMI DU CENTRE', reason: expect.stringContaining('FINESS') },
      { outcome: 'refused', line: 5, subject: '350000001', reason: expect.stringContaining('nom'), ref: '350000001' },
    ]);
  });

  describe('with coordinates', () => {
    const located = async (x: string, y: string, told: string, more: Parameters<typeof line>[0] = {}) => {
      const { found } = await read(
        line(more),
        line({ nofinesset: '350000008' }),
        `geolocalisation;350000001;${x};${y};${told};2026-05-04`,
      );
      expect(found).toHaveLength(2);
      return found[0]?.outcome === 'record' ? { place: found[0].record.place, remarks: found[0].remarks } : undefined;
    };

    it.each([
      [
        'mainland',
        '870262.2',
        '6571540.8',
        '1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)',
        46.222286,
        5.209181,
      ],
      ['before 2022', '870262.2', '6571540.8', '1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93', 46.222286, 5.209181],
      [
        'cut at its commas',
        '870262.2',
        '6571540.8',
        '1;ATLASANTE;100;IGN;BD_ADRESSE;V2.1;LAMBERT_93',
        46.222286,
        5.209181,
      ],
      [
        'Guadeloupe',
        '657242.9',
        '1795384.4',
        '2,ATLASANTE,96,BAN,EPSG:5490 RGAF09/UTM Zone 20N (Antilles)',
        16.234004,
        -61.528737,
      ],
      [
        'Saint-Pierre',
        '563213.8',
        '5180306.8',
        '2,ATLASANTE,90,BAN,WGS84/UTM zone 21N (St-Pierre-et-Miquelon)',
        46.773315,
        -56.172013,
      ],
    ])('places an establishment: %s', async (_, x, y, told, lat, lon) => {
      const { place, remarks } = (await located(x, y, told)) ?? {};
      expect(place?.fields).toMatchObject({ lat, lon, precision: 'street' });
      expect(place?.doubtful).toBeUndefined();
      expect(remarks).toEqual([]);
    });

    it('doubts of a point with a low score, and leaves the middle of a commune', async () => {
      const system = 'EPSG:2154 RGF93 / Lambert-93 (Métropole)';
      const low = await located('870262.2', '6571540.8', `3,ATLASANTE,53,BAN,${system}`);
      expect(low?.place).toMatchObject({ doubtful: true, fields: { lat: 46.222286 } });
      const middle = await located('870262.2', '6571540.8', `4,ATLASANTE,.,ADMIN-EXPRESS-2023,${system}`);
      expect(middle?.place?.fields).not.toHaveProperty('lat');
      expect(middle?.remarks).toEqual([]);
    });

    it('says so when it does not know the system, and takes nothing from an empty point', async () => {
      const unknown = await located('600000', '2400000', '1,ATLASANTE,90,BAN,EPSG:27572 Lambert II étendu');
      expect(unknown?.place?.fields).not.toHaveProperty('lat');
      expect(unknown?.remarks).toEqual([expect.stringContaining('système')]);
      expect((await located('', '', ''))?.remarks).toEqual([]);
    });

    it('never tells where a shelter is', async () => {
      const told = '1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)';
      const shelter = await located('870262.2', '6571540.8', told, { categetab: '166' });
      expect(shelter?.place?.fields).not.toHaveProperty('lat');
    });
  });

  it('refuses a file that is something else', async () => {
    async function* chunks() {
      yield Buffer.from('nom;ville\na;b\n');
    }
    await expect(openFiness(chunks)).rejects.toThrow(/finess;etalab;111/);
  });
});
