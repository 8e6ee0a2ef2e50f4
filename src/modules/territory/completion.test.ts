import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orNull, referenceCommunes, referenceRows } from '#testing/reference-rows.ts';
import { type FormerCommune, MOST_COMPLETIONS, prepareCompletion } from './completion.ts';
import { foldPlaceName } from './place-name.ts';

const communes = referenceCommunes();
const formers = referenceRows('former-communes').map(
  ({ code = '', name, commune = '' }): FormerCommune => ({ code, name: orNull(name), commune }),
);
const complete = prepareCompletion(communes, formers);
const names = (text: string, limit?: number) => complete(text, limit).map(({ commune }) => commune.name);

test.each([
  ['rennes', 'Rennes'],
  ['RENNES', 'Rennes'],
  ['renn', 'Rennes'],
  ['le havre', 'Le Havre'],
  ['havre', 'Le Havre'],
  ['l’hay les roses', 'L’Haÿ-les-Roses'],
  ['hay les', 'L’Haÿ-les-Roses'],
  ['st malo', 'Saint-Malo'],
  ['ste foy les lyon', 'Sainte-Foy-lès-Lyon'],
  ['saint etienne', 'Saint-Étienne'],
  ['evry c', 'Évry-Courcouronnes'],
  ['germain en laye', 'Saint-Germain-en-Laye'],
  ['35000', 'Rennes'],
  ['35238', 'Rennes'],
  ['2a004', 'Ajaccio'],
  ['75018', 'Paris 18e arrondissement'],
  ['paris', 'Paris'],
  ['paris 18', 'Paris 18e arrondissement'],
  ['paris 18ème', 'Paris 18e arrondissement'],
  ['saint denis 974', 'Saint-Denis'],
  ['97400 saint-denis', 'Saint-Denis'],
  ['papeete', 'Papeete'],
  ['y', 'Y'],
  ['Y 80190', 'Y'],
])('« %s » proposes first %s', (typed, expected) => {
  expect(names(typed)[0]).toBe(expected);
});

test('a short whole name comes before longer and larger ones', () => {
  expect(names('eu')[0]).toBe('Eu');
  expect(names('Lens')[0]).toBe('Lens');
});

test('a former name is found and shown with the commune of today, also by its code', () => {
  const [first] = complete('tourlaville');
  expect([first?.commune.name, first?.formerName]).toEqual(['Cherbourg-en-Cotentin', 'Tourlaville']);
  expect(complete('50602')[0]).toMatchObject({ commune: { code: '50129' }, formerName: 'Tourlaville' });
});

test('a name of today comes before the same name of the past, however large the city it joined', () => {
  expect(names('pringy').slice(0, 3)).toEqual(['Pringy', 'Pringy', 'Annecy']);
});

test('so does the beginning of a name', () => {
  expect(names('pring').slice(0, 3)).toEqual(['Pringy', 'Pringy', 'Annecy']);
});

test('a commune found by its former name and by its own is proposed once, under its own', () => {
  const found = complete('chateau gont', 20).filter(({ commune }) => commune.name === 'Château-Gontier-sur-Mayenne');
  expect(found).toHaveLength(1);
  expect(found[0]).not.toHaveProperty('formerName');
});

test('today’s name is not called former', () => {
  expect(complete('cherbourg en cotentin')[0]).not.toHaveProperty('formerName');
});

test('several communes of one name come by population, and a number chooses', () => {
  expect(
    complete('saint denis')
      .slice(0, 2)
      .map(({ commune }) => commune.code),
  ).toEqual(['97411', '93066']);
  expect(complete('saint denis 93')[0]?.commune.code).toBe('93066');
});

test.each(['', '   ', '—', '’’’'])('« %s » proposes nothing', (typed) => {
  expect(complete(typed)).toEqual([]);
});

test('never more than twenty, whatever is asked', () => {
  expect(complete('saint', 1_000)).toHaveLength(MOST_COMPLETIONS);
  expect(complete('saint', -5)).toHaveLength(1);
});

test('every commune of France is found first by its name and its code', () => {
  for (const commune of communes) {
    const found = complete(`${commune.name} ${commune.code}`, 1)[0];
    expect(found?.commune.code, commune.name).toBe(commune.code);
  }
});

test('every commune is found by its name alone, unless twenty others of the same name are larger', () => {
  const sameName = Map.groupBy(communes, (commune) => foldPlaceName(commune.name));
  for (const commune of communes) {
    const twins = sameName.get(foldPlaceName(commune.name))?.length ?? 0;
    if (twins > MOST_COMPLETIONS) continue;
    const codes = complete(commune.name, MOST_COMPLETIONS).map((found) => found.commune.code);
    expect(codes, commune.name).toContain(commune.code);
  }
});

test('whatever is typed: no exception, no repetition, and each answer has a name or a code that fits', () => {
  const typed = fc.oneof(
    fc.string(),
    fc
      .constantFrom(...communes.slice(0, 2_000))
      .chain(({ name }) =>
        fc.integer({ min: 1, max: name.length }).map((length) => name.slice(0, length).toUpperCase()),
      ),
  );
  fc.assert(
    fc.property(typed, fc.integer({ min: 1, max: 20 }), (text, limit) => {
      const found = complete(text, limit);
      expect(found.length).toBeLessThanOrEqual(limit);
      expect(new Set(found.map(({ commune }) => commune.code)).size).toBe(found.length);
      const [word = ''] = foldPlaceName(text).split(' ');
      for (const { commune, formerName = '' } of found)
        expect(
          `${foldPlaceName(commune.name)} ${foldPlaceName(formerName)} ${commune.code.toLowerCase()} ${commune.postcodes} ${formerCodes.get(commune.code)}`,
        ).toContain(word);
    }),
  );
});

const formerCodes = new Map(
  Map.groupBy(formers, (former) => former.commune)
    .entries()
    .map(([commune, group]) => [commune, group.map(({ code }) => code.toLowerCase()).join(' ')]),
);
