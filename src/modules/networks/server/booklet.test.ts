import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { LocalEntry } from '#modules/directory/server/index.ts';
import { numbered } from '../booklet.ts';
import { type Booklet, bookletPdf, type PaperSize } from './booklet.ts';

const entry = (name: string, more: Partial<LocalEntry> = {}): LocalEntry => ({
  ...{ name, kind: 'Cabinet', commune: 'Rennes', address: '1 rue de l’Exemple, 35000', phone: '02 99 00 00 00' },
  ...{ website: null, services: ['Consultations'], priorities: [2], page: `/lieux/${name}` },
  ...more,
});

const booklet = (entries: readonly LocalEntry[]): Booklet => ({
  ...{ title: 'Annuaire local, en Ille-et-Vilaine', subject: 'Qui fait quoi', madeOn: '22 novembre 2026', entries },
  priorities: Array.from({ length: 10 }, (_, at) => `Besoin ${at + 1}`),
  site: 'https://mille-jours.example',
});

const read = async (entries: readonly LocalEntry[], size: PaperSize) => {
  const bytes = await buffer(bookletPdf(booklet(entries), size));
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  return { pdf, bytes, text: text.replaceAll(/\s+/g, ' ') };
};

test.each([
  ['A4', [595, 842]],
  ['A5', [420, 595]],
] as const)('a booklet on %s pages: a cover, by need, by commune, in this order', async (size, sides) => {
  const { pdf, text } = await read(
    [
      entry('Crèche de l’Œuf', { commune: 'Vitré', priorities: [6] }),
      entry('Cabinet, Camille Exemple'),
      entry('Écoute à domicile', { commune: null, address: null, priorities: [2, 3] }),
    ],
    size,
  );
  const page = await pdf.getPage(1);
  expect(page.view.slice(2).map(Math.round)).toEqual(sides);
  expect((await pdf.getMetadata()).info).toMatchObject({
    Title: 'Annuaire local, en Ille-et-Vilaine',
    Language: 'fr-FR',
  });
  const places = [
    'Annuaire local, en Ille-et-',
    '3 fiches, au 22 novembre 2026.',
    'Par besoin',
    '2. Besoin 2',
    '1. Cabinet, Camille Exemple, Rennes',
    '3. Écoute à domicile',
    '3. Besoin 3',
    '6. Besoin 6',
    '2. Crèche de l’Œuf, Vitré',
    '10. Besoin 10 Personne de connu pour l’instant.',
    'Par commune',
    'Rennes 1. Cabinet, Camille Exemple Cabinet 1 rue de l’Exemple, 35000 Consultations Téléphone : 02 99 00 00 00 Priorité 2',
    'Vitré 2. Crèche de l’Œuf',
    'adresse confidentielle 3. Écoute à domicile Cabinet Consultations',
  ];
  let from = 0;
  for (const words of places) {
    const at = text.indexOf(words, from);
    expect(at, `${words} in ${text.slice(from)}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
});

test('it is tagged, speaks French and carries its fonts: a screen reader and a printer need nothing else', async () => {
  const { pdf, bytes } = await read([entry('Cabinet')], 'A5');
  const plain = bytes.toString('latin1');
  expect(plain).toContain('/MarkInfo');
  expect(plain).toContain('/StructTreeRoot');
  const tree = JSON.stringify(await (await pdf.getPage(2)).getStructTree());
  expect(tree).toContain('"role":"H1"');
  expect(tree).toContain('"role":"P"');
  expect(plain.match(/\/FontFile[23]?/g)?.length).toBe(2);
  expect(plain).not.toMatch(/\/Helvetica|\/Times/);
  expect((await pdf.getOutline())?.map(({ title }) => title).slice(0, 2)).toEqual([
    'Annuaire local, en Ille-et-Vilaine',
    'Par besoin',
  ]);
});

test('a line of the index leads to its entry, on whatever page it is', async () => {
  const many = Array.from({ length: 150 }, (_, at) => entry(`Lieu ${at + 1}`));
  const { pdf, text } = await read(many, 'A5');
  const links = await (await pdf.getPage(2)).getAnnotations();
  expect(links.length).toBeGreaterThan(20);
  const destinations = await pdf.getDestinations();
  for (const { dest } of links) expect(destinations[dest]).toBeDefined();
  expect(text).toContain(`page ${pdf.numPages} sur ${pdf.numPages}`);
  expect(text).toContain('150. Lieu 150');
});

test('letters of other languages are drawn; a sign that no font has leaves no box', async () => {
  const { text } = await read([entry('L’Haÿ, Łódź · Ÿ, œuf, 10\u202f€ 🙂')], 'A4');
  expect(text).toContain('1. L’Haÿ, Łódź · Ÿ, œuf, 10 € Cabinet');
});

test('every entry is printed once, in the order of the alphabet, and is found under each of its priorities', () => {
  const one = fc.record({
    name: fc.string({ minLength: 1 }),
    commune: fc.option(fc.constantFrom('Rennes', 'Évran', 'Vitré', 'Zuydcoote')),
    priorities: fc.uniqueArray(fc.integer({ min: 1, max: 10 })),
    page: fc.uuid(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ page }) => page }), (given) => {
      const entries = given.map(({ name, ...more }) => entry(name, more));
      const { byNeed, byCommune } = numbered(
        entries,
        Array.from({ length: 10 }, (_, at) => `Besoin ${at + 1}`),
      );
      const printed = byCommune.flatMap((chapter) => chapter.entries);
      expect(printed.map(({ number }) => number)).toEqual(entries.map((_, at) => at + 1));
      expect(printed.map((line) => line.entry.page).toSorted()).toEqual(entries.map(({ page }) => page).toSorted());
      const titles = byCommune.map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
      for (const [at, need] of byNeed.entries()) {
        expect(need.entries).toEqual(printed.filter((line) => line.entry.priorities.includes(at + 1)));
      }
    }),
  );
});
