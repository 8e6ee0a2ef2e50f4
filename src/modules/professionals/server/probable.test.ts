import { expect, it } from 'vitest';
import { saveRecords } from '#modules/directory/server/index.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { moderatorOf, professionalsHouse } from '#testing/professionals.ts';
import { proposeMerge } from './duplicates.ts';
import { findDuplicatesJob, keepApart, probableDuplicates } from './probable.ts';

const record = (ref: string, fields: object) => ({
  place: { ref, fields: { name: 'Crèche Exemple', kind: 'creche' as const, insee: '35238', ...fields } },
  services: [{ ref: `${ref}s`, fields: { name: `Accueil ${ref}`, kind: 'creche' as const } }],
});

const houseWithPairs = async () => {
  const house = await professionalsHouse();
  await saveRecords(house.context, { source: 'essai', on: '2026-05-12' }, [
    record('a', { phone: '02 99 00 00 00' }),
    record('b', { name: 'Crèche Exemple (multi-accueil)', phone: '02.99.00.00.00' }),
    record('c', { name: 'PMI du Centre', kind: 'pmi', line: '1 rue de l’Exemple' }),
    record('d', { name: 'PMI Centre', kind: 'pmi', line: '1, rue de l’Exemple' }),
    // Elsewhere, and what is sheltered: compared with nothing.
    record('e', { insee: '29232', phone: '02 99 00 00 00' }),
    record('f', { confidential: true, phone: '02 99 00 00 00' }),
  ]);
  await findDuplicatesJob.handle(house.context, {});
  const moderator = await house.as('pmi@exemple.fr', moderatorOf('departement:35'));
  return { ...house, moderator };
};

const namesOf = async (who: Parameters<typeof probableDuplicates>[0]) =>
  (await probableDuplicates(who)).pairs.map(({ places }) => places.map(({ name }) => name));

const nurseries = ['creche-exemple', 'creche-exemple-multi-accueil'] as const;

it('pages that may be one are proposed to the moderators of their territory, with the reasons, the surest first', async () => {
  const { as, moderator } = await houseWithPairs();
  const { pairs } = await probableDuplicates(moderator);
  expect(pairs.map(({ places, reasons }) => [places.map(({ name }) => name), reasons])).toEqual([
    [
      ['PMI du Centre', 'PMI Centre'],
      ['même adresse', 'même nom', 'même type de lieu'],
    ],
    [
      ['Crèche Exemple', 'Crèche Exemple (multi-accueil)'],
      ['même téléphone', 'noms proches', 'même type de lieu'],
    ],
  ]);
  expect(await namesOf(await as('29@exemple.fr', moderatorOf('departement:29')))).toEqual([]);
  expect(await namesOf(await as('voisine@exemple.fr'))).toEqual([]);
  expect((await namesOf(await as('ars@exemple.fr', moderatorOf('region:53')))).length).toBe(2);
});

it('one SIRET in two communes of a département is proposed; that of a head office, or of elsewhere, is not', async () => {
  const { context, as } = await professionalsHouse();
  const told = (ref: string, siret: string, insee: string) => record(ref, { name: `Lieu ${ref}`, siret, insee });
  await saveRecords(context, { source: 'essai', on: '2026-05-12' }, [
    ...[told('a', '21350238800019', '35238'), told('b', '21350238800019', '35051')],
    ...[told('c', '18350001400015', '35238'), told('d', '18350001400015', '29232')],
    ...['35238', '35051', '35047', '35024'].map((insee) => told(`e${insee}`, '13000000000012', insee)),
    ...[
      told('f', '11000000000017', '35238'),
      record('g', { siret: '11000000000017', insee: '35051', confidential: true }),
    ],
  ]);
  await findDuplicatesJob.handle(context, {});
  const { pairs } = await probableDuplicates(await as('pmi@exemple.fr', moderatorOf('region:53')));
  expect(pairs.map(({ places, reasons }) => [places.map(({ name }) => name), reasons])).toEqual([
    [['Lieu a', 'Lieu b'], ['même SIRET, dans deux communes']],
  ]);
});

it('what a moderator said to be two places is remembered, in the journal too; what was joined leaves the list', async () => {
  const { context, as, moderator } = await houseWithPairs();
  const elsewhere = await as('29@exemple.fr', moderatorOf('departement:29'));
  const reader = await as('lit@exemple.fr', { agency: 'ars', role: 'reader', scope: 'region:53' });
  for (const other of [elsewhere, reader, await as('voisine@exemple.fr')]) {
    expect(await keepApart(other, nurseries, '')).toMatchObject({ error: { code: 'not_allowed' } });
  }
  expect((await keepApart(moderator, [nurseries[1], nurseries[0]], '')).ok).toBe(true);
  expect(await keepApart(moderator, nurseries, '')).toMatchObject({ error: { code: 'no_pair' } });
  expect(await namesOf(moderator)).toEqual([['PMI du Centre', 'PMI Centre']]);
  const decided = await context.db.selectFrom('moderation_case').select(['kind', 'status', 'author']).execute();
  expect(decided).toEqual([{ kind: 'duplicate', status: 'refused', author: null }]);
  expect((await verifyJournal(context.db)).troubles).toEqual([]);
  expect((await proposeMerge(moderator, { kept: 'pmi-du-centre', gone: 'pmi-centre' })).ok).toBe(true);
  expect(await namesOf(moderator)).toEqual([]);
  await findDuplicatesJob.handle(context, {});
  expect(await namesOf(moderator)).toEqual([]);
});

it('a pair that is alike no more leaves the list at the next search', async () => {
  const { context, moderator } = await houseWithPairs();
  await saveRecords(context, { source: 'essai', on: '2026-06-12' }, [
    record('b', { name: 'Les Colibris', phone: null }),
  ]);
  const later = { ...context, clock: { now: () => context.clock.now().add({ hours: 24 }) } };
  await findDuplicatesJob.handle(later, {});
  expect(await namesOf(moderator)).toEqual([['PMI du Centre', 'PMI Centre']]);
});
