import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { applyRetention } from '../retention/apply.ts';
import { accountOfEmail } from './accounts.ts';
import { idleJob } from './idle.ts';
import { identityRetention } from './retention.ts';
import { eraseAccount } from './rights.ts';
import { openSession } from './sessions.ts';

test('an account without a sign of life is told, then ends; signing in is enough to keep it', async () => {
  const { db } = await testDatabase('empty');
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = testContext(db, { clock });
  const account = await accountOfEmail(context, 'odile@exemple.fr');
  // With a team and a key, it is not one of those that nobody ever used.
  const organisation = crypto.randomUUID();
  await db.insertInto('membership').values({ account, organisation, role: 'owner', since: clock.now() }).execute();
  const morning = async (day: string) => {
    clock.moveTo(`${day}T10:00:00Z`);
    const before = context.posted.length;
    await idleJob({ ORIGIN: 'https://mille-jours.example', SMTP_URL: undefined }).handle(context, {});
    expect(context.posted).toHaveLength(before);
    await idleJob({ ORIGIN: 'https://mille-jours.example', SMTP_URL: 'smtp://localhost' }).handle(context, {});
    await applyRetention(
      context,
      identityRetention((inside, id) => eraseAccount(inside, id as typeof account)),
    );
    const kept = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirstOrThrow();
    return [context.posted.slice(before).map(({ to }) => to), kept.email];
  };
  const signIn = () => openSession(context, account, { device: 'Essai' });
  const told = [['odile@exemple.fr'], 'odile@exemple.fr'];
  const quiet = [[], 'odile@exemple.fr'];

  await signIn();
  expect(await morning('2029-09-21')).toEqual(quiet);
  expect(await morning('2029-09-22')).toEqual(told);
  expect(context.posted.at(-1)?.text).toContain('https://mille-jours.example/connexion');
  expect(await morning('2029-09-23')).toEqual(quiet);
  await signIn();
  expect(await morning('2029-11-30')).toEqual(quiet);
  expect(await morning('2032-07-24')).toEqual(told);
  expect(await morning('2032-09-21')).toEqual(quiet);
  expect(await morning('2032-09-22')).toEqual([[], null]);
  // Nothing tells when an erased person was last there.
  const left = await db.selectFrom('account').select(['seen_on', 'warned_at']).where('id', '=', account).execute();
  expect(left).toEqual([{ seen_on: null, warned_at: null }]);
});
