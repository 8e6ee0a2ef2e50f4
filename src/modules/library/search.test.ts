import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOfStage, type Stage, stages, themes } from './article.ts';
import { createLibrarySearch, entryOf } from './search.ts';
import { readArticles } from './server/read-articles.ts';
import { articleHtml } from './server/render.ts';

const entries = readArticles('content').map((article) => entryOf(article, articleHtml(article)));
const search = createLibrarySearch(entries);
const first = (words: string) => search({ words }).map(({ slug }) => slug)[0];

test.each([
  ['coucher bébé', 'dormir-sur-le-dos'],
  ['entretien prénatal', 'entretien-prenatal-precoce'],
  ['entretien prenatal', 'entretien-prenatal-precoce'],
  ['ecran', 'ecrans'],
  ['prématurité', 'prematurite'],
  ['premature', 'prematurite'],
  ['jumeaux', 'jumeaux-et-plus'],
  ['biberron', 'nourrir-au-biberon'],
  ['papa', 'place-du-second-parent'],
  ['fausse couche', 'deuil-perinatal'],
  ['vaccin', 'vaccins'],
  ['biberon', 'nourrir-au-biberon'],
  ['congé paternité', 'conge-du-second-parent'],
  ['secoué', 'ne-jamais-secouer'],
  ['secouer', 'ne-jamais-secouer'],
  ['crèche', 'choisir-un-mode-d-accueil'],
  ['baby blues', 'baby-blues'],
  ['violence', 'violences-dans-le-couple'],
  ['alcool', 'alcool'],
])('« %s » leads to %s first', (words, slug) => {
  expect(first(words)).toBe(slug);
});

test('the last word may be unfinished, the others not', () => {
  expect(first('vacc')).toBe('vaccins');
  expect(search({ words: 'zzz vacc' })).toEqual([]);
});

test('words that say nothing keep everything, in the order of the thousand days', () => {
  expect(search({ words: 'de la' })).toEqual(entries);
  expect(search({})).toEqual(entries);
});

test('whatever is typed, answers are articles that hold to the filters, each once', () => {
  const stage = fc.option(fc.constantFrom(...stages.map(({ slug }) => slug)), { nil: undefined });
  const theme = fc.option(fc.constantFrom(...themes), { nil: undefined });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), theme, stage, (words, asked, moment) => {
      const found = search({ words, theme: asked, stage: moment });
      expect(new Set(found).size).toBe(found.length);
      for (const entry of found) {
        if (asked) expect(entry.themes).toContain(asked);
        if (moment) expect(isOfStage(entry, moment)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test.each<[Stage, number, number, boolean]>([
  ['grossesse', -9, 0, true],
  ['grossesse', 0, 3, false],
  ['premieres-semaines', -9, 0, false],
  ['premieres-semaines', -9, 1, true],
  ['projet', -15, 48, true],
])('%s and [%i, %i[ months', (slug, from, to, expected) => {
  expect(isOfStage({ from, to }, slug)).toBe(expected);
});
