import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue, initiativesEndpoint, initiativesIndex } from '#modules/initiatives/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { loadStream } from '#platform/server/journal/stream.ts';
import { type List, listResponse } from '#platform/server/lists/list.ts';
import { callsHouse, declared, depositedApplication, done, publishedCall } from '#testing/calls.ts';
import { callDoor, doorsOf } from '#testing/doors.ts';
import { testIndexes } from '#testing/indexes.ts';
import { pdfWords } from '#testing/pdf-words.ts';
import type { Grant } from '../../after/agreement.ts';
import { noDecision } from '../../selection/decision.ts';
import { snapshotsOf } from '../application/snapshots.ts';
import { readContent } from '../application/write-part.ts';
import { readCall } from '../call-stream.ts';
import { afterCallsJob } from './after-jobs.ts';
import { agreementPdf } from './agreement-pdf.ts';
import { agreementStream, followed, readAgreement } from './agreement-stream.ts';
import {
  mailboxesOf,
  moveAgreement,
  recordPermanence,
  signAgreement,
  stepPayment,
  termsOf,
  writeTerms,
} from './agreements.ts';
import { answerAppeal, appealStream, appealsOf, receiveAppeal } from './appeals.ts';
import { followUpOf } from './follow-up.ts';
import { grantOf } from './grant.ts';
import { followUpList, paymentsList, reportsList } from './lists-after.ts';
import { directorsOf, laureatesToDirector, preparedLaureates, recordLaureatesSent, sendingsOf } from './ministry.ts';
import { nationalEvaluation } from './national.ts';
import { agreementView, projectView } from './project-view.ts';
import { linkProject, relatives } from './projects.ts';
import { readTerms } from './read-terms.ts';
import { holderOf, openCalls, remake, sourceOfDraft } from './remake.ts';
import { answerReport, askReport, firstReport, giveReport, lastReport, writeReport } from './reports.ts';
import { exportAfter, forgetInAfter } from './rights-after.ts';
import {
  agreeToShowcase,
  proposeShowcase,
  publishShowcase,
  readShowcase,
  showcaseStream,
  showcaseTextOf,
  withdrawShowcase,
} from './showcases.ts';

const site = 'https://mille-jours.example';
type Applied = Awaited<ReturnType<typeof depositedApplication>>;
let house: Awaited<ReturnType<typeof callsHouse>>;
let call: Awaited<ReturnType<typeof publishedCall>>;
let db: (typeof house)['context']['db'];
let ars: PersonContext;
let direction: PersonContext;
let dreetsDirection: PersonContext;
let one: Applied;
let two: Applied;
let refused: Applied;

beforeAll(async () => {
  house = await callsHouse(undefined, (work) => {
    afterAll(work);
  });
  db = house.context.db;
  call = await publishedCall(house, { at: '2021-07-10T08:00:00Z' });
  ars = call.ars;
  await declared(ars, call.id);
  one = await depositedApplication(house, call);
  two = await depositedApplication(house, call, { email: 'autre@exemple.example' });
  refused = await depositedApplication(house, call, { email: 'refusee@exemple.example' });
  await laureate(one.id, { FIR: 2_500_000, 'P304-17': 1_500_000 });
  await laureate(two.id, { FIR: 1_000_000 });
  direction = await house.as('directrice.ars@exemple.example');
  dreetsDirection = await house.as('directeur.dreets@exemple.example');
});

/** As the decision and its letter leave it: notified, with these amounts. */
const laureate = async (application: string, amounts: Readonly<Record<string, number>>): Promise<void> => {
  const ruling = {
    ...{ issue: 'laureate', amounts, rank: null, words: null, conditions: null, referent: null },
  } as const;
  const state = { ...noDecision, status: 'notified', call: call.id, ruling };
  await db
    .insertInto('call_decision')
    .values({
      ...{ application, call: call.id, status: 'notified', issue: 'laureate', rank: null, signed: true },
      ...{ state: JSON.stringify(state), changed_at: house.clock.now() },
    })
    .execute();
  await db.updateTable('call_application').set({ status: 'notified' }).where('id', '=', application).execute();
};
const told = async (): Promise<void> => {
  const row = await db.selectFrom('call').select('state').where('id', '=', call.id).executeTakeFirstOrThrow();
  const results = { at: '2021-08-27T10:00:00Z', laureates: 2, allocated: {}, reason: null, notifiedAt: null };
  const state = JSON.stringify({ ...(row.state as object), status: 'notified', results });
  await db.updateTable('call').set({ status: 'notified', state }).where('id', '=', call.id).execute();
};

