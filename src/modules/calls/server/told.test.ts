import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listResponse } from '#platform/server/lists/list.ts';
import {
  type CallsHouse,
  calendarOf,
  callsHouse,
  declarationForm,
  declare,
  depositedApplication,
  done,
  move,
  open,
  publishedCall,
  startedApplication,
} from '#testing/calls.ts';
import { form } from '#testing/registration.ts';
import { clockWords } from '../calendar.ts';
import { offeredMoney } from '../envelope.ts';
import { issueCodes, issueOf, noDecision } from '../selection/decision.ts';
import { callNews } from './application/call-news.ts';
import { tellApplicantsJob } from './application/tell-applicants.ts';
import { callsFeed } from './call-files.ts';
import { readCall } from './call-stream.ts';
import { callView } from './call-view.ts';
import { amendCall, openCall, writeSection } from './calls.ts';
import { callsEndpoint } from './calls-endpoint.ts';
import { declarationKey, recordSending, sendToDirector, writeDeclaration } from './declarations.ts';
import { publishedFrame, recordFrames, versionsOf } from './frames.ts';
import { laureatesEndpoint } from './laureates-endpoint.ts';
import { declarationsList, evaluationList, nationalCallsList } from './national-lists.ts';
import { publishedCalls } from './public-calls.ts';
import { readSection } from './read-section.ts';
import { toldLaureates } from './selection/results-view.ts';
import { whoRuns } from './who-runs.ts';

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
  clock.moveTo('2021-05-10T08:00:00Z');
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

test('a director is sent what to send, and both referents are told that one joint call is advised', async () => {
  const { context } = house;
  const [ars, dreets] = [await house.agent('ars', 'region:11'), await house.agent('dreets', 'region:11')];
  done(await declare(ars, 'ars', '11', { configuration: 'ars' }));
  const key = declarationKey(dreets, '2021', 'dreets', '11');
  if (!key) throw new Error('no such declaration');
  const referent = { referent_email: 'dreets@exemple.example', configuration: 'dreets' };
  done(await writeDeclaration(dreets, key, declarationForm(referent)));
  done(await sendToDirector(dreets, key));
  const toDirector = context.posted.at(-1);
  expect(toDirector).toMatchObject({
    to: 'direction@exemple.example',
    subject: 'À envoyer : Appel à projets 1000 premiers jours 2021, DREETS, Île-de-France'.replace(' :', '\u00a0:'),
  });
  for (const words of [
    '1000premiersjours@sg.social.gouv.fr',
    'J’informe la Direction générale de la cohésion sociale (DGCS)',
    'la DREETS organisera, pour la région Île-de-France',
    '1000 premiers jours en Île-de-France',
    'Camille Exemple (Chargée de mission, dreets@exemple.example)',
  ])
    expect(toDirector?.text).toContain(words);

  const before = context.posted.length;
  const late = { on: Temporal.PlainDate.from('2021-05-20'), origin: ORIGIN };
  house.clock.moveTo('2021-05-21T08:00:00Z');
  expect(await recordSending(dreets, key, { ...late, motive: '' })).toMatchObject({ error: { field: 'motive' } });
  done(await recordSending(dreets, key, { ...late, motive: 'Une direction par intérim.' }));
  const proposed = context.posted.slice(before);
  expect(proposed.map(({ to }) => to)).toEqual(['referente@exemple.example', 'dreets@exemple.example']);
  for (const { subject, text } of proposed) {
    expect(subject).toContain('Un seul appel à projets pour la région Île-de-France');
    expect(text).toContain('ont toutes les deux déclaré un appel à projets');
    expect(text).toContain('recommande fortement un seul appel commun');
    expect(text).toContain(`${ORIGIN}/appels/espace`);
  }
});

