import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { extractText } from 'unpdf';
import { beforeAll, expect, test } from 'vitest';
import type { AgencyKind } from '#platform/permissions.ts';
import { ok, type Result } from '#platform/result.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { loadStream, withStream } from '#platform/server/journal/stream.ts';
import { listResponse } from '#platform/server/lists/list.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import { type CallsHouse, callsHouse, declared, depositedApplication, done, publishedCall } from '#testing/calls.ts';
import { readAndPrepare } from '#testing/calls-selection.ts';
import { killAfter } from '#testing/killed.ts';
import { pdfWords } from '#testing/pdf-words.ts';
import type { AgreementEvent } from '../../after/agreement.ts';
import type { ApplicationEvent } from '../../application/application.ts';
import { addAmounts, usesOf } from '../../selection/allocation.ts';
import { type DecisionState, noDecision, takenBy } from '../../selection/decision.ts';
import { compareScenarios } from '../../selection/scenario.ts';
import { agreementStream } from '../after/agreement-stream.ts';
import { moveAgreement } from '../after/agreements.ts';
import { answerAppeal, appealsOf, receiveAppeal } from '../after/appeals.ts';
import { notifiedWithout, preparedLaureates, prepareLaureates } from '../after/ministry.ts';
import { noteSupport, planSupport, supportStream, supportsOf } from '../after/supports.ts';
import { applicationRow, takeStep } from '../application/application-stream.ts';
import { findAdmissible, findInadmissible } from '../application/instruction.ts';
import { callStream, readCall } from '../call-stream.ts';
import { amendCall } from '../calls.ts';
import { exportCalls, forgetInCalls } from '../rights.ts';
import { whatWaits } from '../waiting.ts';
import { cancelSession, changeSession, convene } from './convene.ts';
import { allocated, decisionStream, readDecision, releaseDecision, signDecision, writeDecision } from './decisions.ts';
import { orderOnOwn } from './declare-interests.ts';
import { fileAccess } from './file-access.ts';
import { letterPdf, receivedLetters } from './holder-letters.ts';
import { inviteJuror } from './jury.ts';
import { writeTemplate } from './letter-templates.ts';
import { composeLetter, lettersOf, lettersToPrepare, prepareLetters, previewLetters } from './letters.ts';
import { moveSelection, selectionFacts, topUpEnvelope } from './move-selection.ts';
import { nameSignatory, unsignedAmong } from './name-signatory.ts';
import { followUp, recommend, recommendationsOf } from './recommendations.ts';
import { recommendationsList } from './recommendations-list.ts';
import { reopenAdmissibility } from './reopen-admissibility.ts';
import { publicResults, resultsView } from './results-view.ts';
import { addScenario, candidatesOf, scenariosOf, settleScenario, writeScenario } from './scenarios.ts';
import { sendLettersJob, sendPrepared } from './send-letters.ts';
import { minutesView, sessionView } from './session-view.ts';
import { closeItem, moveSession, readSession, sessionStream } from './sessions.ts';
import { keepMinutesJob, keptMinutes, signMinutes } from './signed-minutes.ts';
import { sessionCalendar } from './tell-jurors.ts';

const ORIGIN = 'https://mille-jours.example';
const TERMS = 'Deux mois pour un recours.';
const codeOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.error.code);

/** A file whose evaluations are closed. */
const evaluate = async (who: PersonContext, id: string): Promise<void> => {
  for (const [command, type] of [
    ['findAdmissible', 'FoundAdmissible-V1'],
    ['startEvaluation', 'EvaluationStarted-V1'],
    ['closeEvaluations', 'EvaluationsClosed-V1'],
  ] as const)
    done(await takeStep(who, id, command, () => ok([{ type, data: {} } as ApplicationEvent])));
};

/** A call that is closed, with `count` files; both organisers have declared their interests. */
const closedCall = async (house: CallsHouse, region: string, count: number, choices: Record<string, string> = {}) => {
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const call = await publishedCall(house, { region, choices });
  const files: string[] = [];
  for (let at = 0; at < count; at += 1)
    files.push((await depositedApplication(house, call, { email: `porteuse${at}@exemple.example` })).id);
  house.clock.moveTo('2021-08-01T08:00:00Z');
  await declared(call.ars, call.id);
  await declared(call.dreets, call.id);
  return { ...call, files };
};

/** A session that says the same of every file, and whose minutes are signed. */
const heldSession = async (who: PersonContext, call: string, files: readonly string[]): Promise<string> => {
  const at = Temporal.Instant.from('2021-08-10T08:00:00Z');
  const id = done(await convene(who, call, { at, place: 'Rennes', agenda: files }));
  done(await moveSession(who, id, { command: 'open', present: [] }));
  for (const application of files) {
    done(await moveSession(who, id, { command: 'openItem', application, out: [] }));
    const said = { issue: 'laureate', amounts: {}, votes: null, words: '' } as const;
    done(await closeItem(who, id, application, said));
  }
  done(await moveSession(who, id, { command: 'close' }));
  const sha256 = (await minutesView(who, call, id, String))?.hash ?? '';
  done(await signMinutes(who, id, sha256));
  return id;
};

const laureate = (amounts: Readonly<Record<string, number>>) => ({
  ...{ issue: 'laureate' as const, amounts, rank: null, words: '', conditions: '', referent: '' },
});
const rejected = { ...laureate({}), issue: 'rejected' as const, words: 'Le projet ne dit pas ce qu’il change.' };

let house: CallsHouse;
beforeAll(async () => {
  let end = async () => {};
  house = await callsHouse(undefined, (work) => {
    end = work;
  });
  return () => end();
});

const signBoth = async (call: { ars: PersonContext; dreets: PersonContext }, application: string): Promise<void> => {
  for (const [who, agency] of [
    [call.ars, 'ars'],
    [call.dreets, 'dreets'],
  ] as const satisfies readonly (readonly [PersonContext, AgencyKind])[]) {
    const { written: seen } = await readDecision(who, application);
    done(await signDecision(who, application, { agency, seen }));
  }
};