const grantFor = async (id: string): Promise<Grant> => {
  const state = await readCall(ars, call.id);
  const grant = state && (await grantOf(ars, id, state));
  if (!grant) throw new Error('nothing granted');
  return grant;
};

/** The form of the terms, as a person fills it. */
const form = (more: Readonly<Record<string, string>> = {}): FormData => {
  const said = {
    ...{ object: 'Ouvrir une maison des parents.', conditions: '', 'amount-FIR': '25 000', 'amount-P304-17': '15000' },
    ...{ starts_on_jour: '1', starts_on_mois: '10', starts_on_annee: '2021' },
    ...{ ends_on_jour: '30', ends_on_mois: '9', ends_on_annee: '2022' },
    ...{ 'payment_line-0': 'FIR', 'payment_cents-0': '25 000', 'payment_on-0_jour': '15', 'payment_on-0_mois': '10' },
    ...{ 'payment_on-0_annee': '2021' },
    ...{ 'party_kind-0': 'holder', 'party_organisation-0': 'Association Exemple', 'party_name-0': 'Camille Exemple' },
    ...{ 'party_email-0': 'porteuse@exemple.example', 'party_job-0': 'Présidence' },
    ...{ 'party_kind-1': 'funder', 'party_organisation-1': 'ARS', 'party_name-1': 'Dominique Exemple' },
    ...{ 'party_email-1': 'directrice.ars@exemple.example', 'party_job-1': 'Direction' },
    ...{ 'party_kind-2': 'funder', 'party_organisation-2': 'DREETS', 'party_name-2': 'Sacha Exemple' },
    ...{ 'party_email-2': 'directeur.dreets@exemple.example', 'party_job-2': 'Direction' },
    ...more,
  };
  const filled = new FormData();
  for (const [name, value] of Object.entries(said)) filled.set(name, value);
  return filled;
};
const write = async (who: PersonContext, id: string, more: Readonly<Record<string, string>> = {}) => {
  const read = readTerms(form(more), await grantFor(id));
  return read.ok ? writeTerms(who, id, read.value) : read;
};
const sha = async (id: string): Promise<string> => (await readAgreement(ars, id)).terms?.sha256 ?? '';
const job = afterCallsJob({ ORIGIN: site });
const mailsTo = (email: string): number => house.context.posted.filter(({ to }) => to === email).length;

test('nothing follows before the decision is told, nor for a stranger', async () => {
  expect(await write(await house.as('passante@exemple.example'), one.id)).toMatchObject({
    error: { code: 'no_such_application' },
  });
  expect(await write(one.holder, one.id)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await moveAgreement(ars, refused.id, { command: 'submit' }, site)).toMatchObject({ ok: false });
  expect(await preparedLaureates(ars, call.id)).toMatchObject({ error: { code: 'not_told' } });
  expect(await followed(await house.agent('ars', 'region:52'), one.id)).toBeUndefined();
});

