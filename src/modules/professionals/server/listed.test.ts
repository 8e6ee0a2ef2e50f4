import { expect, test } from 'vitest';
import { parseTerritory, type Territory } from '#modules/territory/index.ts';
import { fixedClock } from '#platform/clock.ts';
import { again, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { ARRIVAL_DAYS, arrivalsIn, listedIn, listedOf } from './listed.ts';
import { keepStep } from './registrations.ts';
import { sendRegistration } from './send.ts';

const at = (text: string): Territory => {
  const read = parseTerritory(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name).toSorted();

/** Four who registered: two in Rennes, one in Quimper, and a shelter in Rennes. */
const registered = async () => {
  const { context, as } = await professionalsHouse();
  const say = async (name: string, changed: Parameters<typeof register>[1] = {}) => {
    const who = await as(`${name.toLowerCase()}@exemple.example`);
    return { who: await again(who), id: await register(who, { ...changed, vous: form({ name }, stepForms.vous) }) };
  };
  const camille = await say('Camille');
  await say('Dominique', { priorites: form({ priorities: '6', 'words-6': 'J’accueille.' }) });
  await say('Maxime', { lieux: form({ 'places-0-commune': 'Quimper', 'places-0-insee': '29232' }, stepForms.lieux) });
  const shelter = await say('Refuge', { lieux: form({ 'places-0-confidential': 'on' }, stepForms.lieux) });
  return { context, camille, shelter };
};

test('a territory knows who is registered in it, by priority, and never who shelters', async () => {
  const { context } = await registered();
  for (const [territory, found] of [
    ['commune:35238', ['Camille', 'Dominique']],
    ['epci:243500139', ['Camille', 'Dominique']],
    ['departement:35', ['Camille', 'Dominique']],
    ['region:53', ['Camille', 'Dominique', 'Maxime']],
    ['commune:29232', ['Maxime']],
    ['departement:06', []],
  ] as const) {
    const { total, listed } = await listedIn(context, at(territory), {});
    expect([territory, total, names(listed)]).toEqual([territory, found.length, found]);
    expect(names(await arrivalsIn(context, at(territory)))).toEqual(found);
  }
  const second = await listedIn(context, at('departement:35'), { priority: 2 });
  expect(second.listed).toMatchObject([
    {
      ...{ name: 'Camille', what: 'Sage-femme', insee: '35238' },
      contributions: [{ priority: 2, words: 'Je propose l’entretien prénatal précoce à tous les couples.' }],
    },
  ]);
  expect((await listedIn(context, at('departement:35'), { priority: 9 })).total).toBe(0);
  expect((await listedIn(context, at('departement:35'), { page: 2 })).listed).toEqual([]);
});

test('one is new for ninety days after one’s first version, and a later version does not make one new again', async () => {
  const { context, camille } = await registered();
  const later = fixedClock(
    context.clock
      .now()
      .add({ hours: (ARRIVAL_DAYS + 1) * 24 })
      .toString(),
  );
  const after = { ...context, clock: later };
  expect(await arrivalsIn(after, at('departement:35'))).toEqual([]);
  const who = { ...camille.who, clock: later };
  const { revision } = await context.db
    .selectFrom('registration')
    .select('revision')
    .where('id', '=', camille.id)
    .executeTakeFirstOrThrow();
  const words = form({ priorities: '2', 'words-2': 'Et à toutes les familles.' });
  expect((await keepStep(await again(who), camille.id, revision, 'priorites', words)).ok).toBe(true);
  expect((await sendRegistration(await again(who), camille.id, site)).ok).toBe(true);
  expect((await listedIn(after, at('departement:35'), { priority: 2 })).listed[0]?.contributions[0]?.words).toBe(
    'Et à toutes les familles.',
  );
  expect(await arrivalsIn(after, at('departement:35'))).toEqual([]);
});

test('a shelter that one knows by its identifier has no commune; what is closed or unknown is not listed', async () => {
  const { context, camille, shelter } = await registered();
  expect(await listedOf(context, [shelter.id])).toMatchObject([{ name: 'Refuge', insee: null }]);
  await context.db.updateTable('registration').set({ status: 'closed' }).where('id', '=', camille.id).execute();
  expect(await listedOf(context, [camille.id, 'x', crypto.randomUUID()])).toEqual([]);
  expect(names((await listedIn(context, at('commune:35238'), {})).listed)).toEqual(['Dominique']);
});