test('a joint call goes from its closing to its letters; a decision is corrected, its letter with it', async () => {
  const call = await closedCall(house, '53', 4, { appeal_terms: TERMS });
  const { ars, dreets, id, files } = call;
  const [one = '', two = '', three = '', four = ''] = files;
  const origin = ORIGIN;

  // Somebody of the jury, recused from the second file; nothing opens before the selection begins.
  const invited = { name: 'Ana Exemple', email: 'ana@exemple.example', organisation: 'Caf', siren: '', represents: '' };
  const seat = { quality: 'funder', voice: 'deliberative', group: '', origin: undefined };
  const ana = done(await inviteJuror(ars, id, { ...invited, ...seat }));
  const juror = await house.as('ana@exemple.example');
  const recusal = { application: two, stand: 'recused', kind: 'job', reason: null, grounds: [] } as const;
  done(await orderOnOwn(juror, id, { command: 'declare', answer: 'recusal', files: [recusal] }));
  for (const file of [one, two, three]) await evaluate(ars, file);
  const at = Temporal.Instant.from('2021-08-10T08:00:00Z');
  expect(codeOf(await convene(ars, id, { at, place: '', agenda: [one] }))).toBe('not_selecting');
  done(await moveSelection(ars, id, { command: 'startSelection', reason: '' }));
  expect(codeOf(await moveSelection(ars, id, { command: 'startSelection', reason: '' }))).toBe('not_now');
  const calendar = (await readCall(ars, id))?.calendar;
  if (!calendar) throw new Error('no calendar');
  expect(codeOf(await amendCall(ars, id, { text: 'x', calendar, origin }))).toBe('not_now');

  // Scenarios: counted side by side, one is put to the session, none decides.
  const access = await fileAccess(ars, id);
  if (!access.open) throw new Error('closed');
  const scenario = done(await addScenario(ars, id, { name: 'Tout le FIR', copy: '' }));
  const rows = [{ application: one, amounts: { FIR: 9_000_000 } }];
  done(await writeScenario(ars, scenario, { name: 'Tout le FIR', rows, seen: 1 }));
  expect(codeOf(await writeScenario(dreets, scenario, { name: 'x', rows, seen: 1 }))).toBe('journal_conflict');
  const copy = done(await addScenario(dreets, id, { name: 'À deux', copy: scenario }));
  const more = [{ application: three, amounts: { 'P304-17': 11_000_000 } }];
  done(await writeScenario(dreets, copy, { name: 'À deux', rows: more, seen: 1 }));
  done(await settleScenario(ars, scenario, 'propose'));
  done(await settleScenario(ars, copy, 'propose'));
  const kept = await scenariosOf(ars, id, access);
  expect(kept.map(({ name, proposed }) => [name, proposed])).toEqual([
    ['À deux', true],
    ['Tout le FIR', false],
  ]);
  const envelopes = (await readCall(ars, id))?.money.envelopes ?? [];
  const candidates = await candidatesOf(ars, id, access, new Map());
  expect(compareScenarios(kept, candidates, envelopes)).toMatchObject([
    { count: 2, departements: [{ key: '35', count: 2 }], uses: [{ left: 1_000_000 }, { left: -1_000_000 }] },
    { count: 1, holders: [{ key: 'Association', count: 1 }], uses: [{ left: 1_000_000 }, { left: 10_000_000 }] },
  ]);
  expect(await allocated(ars, id)).toEqual({});

  // Convened by mistake, a session is changed, then cancelled: the jury is told each time, of no file; its files are free.
  const mistaken = done(await convene(ars, id, { at, place: 'Salle 1', agenda: [one, two], origin: ORIGIN }));
  const tellings = () => house.context.posted.filter(({ key }) => key?.startsWith(`call-session/${mistaken}/`));
  const later = at.add({ hours: 24 });
  const changed = { at: later, place: 'Salle 1', origin: ORIGIN };
  done(await changeSession(ars, mistaken, { ...changed, agenda: [two, one], seen: 1 }));
  done(await changeSession(ars, mistaken, { ...changed, agenda: [one, two], seen: 2 }));
  done(await changeSession(dreets, mistaken, { ...changed, agenda: [three], seen: 2 }));
  // Who read the session before that change writes nothing over it, and is told to read it again (I-18).
  const stale = [
    { ...changed, agenda: [one], seen: 2 },
    { ...changed, agenda: [three], place: 'Salle 3', seen: 2 },
    { ...changed, at, agenda: [one], seen: Number.NaN },
  ];
  for (const asked of stale) expect(codeOf(await changeSession(ars, mistaken, asked))).toBe('journal_conflict');
  expect(await sessionView(ars, id, mistaken)).toMatchObject({ version: 3, items: [{ item: { application: three } }] });
  const past = { at: house.clock.now().subtract({ minutes: 2 }), place: '', agenda: [three] };
  expect(codeOf(await changeSession(ars, mistaken, { ...past, seen: 3 }))).toBe('already_past');
  expect(codeOf(await convene(ars, id, { ...past, agenda: [one] }))).toBe('already_past');
  expect(codeOf(await changeSession(juror, mistaken, { at, place: '', agenda: [three], seen: 3 }))).toBe('not_allowed');
  expect((await selectionFacts(ars, id)).minutes).toEqual({ signed: 0, unsigned: 1 });
  expect(codeOf(await cancelSession(ars, mistaken, { reason: ' ', origin: ORIGIN }))).toBe('reason_missing');
  done(await cancelSession(ars, mistaken, { reason: 'Convoquée par erreur.', origin: ORIGIN }));
  expect((await selectionFacts(ars, id)).minutes).toEqual({ signed: 0, unsigned: 0 });
  expect(codeOf(await changeSession(ars, mistaken, { at, place: '', agenda: [three], seen: 4 }))).toBe('not_now');
  expect(tellings().map(({ to, subject }) => [to, subject])).toEqual([
    ['ana@exemple.example', 'Une séance du jury est convoquée'],
    ['ana@exemple.example', 'La séance du jury change de date, d’heure ou de lieu'],
    ['ana@exemple.example', 'L’ordre du jour de la séance du jury change'],
    ['ana@exemple.example', 'La séance du jury est annulée'],
  ]);
  expect(new Set(tellings().map(({ key }) => key)).size).toBe(4);
  expect(tellings()[1]?.text).toMatch(/le mercredi 11 août 2021 à 10.h.00, heure de Paris\.\n\nLieu.: Salle 1\n/);
  expect(tellings()[3]?.text).toMatch(/Motif.: Convoquée par erreur\./);
  expect(tellings().some(({ text }) => text.includes('Une maison des parents'))).toBe(false);
  const agenda = await sessionCalendar(juror, id, mistaken, ORIGIN);
  expect(agenda).toContain('STATUS:CANCELLED');
  expect(agenda).toContain('DTSTART:20210811T080000Z');
  expect(await sessionCalendar(await house.as('autre@exemple.example'), id, mistaken, ORIGIN)).toBeUndefined();

  // The session: the recused member leaves before the point opens, and sees nothing of it.
  const session = done(await convene(ars, id, { at, place: 'Salle 2', agenda: [one, two, three] }));
  done(await moveSession(ars, session, { command: 'open', present: [ana] }));
  expect(codeOf(await moveSession(ars, session, { command: 'openItem', application: two, out: [] }))).toBe(
    'exits_missing',
  );
  expect(codeOf(await moveSession(juror, session, { command: 'close' }))).toBe('not_allowed');
  for (const [application, out, votes] of [
    [two, [ana], null],
    [one, [], { [ana]: 'for' }],
    [three, [], { [ana]: 'against' }],
  ] as const) {
    done(await moveSession(ars, session, { command: 'openItem', application, out }));
    const said = { issue: 'laureate', amounts: { FIR: 4_000_000 }, words: '' } as const;
    if (application === two)
      expect(codeOf(await closeItem(ars, session, two, { ...said, votes: { [ana]: 'for' } }))).toBe('not_a_voter');
    done(await closeItem(ars, session, application, { ...said, votes }));
  }
  const seen = await sessionView(juror, id, session);
  expect(seen?.items.find(({ item }) => item.application === two)).toMatchObject({
    hidden: true,
    title: '',
    holder: '',
  });
  expect(await sessionView(await house.as('autre@exemple.example'), id, session)).toBeUndefined();
  expect((await applicationRow(ars, two))?.status).toBe('deliberated');
  done(await moveSession(ars, session, { command: 'close' }));
  expect(codeOf(await signMinutes(ars, session, 'autre'))).toBe('journal_conflict');
  const minutes = await minutesView(ars, id, session, String);
  const lines = minutes?.minutes.parts.flatMap((part) => part.lines) ?? [];
  expect(lines.some((line) => /^A quitté la salle.*Ana Exemple, Caf/.test(line))).toBe(true);
  const own = (await minutesView(juror, id, session, String))?.minutes.parts ?? [];
  expect(own.some((part) => part.lines.some((line) => line.startsWith('A quitté la salle')))).toBe(false);
  done(await signMinutes(ars, session, minutes?.hash ?? ''));
  // What is kept is the very document; who is recused from a point has another one.
  const keptText = async () => {
    const file = await keptMinutes(ars, id, session);
    const bytes = file && new Uint8Array(await new Response(file.body).arrayBuffer());
    const kept = await ars.db.selectFrom('call_session').select('minutes_sha256').where('id', '=', session).execute();
    expect(kept).toEqual([{ minutes_sha256: bytes && createHash('sha256').update(bytes).digest('hex') }]);
    return bytes ? (await extractText(bytes, { mergePages: true })).text.replaceAll(/\s+/g, ' ') : '';
  };
  expect(await keptText()).toContain('Ana Exemple, Caf (Financeur, voix délibérative)');
  await ars.db.updateTable('call_juror').set({ organisation: 'Autre' }).where('id', '=', ana).execute();
  expect(await keptText()).toContain('Ana Exemple, Caf (Financeur');
  expect(await keptMinutes(juror, id, session)).toBeUndefined();

  // Decisions: within each line, signed by each organiser, by nobody who is recused.
  expect(codeOf(await writeDecision(ars, four, rejected, { seen: 0 }))).toBe('session_missing');
  expect(codeOf(await writeDecision(juror, one, rejected, { seen: 0 }))).toBe('no_such_application');
  done(await writeDecision(ars, one, laureate({ FIR: 9_000_000, 'P304-17': 5_000_000 }), { seen: 0 }));
  expect(codeOf(await writeDecision(dreets, two, laureate({ FIR: 1_000_001 }), { seen: 0 }))).toBe('above_envelope');
  done(await writeDecision(dreets, two, { ...laureate({}), issue: 'reserve', rank: 1 }, { seen: 0 }));
  done(await writeDecision(ars, three, rejected, { seen: 0 }));
  expect(codeOf(await moveSelection(ars, id, { command: 'fixResults', reason: '' }))).toBe('undecided');
  for (const file of [one, two, three]) await signBoth(call, file);
  expect(codeOf(await moveSelection(ars, id, { command: 'fixResults', reason: '' }))).toBe('undecided');
  const reason = { text: 'Le projet dépasse la région.', reasons: ['R-51'] };
  done(await findInadmissible(dreets, four, reason));
  expect(codeOf(await moveSelection(ars, id, { command: 'fixResults', reason: '' }))).toBe('below_minimum');

  // What is found inadmissible may be told at once; nothing else before the results are fixed.
  expect(await lettersToPrepare(ars, id)).toEqual([four]);
  const { read: early } = await previewLetters(ars, [three], origin);
  expect(codeOf(await prepareLetters(ars, id, early, origin))).toBe('not_fixed');
  await readAndPrepare(ars, id, [four]);
  done(await sendPrepared(ars, id, four));
  const letters = () => house.context.posted.filter(({ key }) => key?.startsWith('call-letter/'));
  await sendLettersJob.handle(house.context, { call: id });
  await sendLettersJob.handle(house.context, { call: id });
  expect(letters().map(({ to }) => to)).toEqual(['porteuse3@exemple.example']);
  expect(letters()[0]?.text).toMatch(/Le projet dépasse la région\.(.|\n)*Deux mois pour un recours\./);
  expect((await applicationRow(ars, four))?.status).toBe('notified');

  // An appeal makes the organisers look again: what was told counts as corrected, and the file is instructed anew.
  const on = '2021-08-01';
  const holder = await house.as('porteuse3@exemple.example');
  done(await receiveAppeal(holder, four, { kind: 'gracious', on, text: 'Le projet reste dans la région.' }));
  const [appeal] = await appealsOf(ars, four);
  const answer = (command: 'study' | 'reform') =>
    answerAppeal(ars, four, appeal?.id ?? '', { command, text: 'Il y reste.' });
  done(await answer('study'));
  expect(codeOf(await answer('reform'))).toBe('not_corrected');
  expect(codeOf(await reopenAdmissibility(ars, four, ''))).toBe('reason_missing');
  expect(codeOf(await reopenAdmissibility(ars, three, 'x'))).toBe('not_now');
  expect(codeOf(await reopenAdmissibility(juror, four, 'x'))).toBe('not_allowed');
  done(await reopenAdmissibility(ars, four, 'Le projet reste dans la région.'));
  done(await answer('reform'));
  expect((await applicationRow(ars, four))?.status).toBe('deposited');
  expect((await applicationRow(ars, four))?.state.inadmissible).toBeNull();
  // Found so again, then again not: the letter that waited never leaves.
  done(await findInadmissible(dreets, four, reason));
  await readAndPrepare(ars, id, [four]);
  done(await reopenAdmissibility(ars, four, 'Encore.'));
  const letterStates = (await lettersOf(ars, four, { sent: false })).map((one) => [
    ...[one.sent_at !== null, one.cancelled_at !== null],
  ]);
  expect(letterStates.filter(([sentOne, cancelled]) => cancelled && !sentOne)).toHaveLength(1);
  expect((await selectionFacts(ars, id)).undecided).toBe(1);
  done(await findInadmissible(dreets, four, reason));
  expect((await selectionFacts(ars, id)).unwritten).toBeGreaterThan(0);
  await readAndPrepare(ars, id, [four]);
  done(await sendPrepared(ars, id, four));
  await sendLettersJob.handle(house.context, { call: id });
  expect(letters()).toHaveLength(2);

  done(await moveSelection(ars, id, { command: 'fixResults', reason: 'Deux projets seulement étaient prêts.' }));
  expect(codeOf(await moveSelection(ars, id, { command: 'notifyResults', reason: '' }))).toBe('letters_missing');
  // What is prepared is what was read: a text changed meanwhile, and none of them is.
  const toRead = await lettersToPrepare(ars, id);
  expect(toRead).toEqual([one, two, three]);
  const { read } = await previewLetters(ars, toRead, origin);
  const another = { subject: 'Votre projet', text: 'Bonjour.\n\nLe projet est au rang {rang}.' };
  done(await writeTemplate(dreets, id, 'reserve', another));
  expect(codeOf(await prepareLetters(ars, id, read, origin))).toBe('journal_conflict');
  expect(codeOf(await prepareLetters(ars, id, { ...read, applications: [one, three] }, origin))).toBe(
    'journal_conflict',
  );
  expect(codeOf(await prepareLetters(juror, id, read, origin))).toBe('no_such_application');
  expect(await lettersToPrepare(ars, id)).toEqual(toRead);
  await readAndPrepare(ars, id, toRead);
  expect(await lettersToPrepare(ars, id)).toEqual([]);
  expect(await publicResults(house.context, call.slug)).toBeUndefined();

  // Corrected after its letter was prepared: that letter never leaves, another one does (I-11).
  const [before] = await lettersOf(ars, three, { sent: false });
  const written = (await readDecision(ars, three)).written;
  const reserve = { ...laureate({}), issue: 'reserve' as const, rank: 2 };
  done(await writeDecision(ars, three, reserve, { seen: written, reason: 'Erreur de saisie.' }));
  expect((await lettersOf(ars, three, { sent: false }))[0]?.cancelled_at).not.toBeNull();
  expect(codeOf(await moveSelection(ars, id, { command: 'notifyResults', reason: '' }))).toBe('undecided');
  await signBoth(call, three);
  const previewed = done(await composeLetter(ars, three, origin));
  // Nor does the message to the ministry: read as the results stand, or nothing is notified.
  const notify = () => moveSelection(ars, id, { command: 'notifyResults', reason: '' });
  const message = done(await preparedLaureates(ars, id));
  expect([message.count, message.text.includes('FIR')]).toEqual([1, true]);
  expect(codeOf(await prepareLaureates(ars, id, 'autre'))).toBe('journal_conflict');
  // Kept once more, it is kept once.
  for (const who of [dreets, ars]) done(await prepareLaureates(who, id, message.sha256));
  expect(await readStream(ars.db, `call-ministry/${id}`)).toHaveLength(1);
  await readAndPrepare(ars, id, [three]);
  const { written: seenOne } = await readDecision(ars, one);
  done(await writeDecision(ars, one, laureate({ FIR: 8_900_000 }), { seen: seenOne, reason: 'Moins que prévu.' }));
  await signBoth(call, one);
  await readAndPrepare(ars, id, [one]);
  expect(await notify()).toMatchObject({
    error: { code: 'ministry_message_missing', rule: { reference: expect.stringMatching(/^R-90/) } },
  });
  done(await prepareLaureates(ars, id, done(await preparedLaureates(ars, id)).sha256));
  done(await notify());
  const after = done(await preparedLaureates(ars, id));
  expect(codeOf(await prepareLaureates(ars, id, after.sha256))).toBe('not_told');
  await sendLettersJob.handle(house.context, { call: id });
  await sendLettersJob.handle(house.context, { call: id });
  const sent = letters().slice(2);
  expect(sent.map(({ to }) => to).toSorted()).toEqual([0, 1, 2].map((n) => `porteuse${n}@exemple.example`));
  const told = sent.find(({ to }) => to === 'porteuse2@exemple.example');
  expect([told?.subject, told?.text]).toEqual([previewed.subject, previewed.text]);
  expect(told?.text).not.toBe(before?.text);
  expect((await lettersOf(ars, three, { sent: true })).map(({ text }) => text)).toEqual([previewed.text]);

  // The PDF says the very same words.
  const flat = (text: string): string => text.replaceAll(/\s+/g, '');
  const [received] = (await receivedLetters(await house.as('porteuse2@exemple.example'), three))?.letters ?? [];
  const printed = flat(await pdfWords(letterPdf(received ?? { subject: '', text: '' }, '1er septembre 2021')));
  for (const paragraph of [previewed.subject, ...previewed.text.split('\n\n')])
    expect(printed).toContain(flat(paragraph));

  // Everybody reads who was chosen, and no amount unless the call shows them.
  expect(await publicResults(house.context, call.slug)).toMatchObject({
    shown: false,
    laureates: [{ id: one, number: 1 }],
  });

  // Looked at again after the results: found admissible, it is decided without a session, saying why, and told apart.
  done(await reopenAdmissibility(ars, four, 'Un recours.'));
  const late = { ...laureate({ 'P304-17': 1_000_000 }), issue: 'laureate' as const };
  const complete = (who: PersonContext, reason: string) =>
    writeDecision(who, four, late, { seen: 0, reason, command: 'complete' });
  expect(codeOf(await complete(ars, 'Elle est recevable.'))).toBe('not_admissible');
  // The call does not end on it: deposited again, written or prepared, nothing of it could be told any more.
  const finish = async () => codeOf(await moveSelection(ars, id, { command: 'finish', reason: '' }));
  const waiting = [await finish()];
  done(await findAdmissible(ars, four));
  expect(codeOf(await writeDecision(ars, four, late, { seen: 0 }))).toBe('not_selecting');
  expect(codeOf(await complete(ars, ''))).toBe('reason_missing');
  expect(codeOf(await complete(juror, 'Elle est recevable.'))).toBe('no_such_application');
  done(await complete(ars, 'Elle est recevable.'));
  expect((await applicationRow(ars, four))?.status).toBe('deliberated');
  await signBoth(call, four);
  waiting.push(await finish());
  await readAndPrepare(ars, id, [four]);
  waiting.push(await finish());
  done(await sendPrepared(ars, id, four));
  waiting.push(await finish());
  expect(waiting).toEqual(waiting.map(() => 'decisions_untold'));
  await sendLettersJob.handle(house.context, { call: id });
  expect(letters().at(-1)).toMatchObject({
    to: 'porteuse3@exemple.example',
    text: expect.stringContaining('P304-17).'),
  });
  expect((await readDecision(ars, four)).status).toBe('notified');
  done(await releaseDecision(ars, four, 'Elle renonce.'));

  // The laureate gives up: what they had is free, the first of the list is proposed, and nothing is done by itself.
  const next = async () => {
    const view = await resultsView(ars, id, (await readCall(ars, id)) ?? never());
    return view.open ? [view.next?.id, view.uses.map(({ left }) => left)] : [];
  };
  expect(codeOf(await releaseDecision(ars, one, ''))).toBe('reason_missing');
  done(await releaseDecision(ars, one, 'L’association renonce.'));
  expect(await next()).toEqual([two, [10_000_000, 10_000_000]]);
  done(await topUpEnvelope(ars, id, { envelope: 'FIR', origin: 'ARS', cents: 500_000 }));
  expect(await next()).toEqual([two, [10_500_000, 10_000_000]]);
  expect((await readDecision(ars, two)).ruling?.issue).toBe('reserve');
  const promoted = { seen: (await readDecision(ars, two)).written, reason: 'Un lauréat renonce.' };
  done(await writeDecision(ars, two, laureate({ FIR: 10_500_000 }), promoted));
  await signBoth(call, two);
  await readAndPrepare(ars, id, [two]);
  done(await sendPrepared(ars, id));
  // Nobody signs it any more: its letter is not sent, and said to be waiting; somebody is named, and it leaves.
  const [signatory] = await ars.db
    .deleteFrom('call_application_member')
    .where('application', '=', two)
    .where('role', '=', 'signatory')
    .returning('email')
    .execute();
  await sendLettersJob.handle(house.context, { call: id });
  expect([letters().length, (await lettersOf(ars, two, { sent: true })).length]).toEqual([6, 1]);
  expect([...(await unsignedAmong(ars, [one, two]))]).toEqual([two]);
  const named = { email: 'nouvelle@exemple.example', origin };
  expect(codeOf(await nameSignatory(call.dreets, one, named))).toBe('signs_already');
  expect(codeOf(await nameSignatory(await house.as('inconnue@exemple.example'), two, named))).toBe('not_allowed');
  done(await nameSignatory(ars, two, named));
  await sendLettersJob.handle(house.context, { call: id });
  expect(letters().at(-1)?.to).toBe('nouvelle@exemple.example');
  expect(signatory?.email).not.toBe('nouvelle@exemple.example');
  expect(letters()).toHaveLength(7);
  expect(codeOf(await moveSelection(ars, id, { command: 'finish', reason: '' }))).toBe('projects_underway');

  // A member’s account is erased: the minutes keep the role, lose the name, and their hash is the one that was signed (I-17).
  await forgetInCalls(house.context, juror.actor.account);
  expect(house.context.enqueued).toContainEqual({ name: 'calls.minutes', data: { session } });
  await keepMinutesJob.handle(house.context, { session });
  const anonymous = await keptText();
  expect(anonymous).not.toContain('Ana');
  expect(anonymous).toContain('Compte effacé, Autre (Financeur, voix délibérative)');
  expect(anonymous.replaceAll(' ', '')).toContain(minutes?.hash);
  expect((await minutesView(dreets, id, session, String))?.hash).toBe(minutes?.hash);
  // What is kept is what the journal gives (I-16), which holds no text and no name.
  for (const file of files) {
    const { state } = await loadStream(ars, decisionStream, file);
    expect(await readDecision(ars, file)).toEqual(JSON.parse(JSON.stringify(state)));
  }
  expect(await readSession(ars, session)).toEqual(
    JSON.parse(JSON.stringify((await loadStream(ars, sessionStream, session)).state)),
  );
  expect(await readCall(ars, id)).toEqual(JSON.parse(JSON.stringify((await loadStream(ars, callStream, id)).state)));
  const streams = [`call/${id}`, `call-session/${session}`, ...files.map((file) => `call-decision/${file}`)];
  for (const stream of streams)
    expect(JSON.stringify(await readStream(ars.db, stream))).not.toMatch(/Ana|exemple\.example|renonce|Salle|dépasse/);
});