test('an agreement: written, signed in order by mailbox, amended, paid, reported, closed; the journal gives the row', async () => {
  await told();
  house.clock.moveTo('2021-09-01T08:00:00Z');
  expect(await write(ars, one.id, { 'amount-FIR': '25 000,01' })).toMatchObject({ error: { code: 'above_grant' } });
  expect(await write(ars, one.id, { 'party_email-1': 'pas une adresse' })).toMatchObject({
    error: { code: 'email_unreadable', field: 'party_email-1' },
  });
  expect(await write(ars, one.id, { 'payment_cents-0': '-5' })).toMatchObject({
    error: { field: 'payment_cents-0' },
  });
  done(await write(ars, one.id));
  const terms = await termsOf(ars, (await readAgreement(ars, one.id)).terms);
  expect(terms?.content.indicators).toMatchObject([{ id: 'i1', title: 'Familles accueillies', target: 120 }]);
  done(await moveAgreement(ars, one.id, { command: 'submit' }, site));
  expect(house.context.posted.at(-1)).toMatchObject({
    to: 'porteuse@exemple.example',
    text: expect.stringContaining(`${site}/appels/espace/conventions/${one.id}`),
  });

  // Whoever signs reads it as a PDF too, word for word, with its hash.
  const view = await agreementView(one.holder, one.id);
  const words = await pdfWords(
    agreementPdf(view?.text ?? [], {
      ...{ title: 'Convention', sha256: view?.sha256 ?? '', madeOn: '1er septembre 2021' },
      signatures: ['Association Exemple, Camille Exemple : pas encore signé.'],
    }),
  );
  for (const said of ['Ouvrir une maison', '25 000', '15 000', 'Familles accueillies', view?.sha256 ?? 'none'])
    expect(words.replaceAll(' ', '')).toContain(said.replaceAll(/\s/g, ''));
  expect(words).toContain('Camille Exemple : pas encore signé.');

  // The director has no role in the house but this signature; another mailbox has none at all.
  expect((await followed(direction, one.id))?.role).toBe('party');
  expect(await signAgreement(direction, one.id, await sha(one.id), site)).toMatchObject({
    error: { code: 'not_their_turn' },
  });
  expect(await signAgreement(ars, one.id, await sha(one.id), site)).toMatchObject({ error: { code: 'not_allowed' } });
  done(await signAgreement(one.holder, one.id, await sha(one.id), site));
  expect(await signAgreement(direction, one.id, 'autre', site)).toMatchObject({ error: { code: 'another_text' } });
  done(await signAgreement(direction, one.id, await sha(one.id), site));
  // A party whose account was erased since does not keep the last one from signing: they are not written to.
  const ofParty = (email: string) => db.updateTable('call_agreement_party').where('email', '=', email);
  await ofParty(direction.actor.email).set({ email: '' }).execute();
  done(await signAgreement(dreetsDirection, one.id, await sha(one.id), site));
  expect(mailsTo('')).toBe(0);
  await ofParty('').set({ email: direction.actor.email }).execute();
  expect(await readAgreement(ars, one.id)).toMatchObject({ status: 'signed', payments: [{ status: 'planned' }] });

  await job.handle(house.context, {});
  expect((await readAgreement(ars, one.id)).status).toBe('signed');
  house.clock.moveTo('2021-10-01T08:00:00Z');
  await job.handle(house.context, {});
  await job.handle(house.context, {});
  expect((await readAgreement(ars, one.id)).status).toBe('running');

  // A change after signatures: everybody signs again, and nothing engaged can be taken back.
  const [payment] = (await readAgreement(ars, one.id)).payments;
  if (!payment) throw new Error('no payment');
  house.clock.moveTo('2021-11-02T08:00:00Z');
  const pay = (command: 'ask' | 'settle' | 'pay', who = ars) =>
    stepPayment(who, one.id, { command, id: payment.id, on: '2021-11-02' });
  expect(await pay('settle', one.holder)).toMatchObject({ ok: false });
  done(await pay('ask', one.holder));
  done(await pay('settle'));
  done(await pay('pay'));
  done(await moveAgreement(ars, one.id, { command: 'amend', reason: 'Trois mois de plus.' }, site));
  expect(await write(ars, one.id)).toMatchObject({ error: { code: 'above_line' } });
  const longer = { ends_on_mois: '12', ends_on_jour: '31', 'payment_cents-0': '', 'payment_on-0_jour': '' };
  done(await write(ars, one.id, { ...longer, 'payment_on-0_mois': '', 'payment_on-0_annee': '' }));
  done(await moveAgreement(ars, one.id, { command: 'submit' }, site));
  for (const who of [one.holder, direction, dreetsDirection])
    done(await signAgreement(who, one.id, await sha(one.id), site));
  expect(await readAgreement(ars, one.id)).toMatchObject({
    ...{ status: 'signed', inForce: { endsOn: '2022-12-31' }, amendments: [{}], payments: [{ status: 'paid' }] },
  });

  // Thirty days after the end, once; then reminded, thirty days later.
  house.clock.moveTo('2023-01-29T08:00:00Z');
  await job.handle(house.context, {});
  expect((await readAgreement(ars, one.id)).reports).toEqual([]);
  house.clock.moveTo('2023-01-30T08:00:00Z');
  const before = mailsTo('porteuse@exemple.example');
  await job.handle(house.context, {});
  await job.handle(house.context, {});
  expect(mailsTo('porteuse@exemple.example')).toBe(before + 1);
  house.clock.moveTo('2023-03-01T08:00:00Z');
  await job.handle(house.context, {});
  await job.handle(house.context, {});
  expect(mailsTo('porteuse@exemple.example')).toBe(before + 2);
  const [report] = (await readAgreement(ars, one.id)).reports;
  if (!report) throw new Error('no report');
  expect(report).toMatchObject({ kind: 'final', reminders: 1 });

  const content = {
    ...(await firstReport(one.holder, one.id)),
    ...{ indicators: [{ id: 'i1', actual: 130, words: '' }], next: 'ri_afc' as const },
    expenses: [{ label: 'Salaires', planned: 6_000_000, spent: 5_900_000 }],
    words: { done: 'Ouverte.', families: 'Moins seules.', difficulties: '', permanence: '' },
  };
  expect(await writeReport(ars, one.id, report.id, content, '')).toMatchObject({ error: { code: 'not_allowed' } });
  done(await writeReport(one.holder, one.id, report.id, { ...content, next: '' }, ''));
  expect(await writeReport(one.holder, one.id, report.id, content, '')).toMatchObject({
    error: { code: 'journal_conflict' },
  });
  const first = await lastReport(one.holder, report.id);
  expect(await giveReport(one.holder, one.id, report.id, first?.sha256 ?? '')).toMatchObject({
    error: { code: 'report_incomplete', field: 'next' },
  });
  done(await writeReport(one.holder, one.id, report.id, content, first?.id ?? ''));
  done(await giveReport(one.holder, one.id, report.id, (await lastReport(one.holder, report.id))?.sha256 ?? ''));
  const answer = (command: 'findComplete' | 'askMore' | 'validate', reason = '') =>
    answerReport(ars, one.id, report.id, { command, reason, origin: site });
  expect(await answer('askMore')).toMatchObject({ error: { code: 'reason_missing' } });
  done(await answer('askMore', 'Et les pères ?'));
  done(await giveReport(one.holder, one.id, report.id, (await lastReport(one.holder, report.id))?.sha256 ?? ''));
  done(await answer('findComplete'));
  done(await answer('validate'));
  done(await recordPermanence(ars, one.id, { next: 'ri_afc', on: '2023-02-01', words: 'Convention avec la Caf.' }));
  await job.handle(house.context, {});
  done(await moveAgreement(ars, one.id, { command: 'close', due: 100_000 }, site));
  done(await moveAgreement(ars, one.id, { command: 'recordRefund', cents: 100_000, on: '2023-03-01' }, site));

  const { state } = await loadStream(house.context, agreementStream, one.id);
  expect(await readAgreement(ars, one.id)).toEqual(JSON.parse(JSON.stringify(state)));
  const journal = JSON.stringify(await readStream(db, `call-agreement/${one.id}`));
  expect(journal).not.toMatch(/Exemple|exemple\.example|Trois mois|Et les pères|Ouverte/);
});

