import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type CallsHouse,
  calendarOf,
  callsHouse,
  depositedApplication,
  done,
  move,
  publishedCall,
  startedApplication,
} from '#testing/calls.ts';
import { callNews } from './application/call-news.ts';
import { tellApplicantsJob } from './application/tell-applicants.ts';
import { callsFeed } from './call-files.ts';
import { amendCall } from './calls.ts';
import { publishedCalls } from './public-calls.ts';

const ORIGIN = 'https://mille-jours.example';
const job = tellApplicantsJob({ ORIGIN });

let house: CallsHouse;
beforeAll(async () => {
  house = await callsHouse(undefined, (work) => {
    afterAll(work);
  });
});

test('an amendment, then a cancellation, are told to who writes and to who deposited, each once, with the motive', async () => {
  const { context, clock } = house;
  const call = await publishedCall(house);
  const draft = await startedApplication(house, call, { email: 'brouillon@exemple.example' });
  const deposit = await depositedApplication(house, call, { email: 'porteuse@exemple.example' });
  const lapsed = await startedApplication(house, call, { email: 'partie@exemple.example' });
  await context.db.updateTable('call_application').set({ status: 'lapsed' }).where('id', '=', lapsed.id).execute();

  const calendar = calendarOf('Europe/Paris', { closesAt: '2021-07-30T14:00:00Z' });
  done(await amendCall(call.ars, call.id, { text: 'Quinze jours de plus.', calendar, origin: ORIGIN }));
  const asked = context.enqueued.filter(({ name }) => name === job.name);
  expect(asked).toEqual([{ name: job.name, data: { call: call.id, amendment: 1 } }]);
  const first = context.posted.length;
  await job.handle(context, { call: call.id, amendment: 1 });
  const told = context.posted.slice(first);
  expect(told.map(({ to }) => to).toSorted()).toEqual(['brouillon@exemple.example', 'porteuse@exemple.example']);
  const toDraft = told.find(({ to }) => to === 'brouillon@exemple.example')?.text;
  for (const words of [
    'Un additif est publié',
    'Quinze jours de plus.',
    'vendredi 30 juillet 2021',
    'n’est pas encore déposée',
    `${ORIGIN}/appels/espace/candidatures/${draft.id}`,
  ])
    expect(toDraft).toContain(words);
  expect(told.find(({ to }) => to === 'porteuse@exemple.example')?.text).toContain('est déposée, et le reste');
  // Run again, it writes the same keys: the outbox keeps one of each.
  await job.handle(context, { call: call.id, amendment: 1 });
  expect(context.posted.slice(first + 2).map(({ key }) => key)).toEqual(told.map(({ key }) => key));
  expect(new Set(told.map(({ key }) => key)).size).toBe(2);
  expect(await callNews(draft.holder, draft.id)).toMatchObject({
    ...{ cancelled: undefined, amendments: [{ text: 'Quinze jours de plus.' }] },
  });

  const before = await publishedCalls(context);
  clock.moveTo('2021-06-20T08:00:00Z');
  done(await move(call.ars, call.id, 'cancel', { reason: 'Les crédits sont retirés.' }));
  expect(context.enqueued.at(-1)).toEqual({ name: job.name, data: { call: call.id, amendment: null } });
  const second = context.posted.length;
  // The message of an amendment that comes too late says nothing.
  await job.handle(context, { call: call.id, amendment: 1 });
  expect(context.posted).toHaveLength(second);
  await job.handle(context, { call: call.id, amendment: null });
  const cancelled = context.posted.slice(second);
  expect(cancelled.map(({ to }) => to).toSorted()).toEqual(['brouillon@exemple.example', 'porteuse@exemple.example']);
  for (const { subject, text } of cancelled) {
    expect(subject).toBe('Un appel à projets est annulé');
    expect(text).toContain('Les crédits sont retirés.');
    expect(text).not.toContain('Limite de dépôt');
  }
  expect(await callNews(deposit.holder, deposit.id)).toMatchObject({
    ...{ cancelled: 'Les crédits sont retirés.', amendments: [] },
  });
  expect(await callNews(draft.holder, deposit.id)).toBeUndefined();

  // A reader of the feed sees that something happened.
  const [one] = await publishedCalls(context);
  expect(before[0]?.changedAt.toString()).not.toBe('2021-06-20T08:00:00Z');
  expect(one?.changedAt.toString()).toBe('2021-06-20T08:00:00Z');
  const feed = callsFeed(context, one ? [one] : [], ORIGIN);
  expect(feed).toContain('<updated>2021-06-20T08:00:00Z</updated><author>');
  expect(feed).toContain('Appel annulé');
});
