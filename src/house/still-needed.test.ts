import { expect, test } from 'vitest';
import { inviteJuror } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { callsHouse, depositedApplication, done, publishedCall } from '#testing/calls.ts';
import { retentionRules } from './retention.ts';

test('who holds an application, sits, is asked an opinion or signs is not erased after a year without a sign; once it is over, they are', async () => {
  const house = await callsHouse();
  const { db } = house.context;
  const call = await publishedCall(house);
  const { id, holder } = await depositedApplication(house, call);
  const lost = await depositedApplication(house, call, { email: 'retiree@exemple.example' });
  await db.updateTable('call_application').set({ status: 'withdrawn' }).where('id', '=', lost.id).execute();
  const [juror, expert, signs] = [
    await house.as('juree@exemple.example'),
    await house.as('experte@exemple.example'),
    await house.as('signe@exemple.example'),
  ];
  const sits = { name: 'Juliette', organisation: 'Udaf', siren: '', represents: '', quality: 'partner' };
  const voice = { voice: 'deliberative', group: '', origin: undefined, email: juror.actor.email };
  done(await inviteJuror(call.ars, call.id, { ...sits, ...voice }));
  const now = house.clock.now();
  const asked = { call: call.id, application: id, email: expert.actor.email, status: 'asked', shown: 'sheet' } as const;
  const by = { asked_by: call.ars.actor.account, asked_at: now, changed_at: now, due: now, reminded_at: null };
  await db
    .insertInto('call_opinion')
    .values({ ...asked, ...by, parts: [], confidential: true, questions: '[]', answers: '[]', state: '{}' })
    .execute();
  await db
    .insertInto('call_agreement')
    .values({ application: id, call: call.id, status: 'running', ends_on: null, changed_at: now, state: '{}' })
    .execute();
  const { id: terms } = await db
    .insertInto('call_agreement_terms')
    .values({ application: id, content: '{}', sha256: 'x', written_by: call.ars.actor.account, written_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('call_agreement_party')
    .values({ id: crypto.randomUUID(), terms, email: signs.actor.email })
    .execute();

  house.clock.moveTo(now.add({ hours: 366 * 24 }).toString());
  const left = async (people: readonly PersonContext[]) => {
    await db.deleteFrom('account_session').execute();
    await applyRetention(house.context, retentionRules);
    const rows = await db.selectFrom('account').select('id').where('email', 'is not', null).execute();
    return people.map(({ actor }) => rows.some((row) => row.id === actor.account));
  };
  const people = [holder, juror, expert, signs, lost.holder];
  expect(await left(people)).toEqual([true, true, true, true, false]);

  await db.updateTable('call_opinion').set({ status: 'given' }).execute();
  await db.updateTable('call').set({ status: 'finished' }).execute();
  expect(await left(people)).toEqual([true, false, false, true, false]);

  await db.updateTable('call_agreement').set({ status: 'closed' }).execute();
  expect(await left(people)).toEqual([false, false, false, false, false]);
});