test('the organisers see every laureate and what their indicators come to; the ministry only counts', async () => {
  const found = await followUpOf(ars, call.id);
  expect(found?.lines.map(({ id, granted, paid, permanence }) => [id, granted, paid, permanence])).toEqual([
    [one.id, 4_000_000, 2_500_000, 'ri_afc'],
    [two.id, 1_000_000, 0, undefined],
  ]);
  expect(found?.lines[0]?.measured).toMatchObject([{ axis: 1, target: 120, actual: 130 }]);
  // Each list to take away says it too.
  const csv = async <Row>(list: List<Row>) => (await listResponse(list, 'csv')).text();
  const lines = found?.lines ?? [];
  expect(await csv(paymentsList('Un appel', lines, '1er mars 2023'))).toMatch(/ARS, FIR.*25000.*2021-11-02/);
  expect(await csv(reportsList('Un appel', lines, '1er mars 2023'))).toMatch(/Bilan final.*2023-01-30.*2023-03-01.*1/);
  expect(await csv(followUpList('Un appel', lines, '1er mars 2023'))).toMatch(/2021-10-01.*2022-12-31/);
  expect(await followUpOf(one.holder, call.id)).toBeUndefined();
  expect(await nationalEvaluation(ars, '2021')).toBeUndefined();
  const ministry = await house.as('ministere@exemple.example', { agency: 'ministry', role: 'reader', scope: 'france' });
  const national = await nationalEvaluation(ministry, '2021');
  expect(national).toMatchObject({
    ...{ calls: 1, projects: 2, granted: 5_000_000, paid: 2_500_000, agreements: 1, reports: 1 },
    axes: [{ axis: 1, indicators: 2, withActual: 1, reached: 1, missing: 1 }],
  });
  expect(JSON.stringify(national)).not.toMatch(/Association|maison/i);
});

