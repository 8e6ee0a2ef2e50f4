import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CODE, readSheet, type Sheet, writeSheet } from './sheet.ts';

const place = {
  title: 'PMI du centre',
  detail: 'Ouvre lundi à 9 h',
  address: '1 rue de Paris 35000 Rennes',
  phone: '02 99 00 00 00',
  href: '/lieux/pmi-du-centre',
};

describe('a sheet in the fragment of an address', () => {
  it('comes back as it was, whatever is written on it', async () => {
    const text = fc.string({ maxLength: 120, unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(text, fc.array(text, { maxLength: 6 }), async (word, titles) => {
        const sheet: Sheet = { word, places: titles.map((title) => ({ ...place, title })) };
        const fragment = await writeSheet(sheet);
        expect(fragment).toMatch(/^1\.[\w-]+$/);
        expect(await readSheet(`#${fragment}`)).toEqual(sheet);
      }),
    );
  });

  it('fits in a code with five places and a word', async () => {
    const sheet = {
      word: 'Bonjour, voici les lieux dont nous avons parlé. Vous pouvez appeler de ma part.',
      places: Array.from({ length: 5 }, (_, at) => ({
        ...place,
        title: `Lieu ${at}`,
        phone: `02 99 00 00 0${at}`,
        href: `/lieux/lieu-${at}`,
      })),
    };
    expect((await writeSheet(sheet)).length).toBeLessThan(MOST_CODE);
  });

  it('refuses what is cut, changed, too large, or leads elsewhere', async () => {
    const fragment = await writeSheet({ word: 'Bonjour', places: [place] });
    for (const broken of ['', '#', '1.', fragment.slice(0, -8), fragment.replace('1.', '2.'), `${fragment}!`]) {
      expect(await readSheet(broken)).toBeUndefined();
    }
    expect(
      await readSheet(await writeSheet({ word: '', places: [{ ...place, href: 'https://ailleurs.example/' }] })),
    ).toBeUndefined();
    expect(
      await readSheet(await writeSheet({ word: '', places: [{ ...place, href: '//ailleurs.example' }] })),
    ).toBeUndefined();
    expect(await readSheet(await writeSheet({ word: 'a'.repeat(30_000), places: [] }))).toBeUndefined();
    expect(await readSheet(await writeSheet({ word: '', places: Array(7).fill(place) }))).toBeUndefined();
  });
});