test('where every agent is recused from a laureate, the results are notified with a motive that stays (R-90)', async () => {
  const { ars, dreets, id, files } = await closedCall(house, '76', 2);
  const third = await house.agent('dreets', 'region:76', 'coordinator');
  for (const file of files) await evaluate(ars, file);
  const amounts = { FIR: 1_000_000 };
  for (const [at, who] of [ars, dreets].entries()) {
    const application = files[at] ?? '';
    const recusal = { application, stand: 'recused', kind: 'job', reason: null, grounds: [] } as const;
    done(await orderOnOwn(who, id, { command: 'declare', answer: 'recusal', files: [recusal] }));
    const ruling = { ...laureate(amounts), words: null, conditions: null, referent: null };
    const state = { ...noDecision, status: 'prepared' as const, call: id, ruling };
    const row = { application, call: id, status: 'prepared', issue: 'laureate', rank: null, signed: true } as const;
    await ars.db
      .insertInto('call_decision')
      .values({ ...row, state: JSON.stringify(state), changed_at: house.clock.now() })
      .execute();
  }
  const fixed = [
    { type: 'SelectionStarted-V1', data: { reason: null } },
    { type: 'ResultsFixed-V1', data: { laureates: 2, allocated: amounts, reason: null } },
  ] as const;
  done(await withStream(ars, callStream, id, () => ok(fixed)));
  const notify = (reason: string) => moveSelection(ars, id, { command: 'notifyResults', reason });
  const words = async (who: PersonContext) => (await whatWaits(who)).map((one) => one.words);
  const MESSAGE = 'Préparer et relire le message au ministère';
  // A colleague who reads them all prepares it: no motive replaces them, and they alone are asked.
  await declared(third, id);
  expect(codeOf(await notify('Chacun est en déport.'))).toBe('ministry_message_missing');
  expect([await words(ars), await words(third)]).toEqual([[], [MESSAGE]]);
  expect(codeOf(await prepareLaureates(ars, id, 'x'))).toBe('recused');
  await ars.db.deleteFrom('agency_grant').where('account', '=', third.actor.account).execute();
  expect(await words(ars)).toEqual(['Notifier les résultats']);
  expect(await notify('')).toMatchObject({ error: { code: 'ministry_message_impossible', field: 'reason' } });
  done(await notify('Chacun est en déport : la direction régionale écrira.'));
  const call = await readCall(ars, id);
  expect(call && (await notifiedWithout(ars, call))).toBe('Chacun est en déport : la direction régionale écrira.');
  expect(call).toEqual(JSON.parse(JSON.stringify((await loadStream(ars, callStream, id)).state)));
});

