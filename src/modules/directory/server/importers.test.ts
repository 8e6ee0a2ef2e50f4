import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { ImportNote, ImportOptions } from '#platform/server/import/importer.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { serverThat } from '#testing/small-server.ts';
import { finessColumns } from '../import/finess.ts';
import { correctRow } from './correct.ts';
import { directoryImporters } from './importers.ts';

/** A context on a database that holds the territories, and a directory without any row. */
const directoryContext = async (): Promise<Context> => {
  const { db } = await testDatabase('loaded');
  await sql`truncate directory_source, offer, timetable restart identity cascade`.execute(db);
  const territories = await territoryIndex.build(db);
  const indexes = { get: () => territories, states: () => ({}), ready: async () => {} };
  return testContext(db, { indexes: indexes as Context['indexes'] });
};

const fileOf = (content: string | Buffer, name = 'file.csv'): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};

/** Runs an import and gives its report with what was told. */
const run = async (
  context: Context,
  source: string,
  file: string,
  options: Partial<ImportOptions> & { geocoderUrl?: string } = {},
) => {
  const importer = directoryImporters({ geocoderUrl: options.geocoderUrl }).find((known) => known.source === source);
  const told: ImportNote[] = [];
  const report = await importer?.run(context, file, { dryRun: false, ...options, tell: (note) => told.push(note) });
  if (!report?.ok) throw new Error(report?.error);
  return { ...report.value, told };
};

type FinessRow = Partial<Record<(typeof finessColumns)[number], string>>;

/** An establishment of the register, invented. */
const establishment = (number: number, more: FinessRow = {}): string => {
  const row: FinessRow = {
    ...{ typeet: 'structureet', nofinesset: `35${String(number).padStart(7, '0')}`, rs: `PMI NUMERO ${number}` },
    ...{ numvoie: '12', typvoie: 'R', voie: 'DE PARIS', commune: '238', departement: '35', categetab: '223' },
    ...{ ligneacheminement: '35700 RENNES', telephone: '0299000001', datemaj: '2026-01-01' },
    ...more,
  };
  return finessColumns.map((name) => row[name] ?? '').join(';');
};

const finess = (lines: readonly string[], on = '2026-05-12'): string =>
  fileOf([`finess;etalab;111;${on}`, ...lines, ''].join('\n'));

const openPlaces = async ({ db }: Context): Promise<string[]> =>
  (await db.selectFrom('place').select('source_ref').where('state', '=', 'open').orderBy('source_ref').execute()).map(
    ({ source_ref }) => source_ref,
  );

const offersOf = async ({ db }: Context) =>
  (await db.selectFrom('offer').selectAll().where('gone', '=', false).orderBy('id').execute()).map((offer) => ({
    ...offer,
    shown: JSON.parse(offer.shown),
  }));

/** All that the directory holds, as text. */
const everything = async ({ db }: Context): Promise<string> => {
  const tables = [
    'directory_source',
    'organisation',
    'place',
    'service',
    'tour',
    'tour_stop',
    'placement',
    'offer',
    'timetable',
    'import_seen',
  ];
  const texts = [];
  for (const table of tables) {
    const { rows } = await sql<{
      text: string;
    }>`select ${sql.table(table)}::text as text from ${sql.table(table)} order by 1`.execute(db);
    texts.push(table, ...rows.map(({ text }) => text));
  }
  return texts.join('\n');
};

const lieux = (more = ''): string =>
  fileOf(`source: { id: lieux-ville, titre: Lieux de la ville }\n${more}`, 'mapping.yaml');

