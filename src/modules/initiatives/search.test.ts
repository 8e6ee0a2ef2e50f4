import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTheme, type PriorityNumber, priorityNumbers } from '#modules/priorities/index.ts';
import { readPriorities } from '#modules/priorities/server/index.ts';
import { fold, stem, words } from '#platform/text.ts';
import { referenceRows } from '#testing/reference-rows.ts';
import { callFilters } from './call-family.ts';
import { createSearch, type InitiativeFilters, type Searchable, sorts } from './search.ts';
import { readInitiatives } from './server/content.ts';

const priorities = readPriorities('content');
const communes = new Map(referenceRows('communes').map((commune) => [commune.code, commune]));

const items: Searchable[] = readInitiatives('content').map((written) => {
  const commune = written.place && 'commune' in written.place ? communes.get(written.place.commune) : undefined;
  return {
    initiative: { ...written, origin: 'document-000' },
    point: commune ? { lat: Number(commune.lat), lon: Number(commune.lon) } : undefined,
    placeNames: commune?.name ?? '',
    subjects: written.themes.map((slug) => findTheme(priorities, slug)?.theme.title ?? '').join(' '),
  };
});
const search = createSearch(items);

const none: InitiativeFilters = { words: '', priorities: [], themes: [], regions: [], departements: [], calls: [] };
const slugs = (filters: Partial<InitiativeFilters>): string[] =>
  search({ ...none, ...filters }).found.map(({ item }) => item.initiative.slug);
const textOf = ({ initiative, placeNames, subjects }: Searchable): string[] => [
  ...[initiative.title, initiative.name ?? '', initiative.holder, initiative.summary, placeNames, subjects],
  ...[initiative.source.region ?? '', initiative.source.place ?? ''],
];
const pointOf = (code: string) => ({
  lat: Number(communes.get(code)?.lat),
  lon: Number(communes.get(code)?.lon),
});