test('an account that is erased while somebody signs the minutes leaves no name in them (I-17)', async () => {
  const { ars, id, files } = await closedCall(house, '32', 1);
  const [file = ''] = files;
  const invited = {
    name: 'Ana Exemple',
    email: 'ana2@exemple.example',
    organisation: 'Caf',
    siren: '',
    represents: '',
  };
  const seat = { quality: 'funder', voice: 'deliberative', group: '', origin: undefined };
  const ana = done(await inviteJuror(ars, id, { ...invited, ...seat }));
  const juror = await house.as('ana2@exemple.example');
  await declared(juror, id);
  await evaluate(ars, file);
  done(await moveSelection(ars, id, { command: 'startSelection', reason: '' }));
  const at = Temporal.Instant.from('2021-08-10T08:00:00Z');
  const session = done(await convene(ars, id, { at, place: 'Rennes', agenda: files }));
  done(await moveSession(ars, session, { command: 'open', present: [ana] }));
  done(await moveSession(ars, session, { command: 'openItem', application: file, out: [] }));
  done(await closeItem(ars, session, file, { issue: 'laureate', amounts: {}, votes: null, words: '' }));
  done(await moveSession(ars, session, { command: 'close' }));
  const hash = (await minutesView(ars, id, session, String))?.hash ?? '';
  // The document is made, with the name, and not kept yet: the account goes, and what takes the name out begins.
  let rewritten: Promise<unknown> = Promise.resolve();
  const put: typeof ars.files.put = async (...file) => {
    await forgetInCalls(house.context, juror.actor.account);
    expect(house.context.enqueued).toContainEqual({ name: 'calls.minutes', data: { session } });
    rewritten = Promise.resolve(keepMinutesJob.handle(house.context, { session }));
    await new Promise((soon) => setTimeout(soon, 200));
    return ars.files.put(...file);
  };
  done(await signMinutes({ ...ars, files: { ...ars.files, put } }, session, hash));
  await rewritten;
  const kept = await keptMinutes(ars, id, session);
  const bytes = new Uint8Array(await new Response(kept?.body).arrayBuffer());
  const { text } = await extractText(bytes, { mergePages: true });
  expect(text.replaceAll(/\s+/g, ' ')).toContain('Compte effacé, Caf');
  expect(text).not.toContain('Ana');
});

