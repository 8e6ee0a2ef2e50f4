import { expect, it } from 'vitest';
import { callsHouse, declared, depositedApplication, done, publishedCall, startedApplication } from '#testing/calls.ts';
import { inviteJuror } from './index.ts';
import { whatWaits } from './waiting.ts';

const someone = {
  ...{ name: 'Ugo Exemple', email: 'jury@exemple.example', organisation: 'Caf', siren: '', represents: '' },
  ...{ quality: 'partner', voice: 'deliberative', group: '', origin: undefined },
};

it('tells each person what waits for them, and no file to whoever did not declare their interests', async () => {
  const house = await callsHouse();
  const call = await publishedCall(house);
  const { ars } = call;
  const told = async (who: Parameters<typeof whatWaits>[0]) => (await whatWaits(who)).map(({ words }) => words);

  expect(await told(ars)).toEqual([]);
  const { holder } = await startedApplication(house, call);
  expect(await told(holder)).toEqual(['Écrire et déposer la candidature « Une maison des parents »']);
  await depositedApplication(house, call, { email: 'autre@exemple.example' });
  await depositedApplication(house, call, { email: 'lettre@exemple.example', kind: 'intent' });
  expect(await told(ars)).toEqual(['Déclarer vos intérêts, pour ouvrir les candidatures']);
  await declared(ars, call.id);
  expect(await told(ars)).toEqual(['Lire une lettre d’intention']);

  // At the very instant of closing.
  house.clock.moveTo('2021-07-15T14:00:00Z');
  expect(await told(holder)).toEqual([]);
  expect(await told(ars)).toEqual([
    'Lire une lettre d’intention',
    'Dire si une candidature est recevable',
    'Engager la sélection',
  ]);

  const juror = await house.as('jury@exemple.example');
  expect(await told(juror)).toEqual([]);
  done(await inviteJuror(ars, call.id, someone));
  expect(await told(juror)).toEqual(['Déclarer vos intérêts']);
  expect(await told(await house.agent('ars', 'region:84'))).toEqual([]);
});