test('who runs what: every kind of call, in the region of its territory; why one is late is for who follows', async () => {
  const { context } = house;
  house.clock.moveTo('2021-05-21T08:00:00Z');
  const dreets = await house.agent('dreets', 'region:75');
  const key = declarationKey(dreets, '2021', 'dreets', '75');
  if (!key) throw new Error('no such declaration');
  done(await writeDeclaration(dreets, key, declarationForm()));
  done(
    await recordSending(dreets, key, {
      ...{ on: Temporal.PlainDate.from('2021-05-20'), motive: '=Intérim', origin: undefined },
    }),
  );
  // A call of a département, opened in 2022: its address says 2022, and it writes the State’s line as the State’s.
  house.clock.moveTo('2022-03-01T08:00:00Z');
  const ars = await house.agent('ars', 'region:75');
  const agencies = ['ars', 'departement'];
  const landes = done(
    await openCall(ars, { kind: 'labelling', territory: 'departement:40', configuration: '', motive: '', agencies }),
  );
  const draft = await whoRuns(context, '2021', { followed: true });
  expect(draft.regions.find(({ code }) => code === '75')?.calls).toEqual([]);
  const opened = await readCall(ars, landes);
  const offered = opened && offeredMoney(opened);
  expect(offered?.envelopes).toMatchObject([{ agency: 'ars', line: 'FIR', cents: 0 }]);
  const read = readSection('money', form({ 'base-0': '30 000', 'funder-0': 'Caf', 'amount-0': '5000', shown: 'on' }), {
    ...{ money: offered ?? { envelopes: [], pooled: false, shown: false }, zone: 'Europe/Paris' },
    places: () => ({ ok: true, value: [] }),
  });
  done(await writeSection(ars, landes, done(read), { seen: 0, motive: '' }));
  const fir = { funder: 'Département', agency: 'departement', line: 'FIR', cents: 100, topUps: [] } as const;
  const wrong = { section: 'money', money: { envelopes: [fir], pooled: false, shown: true } } as const;
  const seen = (await readCall(ars, landes))?.written.money ?? 0;
  expect(await writeSection(ars, landes, wrong, { seen, motive: '' })).toMatchObject({ error: { code: 'wrong_line' } });
  const row = await context.db.selectFrom('call').select('state').where('id', '=', landes).executeTakeFirstOrThrow();
  const published_at = house.clock.now();
  const state = { ...(row.state as object), status: 'published', publishedAt: published_at.toString() };
  await context.db
    .updateTable('call')
    .set({ status: 'published', published_at, state: JSON.stringify(state) })
    .where('id', '=', landes)
    .execute();

  const runs = await whoRuns(context, '2021', { followed: true });
  const region = runs.regions.find(({ code }) => code === '75');
  expect(region?.calls).toMatchObject([{ call: { slug: 'landes-2022', kind: 'labelling' } }]);
  expect(region?.calls[0]?.call.money.envelopes).toMatchObject([
    { agency: 'ars', line: 'FIR', cents: 3_000_000 },
    { agency: null, line: 'other', cents: 500_000 },
  ]);
  expect(region?.declarations).toMatchObject([
    { late: true, motiveSaid: '=Intérim', configuration: 'joint', referentIs: { name: 'Camille Exemple' } },
  ]);
  const outside = await whoRuns(context, '2021', { followed: false });
  expect(outside.regions.find(({ code }) => code === '75')?.declarations).toMatchObject([
    { motiveSaid: undefined, referentIs: undefined },
  ]);

  const said = {
    madeOn: 'jour',
    status: () => 'publié',
    declaration: () => 'déclaré',
    configuration: () => 'ensemble',
  };
  const calls = await (await listResponse(nationalCallsList(context, '2021', runs, said), 'csv')).text();
  expect(calls).toMatch(
    /Nouvelle-Aquitaine;Landes;Appel départemental avec labellisation dans les Landes.*;30000;0;5000;35000;/,
  );
  const declarations = await (await listResponse(declarationsList('2021', runs.regions, said), 'csv')).text();
  const axis = { axis: 1, projects: 2, indicators: 3, withTarget: 3, withActual: 1, reached: 1, missing: 2 };
  const found = { ...{ calls: 1, projects: 2, granted: 0, paid: 0, agreements: 0, reports: 0 }, axes: [axis] };
  const counted = evaluationList('2021', { ...found, next: new Map([['unknown', 2]]) }, (one) => `Axe ${one}`, 'jour');
  expect(await (await listResponse(counted, 'csv')).text()).toMatch(/\nAxe 1;2;3;3;1;1;2\n.*dite;2;;;;;\n/);
  expect(declarations).toContain("Nouvelle-Aquitaine;DREETS;déclaré;ensemble;2021-05-20;oui;'=Intérim;Camille Exemple");
});

test('a second version of the frame: a call keeps the one under which it was opened, the next follow the new one', async () => {
  const { context } = house;
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const opened = async (region: string) => {
    const ars = await house.agent('ars', `region:${region}`);
    done(await declare(ars, 'ars', region, { configuration: 'ars' }));
    return { ars, id: done(await open(ars, region, 'ars')) };
  };
  const late = { section: 'calendar', calendar: calendarOf('Europe/Paris', { resultsOn: '2021-09-10' }) } as const;
  const old = await opened('76');
  const folder = await mkdtemp(path.join(tmpdir(), 'frames-'));
  try {
    const first = await readFile('content/calls/2021-1.yaml', 'utf8');
    await mkdir(path.join(folder, 'calls'));
    await writeFile(path.join(folder, 'calls/2021-1.yaml'), first);
    const second = first
      .replace('\nversion: 1\n', '\nversion: 2\n')
      .replace('laureates: 2021-08-31', 'laureates: 2021-09-30');
    await writeFile(path.join(folder, 'calls/2021-2.yaml'), second);
    await recordFrames(context.db, folder);
    const recent = await opened('93');
    expect((await readCall(old.ars, old.id))?.frame).toEqual({ edition: '2021', version: 1 });
    expect((await readCall(recent.ars, recent.id))?.frame).toEqual({ edition: '2021', version: 2 });
    const seen = { seen: 0, motive: '' };
    expect(await writeSection(old.ars, old.id, late, seen)).toMatchObject({ error: { rule: { reference: /^R-25/ } } });
    done(await writeSection(recent.ars, recent.id, late, seen));
    expect((await callView(old.ars, old.id))?.frame.version).toBe(1);
    expect([versionsOf('2021'), publishedFrame('2021', null)?.version, publishedFrame('2021', '1')?.version]).toEqual([
      ...[[1, 2], 2, 1],
    ]);
  } finally {
    await rm(folder, { recursive: true });
    await context.db.deleteFrom('call_frame').where('version', '=', 2).execute();
    await recordFrames(context.db, 'content');
  }
});