test('recommendations to a project or to all keep their author, their date and what became of them (L-09, L-12)', async () => {
  const call = await closedCall(house, '52', 1);
  const [file = ''] = call.files;
  const { ars, id } = call;
  done(await recommend(ars, id, { application: file, text: 'Ouvrir le soir.' }));
  house.clock.moveTo('2021-08-02T08:00:00Z');
  done(await recommend(ars, id, { application: undefined, text: 'Associer la PMI.' }));
  const [first, second] = await recommendationsOf(ars, id, [file]);
  expect([first?.text, second?.application]).toEqual(['Ouvrir le soir.', null]);
  expect(codeOf(await recommend(ars, id, { application: file, text: ' ' }))).toBe('words_missing');
  done(await followUp(ars, id, { id: first?.id ?? '', status: 'progress', words: 'Deux soirs par mois.' }));
  house.clock.moveTo('2021-09-02T08:00:00Z');
  done(await followUp(ars, id, { id: first?.id ?? '', status: 'done', words: '' }));
  expect((await recommendationsOf(ars, id, [file]))[0]).toMatchObject({
    ...{ status: 'done', author_name: ars.actor.name ?? ars.actor.email },
    steps: [{ status: 'progress', words: 'Deux soirs par mois.' }, { status: 'done' }],
  });
  const stranger = await house.as('autre@exemple.example');
  expect(codeOf(await recommend(stranger, id, { application: file, text: 'x' }))).toBe('no_such_call');
  expect((await exportCalls(ars)).recommendations).toHaveLength(2);
  await forgetInCalls(house.context, ars.actor.account);
  expect((await recommendationsOf(ars, id, [file])).map(({ author_name }) => author_name)).toEqual([
    ...['Compte effacé', 'Compte effacé'],
  ]);
});

