import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fold } from '#platform/text.ts';
import { referenceRows } from '#testing/reference-rows.ts';
import { readInitiatives, type WrittenInitiative } from './content.ts';

const initiatives = readInitiatives('content');

const count = (keep: (initiative: WrittenInitiative) => boolean): number => initiatives.filter(keep).length;

test('the 105 rows of the document are 99 projects, and every line of it is accounted for once', () => {
  const lines = initiatives.flatMap(({ source }) => source.lines);
  expect(initiatives).toHaveLength(99);
  expect(lines).toHaveLength(105);
  expect(new Set(lines).size).toBe(105);
  expect([Math.min(...lines), Math.max(...lines)]).toEqual([54, 1180]);
});

test('the six projects that the document repeats are joined and keep both priorities', () => {
  const joined = initiatives.filter(({ source }) => source.lines.length > 1);
  expect(joined.map(({ slug, priorities }) => `${slug} ${priorities.join()}`)).toEqual([
    'ateliers-des-peres-toulouse 7,10',
    'enfants-exposes-aux-violences-angers 1,5',
    'entretien-prenatal-precoce-avignon 2,9',
    'maison-de-bebe-le-havre 5,8',
    'parcours-perinatal-ancenis 2,9',
    'sante-environnementale-brenne 5,8',
  ]);
  for (const { notes } of joined) expect(notes.map(({ about }) => about)).toContain('joined');
});

test('several calls for one project are kept, and two projects are outside calls', () => {
  expect(initiatives.filter(({ calls }) => calls.length > 1).map(({ slug, calls }) => [slug, calls])).toEqual([
    ['baby-bus-reunion', ['accueil-pour-tous', 'enfance-egalite']],
    ['maison-de-la-parentalite-carpentras', ['accueil-pour-tous', '1000-premiers-jours', 'enfance-egalite']],
  ]);
  const outside = initiatives.filter(({ calls }) => calls.length === 0);
  expect(outside.map(({ slug }) => slug)).toEqual(['aide-numerique-france-services', 'groupes-de-parents-caf']);
  for (const { notes } of [...outside, ...initiatives.filter(({ calls }) => calls.length > 1)]) {
    expect(notes.map(({ about }) => about)).toContain('calls');
  }
});

test('every priority has its projects, as many as the document has examples under it', () => {
  const examples = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) =>
    count(({ priorities }) => priorities.some((p) => p === n)),
  );
  expect(examples).toEqual([10, 11, 15, 14, 10, 12, 6, 15, 7, 5]);
});

test('holders that run two projects keep them apart, and uncertain holders are said', () => {
  for (const holder of ['Association Coccinelle', 'Ville du Robert', 'Association L’Île aux enfants']) {
    expect(count((initiative) => initiative.holder === holder)).toBe(2);
  }
  for (const slug of ['passerelles-saint-denis', 'sensibilisation-ville-laval', 'aide-numerique-france-services']) {
    const notes = initiatives.find((initiative) => initiative.slug === slug)?.notes.map(({ about }) => about);
    expect(notes).toContain('holder');
  }
});

