import { expect, test } from 'vitest';
import { callDoor } from '#testing/doors.ts';
import { moderatorOf, professionalsHouse } from '#testing/professionals.ts';
import { actions, load } from '../professionnels/espace/moderation/regles/+page.server.ts';

test('a territory is said by its name, in one’s own, and chosen where several bear it', async () => {
  const { context, as } = await professionalsHouse();
  const region = await as('ars@exemple.fr', { agency: 'ars', role: 'administrator', scope: 'region:11' });
  const address = '/professionnels/espace/moderation/regles';
  const choose = (scope: string, more: Record<string, string> = {}) =>
    callDoor(region, actions.relecture, {
      address,
      form: { scope, review: 'before', reason: 'Pour essayer.', ...more },
    });
  expect((await callDoor(region, load, { address })).text).toContain('"first":"Île-de-France"');
  expect(await choose('Atlantide')).toMatchObject({ status: 400, text: expect.stringContaining('unknown_territory') });
  const several = await choose('paris');
  expect(several.status).toBe(400);
  expect(several.text).toContain('"scope":"departement:75"');
  expect(several.text).toContain('"scope":"commune:75056"');
  // That one is not theirs; a name that only one of theirs bears needs no choice.
  expect((await choose('Ille-et-Vilaine')).status).toBe(403);
  expect((await choose('Montreuil (Seine-Saint-Denis)')).status).toBe(303);
  expect((await choose('paris', { territory: 'departement:75' })).status).toBe(303);
  expect((await choose('Île-de-France')).status).toBe(303);
  const rules = await context.db.selectFrom('moderation_policy').select('territory').orderBy('territory').execute();
  expect(rules.map(({ territory }) => territory)).toEqual(['commune:93048', 'departement:75', 'region:11']);
  const elsewhere = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect(
    (await callDoor(elsewhere, actions.relecture, { address, form: { scope: 'Paris', review: 'before', reason: 'x' } }))
      .status,
  ).toBe(400);
});
