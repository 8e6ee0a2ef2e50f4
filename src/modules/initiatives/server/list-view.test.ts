import { beforeEach, expect, test } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { testIndexes } from '#testing/indexes.ts';
import { initiativesIndex } from './initiatives-index.ts';
import { listView } from './list-view.ts';

let context: Context | undefined;
beforeEach(async () => {
  if (context) return;
  const { db } = await testDatabase('loaded');
  context = testContext(db, { indexes: await testIndexes(db, [territoryIndex, initiativesIndex]) });
});

const view = (query: string) => {
  if (!context) throw new Error('no context');
  return listView(context, new URLSearchParams(query));
};

test('counts in words', () => {
  expect(view('').summary).toBe('99 projets');
  expect(view('q=lactarium').summary).toBe('1 projet');
  expect(view('q=zzzzzz').summary).toBe('Aucun projet');
  expect(view('near=le+havre&radius=100').summary).toMatch(
    /^\d+ projets au Havre et à moins de 100\u00a0km à la ronde$/,
  );
});

test('each filter that holds can be taken away alone', () => {
  const { active } = view('q=creche&priority=8,4&departement=33&page=2');
  expect(active).toEqual([
    { label: '«\u00a0creche\u00a0»', removeHref: '/initiatives?priority=8%2C4&departement=33' },
    { label: 'Accueillir les jeunes enfants', removeHref: '/initiatives?q=creche&priority=4&departement=33' },
    { label: 'Partager et souffler', removeHref: '/initiatives?q=creche&priority=8&departement=33' },
    { label: 'Gironde', removeHref: '/initiatives?q=creche&priority=8%2C4' },
  ]);
});

test('following every chip in turn leads back to the whole list', () => {
  let address = '?q=parents&priority=2,3&call=1000-premiers-jours&near=Rennes&radius=100&region=53';
  for (let steps = 0; steps < 10; steps += 1) {
    const [first] = view(address).active;
    if (!first) break;
    address = first.removeHref.replace('/initiatives', '');
  }
  expect(address).toBe('');
});

test('a place without project near it shows the way farther, nearest first', () => {
  // The code of Papeete, and the postcode of others in Raiatea: links say which.
  const { total, farHref } = view('near=Papeete&radius=10');
  expect(total).toBe(0);
  expect(farHref).toBe('/initiatives?near=98735&commune=98735&radius=1000');
  expect(view(farHref ?? '').active[0]?.label).toMatch(/^Papeete/);
});

test('a page past the end is the last one, and pages share the projects', () => {
  const { page, pages, cards } = view('page=999');
  expect({ page, pages, cards: cards.length }).toEqual({ page: 5, pages: 5, cards: 19 });
});

test('several values in a link stay chosen in the form', () => {
  const { form } = view('priority=1,2');
  expect(form.priority.options[0]).toEqual({ value: '1,2', label: '2 priorités choisies' });
});

test('an ambiguous commune gives links that settle it', () => {
  const { near } = view('near=saint-denis&q=creche');
  expect(near?.choices).toContainEqual({
    title: 'Saint-Denis (La Réunion)',
    href: '/initiatives?q=creche&near=97411&commune=97411',
  });
});