test('a technical support has steps that both sides write, dated and journaled, until another decision follows (L-12)', async () => {
  const { ars, id, files } = await closedCall(house, '24', 1);
  const [file = ''] = files;
  const holder = await house.as('porteuse0@exemple.example');
  const plan = (who: PersonContext, on: string, words: string) => planSupport(who, file, { on, words });
  expect(codeOf(await plan(ars, '2021-09-01', 'Visiter le lieu.'))).toBe('no_support');
  const none = { amounts: {}, rank: null, words: null, conditions: null, referent: null };
  const told = { ...noDecision, status: 'notified' as const, call: id, ruling: { ...none, issue: 'support' as const } };
  const row = { application: file, call: id, status: 'notified', issue: 'support', rank: null, signed: true } as const;
  await ars.db
    .insertInto('call_decision')
    .values({ ...row, state: JSON.stringify(told), changed_at: house.clock.now() })
    .execute();
  done(await plan(ars, '2021-09-15', 'Écrire le projet éducatif.'));
  done(await plan(holder, '2021-09-01', 'Visiter un lieu déjà labellisé.'));
  expect(codeOf(await plan(holder, '2021-09-01', ' '))).toBe('reason_missing');
  expect(codeOf(await plan(await house.as('autre@exemple.example'), '2021-09-01', 'x'))).toBe('no_such_application');
  const steps = async () => (await supportsOf(ars, [file])).get(file) ?? [];
  const [visit, project] = await steps();
  const settle = (who: PersonContext, one: { id: string } | undefined, command: 'move' | 'note' | 'drop', on: string) =>
    noteSupport(who, file, { command, id: one?.id ?? '', on, words: command === 'drop' ? '' : 'Fait.' });
  expect(codeOf(await settle(holder, visit, 'note', '2021-09-01'))).toBe('day_later');
  expect(codeOf(await settle(ars, project, 'drop', '2021-08-01'))).toBe('reason_missing');
  done(await settle(ars, project, 'move', '2021-08-20'));
  done(await settle(holder, visit, 'note', '2021-08-01'));
  expect(codeOf(await settle(ars, visit, 'move', '2021-08-02'))).toBe('not_now');
  expect(await steps()).toMatchObject([
    { on: '2021-08-20', by: 'organiser', status: 'planned', words: 'Écrire le projet éducatif.', settled: null },
    { on: '2021-09-01', by: 'holder', status: 'done', settled: { by: 'holder', on: '2021-08-01', words: 'Fait.' } },
  ]);
  expect((await receivedLetters(holder, file))?.follows).toBe(true);
  // The row is what the journal gives (I-16), which holds no text.
  const { state } = await loadStream(ars, supportStream, file);
  const kept = await ars.db.selectFrom('call_support').select('state').executeTakeFirstOrThrow();
  expect(kept.state).toEqual(JSON.parse(JSON.stringify(state)));
  expect(JSON.stringify(await readStream(ars.db, `call-support/${file}`))).not.toMatch(/Visiter|Écrire|Fait/);
  const list = recommendationsList(
    { title: 'Un appel', slug: 'un-appel', madeOn: '1er août 2021' },
    await recommendationsOf(ars, id, [file]),
    await supportsOf(ars, [file]),
    { nameOf: () => 'n° 1', dayOf: String },
  );
  expect(await (await listResponse(list, 'csv')).text()).toContain('Visiter un lieu déjà labellisé.');
  // Another decision follows: nothing more is planned, and what was stays.
  await ars.db
    .updateTable('call_decision')
    .set({ state: JSON.stringify({ ...told, status: 'written' }) })
    .where('application', '=', file)
    .execute();
  expect(codeOf(await plan(ars, '2021-09-20', 'Encore.'))).toBe('no_support');
  expect(await steps()).toHaveLength(2);
});