describe('an import', () => {
  it('run again changes nothing; then updates, closes what disappeared and opens it again when it is back', async () => {
    const context = await directoryContext();
    const file = finess([establishment(1), establishment(2)]);
    expect(await run(context, 'finess', file)).toMatchObject({ read: 2, added: 2, changed: 0, unchanged: 0, told: [] });
    const before = await everything(context);
    expect(await run(context, 'finess', file)).toMatchObject({ added: 0, changed: 0, unchanged: 2, told: [] });
    expect(await everything(context)).toBe(before);

    const moved = finess([establishment(1, { telephone: '0299000009' })], '2026-06-12');
    const second = await run(context, 'finess', moved);
    expect(second).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
    expect(second.told).toMatchObject([{ kind: 'closed', subject: 'PMI Numero 2' }]);
    const place = await context.db
      .selectFrom('place')
      .selectAll()
      .where('source_ref', '=', '350000001')
      .executeTakeFirstOrThrow();
    expect(place.provenance).toMatchObject({
      phone: { source: 'finess', on: '2026-06-12' },
      name: { on: '2026-05-12' },
    });
    expect(await offersOf(context)).toMatchObject([{ shown: { phone: '02 99 00 00 09' } }]);

    expect(await run(context, 'finess', file)).toMatchObject({ added: 0, changed: 2 });
    expect(await openPlaces(context)).toEqual(['350000001', '350000002']);
  });

  it('places what FINESS locates in metres, and keeps the point when the next file tells none', async () => {
    const context = await directoryContext();
    const where = (number: number, x: number, y: number, told: string): string =>
      `geolocalisation;${`35${String(number).padStart(7, '0')}`};${x};${y};1,ATLASANTE,96,BAN,${told};2026-05-04`;
    const mainland = 'EPSG:2154 RGF93 / Lambert-93 (Métropole)';
    const reunion = { commune: '411', departement: '9D', ligneacheminement: '97400 ST DENIS' };
    const rows = [establishment(1), establishment(2), establishment(3, reunion)];
    const placed = await run(
      context,
      'finess',
      finess([
        ...rows,
        where(1, 351_900, 6_789_400, mainland),
        // In Marseille.
        where(2, 893_000, 6_247_000, mainland),
        where(3, 338_000, 7_690_000, 'EPSG:2975 RGR92/UTM zone 40S (La Réunion)'),
      ]),
    );
    expect(placed.told).toEqual([
      expect.objectContaining({ kind: 'remark', line: 3, reason: expect.stringMatching(/km de Rennes, écartées/) }),
    ]);
    const points = async () =>
      (await context.db.selectFrom('place').select(['lat', 'lon', 'precision']).orderBy('source_ref').execute()).map(
        ({ lat, lon, precision }) => [lat?.toFixed(3), lon?.toFixed(3), precision],
      );
    const known = await points();
    expect(known).toEqual([
      ['48.112', '-1.680', 'street'],
      [undefined, undefined, 'commune'],
      ['-20.883', '55.443', 'street'],
    ]);
    expect(await run(context, 'finess', finess(rows, '2026-06-12'))).toMatchObject({ changed: 0, unchanged: 3 });
    expect(await points()).toEqual(known);
  });

  it('never overwrites what a person corrected: a field, an address as a whole, a closing', async () => {
    const context = await directoryContext();
    const file = finess([establishment(1), establishment(2), establishment(3)]);
    await run(context, 'finess', file);
    const ids = await context.db.selectFrom('place').select(['id', 'source_ref']).orderBy('source_ref').execute();
    const [first, second, third] = ids.map(({ id }) => id);
    await correctRow(context, 'place', first ?? 0, { phone: '02 99 22 22 22' });
    await correctRow(context, 'place', second ?? 0, { line: '1 quai Émile-Zola', lat: 48.1095, lon: -1.6745 });
    await correctRow(context, 'place', third ?? 0, { state: 'closed' });

    const again = await run(
      context,
      'finess',
      finess([1, 2, 3].map((n) => establishment(n, { telephone: '0299000009', numvoie: '14' }))),
    );
    expect(
      again.told.filter(({ kind }) => kind === 'kept').map(({ line, reason }) => [line, reason.split(' :')[0]]),
    ).toEqual(
      expect.arrayContaining([
        [2, 'téléphone'],
        [3, 'adresse et point'],
        [4, 'ouverture'],
      ]),
    );
    const places = await context.db.selectFrom('place').selectAll().orderBy('source_ref').execute();
    expect(places).toMatchObject([
      { phone: '02 99 22 22 22', line: '14 rue de Paris', state: 'open' },
      { phone: '02 99 00 00 09', line: '1 quai Émile-Zola', lat: 48.1095, state: 'open' },
      { state: 'closed' },
    ]);
  });

  it('in a dry run says the same and writes nothing, not even its source', async () => {
    const context = await directoryContext();
    const empty = await everything(context);
    const file = finess([establishment(1), establishment(2), establishment(2), 'structureet;x']);
    const tried = await run(context, 'finess', file, { dryRun: true });
    expect(await everything(context)).toBe(empty);
    expect(await run(context, 'finess', file)).toEqual(tried);

    const written = await everything(context);
    const next = finess([establishment(2, { telephone: '0299000009' }), establishment(3)]);
    const triedNext = await run(context, 'finess', next, { dryRun: true });
    expect(await everything(context)).toBe(written);
    expect(triedNext).toMatchObject({ added: 1, changed: 1 });
    expect(await run(context, 'finess', next)).toEqual(triedNext);
  });

  it('does not close much without being asked twice', async () => {
    const context = await directoryContext();
    const all = Array.from({ length: 40 }, (_, at) => establishment(at + 1));
    await run(context, 'finess', finess(all));
    const cut = await run(context, 'finess', finess(all.slice(0, 20)));
    expect(cut.trouble).toMatch(/40 fiches sur 80.*--confirm/);
    expect(await openPlaces(context)).toHaveLength(40);
    const none = await run(context, 'finess', finess(['structureet;x']));
    expect(none.trouble).toMatch(/Aucune ligne/);
    expect(await openPlaces(context)).toHaveLength(40);
    expect((await run(context, 'finess', finess(all.slice(0, 20)), { confirm: true })).trouble).toBeUndefined();
    expect(await openPlaces(context)).toHaveLength(20);
  });

  it('loses the broken lines only, and does not close what they name', async () => {
    const context = await directoryContext();
    await run(context, 'finess', finess([establishment(1), establishment(2), establishment(3)]));
    const dirty = [
      '',
      establishment(1).replace(';35;', ';"35;'),
      establishment(2).split(';').slice(0, 20).join(';'),
      establishment(3, { commune: '999', ligneacheminement: '' }),
      establishment(4, { rs: 'CRÈCHE "LES P\u0000TITS"' }),
      establishment(4),
      establishment(5, { departement: '9A', commune: '127', ligneacheminement: '97150 ST MARTIN' }),
      ';;;',
    ];
    const { told } = await run(context, 'finess', finess(dirty));
    // Those that cannot be read come first, then those of the batch that cannot be placed or are there twice.
    expect(told.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'refused 4',
      'refused 9',
      'refused 7',
      'refused 5',
    ]);
    expect(await openPlaces(context)).toEqual(['350000001', '350000002', '350000003', '350000004', '350000005']);
  });

  it('leaves what a lone value makes the database refuse, and writes the others', async () => {
    const context = await directoryContext();
    await sql`alter table place add check (name <> 'PMI Numero 7')`.execute(context.db);
    const { told, added } = await run(
      context,
      'finess',
      finess(Array.from({ length: 20 }, (_, at) => establishment(at + 1))),
    );
    expect(told).toMatchObject([{ kind: 'refused', line: 8, subject: 'PMI Numero 7' }]);
    expect(await openPlaces(context)).toHaveLength(19);
    expect(added).toBe(19);

    // Two imports may stand in each other's way: PostgreSQL then undoes one of them, which is only to be done again.
    await sql`create sequence collisions`.execute(context.db);
    await sql`create function collide() returns trigger language plpgsql as $$ begin
      if nextval('collisions') <= 2 then raise exception 'deadlock' using errcode = '40P01'; end if; return new; end $$`.execute(
      context.db,
    );
    await sql`create trigger collide before insert on place for each statement execute function collide()`.execute(
      context.db,
    );
    expect(
      await run(context, 'finess', finess([establishment(1), establishment(30)]), { confirm: true }),
    ).toMatchObject({
      added: 1,
      unchanged: 1,
    });
  });

  it('holds exactly the last file, whatever came before', async () => {
    const context = await directoryContext();
    const subset = fc.uniqueArray(
      fc.record({ number: fc.integer({ min: 1, max: 12 }), phone: fc.integer({ min: 1, max: 3 }) }),
      {
        ...{ selector: ({ number }) => number, minLength: 1, maxLength: 12 },
      },
    );
    await fc.assert(
      fc.asyncProperty(subset, async (rows) => {
        const file = finess(rows.map(({ number, phone }) => establishment(number, { telephone: `029900000${phone}` })));
        await run(context, 'finess', file, { confirm: true });
        expect(await openPlaces(context)).toEqual(
          rows.map(({ number }) => `35${String(number).padStart(7, '0')}`).sort(),
        );
        const phones = await context.db
          .selectFrom('place')
          .select(['source_ref', 'phone'])
          .where('state', '=', 'open')
          .execute();
        expect(
          new Map(phones.map(({ source_ref, phone }) => [Number(source_ref.slice(2)), Number(phone?.at(-1))])),
        ).toEqual(new Map(rows.map(({ number, phone }) => [number, phone])));
        const before = await everything(context);
        expect(await run(context, 'finess', file)).toMatchObject({
          added: 0,
          changed: 0,
          unchanged: rows.length,
          told: [],
        });
        expect(await everything(context)).toBe(before);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('says that a file is cut, keeps what came before, and closes nothing', async () => {
    const context = await directoryContext();
    const items = ['{"id":1,"nom":"a","code_insee":"35238"}', '{"id":2,"nom":"b","code_insee":"35238"}'];
    await run(context, 'lieux', fileOf(`[${items.join(',\n')}]`), { mapping: lieux() });
    const cut = await run(context, 'lieux', fileOf(`[${items[0]},\n${items[1]?.slice(0, 12)}`), { mapping: lieux() });
    expect(cut.trouble).toMatch(/incomplet.*rien n’a été fermé/);
    expect(await openPlaces(context)).toEqual(['1', '2']);
    // What came before is written, and not only read.
    const [third, fourth] = [3, 4].map((id) => `{"id":${id},"nom":"c","code_insee":"35238"}`);
    const other = await run(context, 'lieux', fileOf(`[${third},${fourth},{"id":5,"no`), { mapping: lieux() });
    expect(other).toMatchObject({ added: 2, trouble: expect.stringMatching(/Ce qui précède est gardé/) });
    expect(await openPlaces(context)).toEqual(['1', '2', '3', '4']);

    // A table cut in the middle of a line closes nothing either, unless somebody says that it is whole.
    const table = fileOf('id;nom;code_insee\n1;a;35238\n2;b;35238\n3;c');
    const half = await run(context, 'lieux', table, { mapping: lieux() });
    expect(half.trouble).toMatch(/ligne 4.*coupée.*--confirm/);
    expect(half.told.map(({ kind, line }) => [kind, line])).toEqual([['refused', 4]]);
    expect(await openPlaces(context)).toEqual(['1', '2', '3', '4']);
    expect((await run(context, 'lieux', table, { mapping: lieux(), confirm: true })).trouble).toBeUndefined();
    expect(await openPlaces(context)).toEqual(['1', '2', '3']);

    // An object that is badly written costs itself, on a single line too, and is not taken for gone.
    const bad = fileOf(`[${items[0]},{"id":2,"nom":"La "Ruche","code_insee":"35238"},${third},${fourth}]`);
    const rest = await run(context, 'lieux', bad, { mapping: lieux() });
    expect(rest.told).toMatchObject([
      { kind: 'refused', line: 1, subject: 'La', reason: expect.stringContaining('JSON') },
    ]);
    expect(await openPlaces(context)).toEqual(['1', '2', '3', '4']);
  });

  it('refuses a second run of the same source while the first is under way', async () => {
    const context = await directoryContext();
    const many = finess(Array.from({ length: 2_000 }, (_, at) => establishment(at + 1)));
    const first = run(context, 'finess', many);
    const begun = () => context.db.selectFrom('place').select('id').limit(1).execute();
    await expect.poll(begun, { timeout: 15_000 }).toHaveLength(1);
    await expect(run(context, 'finess', many)).rejects.toThrow(/déjà en cours/);
    expect(await first).toMatchObject({ added: 2_000 });
  });

  it.each([
    ['finess', 'nom;ville\na;b\n', /finess;etalab/],
    ['sae', 'nom;ville\na;b\n', /PERINAT/],
    ['equipements', '{"features":[{"properties":{}}]}', /COLL_SIRET/],
    ['equipements', '', /vide/],
  ])('%s refuses a file that is something else', async (source, content, sentence) => {
    await expect(run(await directoryContext(), source, fileOf(content))).rejects.toThrow(sentence);
  });
});

describe('where things are', () => {
  const places = (...rows: string[]): string =>
    fileOf(['id;nom;type;adresse;code_postal;commune;code_insee;latitude;longitude', ...rows].join('\n'));

  it('keeps coordinates of the commune, and puts those farther than 25 km and what we may err aside', async () => {
    const context = await directoryContext();
    const file = places(
      'a;Près;pmi;Le Bourg;;;35238;48,15;-1,70',
      'b;Loin;pmi;Le Bourg;;;35238;43.45;5.41',
      'c;Inversé;pmi;Le Bourg;;;35238;-1.68;48.11',
      'd;Zéro;pmi;;;;35238;0;0',
      'e;À moitié;pmi;;;;35238;48.1;',
    );
    const { told } = await run(context, 'lieux', file, { mapping: lieux() });
    expect(told.map(({ kind, line, reason }) => [kind, line, reason])).toEqual([
      ['remark', 3, expect.stringMatching(/^coordonnées à 7\d\d km de Rennes, écartées$/)],
      ['remark', 4, expect.stringMatching(/inversées/)],
      ['remark', 6, expect.stringMatching(/incomplètes/)],
    ]);
    const rennes = await context.db
      .selectFrom('commune')
      .selectAll()
      .where('code', '=', '35238')
      .executeTakeFirstOrThrow();
    const offers = await offersOf(context);
    expect(offers[0]).toMatchObject({ lat: 48.15, lon: -1.7, shown: { place: { precision: 'manual' } } });
    for (const offer of offers.slice(1)) {
      expect(offer).toMatchObject({
        lat: rennes.lat,
        lon: rennes.lon,
        insee: '35238',
        shown: { place: { precision: 'commune' } },
      });
    }
  });

  it.each([
    ['a code that spreadsheets cut', ';;1053', '01053'],
    ['a former code', ';;50602', '50129'],
    ['a postcode and a name', '35400;ST MALO CEDEX;', '35288'],
    ['a name in the département of a CEDEX', '35033;RENNES CEDEX 7;', '35238'],
    ['an arrondissement of Paris', '75012;PARIS;', '75112'],
    ['the code of Paris and a postcode', '75012;PARIS;75056', '75112'],
    ['overseas', '97400;SAINT DENIS;', '97411'],
    ['a shortened name', '16510;Verteuil s/Charente;', '16400'],
    ['Corsica', '20147;PARTINELLO;', '2A203'],
  ])('finds the commune by %s', async (_, address, insee) => {
    const context = await directoryContext();
    const { told } = await run(context, 'lieux', places(`a;X;pmi;Le Bourg;${address};;`), { mapping: lieux() });
    expect(told).toEqual([]);
    expect(await context.db.selectFrom('place').select('insee').execute()).toEqual([{ insee }]);
  });

  it('finds the commune of a mistaken postcode by the name and the point, and of a point alone', async () => {
    const context = await directoryContext();
    const file = places(
      'a;X;pmi;;21017;PARTINELLO;;42.31061;8.68293',
      'b;X2;pmi;;;;;48.11;-1.68',
      'c;X3;pmi;;35400;;;;',
      'd;X4;pmi;;;;;;',
    );
    const { told } = await run(context, 'lieux', file, { mapping: lieux() });
    expect(told.map(({ kind, line }) => [kind, line])).toEqual([
      ['remark', 3],
      ['refused', 5],
    ]);
    const rows = await context.db.selectFrom('place').select('insee').orderBy('source_ref').execute();
    expect(rows).toEqual([{ insee: '2A203' }, { insee: '35238' }, { insee: '35288' }]);
  });

  const found = (citycode: string, coordinates = [-1.67, 48.1]): string =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        { geometry: { type: 'Point', coordinates }, properties: { label: 'x', type: 'housenumber', citycode } },
      ],
    });

  it('looks an address up once, and goes on without when nobody answers', async () => {
    const context = await directoryContext();
    const asked: string[] = [];
    const geocoderUrl = await serverThat((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams.get('q') ?? '');
      response.end(found('35238'));
    });
    const file = finess([establishment(1)]);
    await run(context, 'finess', file, { geocoderUrl });
    expect(asked).toEqual(['12 rue de Paris 35700 Rennes']);
    const where = () => context.db.selectFrom('place').select(['lat', 'lon', 'precision']).executeTakeFirst();
    expect(await where()).toEqual({ lat: 48.1, lon: -1.67, precision: 'housenumber' });

    expect(await run(context, 'finess', file, { geocoderUrl })).toMatchObject({ unchanged: 1 });
    expect(asked).toHaveLength(1);
    expect(await run(context, 'finess', file)).toMatchObject({ unchanged: 1 });
    const moved = finess([establishment(1, { numvoie: '99' })]);
    await run(context, 'finess', moved, { geocoderUrl: 'http://127.0.0.1:1/' });
    expect(await where()).toEqual({ lat: null, lon: null, precision: 'commune' });
  });

  it('does not believe an address found in another commune, nor elsewhere in the world', async () => {
    const context = await directoryContext();
    const other = await serverThat((_, response) => response.end(found('35288')));
    const away = await serverThat((_, response) => response.end(found('35238', [5.4, 43.4])));
    for (const geocoderUrl of [other, away]) {
      await run(context, 'finess', finess([establishment(1)]), { geocoderUrl });
      expect(await context.db.selectFrom('place').select('precision').execute()).toEqual([{ precision: 'commune' }]);
    }
  });
});