test('the ministry is told by the director, and the day is written down (R-90)', async () => {
  const message = done(await preparedLaureates(ars, call.id));
  expect(message.text).toContain('Une maison des parents, porté par Association Exemple (ARS, FIR');
  const state = await readCall(ars, call.id);
  expect(state && (await directorsOf(ars, state)).map(({ agency }) => agency)).toEqual(['ars', 'dreets']);
  done(await laureatesToDirector(ars, call.id, 'ars'));
  expect(house.context.posted.at(-1)).toMatchObject({
    to: 'direction@exemple.example',
    subject: expect.stringMatching(/^À envoyer/),
  });
  expect(await recordLaureatesSent(ars, call.id, Temporal.PlainDate.from('2023-03-02'))).toMatchObject({
    error: { code: 'day_later' },
  });
  done(await recordLaureatesSent(ars, call.id, Temporal.PlainDate.from('2021-09-02')));
  expect((await sendingsOf(ars, call.id)).map(({ sent_on }) => sent_on.toString())).toEqual(['2021-09-02']);
});

test('a laureate gives up, what it received is owed back; an appeal ends by a corrected decision or not', async () => {
  expect(await moveAgreement(two.holder, two.id, { command: 'askEnd', reason: '' }, site)).toMatchObject({
    error: { code: 'reason_missing' },
  });
  done(await moveAgreement(two.holder, two.id, { command: 'askEnd', reason: 'Plus de local.' }, site));
  done(await moveAgreement(ars, two.id, { command: 'confirmEnd', due: 0 }, site));
  expect((await readAgreement(ars, two.id)).status).toBe('terminated');
  // Its decision released, it is no laureate any more, and still followed to its end.
  await db.updateTable('call_decision').set({ status: 'released' }).where('application', '=', two.id).execute();
  expect((await followUpOf(ars, call.id))?.lines.map(({ id, granted }) => [id, granted])).toEqual([
    [one.id, 4_000_000],
    [two.id, 0],
  ]);
  await db.updateTable('call_decision').set({ status: 'notified' }).where('application', '=', two.id).execute();

  const appeal = { kind: 'gracious', on: '2022-01-10', text: 'Nous demandons un nouvel examen.' } as const;
  expect(await receiveAppeal(refused.holder, refused.id, appeal)).toMatchObject({
    error: { code: 'nothing_notified' },
  });
  await db.updateTable('call_application').set({ status: 'notified' }).where('id', '=', refused.id).execute();
  done(await receiveAppeal(refused.holder, refused.id, appeal));
  const [received] = await appealsOf(ars, refused.id);
  const id = received?.id ?? '';
  const step = (command: 'study' | 'confirm' | 'reform', who = ars) =>
    answerAppeal(who, refused.id, id, { command, text: 'Motif.' });
  expect(await step('study', refused.holder)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await answerAppeal(ars, one.id, id, { command: 'study', text: 'x' })).toMatchObject({
    error: { code: 'no_such_appeal' },
  });
  done(await step('study'));
  expect(await step('reform')).toMatchObject({ error: { code: 'not_corrected' } });
  done(await step('confirm'));
  expect(await appealsOf(ars, refused.id)).toMatchObject([{ status: 'confirmed', answer: 'Motif.' }]);
  // The row is what the journal gives (I-16), which holds no text.
  const row = await db.selectFrom('call_appeal').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.state).toEqual(JSON.parse(JSON.stringify((await loadStream(ars, appealStream, id)).state)));
  expect(JSON.stringify(await readStream(db, `call-appeal/${id}`))).not.toMatch(/Motif|nouvel examen/);
});