test('no refusal leaves without the terms of appeal, even written after the publication (I-10)', async () => {
  const { ars, id, files } = await closedCall(house, '44', 1);
  const [file = ''] = files;
  done(await findInadmissible(ars, file, { reasons: ['R-52'], text: 'Une personne ne peut pas signer.' }));
  expect(codeOf(await prepareLetters(ars, id, { applications: [file], sha256: '' }, ORIGIN))).toBe(
    'appeal_terms_missing',
  );
  expect(codeOf(await writeTemplate(ars, id, 'inadmissible', { subject: 'Objet', text: '{motif}' }))).toBe(
    'word_missing',
  );
  done(await writeTemplate(ars, id, 'appeal', { subject: '', text: TERMS }));
  done(await writeTemplate(ars, id, 'inadmissible', { subject: 'Objet', text: 'Bonjour.\n\n{motif}\n\n{recours}' }));
  expect(done(await composeLetter(ars, file, ORIGIN)).text).toContain(
    `Bonjour.\n\nUne personne ne peut pas signer.\n\n${TERMS}`,
  );
});

test('killed at any statement, the job goes on: each letter leaves exactly once', async () => {
  const count = 3;
  const { ars, id, files } = await closedCall(house, '28', count, { appeal_terms: TERMS });
  for (const file of files) {
    done(await findInadmissible(ars, file, { reasons: ['R-52'], text: 'Motif.' }));
    await readAndPrepare(ars, id, [file]);
    done(await sendPrepared(ars, id, file));
  }
  const { db, jobs } = house.context;
  const sent = async () =>
    (await db.selectFrom('mail_outbox').select('key').where('key', 'like', 'call-letter/%').execute()).length;
  const run = async (kill: number | undefined) => {
    const through = kill === undefined ? db : db.withPlugin(killAfter(kill));
    await sendLettersJob.handle({ ...house.context, db: through, mail: createMailer(through, jobs) }, { call: id });
  };
  // Two at once, too.
  let last = 0;
  for (const kill of [3, 9, 12, 14, 16, 18, 21, 25, 30, 36]) {
    await Promise.allSettled([run(kill), run(kill + 1)]);
    const now = await sent();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
    const notified = await db
      .selectFrom('call_letter')
      .select('id')
      .where('call', '=', id)
      .where('sent_at', 'is not', null)
      .execute();
    expect(notified).toHaveLength(now);
  }
  await run(undefined);
  await run(undefined);
  expect(await sent()).toBe(count);
});