test('open data says what follows the closing, and who was chosen once told; amounts only where the call shows them', async () => {
  const { context } = house;
  const { db } = context;
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const call = await publishedCall(house, { region: '04', zone: 'Indian/Reunion' });
  const file = { territory: { territories: ['commune:97411'], words: '' } };
  const { id } = await depositedApplication(house, call, { content: file });
  const ruling = {
    issue: 'laureate',
    amounts: { FIR: 2_500_000 },
    rank: null,
    words: null,
    conditions: null,
    referent: null,
  };
  const decision = { ...noDecision, status: 'notified', call: call.id, ruling };
  await db
    .insertInto('call_decision')
    .values({
      ...{ application: id, call: call.id, status: 'notified', issue: 'laureate', rank: null, signed: true },
      ...{ state: JSON.stringify(decision), changed_at: house.clock.now() },
    })
    .execute();
  const kept = await readCall(call.ars, call.id);
  const stands = async (status: 'selecting' | 'decided' | 'notified', shown: boolean) => {
    const notifiedAt = status === 'notified' ? '2021-08-28T10:00:00Z' : null;
    const results = { at: '2021-08-27T10:00:00Z', laureates: 1, allocated: {}, reason: null, notifiedAt };
    const state = JSON.stringify({ ...kept, money: { ...kept?.money, shown }, status, results });
    await db.updateTable('call').set({ status, state }).where('id', '=', call.id).execute();
  };
  const ask = async (state?: 'closed' | 'selecting' | 'open') => {
    const asked = { territory: 'region:04', ...(state ? { state } : {}) };
    const answer = await callsEndpoint.run(context, asked, new Request('https://x.example'));
    return 'calls' in answer ? answer.calls : [];
  };
  const laureates = () =>
    laureatesEndpoint.run(context, { territory: 'commune:97411' }, new Request('https://x.example'));
  house.clock.moveTo('2021-08-01T08:00:00Z');
  expect(await ask()).toMatchObject([{ state: 'closed', results: null }]);
  await stands('selecting', true);
  expect(await ask('selecting')).toMatchObject([{ state: 'selecting' }]);
  expect(await ask('closed')).toHaveLength(1);
  expect(await ask('open')).toEqual([]);
  await stands('decided', true);
  expect(await laureates()).toEqual({ total: 0, laureates: [] });
  await stands('notified', true);
  expect(await ask()).toMatchObject([
    { state: 'notified', results: { path: '/appels/la-reunion-2021/resultats', notified_at: '2021-08-28T10:00:00Z' } },
  ]);
  const one = {
    ...{ call: 'la-reunion-2021', path: '/appels/la-reunion-2021/resultats', project: 'Une maison des parents' },
    ...{ holder: 'Association Exemple', territories: [{ code: 'commune:97411', name: 'Saint-Denis' }] },
    ...{ outcome: { code: 'laureate', name: 'Lauréat' }, amount_cents: 2_500_000 },
  };
  expect(await laureates()).toEqual({ total: 1, laureates: [one] });
  await stands('notified', false);
  expect(await laureates()).toEqual({ total: 1, laureates: [{ ...one, amount_cents: null }] });
  // Told too, and given nothing: nobody else reads it.
  for (const issue of issueCodes) {
    await db.updateTable('call_decision').set({ issue }).where('application', '=', id).execute();
    expect([issue, (await toldLaureates(context)).map((told) => told.issue)]).toEqual([
      issue,
      issueOf(issue).gives ? [issue] : [],
    ]);
  }
});

test.each([
  ['2021-06-05T12:02:00Z', 'à 14 h 02'],
  ['2021-06-04T12:02:00Z', 'le 4 juin à 14 h 02'],
  ['2020-12-31T22:30:00Z', 'le 31 décembre 2020 à 23 h 30'],
  ['2020-12-31T23:30:00Z', 'le 1er janvier à 0 h 30'],
])('on 5 June 2021, the clock says %s as « %s »: the year when it is another', (instant, words) => {
  const now = Temporal.Instant.from('2021-06-05T18:00:00Z');
  expect(clockWords(instant, 'Europe/Paris', now).replaceAll('\u00a0', ' ')).toBe(words);
});
