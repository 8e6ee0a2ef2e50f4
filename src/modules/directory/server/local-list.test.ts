import { expect, test } from 'vitest';
import { parseTerritory, type Territory } from '#modules/territory/index.ts';
import { directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord, PlaceFields } from '../model.ts';
import { localEntries, localOverview } from './local-list.ts';
import { saveRecords } from './save.ts';

const at = (text: string): Territory => {
  const read = parseTerritory(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};

const record = (ref: string, insee: string, more: Partial<PlaceFields> = {}): DirectoryRecord => ({
  place: { ref, fields: { name: `Lieu ${ref}`, kind: 'pmi', insee, line: '1 rue de l’Exemple', ...more } },
  services: [
    { ref: `${ref}-1`, fields: { name: 'Consultations', kind: 'pmi', priorities: [2, 6] } },
    { ref: `${ref}-2`, fields: { name: 'Groupe de parents', kind: 'groupe-de-parents', priorities: [2] } },
  ],
});

const filled = async () => {
  const context = await directoryContext();
  await saveRecords(context, { source: 'essai', on: null }, [
    record('Rennes', '35238'),
    // Next to Rennes: in the same intercommunality and not in the commune.
    record('Cesson', '35051'),
    record('Quimper', '29232'),
    record('Caché', '35238', { confidential: true }),
  ]);
  await context.reindex();
  return context;
};

test('a territory counts its places by priority, with the first of them, and says which kinds are missing', async () => {
  const context = await filled();
  // The place of Rennes, and what is given in the département at an address that is not told.
  const rennes = localOverview(context, at('commune:35238'));
  expect(rennes?.priorities.map(({ total }) => total)).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0, 0].map((own) => 2 * own));
  expect(rennes?.priorities[1]?.first).toEqual([
    { name: 'Lieu Rennes', page: '/lieux/lieu-rennes' },
    expect.objectContaining({ name: 'Consultations' }),
  ]);
  expect(rennes?.missingKinds).toContain('Maternité');
  expect(rennes?.missingKinds).not.toContain('PMI');
  expect(localOverview(context, at('region:53'))?.priorities[1]?.total).toBe(4);
  expect(localOverview(context, at('departement:06'))?.total).toBe(0);
  expect(localOverview(context, at('departement:99'))).toBeUndefined();
});

test('its directory has one entry a place with all its services; what is confidential is nowhere in it by address', async () => {
  const context = await filled();
  const listed = localEntries(context, at('epci:243500139'));
  expect(listed?.tooMany).toBe(false);
  expect(listed?.entries.map(({ name, commune }) => [name, commune])).toEqual([
    ['Lieu Rennes', 'Rennes'],
    ['Lieu Cesson', 'Cesson-Sévigné'],
    ['Consultations', null],
    ['Groupe de parents', null],
  ]);
  expect(listed?.entries[0]).toEqual({
    ...{ name: 'Lieu Rennes', kind: 'PMI (protection maternelle et infantile)', commune: 'Rennes' },
    ...{ address: '1 rue de l’Exemple', phone: null, website: null, page: '/lieux/lieu-rennes' },
    ...{ services: ['Consultations', 'Groupe de parents'], priorities: [2, 6] },
  });
  const all = JSON.stringify(localEntries(context, at('departement:35')));
  expect(all).not.toMatch(/Lieu Caché|lieu-cache/);
  expect(localEntries(context, at('epci:000000000'))).toBeUndefined();
});
