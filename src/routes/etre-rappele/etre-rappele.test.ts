import { expect, test } from 'vitest';
import { newSecret } from '#platform/server/identity/secret.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { callDoor } from '#testing/doors.ts';
import { actions } from './+page.server.ts';
import { actions as cancelling } from './annuler/+page.server.ts';

test('a number counts as one, however it is written, and nobody is told that it was left before', async () => {
  const { db } = await testDatabase('empty');
  const counted: string[] = [];
  let often = true;
  const count = async (name: string, about: string) => {
    counted.push(`${name} ${about}`);
    return name === 'callback-number' && often ? { allowed: false, retryAfterSeconds: 60 } : { allowed: true };
  };
  const allowed = async () => ({ allowed: true }) as const;
  const limits = { form: count as never, api: allowed, signIn: allowed, mailbox: allowed };
  const key = newSecret();
  const ask = (phone: string) =>
    callDoor(testContext(db), actions.demander, { address: '/etre-rappele', form: { phone, key }, limits, from: 'x' });
  const told = await ask('06 12 34 56 78');
  for (const phone of ['+33 6 12 34 56 78', '0033612345678']) expect((await ask(phone)).status).toBe(told.status);
  expect(counted.filter((one) => one !== 'callback x')).toEqual(Array(3).fill('callback-number 0612345678'));
  often = false;
  expect(await ask('06 12 34 56 78')).toEqual(told);
  expect((await ask('06 12')).status).toBe(400);
});

test('a word that opens nothing cancels as one that opened something', async () => {
  const { db } = await testDatabase('empty');
  const cancel = (cle: string) =>
    callDoor(testContext(db), cancelling.default, { address: '/etre-rappele/annuler', form: { cle } });
  expect((await cancel('à moitié')).status).toBe(400);
  expect(await cancel(newSecret())).toMatchObject({ status: 200, text: expect.stringContaining('est annulée') });
});
