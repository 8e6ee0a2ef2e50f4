import { expect, test } from 'vitest';
import { callsHouse, declare, done, open } from '#testing/calls.ts';
import { callDoor, type Door } from '#testing/doors.ts';

/** Every door of the space of calls, as the files say today and whatever is added. */
const files = import.meta.glob<Record<string, Door | Record<string, Door>>>(
  '/src/routes/appels/espace/**/+*.server.ts',
  {
    eager: true,
  },
);
const doors = Object.entries(files).flatMap(([file, module]) => {
  const route = file.replace('/src/routes', '').replace(/\/\+[^/]*$/, '');
  return Object.entries(module).flatMap(([name, door]) =>
    typeof door === 'function'
      ? [{ route, name, door, posts: false }]
      : Object.entries(door).map(([action, call]) => ({ route, name: `?/${action}`, door: call, posts: true })),
  );
});

const SECRET = 'Motsecret';

test('no door of a call opens to a visitor, to somebody without a role, or to the same agency elsewhere', async () => {
  const house = await callsHouse();
  const ars = await house.agent('ars', 'region:53');
  const dreets = await house.agent('dreets', 'region:53');
  done(await declare(ars, 'ars', '53', { on: '2021-05-09' }));
  done(await declare(dreets, 'dreets', '53'));
  const id = done(await open(ars, '53', 'joint'));
  await ars.db.updateTable('call_contact').set({ name: SECRET }).execute();
  const before = await ars.db.selectFrom('call').select(['state', 'status']).execute();
  const events = () => ars.db.selectFrom('journal_event').select('hash').orderBy('hash').execute();

  // The walk below would see it: whoever declared does.
  const own = doors.find(({ route, name }) => route.includes('/declarations/') && name === 'load');
  const declared = { edition: '2021', agency: 'ars', region: '53' };
  const mine = own && (await callDoor(ars, own.door, { address: '/appels/espace', params: declared }));
  expect(mine?.text).toContain(SECRET);

  const stranger = await house.as('inconnue@exemple.example');
  const elsewhere = await house.agent('ars', 'region:52');
  const form = {
    ...{
      section: 'axes',
      axes: '2',
      seen: '2',
      command: 'publish',
      reason: 'x',
      agency: 'ars',
      motive: 'x',
      text: 'x',
    },
    ...{
      kind: 'regional',
      territory: 'region:53',
      configuration: 'joint',
      organisation: 'x',
      email: 'p@exemple.example',
    },
    ...{ referent_name: 'Pirate', referent_email: 'p@exemple.example', on_jour: '9', on_mois: '5', on_annee: '2021' },
    ...{ director_name: 'Pirate', director_email: 'p@exemple.example' },
  };
  const journal = await events();
  for (const { route, name, door, posts } of doors) {
    for (const [who, context] of [
      ['visitor', house.context],
      ['stranger', stranger],
      ['elsewhere', elsewhere],
    ] as const) {
      const params = { id, section: 'axes', edition: '2021', agency: 'ars', region: '53' };
      const address = route.replaceAll(/\[(\w+)\]/g, (_, key: keyof typeof params) => params[key]);
      const answer = await callDoor(context, door, { address, params, ...(posts ? { form } : {}) });
      const where = [who, route, name];
      expect([...where, answer.text.includes(SECRET)]).toEqual([...where, false]);
      // 401: what was typed comes back, to be sent again once signed in.
      if (who === 'visitor')
        expect([...where, answer.status === 401 || answer.text.includes('/connexion')]).toEqual([...where, true]);
      else if (posts) expect([...where, answer.status >= 400]).toEqual([...where, true]);
    }
  }
  expect(await ars.db.selectFrom('call').select(['state', 'status']).execute()).toEqual(before);
  expect(await events()).toEqual(journal);
  expect(doors.length).toBeGreaterThan(20);
});