describe('several sources', () => {
  it('are never merged: what may be there twice is told with the reasons, and each keeps its rows', async () => {
    const context = await directoryContext();
    await run(
      context,
      'finess',
      finess([establishment(1, { rs: 'PMI DU BLOSNE' }), establishment(2, { telephone: '', voie: 'DU PORT' })]),
    );
    const file = fileOf(
      'id;nom;type;adresse;code_postal;commune;telephone;finess\n1;PMI du Blosne;pmi;12 rue de Paris;35700;Rennes;02 99 00 00 01;\n2;Autre nom;camsp;;;Rennes;;350000002\n3;Médiathèque;mediatheque;;;Rennes;;',
    );
    const { told } = await run(context, 'lieux', file, { mapping: lieux() });
    expect(told).toEqual([
      {
        kind: 'duplicate',
        subject: 'PMI du Blosne (1)',
        reason: expect.stringMatching(
          /« PMI du Blosne » \(source finess, 350000001\) : même téléphone, même adresse, même nom/,
        ),
      },
      { kind: 'duplicate', subject: 'Autre nom (2)', reason: expect.stringContaining('même numéro FINESS') },
    ]);
    expect(await openPlaces(context)).toEqual(['1', '2', '3', '350000001', '350000002']);

    // A dry run tells them too, before anything is there; and each of two sources that give one place the same number.
    const third = fileOf('id;nom;type;commune;finess\n9;Encore un nom;camsp;Rennes;350000002\n');
    const mapping = fileOf('source: { id: autres, titre: Autres lieux }\n', 'mapping.yaml');
    const numbered = fileOf('source: { id: lieux-bis, titre: Lieux bis }\nidentifiant: [finess]\n', 'mapping.yaml');
    await run(context, 'lieux', third, { mapping: numbered });
    const tried = await run(context, 'lieux', third, { mapping, dryRun: true });
    expect(tried.told.map(({ kind, reason }) => [kind, /source ([^,]+, [^)]+)/.exec(reason)?.[1]])).toEqual([
      ['duplicate', 'finess, 350000002'],
      ['duplicate', 'lieux-bis, 350000002'],
      ['duplicate', 'lieux-ville, 2'],
    ]);
    expect(await run(context, 'lieux', third, { mapping })).toEqual(tried);
    for (const source of ['lieux-bis', 'autres'])
      await sql`update place set state = 'closed' where source = ${source}`.execute(context.db);
    await run(context, 'lieux', fileOf('id;nom;commune\n1;PMI du Blosne;Rennes\n'), { mapping: lieux() });
    expect(await openPlaces(context)).toEqual(['1', '350000001', '350000002']);
  });

  it('of two collectivities do not close each other', async () => {
    const context = await directoryContext();
    const features = (siren: string, commune: string, ...names: string[]) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: names.map((name, at) => ({
          type: 'Feature',
          properties: {
            COLL_NOM: `Ville ${siren}`,
            COLL_SIRET: `${siren}00013`,
            EQUIP_UID: `${siren}-${at}`,
            EQUIP_TYPE: name === 'Stade' ? 'Stade' : 'Crèche',
            EQUIP_NOM: name,
            ADR_COMMUN: commune,
            EQUIP_LAT: ' ',
          },
          geometry: null,
        })),
      });
    // Its first line does not tell who publishes it: the next one does, and it costs its own line only.
    const first = fileOf(
      features('213502388', 'Rennes', 'Les Iris', 'Les Lilas', 'Stade').replace('21350238800013', ''),
    );
    expect((await run(context, 'equipements', first)).told).toMatchObject([
      { kind: 'refused', reason: expect.stringContaining('sans SIRET') },
    ]);
    await run(context, 'equipements', fileOf(features('213502388', 'Rennes', 'Les Lilas', 'Stade')));
    await run(context, 'equipements', fileOf(features('213502883', 'Saint-Malo', 'Les Mouettes')));
    expect(await openPlaces(context)).toEqual(['213502388-0', '213502883-0']);
    const sources = async () =>
      (await context.db.selectFrom('directory_source').select('id').orderBy('id').execute()).map(({ id }) => id);
    expect(await sources()).toEqual(['equipements-213502388', 'equipements-213502883']);

    // A file that does not tell who publishes it is read when a mapping does.
    const anonymous = fileOf(features('213502388', 'Rennes', 'Les Coquelicots').replaceAll('21350238800013', ''));
    await expect(run(context, 'equipements', anonymous)).rejects.toThrow(/COLL_SIRET/);
    expect(await run(context, 'equipements', anonymous, { mapping: lieux() })).toMatchObject({ added: 1, told: [] });
    expect(await sources()).toEqual(['equipements-213502388', 'equipements-213502883', 'lieux-ville']);
    expect(await openPlaces(context)).toEqual(['213502388-0', '213502388-0', '213502883-0']);
  });
});