describe('places', () => {
  let communes: Map<string, { name: string; departement: string; epci: string }>;
  let regionOf: Map<string, string>;
  /** Codes of the regions and départements that bear a name. */
  let codesByName: Map<string, string>;
  beforeAll(() => {
    communes = new Map(
      referenceRows('communes').map(({ code = '', name = '', departement = '', epci = '' }) => [
        code,
        { name, departement, epci },
      ]),
    );
    const departements = referenceRows('departements');
    regionOf = new Map(departements.map(({ code = '', region = '' }) => [code, region]));
    codesByName = new Map(
      [...referenceRows('regions'), ...departements].map(({ code = '', name = '' }) => [fold(name), code]),
    );
  });

  test.each(initiatives)('$slug: every code exists, and each lies in the next', (initiative) => {
    const { place, departements, regions } = initiative;
    for (const departement of departements) expect(regions).toContain(regionOf.get(departement));
    if (departements.length > 0) {
      expect([...regions].sort()).toEqual([...new Set(departements.map((code) => regionOf.get(code)))].sort());
    }
    if (place && 'commune' in place) expect(departements).toContain(communes.get(place.commune)?.departement);
    if (place && 'epci' in place) {
      const members = [...communes.values()].filter(({ epci }) => epci === place.epci);
      expect(members.length).toBeGreaterThan(0);
      for (const { departement } of members) expect(departements).toContain(departement);
    }
  });

  test('a commune that is not written as it is called today says why', () => {
    const unlike = initiatives.filter(({ place, source, notes }) => {
      if (!place || !('commune' in place)) return false;
      const name = communes.get(place.commune)?.name ?? '';
      return fold(name) !== fold(source.place ?? '') && !notes.some(({ about }) => about === 'place');
    });
    expect(unlike.map(({ slug }) => slug)).toEqual([]);
  });

  test('where several communes of the named territory bear the name, the choice is explained', () => {
    const byName = new Map<string, string[]>();
    for (const [code, { name }] of communes) byName.set(fold(name), [...(byName.get(fold(name)) ?? []), code]);
    const silent = initiatives.filter(({ place, source, notes }) => {
      const homonyms = byName.get(fold(source.place ?? '')) ?? [];
      return place !== undefined && homonyms.length > 1 && !notes.some(({ about }) => about === 'place');
    });
    expect(silent.map(({ slug }) => slug)).toEqual([]);
  });

  test('projects without a place say so, or name no territory at all', () => {
    const nowhere = initiatives.filter(({ place }) => !place);
    expect(nowhere.map(({ slug, departements }) => `${slug} ${departements.join()}`)).toEqual([
      'aide-numerique-france-services ',
      'annuaire-local-loiret 45',
      'creches-avip-ardeche 07',
      'criteres-d-attribution-loire 42',
      'entretien-postnatal-prematurite-franche-comte 25,39,70,90',
      'fais-moi-une-place-seine-saint-denis 93',
      'groupes-de-parents-caf 05,22,38,62,64,65,93,974',
    ]);
  });

  test('the region as published is one that the codes belong to', () => {
    const aliases: Record<string, string> = {
      ...{ paca: '93', reunion: '04', 'pays de loire': '52', 'bourgogne france comte': '27' },
    };
    for (const { slug, regions, departements, source } of initiatives) {
      for (const written of source.region?.split(';') ?? []) {
        const code = aliases[fold(written)] ?? codesByName.get(fold(written)) ?? 'unknown';
        expect([...regions, ...departements], `${slug}: ${written}`).toContain(code);
      }
    }
  });
});

test('texts have real apostrophes and the spaces of French', () => {
  for (const { slug, title, summary, holder, notes } of initiatives) {
    const texts = [title, summary, holder, ...notes.map(({ text }) => text)].join(' ');
    expect(texts, slug).not.toMatch(/'| [:;?!»]|« /);
  }
});

test.each([
  ['a theme of another priority', 'themes: [allaitement]', 'the theme allaitement is not of priorities 5'],
  ['a line that another file has', 'lines: [54]', 'line 54 is in'],
  ['a code that is no commune', "commune: '9999'", 'attend un code INSEE de commune'],
  ['a call that does not exist', 'calls: [concours]', 'calls'],
])('%s is refused', (_what, replacement, message) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'initiatives-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content', directory, { recursive: true });
  const field = replacement.split(':')[0] ?? '';
  const file = ecrans.replace(new RegExp(`${field}: .*`), replacement);
  writeFileSync(path.join(directory, 'initiatives', 'ecrans-hebergement-bobigny.yaml'), file);
  expect(() => readInitiatives(directory)).toThrow(message);
});

const ecrans = `title: Des conseils sur les écrans
holder: Comité départemental d’éducation pour la santé
summary: Des conseils.
calls: [1000-premiers-jours]
priorities: [5]
themes: [ecrans]
regions: ['11']
departements: ['93']
place:
  commune: '93008'
source:
  document: document-000
  lines: [643]
`;