test('a laureate shows in the library by agreement to the very words, on one page across calls, and goes when it is withdrawn', async () => {
  const text = {
    ...{ title: 'Une maison des parents', name: '', holder: 'Association Exemple', summary: 'Un lieu ouvert à tous.' },
    ...{ axis: 1, axis_words: 'Repérage', priorities: [2, 3], proposed: false, place: 'commune:35238' },
    ...{ regions: ['53'], departements: ['35'] },
  };
  expect(await proposeShowcase(ars, refused.id, text)).toMatchObject({ error: { code: 'not_notified' } });
  expect(await proposeShowcase(ars, one.id, { ...text, priorities: [] })).toMatchObject({
    error: { code: 'showcase_unsound', field: 'priorities' },
  });
  done(await proposeShowcase(ars, one.id, text));
  expect(await publishShowcase(ars, one.id)).toMatchObject({ error: { code: 'not_now' } });
  expect(await agreeToShowcase(ars, one.id, (await readShowcase(ars, one.id)).text?.sha256 ?? '')).toMatchObject({
    error: { code: 'not_allowed' },
  });
  const agree = async (who: PersonContext, id: string) =>
    done(await agreeToShowcase(who, id, (await readShowcase(who, id)).text?.sha256 ?? ''));
  await agree(one.holder, one.id);
  const slug = done(await publishShowcase(ars, one.id));
  // The territories do not change: only the library is built again.
  const library = async () => {
    const fresh = await testIndexes(db, [initiativesIndex]);
    const { indexes } = house.context;
    const get = <T>(definition: IndexDefinition<T>): T =>
      definition.name === initiativesIndex.name ? fresh.get(definition) : indexes.get(definition);
    return { ...house.context, indexes: { ...indexes, get } };
  };
  const shown = await library();
  expect(catalogue(shown).bySlug.get(slug)).toMatchObject({
    ...{ place: { name: 'Rennes' }, initiative: { origin: 'appel', priorities: [2, 3], source: { axis: 'Repérage' } } },
  });
  expect(
    catalogue(shown)
      .search({
        words: 'maison des parents Rennes',
        priorities: [3],
        themes: [],
        regions: ['53'],
        departements: [],
        calls: ['1000-premiers-jours'],
      })
      .found.map(({ item }) => item.initiative.slug),
  ).toContain(slug);
  const answer = await initiativesEndpoint.run(
    shown,
    initiativesEndpoint.query.parse({ q: 'maison des parents', region: '53' }),
    new Request('https://x.example'),
  );
  const shownBy = (answer as { initiatives: readonly { slug: string }[] }).initiatives.find(
    (other) => other.slug === slug,
  );
  expect(shownBy).toMatchObject({ outside_calls: false, chosen_in: [{ edition: '2021' }] });

  // The same project in the same library: one page, two calls.
  await db.updateTable('call_agreement').set({ status: 'running' }).where('application', '=', two.id).execute();
  expect((await relatives(ars, two.id)).map(({ id }) => id)).toContain(one.id);
  expect(await linkProject(two.holder, two.id, one.id)).toMatchObject({ error: { code: 'not_allowed' } });
  done(await linkProject(ars, two.id, one.id));
  done(await proposeShowcase(ars, two.id, { ...text, title: 'La maison, deuxième appel' }));
  await agree(two.holder, two.id);
  expect(done(await publishShowcase(ars, two.id))).toBe(slug);
  expect(catalogue(await library()).bySlug.get(slug)?.initiative).toMatchObject({
    ...{ title: 'La maison, deuxième appel', chosenIn: [{}, {}] },
  });
  done(await withdrawShowcase(two.holder, two.id));
  expect(catalogue(await library()).bySlug.get(slug)?.initiative).toMatchObject({
    ...{ title: 'Une maison des parents', chosenIn: [{}] },
  });

  // A page of the documents keeps its words, gains a call, and loses it again.
  const inLibrary = { ...ars, indexes: (await library()).indexes };
  expect(await linkProject(inLibrary, two.id, 'nulle-part')).toMatchObject({ error: { code: 'no_such_project' } });
  done(await linkProject(inLibrary, two.id, 'baby-bus-reunion'));
  done(await proposeShowcase(ars, two.id, text));
  await agree(two.holder, two.id);
  expect(done(await publishShowcase(ars, two.id))).toBe('baby-bus-reunion');
  const bus = async () => catalogue(await library()).bySlug.get('baby-bus-reunion')?.initiative;
  expect(await bus()).toMatchObject({
    ...{ origin: 'document-000', name: 'Baby Bus', chosenIn: [{ edition: '2021' }] },
    calls: ['accueil-pour-tous', 'enfance-egalite', '1000-premiers-jours'],
  });
  done(await withdrawShowcase(ars, two.id));
  expect(await bus()).toMatchObject({ name: 'Baby Bus', calls: ['accueil-pour-tous', 'enfance-egalite'] });

  // Do the same at home: a draft that says where it comes from, with no figure of the other taken.
  house.clock.moveTo('2021-07-12T08:00:00Z');
  const next = await publishedCall(house, { region: '44', at: '2021-07-12T08:00:00Z' });
  const curious = { ...(await house.as('curieuse@exemple.example')), indexes: (await library()).indexes };
  expect((await openCalls(curious)).map(({ id }) => id)).toContain(next.id);
  // What is copied is what the holder agreed to, under the same hash: not what was deposited since, nor anything more.
  const agreedText = await showcaseTextOf(ars, await readShowcase(ars, one.id));
  expect(agreedText?.content.remade).toMatchObject({
    ...{ audience: 'Les parents de tout-petits.', indicators: [{ title: 'Familles accueillies' }] },
  });
  expect(agreedText?.sha256).toBe(
    createHash('sha256')
      .update(canonical(agreedText?.content as Json))
      .digest('hex'),
  );
  const [last] = await snapshotsOf(ars, one.id);
  const since = { ...last?.content, audience: { words: 'Écrit pour l’ARS seule.', families: '', stages: [] } };
  await db
    .insertInto('call_snapshot')
    .values({
      ...{ id: crypto.randomUUID(), application: one.id, number: 2, content: JSON.stringify(since), sha256: 'h' },
      ...{ made_by: one.holder.actor.account, made_at: house.clock.now() },
    })
    .execute();
  const draft = done(await remake(curious, slug, next.id));
  expect(await sourceOfDraft(curious, draft)).toMatchObject({ initiative: slug, holder: 'Association Exemple' });
  expect((await readContent(curious, draft)).content).toMatchObject({
    ...{ axes: { axes: [1] }, audience: { words: 'Les parents de tout-petits.', families: '' } },
    ...{ indicators: { indicators: [{ title: 'Familles accueillies', target: null }] }, project: { title: '' } },
  });
  expect(await remake(curious, 'nulle-part', next.id)).toMatchObject({ error: { code: 'no_such_initiative' } });

  // Its holder, once registered: known by the SIREN of its application, and written to by the relay, without an address.
  expect(await holderOf(curious, slug)).toEqual({ sure: undefined, named: [] });
  const registered = (name: string, siret: string) => {
    const published = JSON.stringify({ as: 'structure', structure: { name, kind: 'association', siret }, places: [] });
    const now = house.clock.now();
    return db
      .insertInto('registration')
      .values({
        ...{ account: one.holder.actor.account, status: 'published', draft: published, published, revision: 1 },
        ...{ insee: '97411', epci: '249740077', departement: '974', region: '04' },
        ...{ created_at: now, changed_at: now, sent_at: now },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  };
  const holder = await registered('Association Exemple', '123 456 782 00010');
  expect(await holderOf(curious, slug)).toMatchObject({ sure: { id: holder.id }, named: [] });
  const files = import.meta.glob<Record<string, unknown>>('/src/routes/initiatives/*/refaire/+page.server.ts', {
    eager: true,
  });
  const visit = (
    who: Context,
    name: string,
    at: { readonly params: { readonly slug: string }; readonly form?: Record<string, string> },
  ) => {
    const found = doorsOf(files).find((door) => door.name === name);
    if (!found) throw new Error(name);
    return callDoor(who, found.door, { ...at, address: `/initiatives/${at.params.slug}/refaire` });
  };
  expect((await visit(curious, 'load', { params: { slug } })).text).toContain(
    `/professionnels/espace/ecrire/${holder.id}`,
  );

  // Of the documents: whoever is registered under its name there, to be checked; axes are chosen, the rest is not made up.
  const { holder: name } = (await bus()) ?? { holder: '' };
  const namesake = await registered(name.toUpperCase(), '');
  expect(await holderOf(curious, 'baby-bus-reunion')).toMatchObject({ sure: undefined, named: [{ id: namesake.id }] });
  const documents = { params: { slug: 'baby-bus-reunion' } };
  const offered = (await visit(curious, 'load', documents)).text;
  expect([offered.includes(namesake.id), offered.includes(holder.id)]).toEqual([true, false]);
  const visitor = { ...house.context, indexes: curious.indexes };
  expect((await visit(visitor, 'load', documents)).text).not.toContain(namesake.id);
  const started = await visit(curious, '?/commencer', {
    ...documents,
    form: { call: next.id, axes: '2' },
  });
  const own = started.text.match(/candidatures\/([0-9a-f-]{36})/)?.[1] ?? '';
  expect((await readContent(curious, own)).content).toMatchObject({
    ...{ axes: { axes: [2] }, audience: { words: '' }, indicators: { indicators: [] } },
  });
  const stray = done(await remake(curious, 'baby-bus-reunion', next.id, [99, Number.NaN]));
  expect((await readContent(curious, stray)).content.axes.axes).toEqual([]);
  const twice = done(await remake(curious, 'baby-bus-reunion', next.id, [2, 1, 2, 2, 1]));
  expect((await readContent(curious, twice)).content.axes.axes).toEqual([1, 2]);

  done(await withdrawShowcase(one.holder, one.id));
  expect(catalogue(await library()).bySlug.has(slug)).toBe(false);
  // The rows are what the journal gives (I-16), which holds no text.
  for (const { id } of [one, two]) {
    const { state } = await loadStream(ars, showcaseStream, id);
    expect(await readShowcase(ars, id)).toEqual(JSON.parse(JSON.stringify(state)));
    expect(JSON.stringify(await readStream(db, `call-showcase/${id}`))).not.toMatch(/lieu ouvert|Exemple/i);
  }
});

test('a project with a label and no money is followed to a permanent line, without any agreement (document 004, Landes)', async () => {
  const said = { next: 'ri_afc', on: '2021-07-01', words: 'Une ligne du règlement intérieur de la Caf.' } as const;
  expect(await recordPermanence(ars, refused.id, said)).toMatchObject({ error: { code: 'not_in_force' } });
  await laureate(refused.id, {});
  const holder = await house.as('refusee@exemple.example');
  expect(await projectView(holder, refused.id)).toMatchObject({ labelOnly: true, indicators: [{ id: 'i1' }] });
  const today = '2021-07-12';
  done(await askReport(ars, refused.id, 'final', { today, origin: site }));
  expect(mailsTo('refusee@exemple.example')).toBeGreaterThan(0);
  // Nobody signs it any more: those who write it are told, and so are those who propose a text.
  const members = db.updateTable('call_application_member').where('application', '=', refused.id);
  await members.set({ role: 'writer' }).execute();
  house.clock.moveTo('2021-07-13T08:00:00Z');
  const silent = mailsTo('refusee@exemple.example');
  const shown = { title: 'Une maison', name: '', holder: 'Association Exemple', summary: 'Un lieu.', axis: 1 };
  const where = { priorities: [2], proposed: false, place: '', regions: [], departements: [], axis_words: 'Repérage' };
  done(await proposeShowcase(ars, refused.id, { ...shown, ...where }));
  expect(mailsTo('refusee@exemple.example')).toBe(silent + 1);
  // Reminded of, thirty days later, as any other one.
  house.clock.moveTo('2021-08-11T08:00:00Z');
  const before = mailsTo('refusee@exemple.example');
  await job.handle(house.context, {});
  await job.handle(house.context, {});
  expect(mailsTo('refusee@exemple.example')).toBe(before + 1);
  await members.set({ role: 'signatory' }).execute();
  const [report] = (await readAgreement(ars, refused.id)).reports;
  const content = {
    ...(await firstReport(holder, refused.id)),
    ...{ indicators: [{ id: 'i1', actual: 40, words: '' }], next: 'own_budget' as const },
    words: { done: 'Ouverte.', families: 'Moins seules.', difficulties: '', permanence: '' },
  };
  const spent = content.expenses.map((one) => ({ ...one, spent: one.planned }));
  done(await writeReport(holder, refused.id, report?.id ?? '', { ...content, expenses: spent }, ''));
  const last = await lastReport(holder, report?.id ?? '');
  done(await giveReport(holder, refused.id, report?.id ?? '', last?.sha256 ?? ''));
  for (const command of ['findComplete', 'validate'] as const)
    done(await answerReport(ars, refused.id, report?.id ?? '', { command, reason: '', origin: site }));
  const followed = async () => (await followUpOf(ars, call.id))?.lines.find(({ id }) => id === refused.id);
  expect(await followed()).toMatchObject({ granted: 0, permanence: 'own_budget', measured: [{ actual: 40 }] });
  expect(await recordPermanence(holder, refused.id, said)).toMatchObject({ error: { code: 'not_allowed' } });
  done(await recordPermanence(ars, refused.id, said));
  expect(await followed()).toMatchObject({ permanence: 'ri_afc', agreement: { status: 'absent', terms: null } });
  const { state } = await loadStream(ars, agreementStream, refused.id);
  expect(await readAgreement(ars, refused.id)).toEqual(JSON.parse(JSON.stringify(state)));
});

test('whoever signs for a party finds it in their export, and is forgotten when they leave', async () => {
  expect((await exportAfter(direction)).agreements).toHaveLength(2);
  await forgetInAfter(house.context, direction.actor.account);
  const emails = [...(await mailboxesOf(ars, (await readAgreement(ars, one.id)).terms)).values()];
  expect(emails).not.toContain('directrice.ars@exemple.example');
  expect(emails).toContain('porteuse@exemple.example');
});