describe('the statistics of maternity wards', () => {
  it('join the table of who with the table of where, in ISO-8859-1', async () => {
    const context = await directoryContext();
    const perinat = fileOf(
      Buffer.from(
        'BOR;AN;FI;RS;AUTOR\nPERINAT;2023;350000001;MATERNITÉ DU PARC;TYPE2\nPERINAT;2023;350000002;CH DE REDON;CPPR\nPERINAT;2023;350000003;CLINIQUE;\n',
        'latin1',
      ),
      'PERINAT_2023r.csv',
    );
    await expect(run(context, 'sae', perinat)).rejects.toThrow(/ID_2023r.csv/);
    writeFileSync(
      path.join(path.dirname(perinat), 'ID_2023r.csv'),
      'fi;COMINSEE;NOMCOM;NUMVOI;TYPVOI;NOMVOI;CPO;LIBCOM\n350000001;35238;RENNES;2;AV;DU PARC;35000;RENNES\n350000002;9A101;LES ABYMES;;RTE;DE CHAUVEL;97139;LES ABYMES\n',
    );
    expect(await run(context, 'sae', perinat)).toMatchObject({ read: 3, added: 2, told: [] });
    expect(
      await context.db.selectFrom('place').select(['name', 'kind', 'line', 'insee']).orderBy('source_ref').execute(),
    ).toEqual([
      { name: 'Maternité du Parc', kind: 'maternite', line: '2 avenue du Parc', insee: '35238' },
      { name: 'CH de Redon', kind: 'centre-perinatal', line: 'route de Chauvel', insee: '97101' },
    ]);
    const dated = () => context.db.selectFrom('directory_source').select('dated').executeTakeFirst();
    expect(await dated()).toEqual({ dated: Temporal.PlainDate.from('2023-12-31') });

    // Already joined, with points of which some are doubtful, and a first line that says nothing of the year.
    const joined = fileOf(
      [
        'finess;nom;type_autorisation;an;adresse;code_postal;code_insee;commune;lat;lon;precision',
        '350000001;MATERNITE DU PARC;TYPE2;PERINAT;2 AV DU PARC;35000;35238;RENNES;48,12;-1,67;rue',
        '350000002;CH DE REDON;CPPR;2024;RTE DE CHAUVEL;97139;9A101;LES ABYMES;48.1;-1.6;rue',
        '350000004;CH;TYPE3;2024;;35000;35238;RENNES;48.13;-1.68;commune',
        '350000005;CLINIQUE;;2024;;35000;35238;RENNES;;;',
      ].join('\n'),
      'maternites_2024.csv',
    );
    const again = await run(context, 'sae', joined, { confirm: true });
    expect(again).toMatchObject({ read: 4, added: 1, changed: 1, unchanged: 1 });
    expect(again.told).toMatchObject([
      { kind: 'remark', line: 3, reason: expect.stringMatching(/km des? Abymes|km de Les Abymes/) },
    ]);
    expect(
      await context.db.selectFrom('place').select(['lat', 'lon', 'precision']).orderBy('source_ref').execute(),
    ).toEqual([
      { lat: 48.12, lon: -1.67, precision: 'street' },
      { lat: null, lon: null, precision: 'commune' },
      { lat: null, lon: null, precision: 'commune' },
    ]);
    expect(await dated()).toEqual({ dated: Temporal.PlainDate.from('2024-12-31') });
    expect(await run(context, 'sae', joined)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  });
});

describe('a tour', () => {
  it('makes one offer for each service at each visit, found again at the next run', async () => {
    const context = await directoryContext();
    const mapping = lieux(
      'constantes: { tournee: Baby Bus }\nservices: [{ nom: Micro-crèche, type: micro-creche }, { nom: Ateliers, type: laep }]\n',
    );
    const stops = (...rows: string[]) =>
      fileOf(['id;arret;code_insee;latitude;longitude;horaires;semaines', ...rows].join('\n'));
    const both = stops(
      '1;Place du marché;97411;-20.88;55.45;Tu 09:00-12:00,13:00-15:00;impaires',
      '2;Mairie;97415;;;We 09:00-12:00;',
    );
    expect(await run(context, 'tournees', both, { mapping })).toMatchObject({ added: 2, told: [] });
    const offers = await offersOf(context);
    expect(offers).toHaveLength(6);
    expect(new Set(offers.map(({ time_zone, shown }) => `${time_zone} ${shown.tour.name}`))).toEqual(
      new Set(['Indian/Reunion Baby Bus']),
    );
    expect(offers.every(({ timetable_id }) => timetable_id !== null)).toBe(true);
    expect(await run(context, 'tournees', both, { mapping })).toMatchObject({ unchanged: 2, changed: 0 });

    // A person set a stop, and the words of what is given there, right.
    const idOf = async (table: 'tour_stop' | 'service', ref: string): Promise<number> =>
      (await context.db.selectFrom(table).select('id').where('source_ref', '=', ref).executeTakeFirstOrThrow()).id;
    await correctRow(context, 'tour_stop', await idOf('tour_stop', '2'), {
      label: 'Devant l’école',
      lat: -21,
      lon: 55.3,
    });
    await correctRow(context, 'service', await idOf('service', 'baby_bus#ateliers'), { name: 'Ateliers des petits' });
    const moved = stops(
      '1;Place du marché;97411;-20.88;55.45;Tu 09:00-12:00,13:00-15:00;impaires',
      '2;Mairie annexe;97415;-21.05;55.25;We 08:00-12:00;',
    );
    const { told: keptTold } = await run(context, 'tournees', moved, { mapping });
    expect(keptTold.map(({ kind, reason }) => [kind, reason.split(' :')[0]])).toEqual(
      expect.arrayContaining([
        ['kept', 'adresse et point'],
        ['kept', 'nom (arrêt)'],
        ['kept', 'nom (service)'],
      ]),
    );
    const second = await context.db
      .selectFrom('tour_stop')
      .selectAll()
      .where('source_ref', '=', '2')
      .executeTakeFirst();
    expect(second).toMatchObject({ label: 'Devant l’école', lat: -21, lon: 55.3, minutes: 240 });
    const names = (await offersOf(context)).map(({ shown }) => shown.name);
    expect(new Set(names)).toEqual(new Set(['Micro-crèche', 'Ateliers des petits']));

    const shorter = await run(
      context,
      'tournees',
      stops('1;Place du marché;97411;-20.88;55.45;Tu 09:00-12:00;impaires'),
      { mapping },
    );
    expect(shorter.told.map(({ kind }) => kind)).toEqual(['kept', 'closed', 'closed']);
    expect(await offersOf(context)).toHaveLength(2);
  });

  it('is what its first line says, whatever the others say of it: run again, nothing changes', async () => {
    const context = await directoryContext();
    const line = (at: number): string =>
      `${at};Arrêt ${at};35238;${at < 500 ? 'Bus;0299000001' : 'Car;0299000002'};Ville ${at}`;
    const header = 'id;arret;code_insee;vehicule;telephone;resume';
    const file = fileOf([header, ...Array.from({ length: 505 }, (_, at) => line(at))].join('\n'));
    const mapping = lieux('constantes: { tournee: Baby Bus }\ncolonnes: { organisme: resume }\n');
    expect(await run(context, 'tournees', file, { mapping })).toMatchObject({ added: 505 });
    const tour = () => context.db.selectFrom('tour').select(['vehicle', 'phone']).execute();
    expect(await tour()).toEqual([{ vehicle: 'Bus', phone: '02 99 00 00 01' }]);
    const before = await everything(context);
    expect(await run(context, 'tournees', file, { mapping })).toMatchObject({ changed: 0, unchanged: 505 });
    expect(await everything(context)).toBe(before);
  });
});