test('two processes, any commands at once: no line pays more than it holds, and the rows are the journal (I-3, I-18)', async () => {
  const { ars, dreets, id, files } = await closedCall(house, '27', 3);
  for (const file of files) await evaluate(ars, file);
  done(await moveSelection(ars, id, { command: 'startSelection', reason: '' }));
  await heldSession(ars, id, files);
  const other = createDatabase(createPool(house.url, 3));
  try {
    const people = [ars, { ...dreets, db: other }] as const;
    // Three want most of the same line at the same moment: one has it, whoever comes first.
    for (let round = 0; round < 4; round += 1) {
      for (const file of files)
        done(await writeDecision(ars, file, rejected, { seen: (await readDecision(ars, file)).written }));
      const asked = await Promise.all(
        files.map(async (file, at) => {
          const { written: seen } = await readDecision(ars, file);
          return writeDecision(people[at % 2] ?? ars, file, laureate({ FIR: 6_000_000 }), { seen });
        }),
      );
      expect(asked.map(codeOf).toSorted()).toEqual(['above_envelope', 'above_envelope', undefined]);
      expect(await allocated(ars, id)).toEqual({ FIR: 6_000_000 });
    }
    // Paid by an agreement: whoever releases or writes meanwhile, this money is not given again, even once it ended.
    const [paid = '', other1 = '', other2 = ''] = files;
    for (const file of files)
      done(await writeDecision(ars, file, rejected, { seen: (await readDecision(ars, file)).written }));
    const { written: first } = await readDecision(ars, paid);
    done(await writeDecision(ars, paid, laureate({ FIR: 6_000_000 }), { seen: first }));
    await signBoth({ ars, dreets }, paid);
    const line = { key: 'FIR', funder: 'ARS', line: 'FIR', cents: 6_000_000 } as const;
    const terms = {
      ...{ id: crypto.randomUUID(), sha256: 'h', parties: [], interimOn: null, lines: [line], schedule: [] },
      ...{ startsOn: '2021-07-01', endsOn: '2022-07-01' },
    };
    const agreed: readonly AgreementEvent[] = [
      { type: 'TermsWritten-V1', data: { terms } },
      ...(['AgreementInForce-V1', 'AgreementStarted-V1'] as const).map((type) => ({ type, data: {} })),
      { type: 'PaymentPlanned-V1', data: { id: 'p', key: 'FIR', cents: 6_000_000, on: '2021-07-02' } },
      { type: 'PaymentMoved-V1', data: { id: 'p', status: 'paid', on: '2021-07-02', cents: 6_000_000 } },
    ];
    done(await withStream(ars, agreementStream, paid, () => ok(agreed)));
    done(await moveAgreement(ars, paid, { command: 'askEnd', reason: 'L’association renonce.' }, ORIGIN));
    expect(codeOf(await releaseDecision(ars, paid, 'r'))).toBe('agreement_lives');
    const greedy = async (person: PersonContext, file: string) =>
      codeOf(
        await writeDecision(person, file, laureate({ FIR: 6_000_000 }), {
          seen: (await readDecision(person, file)).written,
        }),
      );
    const [ended, , , ...wanted] = await Promise.all([
      moveAgreement(ars, paid, { command: 'confirmEnd', due: 6_000_000 }, ORIGIN),
      releaseDecision(people[1], paid, 'r'),
      releaseDecision(ars, paid, 'r'),
      greedy(ars, other1),
      greedy(people[1], other2),
    ]);
    expect([codeOf(ended), ...wanted]).toEqual([undefined, 'above_envelope', 'above_envelope']);
    if ((await readDecision(ars, paid)).status !== 'released') done(await releaseDecision(ars, paid, 'r'));
    expect(await allocated(ars, id)).toEqual({ FIR: 6_000_000 });
    done(await moveAgreement(ars, paid, { command: 'recordRefund', cents: 2_000_000, on: '2021-08-01' }, ORIGIN));
    done(await releaseDecision(ars, paid, 'Deux millions de centimes sont reversés.'));
    expect(await allocated(ars, id)).toEqual({ FIR: 4_000_000 });

    const command = fc.record({
      who: fc.constantFrom(0, 1),
      file: fc.constantFrom(...files),
      what: fc.constantFrom('write', 'write', 'sign', 'correct', 'release'),
      fir: fc.integer({ min: 0, max: 7_000_000 }),
      p304: fc.integer({ min: 0, max: 7_000_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(command, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        async (rounds) => {
          for (const round of rounds) {
            await Promise.all(
              round.map(async ({ who, file, what, fir, p304 }) => {
                const person = people[who] ?? ars;
                const { written: seen } = await readDecision(person, file);
                const ruling = laureate({ FIR: fir, 'P304-17': p304 });
                if (what === 'sign') return signDecision(person, file, { agency: who === 0 ? 'ars' : 'dreets', seen });
                if (what === 'release') return releaseDecision(person, file, 'r');
                return writeDecision(person, file, ruling, { seen, ...(what === 'correct' ? { reason: 'r' } : {}) });
              }),
            );
            const given = await allocated(ars, id);
            const money = (await readCall(ars, id))?.money.envelopes ?? [];
            for (const { left } of usesOf(money, given)) expect(left).toBeGreaterThanOrEqual(0);
            const states: DecisionState[] = [];
            for (const file of files) states.push((await loadStream(ars, decisionStream, file)).state);
            expect(given).toEqual(addAmounts(states.map(takenBy)));
          }
        },
      ),
      { numRuns: 3 },
    );
  } finally {
    await other.destroy();
  }
  expect((await selectionFacts(ars, id)).minutes).toEqual({ signed: 1, unsigned: 0 });
});

const never = (): never => {
  throw new Error('no call');
};
