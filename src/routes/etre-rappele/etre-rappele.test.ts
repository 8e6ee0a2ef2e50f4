import { expect, test } from 'vitest';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { callDoor } from '#testing/doors.ts';
import { actions } from './+page.server.ts';

test('a number counts as one, however it is written', async () => {
  const { db } = await testDatabase('empty');
  const counted: string[] = [];
  const count = async (name: string, about: string) => {
    counted.push(`${name} ${about}`);
    return name === 'callback-number' ? { allowed: false, retryAfterSeconds: 60 } : { allowed: true };
  };
  const allowed = async () => ({ allowed: true }) as const;
  const limits = { form: count as never, api: allowed, signIn: allowed, mailbox: allowed };
  const ask = (phone: string) =>
    callDoor(testContext(db), actions.demander, { address: '/etre-rappele', form: { phone }, limits, from: 'x' });
  for (const phone of ['06 12 34 56 78', '+33 6 12 34 56 78', '0033612345678']) {
    expect((await ask(phone)).status, phone).toBe(429);
  }
  expect((await ask('06 12')).status).toBe(400);
  expect(counted.filter((one) => one !== 'callback x')).toEqual(Array(3).fill('callback-number 0612345678'));
});