describe('words', () => {
  test.each([
    ['crèche', 'creche'],
    ['Crèches', 'creche'],
    ['pères', 'pere'],
    ['prématurés', 'prematures'],
    ['prématurité', 'prematurite'],
    ['précarité', 'PRECARITE'],
    ['Île-de-France', 'ile de france'],
  ])('%s is found when typed %s', (written, typed) => {
    expect(slugs({ words: typed }).sort()).toEqual(slugs({ words: written }).sort());
    expect(slugs({ words: typed }).length).toBeGreaterThan(0);
  });

  test.each([
    ['prematurite', 'entretien-postnatal-prematurite-franche-comte'],
    ['pere', 'groupes-de-parole-des-peres-besancon'],
    ['allaitemant', 'soutien-allaitement-lactarium-talence'],
    ['alaitement', 'soutien-allaitement-lactarium-talence'],
    ['dépresion', 'autotests-depression-saint-jean'],
    ['parantalité carpentras', 'maison-de-la-parentalite-carpentras'],
    ['lactarium', 'soutien-allaitement-lactarium-talence'],
    ['deuil', 'groupes-de-parole-deuil-perinatal-besancon'],
    ['baby bus', 'baby-bus-reunion'],
    ['les papas aussi', 'les-papas-aussi-poligny'],
    ['cœur du jura', 'les-papas-aussi-poligny'],
    ['creche itinerante', 'micro-creche-itinerante-marche-et-combraille'],
    ['marc', 'plateau-troubles-du-developpement-marcq'],
  ])('%j finds %s', (typed, slug) => {
    expect(slugs({ words: typed })).toContain(slug);
  });

  test.each([
    ['allaitement', 'soutien-allaitement-lactarium-talence'],
    ['maison de la parentalité', 'maison-de-la-parentalite-carpentras'],
    ['prison', 'musique-en-prison-marseille'],
    ['les épicènes', 'les-epicenes-marseille'],
  ])('%j puts %s first', (typed, slug) => {
    expect(slugs({ words: typed })[0]).toBe(slug);
  });

  test('all the words must be there', () => {
    const both = slugs({ words: 'groupe parole' });
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(slugs({ words: 'groupe' }).length);
    expect(slugs({ words: 'allaitement prison' })).toEqual([]);
    expect(slugs({ words: 'zzzzzz' })).toEqual([]);
  });

  test('words that every text has are as good as none', () => {
    expect(slugs({ words: 'de la, et !' })).toHaveLength(99);
  });

  test('a word that is known is not taken for another', () => {
    expect(slugs({ words: 'pères' })).not.toContain('meres-adolescentes-pantin');
    expect(slugs({ words: 'père' })).not.toContain('relai-perinatal-montpellier');
  });

  test('any one letter wrong in a title’s word of five letters or more still finds it', () => {
    const samples = items.flatMap(({ initiative }) =>
      initiative.title
        .split(/[^\p{L}]+/u)
        .filter((word) => word.length >= 5)
        .map((word) => ({ word, slug: initiative.slug })),
    );
    const vocabulary = new Set(
      items
        .flatMap(textOf)
        .flatMap(words)
        .flatMap((word) => [word, stem(word)]),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.constantFrom(...'aeioustrn'),
        ({ word, slug }, at, letter) => {
          const index = at % word.length;
          const typed = word.slice(0, index) + letter + word.slice(index + 1);
          fc.pre([fold(typed), stem(fold(typed))].every((form) => !vocabulary.has(form)));
          expect(slugs({ words: typed })).toContain(slug);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('filters', () => {
  test('inside a list any value will do, between lists all must agree', () => {
    const reunion = slugs({ departements: ['974'] });
    expect(reunion).toContain('baby-bus-reunion');
    expect(reunion).toContain('groupes-de-parents-caf');
    expect(slugs({ departements: ['974', '972'] }).length).toBe(
      reunion.length + slugs({ departements: ['972'] }).length,
    );
    expect(slugs({ departements: ['974'], priorities: [2] })).toEqual(['allaitement-saint-pierre-reunion']);
  });

  test('projects outside calls', () => {
    expect(slugs({ calls: ['hors-appel'] })).toEqual(['groupes-de-parents-caf', 'aide-numerique-france-services']);
  });

  test('a project over several départements is found in each', () => {
    for (const departement of ['05', '22', '38', '62', '64', '65', '93', '974']) {
      expect(slugs({ departements: [departement] })).toContain('groupes-de-parents-caf');
    }
  });

  const anyFilters = fc.record({
    words: fc.constantFrom('', 'creche', 'parents', 'formation assistants'),
    priorities: fc.subarray<PriorityNumber>([...priorityNumbers], { maxLength: 3 }),
    themes: fc.subarray(['handicap', 'polluants', 'lecture'], { maxLength: 2 }),
    regions: fc.subarray(['75', '93', '11', '04'], { maxLength: 2 }),
    departements: fc.subarray(['33', '974', '13'], { maxLength: 2 }),
    calls: fc.subarray([...callFilters], { maxLength: 2 }),
    near: fc.option(
      fc.record({ point: fc.constantFrom(pointOf('33063'), pointOf('97411')), radiusKm: fc.constantFrom(5, 100, 900) }),
      { nil: undefined },
    ),
    sort: fc.option(fc.constantFrom(...sorts), { nil: undefined }),
  });

  test('a count is what one finds when that value alone is chosen', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const { counts } = search(filters);
        for (const call of callFilters) {
          expect(counts.calls.get(call) ?? 0).toBe(search({ ...filters, calls: [call] }).found.length);
        }
        for (const priority of priorityNumbers) {
          const alone = search({ ...filters, priorities: [priority] }).found.length;
          expect(counts.priorities.get(String(priority)) ?? 0).toBe(alone);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('one filter more never finds more, and the order never changes what is found', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const found = search(filters).found.map(({ item }) => item.initiative.slug);
        const without = search({ ...filters, priorities: [], calls: [] }).found.map(({ item }) => item.initiative.slug);
        for (const slug of found) expect(without).toContain(slug);
        const sorted = search({ ...filters, sort: 'name' }).found.map(({ item }) => item.initiative.slug);
        expect([...sorted].sort()).toEqual([...found].sort());
      }),
    );
  });
});

describe('near a place', () => {
  test('around Bordeaux, nearest first, none farther than asked', () => {
    const { found, withoutPlace } = search({ ...none, near: { point: pointOf('33063'), radiusKm: 60 } });
    expect(found.slice(0, 2).map(({ item }) => item.initiative.departements)).toEqual([['33'], ['33']]);
    expect(found.map(({ item }) => item.initiative.slug)).toContain('sapph-gironde-la-reole');
    const distances = found.map(({ distanceKm }) => distanceKm ?? Number.NaN);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(Math.max(...distances)).toBeLessThanOrEqual(60);
    expect(withoutPlace).toBe(items.filter(({ point }) => !point).length);
  });

  test('with words, relevance leads unless distance is asked for', () => {
    const near = { point: pointOf('33063'), radiusKm: 1_000 };
    expect(slugs({ words: 'allaitement', near })).toEqual(slugs({ words: 'allaitement', near, sort: 'relevance' }));
    expect(slugs({ words: 'allaitement', near, sort: 'distance' })[0]).toBe('soutien-allaitement-lactarium-talence');
  });
});
