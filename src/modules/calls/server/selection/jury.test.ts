import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { loadStream } from '#platform/server/journal/stream.ts';
import { callsHouse, completeContent, declared, depositedApplication, done, publishedCall } from '#testing/calls.ts';
import { addressOf, callDoor, doorsOf } from '#testing/doors.ts';
import { takeStep } from '../application/application-stream.ts';
import { exportCalls, forgetInCalls } from '../rights.ts';
import { afterSnapshot } from './after-snapshot.ts';
import { assignFiles, closeEvaluations } from './assign-files.ts';
import { answerFound, declareInterests, liftRecusal, presidesOver } from './declare-interests.ts';
import { evaluationsView, evaluationView } from './evaluation-views.ts';
import {
  declineEvaluation,
  evaluationStream,
  reopenEvaluation,
  saveEvaluation,
  submitEvaluation,
} from './evaluations.ts';
import { fileAccess } from './file-access.ts';
import { interestsView } from './interests-view.ts';
import { inviteJuror, juryOf, leaveJury, nameInJury, pointToBody, replaceJuror, settleJury } from './jury.ts';
import { juryView } from './jury-view.ts';
import { acceptOpinion, askOpinion, endOpinion, giveOpinion, remindOpinions } from './opinions.ts';
import { followOpinions } from './opinions-job.ts';
import { opinionsOn, ownOpinion } from './opinions-view.ts';
import { proposedShares } from './proposed-shares.ts';
import { rankingView } from './ranking-view.ts';
import { addScenario, scenariosOf } from './scenarios.ts';
import { standingsOf } from './standings.ts';

const ORIGIN = 'https://mille-jours.example';

/** A refusal’s code, or the value. */
const codeOf = async (result: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string | undefined> => {
  const { ok, error } = await result;
  return ok ? undefined : error?.code;
};

const person = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ name, email: `${name}@exemple.example`, organisation: `Organisme de ${name}`, siren: '', represents: '' },
  ...{ quality: 'partner', voice: 'deliberative', group: '', origin: ORIGIN, ...more },
});

const invitedNames = ['pia', 'bea', 'oscar', 'ugo'];
const nothing = { answer: 'none', files: [], sirens: '' } as const;

const pages = import.meta.glob<Record<string, unknown>>(
  [
    '/src/routes/appels/espace/[[]id[]]/evaluations/*/+page.server.ts',
    '/src/routes/appels/espace/[[]id[]]/scenarios/*/+page.server.ts',
    '/src/routes/appels/espace/[[]id[]]/jury/avis/**/+page.server.ts',
  ],
  { eager: true },
);

/** Sends a form to an action of a page of the selection. */
const send = (
  who: PersonContext,
  page: string,
  action: string,
  params: Readonly<Record<string, string>>,
  sent: Readonly<Record<string, string>>,
) => {
  const route = `/appels/espace/[id]/${page}`;
  const found = doorsOf(pages).find((one) => one.route === route && one.name === action);
  if (!found) throw new Error(`${route} ${action}`);
  return callDoor(who, found.door, { address: addressOf(route, params), params, form: sent });
};

/** A call with three deposited files; the second’s partner is the organisation of `bea`, the third is of `oscar`’s. */
const selection = async () => {
  const house = await callsHouse();
  const call = await publishedCall(house);
  const { holder, budget } = completeContent();
  const a = await depositedApplication(house, call, { email: 'a@exemple.example' });
  const b = await depositedApplication(house, call, {
    email: 'b@exemple.example',
    content: { partners: { partners: [{ name: 'Caf', siren: '775 672 272', brings: '' }] } },
  });
  const c = await depositedApplication(house, call, {
    email: 'c@exemple.example',
    content: { holder: { ...holder, siret: '21350238800019', name: 'Ville' }, budget },
  });
  house.clock.moveTo('2021-07-20T08:00:00Z');
  const { ars } = call;
  const invited = [
    person('pia'),
    person('bea', { siren: '775672272', quality: 'funder' }),
    person('oscar', { siren: '213502388', quality: 'operator' }),
    person('ugo', { voice: 'consultative', quality: 'user' }),
  ];
  const ids: Record<string, string> = {};
  for (const one of invited) ids[one.name] = done(await inviteJuror(ars, call.id, one));
  const who: Record<string, PersonContext> = {};
  for (const { name, email } of invited) who[name] = await house.as(email);
  const of = <T>(record: Record<string, T>, name: string): T =>
    record[name] ??
    (() => {
      throw new Error(name);
    })();
  return {
    house,
    call: call.id,
    ars,
    dreets: call.dreets,
    a,
    b,
    c,
    id: (name: string) => of(ids, name),
    as: (name: string) => of(who, name),
  };
};

test('from the jury to the ranking: interests first, recusals that hide, marks unseen until one’s own is in', async () => {
  const { house, call, ars, dreets, a, b, c, id, as } = await selection();
  const hiddenFrom = async (who: PersonContext) => {
    const access = await fileAccess(who, call);
    return access.open
      ? [...access.recused].map((file) => ({ [a.id]: 'a', [b.id]: 'b', [c.id]: 'c' })[file]).sort()
      : access.because;
  };

  // Nobody opens anything before they answered; « plus tard » is no answer; agents who instruct declare too.
  expect([await hiddenFrom(as('pia')), await hiddenFrom(ars)]).toEqual(['toDeclare', 'toDeclare']);
  done(await declareInterests(as('pia'), call, { ...nothing, answer: 'later' }));
  expect([await hiddenFrom(as('pia')), await hiddenFrom(await house.as('inconnue@exemple.example'))]).toEqual([
    'later',
    'stranger',
  ]);
  const before = await interestsView(as('pia'), call);
  expect(before?.named.map(({ holder, partners }) => [holder, ...partners].join(', ')).sort()).toEqual([
    ...['Association Exemple', 'Association Exemple, Caf', 'Ville'],
  ]);
  expect(JSON.stringify(before)).not.toContain('Une maison des parents');

  // What is found hides until it is answered; an operator who applies is recused by itself.
  for (const name of ['pia', 'bea', 'oscar', 'ugo']) done(await declareInterests(as(name), call, nothing));
  await declared(ars, call);
  await declared(dreets, call);
  expect(await Promise.all(['pia', 'bea', 'oscar', 'ugo'].map((name) => hiddenFrom(as(name))))).toEqual([
    [],
    ['b'],
    ['c'],
    [],
  ]);
  expect((await interestsView(as('bea'), call))?.toAnswer.map(({ holder }) => holder)).toEqual(['Association Exemple']);
  expect(await codeOf(answerFound(as('bea'), call, { application: b.id, confirmed: false, reason: '' }))).toBe(
    'motive_missing',
  );
  done(await answerFound(as('bea'), call, { application: b.id, confirmed: true, reason: '' }));
  expect(await codeOf(answerFound(as('bea'), call, { application: b.id, confirmed: false, reason: 'Non' }))).toBe(
    'only_president',
  );
  expect(await codeOf(answerFound(as('oscar'), call, { application: c.id, confirmed: false, reason: 'Non' }))).toBe(
    'only_president',
  );
  expect(JSON.stringify(await interestsView(as('bea'), call))).not.toContain(b.id);

  // Composed: a president, and why the recommended actors are not there. An existing body may be the jury.
  expect(await codeOf(settleJury(ars, call, ''))).toBe('president_missing');
  expect(await codeOf(nameInJury(as('pia'), call, 'preside', id('pia')))).toBe('not_allowed');
  done(await nameInJury(ars, call, 'preside', id('pia')));
  expect(await codeOf(assignFiles(ars, call, [{ application: a.id, juror: id('bea') }], ORIGIN))).toBe(
    'jury_not_settled',
  );
  expect(await codeOf(settleJury(ars, call, ''))).toBe('motive_missing');
  done(await settleJury(ars, call, 'Personne n’a répondu.'));
  done(await pointToBody(ars, call, 'Comité départemental des services aux familles'));
  expect(await juryView(as('ugo'), call)).toMatchObject({
    settled: true,
    body: 'Comité départemental des services aux familles',
    motive: 'Personne n’a répondu.',
    recusals: [],
  });
  expect(
    (await juryView(as('pia'), call))?.recusals.map(({ name, automatic, lifts }) => [name, automatic, lifts]),
  ).toEqual([
    ['bea', false, true],
    ['oscar', true, true],
  ]);
  expect(await juryView(await house.as('inconnue@exemple.example'), call)).toBeUndefined();

  // Files are given to evaluators, once admissible, never to somebody recused; the proposal keeps it in mind.
  for (const { id: file } of [a, b, c])
    done(
      await takeStep(ars, file, 'findAdmissible', () => ({
        ok: true,
        value: [{ type: 'FoundAdmissible-V1', data: {} }],
      })),
    );
  const { shares: proposed } = await proposedShares(ars, call, 4);
  expect(proposed.map(({ jurors }) => jurors.map(({ name }) => name).sort())).toEqual([
    ['bea', 'oscar', 'pia', 'ugo'],
    ['oscar', 'pia', 'ugo'],
    ['bea', 'pia', 'ugo'],
  ]);
  expect(await codeOf(assignFiles(ars, call, [{ application: b.id, juror: id('bea') }], ORIGIN))).toBe(
    'evaluator_recused',
  );
  expect(await codeOf(assignFiles(as('ugo'), call, [{ application: a.id, juror: id('ugo') }], ORIGIN))).toBe(
    'not_allowed',
  );
  const pairs = [
    [a, 'bea'],
    [a, 'ugo'],
    [b, 'ugo'],
    [c, 'ugo'],
    [a, 'oscar'],
  ] as const;
  done(
    await assignFiles(
      ars,
      call,
      pairs.map(([file, name]) => ({ application: file.id, juror: id(name) })),
      ORIGIN,
    ),
  );
  expect(await codeOf(assignFiles(ars, call, [{ application: a.id, juror: id('bea') }], ORIGIN))).toBe('not_now');
  const evaluationOf = async (name: string, file: string) => {
    const own = await evaluationView(as(name), call, file);
    if (!own?.own) throw new Error('no evaluation');
    return own.own.id;
  };
  const said = (words: string) => ({
    criteria: [
      { points: null, words },
      { points: null, words },
    ],
    conclusion: '',
  });

  // A draft is kept; each criterion is justified; marks of the others are unseen until one’s own is in (I-7).
  const ofBea = await evaluationOf('bea', a.id);
  const ofUgo = await evaluationOf('ugo', a.id);
  done(await saveEvaluation(as('bea'), ofBea, said('')));
  expect(await codeOf(submitEvaluation(as('bea'), ofBea, said('')))).toBe('justification_missing');
  expect(await codeOf(submitEvaluation(as('ugo'), ofBea, said('Solide')))).toBe('not_allowed');
  done(await submitEvaluation(as('bea'), ofBea, said('Solide et secret')));
  for (const who of [as('ugo'), as('pia'), ars]) {
    expect(
      JSON.stringify([
        await evaluationView(who, call, a.id),
        await evaluationsView(who, call),
        await rankingView(who, call),
      ]),
    ).not.toContain('Solide et secret');
  }
  done(await submitEvaluation(as('ugo'), ofUgo, said('Fragile')));
  expect(JSON.stringify(await evaluationView(as('ugo'), call, a.id))).toContain('Solide et secret');
  expect(JSON.stringify(await evaluationView(ars, call, a.id))).not.toContain('Solide et secret');

  // The president alone reopens, with a motive; whoever gives a file back for an interest is recused from it.
  expect(await codeOf(reopenEvaluation(ars, ofBea, 'Note à revoir'))).toBe('not_allowed');
  expect(await codeOf(reopenEvaluation(as('pia'), ofBea, ''))).toBe('motive_missing');
  done(await reopenEvaluation(as('pia'), ofBea, 'Une pièce a été lue trop vite.'));
  expect(JSON.stringify(await evaluationView(as('bea'), call, a.id))).not.toContain('Fragile');
  done(await submitEvaluation(as('bea'), ofBea, said('Toujours solide')));
  done(
    await declineEvaluation(as('ugo'), await evaluationOf('ugo', c.id), {
      declined: 'interest',
      reason: 'Ma sœur y travaille.',
    }),
  );
  expect(await hiddenFrom(as('ugo'))).toEqual(['c']);
  done(await closeEvaluations(ars, call, [a.id]));
  expect(await codeOf(reopenEvaluation(as('pia'), ofBea, 'Encore'))).toBe('evaluations_closed');
  expect(JSON.stringify(await evaluationView(ars, call, a.id))).toContain('Toujours solide');
  // Rebuilt from nothing, each evaluation is its row, and what was handed in is what its journal hashed (I-16).
  const rows = await ars.db.selectFrom('call_evaluation').selectAll().where('call', '=', call).execute();
  expect(rows.map(({ status }) => status).sort()).toEqual(['declined', 'submitted', 'submitted', 'todo', 'todo']);
  for (const { id: evaluation, status, state, snapshot, marks } of rows) {
    const { state: rebuilt } = await loadStream(ars, evaluationStream, evaluation);
    expect([rebuilt.status, rebuilt]).toEqual([status, state]);
    if (status !== 'submitted') continue;
    const sha256 = createHash('sha256')
      .update(canonical(marks as Json))
      .digest('hex');
    expect([rebuilt.sha256, rebuilt.snapshot]).toEqual([sha256, snapshot]);
  }

  // A form that says anything else than its grid is refused where it is wrong, comes back as typed, and writes nothing.
  const ofB = { id: call, application: b.id };
  const marksOf = (more: Readonly<Record<string, string>>) =>
    send(as('ugo'), 'evaluations/[application]', '?/remettre', ofB, {
      ...{ evaluation: rows.find(({ application }) => application === b.id)?.id ?? '', conclusion: '' },
      ...{ 'words-0': 'Clair', 'points-0': '', 'words-1': 'Solide', 'points-1': '', ...more },
    });
  for (const [more, field] of [
    [{ 'points-0': 'dix' }, 'points-0'],
    [{ 'points-1': '1,5' }, 'points-1'],
    [{ 'points-0': '-1' }, 'points-0'],
    [{ 'points-0': '3' }, 'points-0'],
    [{ 'words-1': '   ' }, 'words-1'],
    [{ 'words-2': 'Un critère de trop' }, 'points-2'],
    [{ evaluation: 'x' }, undefined],
  ] as const) {
    const { status, text } = await marksOf(more);
    expect([more, status >= 400, text.includes('Clair')]).toEqual([more, true, true]);
    if (field) expect(text).toContain(`"field":"${field}"`);
  }
  expect((await evaluationView(as('ugo'), call, b.id))?.own).toMatchObject({ status: 'todo', marks: { criteria: [] } });

  // The ranking leaves recused lines out, with nothing to guess: fewer lines, ranks and counts among the others.
  expect(
    (await rankingView(as('pia'), call))?.lines.map(({ number, submitted, assigned, visible, average }) => [
      number,
      submitted,
      assigned,
      visible,
      average,
    ]),
  ).toEqual([
    [1, 2, 3, true, undefined],
    [2, 0, 1, false, undefined],
    [3, 0, 0, false, undefined],
  ]);
  expect((await rankingView(as('bea'), call))?.lines.map(({ number }) => number)).toEqual([1, 3]);
  // A session shows of its points what the ranking of all says of them.
  const pointsFor = async (name: string) =>
    (await rankingView(as(name), call, { only: new Set([a.id, b.id]) }))?.lines.map(({ number }) => number);
  expect([await pointsFor('pia'), await pointsFor('bea')]).toEqual([[1, 2], [1]]);

  // What is typed in a scenario is counted again without being kept; what is no amount is refused in its field.
  const scenario = done(await addScenario(ars, call, { name: 'Essai', copy: '' }));
  const recount = (typed: Readonly<Record<string, string>>) =>
    send(ars, 'scenarios/[scenario]', '?/recalculer', { id: call, scenario }, { name: 'Essai', seen: '1', ...typed });
  const counted = await recount({ shown: a.id, [`amount-${a.id}-FIR`]: '30 000' });
  expect(counted.text).toMatch(/"count":1.*"given":"30.000.€"/);
  const wrong = await recount({ shown: a.id, [`amount-${a.id}-FIR`]: '-5' });
  expect([wrong.status, wrong.text.includes(`"field":"amount-${a.id}-FIR"`)]).toEqual([400, true]);
  const asked = await fileAccess(ars, call);
  expect(asked.open && (await scenariosOf(ars, call, asked)).map(({ given }) => given.size)).toEqual([0]);

  // Only the president gives a file back, never to themselves; recused too, the delegate does.
  const interestOf = async (name: string) =>
    (await standingsOf(ars, call)).find((one) => one.name === name)?.interest ?? '';
  const lift = async (who: PersonContext, name: string, file: string, reason = 'Vérifié avec elle.') =>
    codeOf(liftRecusal(who, call, { interest: await interestOf(name), application: file, reason }));
  expect([
    await lift(ars, 'bea', b.id),
    await lift(as('bea'), 'bea', b.id),
    await lift(as('pia'), 'bea', b.id, ''),
  ]).toEqual(['not_allowed', 'no_such_recusal', 'motive_missing']);
  const recuse = { application: b.id, stand: 'recused', kind: 'family', reason: '' };
  done(await declareInterests(as('pia'), call, { answer: 'recusal', files: [recuse], sirens: '' }));
  expect([await lift(as('pia'), 'bea', b.id), await presidesOver(as('ugo'), call, b.id)]).toEqual([
    'president_recused',
    false,
  ]);
  done(await nameInJury(as('pia'), call, 'delegate', id('ugo')));
  expect([
    await presidesOver(as('ugo'), call, b.id),
    await presidesOver(as('ugo'), call, a.id),
    await lift(as('ugo'), 'bea', b.id),
  ]).toEqual([true, false, undefined]);
  expect([await hiddenFrom(as('bea')), await lift(as('pia'), 'oscar', c.id), await hiddenFrom(as('oscar'))]).toEqual([
    [],
    undefined,
    [],
  ]);
  const voices = (await standingsOf(ars, call)).map((one) => [
    one.name,
    one.votes(a.id),
    one.votes(b.id),
    one.votes(c.id),
  ]);
  expect(voices.filter(([name]) => invitedNames.includes(String(name))).sort()).toEqual([
    ['bea', true, true, true],
    ['oscar', true, true, false],
    ['pia', true, false, true],
    ['ugo', false, false, false],
  ]);

  // Replaced, gone, invited again: what was declared stays.
  done(await replaceJuror(ars, call, id('ugo'), person('val')));
  expect(await hiddenFrom(as('ugo'))).toBe('stranger');
  done(
    await leaveJury(await house.as('val@exemple.example'), call, (await juryOf(ars, call)).members.at(-1)?.id ?? ''),
  );
  done(await inviteJuror(ars, call, person('ugo')));
  expect(await hiddenFrom(as('ugo'))).toEqual(['c']);

  // A completion that brings an organisation in asks anew: nothing of the file is read before the answer, nor named in a mail.
  const content = {
    ...completeContent({ partners: { partners: [{ name: 'Caf', siren: '775672272', brings: '' }] } }),
    attachments: [],
    form: null,
  };
  await ars.db
    .insertInto('call_snapshot')
    .values({
      id: crypto.randomUUID(),
      application: a.id,
      number: 2,
      content: JSON.stringify(content),
      sha256: 'x',
      made_by: ars.actor.account,
      made_at: house.clock.now(),
    })
    .execute();
  // Who left the jury, and an agent who has no role any more, are told nothing, though their organisation stands in it.
  const left = done(await inviteJuror(ars, call, person('lea', { siren: '775672272' })));
  const lea = await house.as('lea@exemple.example');
  done(await declareInterests(lea, call, nothing));
  done(await leaveJury(lea, call, left));
  const former = await house.agent('ars', 'region:53', 'coordinator');
  done(await declareInterests(former, call, { ...nothing, sirens: '775672272' }));
  await ars.db.deleteFrom('agency_grant').where('account', '=', former.actor.account).execute();
  done(await afterSnapshot(a.holder, a.id, ORIGIN));
  expect(await hiddenFrom(as('bea'))).toEqual(['a']);
  const mails = [...house.context.posted];
  done(await afterSnapshot(a.holder, a.id, ORIGIN));
  const sentAgain = house.context.posted.slice(mails.length).map(({ key }) => key);
  expect(sentAgain).toHaveLength(2);
  expect(mails.slice(-2).map(({ key }) => key)).toEqual(sentAgain);
  expect(new Set(sentAgain).size).toBe(2);
  expect(
    mails.filter(({ subject }) => subject === 'Votre déclaration d’intérêts est à relire').map(({ to }) => to),
  ).toEqual(['bea@exemple.example']);
  expect(mails.filter(({ text }) => /maison des parents|Association Exemple/.test(text))).toEqual([]);
  done(
    await answerFound(as('bea'), call, {
      application: a.id,
      confirmed: false,
      reason: 'Une simple lettre de soutien.',
    }),
  );
  expect((await evaluationView(as('pia'), call, a.id))?.others.map(({ name, older }) => [name, older])).toEqual(
    expect.arrayContaining([['bea', true]]),
  );

  // A person sees what they declared and judged; erased, the organisation and the role stay, without them.
  expect(await exportCalls(as('bea'))).toMatchObject({
    jury: [{ organisation: 'Organisme de bea' }],
    interests: [
      {
        answer: 'none',
        files: expect.arrayContaining([{ stand: 'refuted', kind: null, reason: 'Une simple lettre de soutien.' }]),
      },
    ],
  });
  const motives = async () => (await exportCalls(as('bea'))).motives.map(({ text }) => text);
  expect(await motives()).toContain('Une simple lettre de soutien.');
  await forgetInCalls(ars, as('bea').actor.account);
  expect(await motives()).not.toContain('Une simple lettre de soutien.');
  const row = await ars.db
    .selectFrom('call_juror')
    .select(['name', 'email', 'organisation'])
    .where('id', '=', id('bea'))
    .executeTakeFirst();
  expect(row).toEqual({ name: 'Compte effacé', email: '', organisation: 'Organisme de bea' });
  const erased = (await standingsOf(ars, call)).find(({ juror }) => juror === id('bea'));
  expect(erased).toMatchObject({ sits: false, quality: 'funder' });
  expect((await juryOf(ars, call)).members.find((one) => one.id === id('bea'))?.sits).toBe(false);
  expect(await codeOf(assignFiles(ars, call, [{ application: b.id, juror: id('bea') }], ORIGIN))).toBe(
    'evaluator_recused',
  );
});

test('opinions: what was said to be shown, once interests are declared and it was accepted; secret ones for who leads', async () => {
  const { house, call, ars, a, b, as } = await selection();
  for (const who of [ars, as('pia'), as('ugo')]) await declared(who, call);
  const asked = (application: string, more = {}) => ({
    ...{ application, email: 'experte@exemple.example', shown: 'sheet', parts: [], confidential: true },
    ...{
      due: Temporal.PlainDate.from('2021-08-01'),
      questions: 'Que pensez-vous du projet ?',
      origin: ORIGIN,
      ...more,
    },
  });
  expect(await codeOf(askOpinion(as('ugo'), call, asked(a.id)))).toBe('not_allowed');
  const typed = {
    ...{ application: a.id, email: 'autre.experte@exemple.example', shown: 'sheet', questions: 'Utile ?' },
    ...{ due_jour: '1', due_mois: '8', due_annee: '2021' },
  };
  for (const [more, code] of [
    [{ email: 'pas une adresse' }, 'email'],
    [{ due_jour: '31', due_mois: '2' }, 'due'],
    [{ due_annee: '' }, 'due'],
    [{ due_annee: '2020' }, 'due'],
    [{ shown: 'tout' }, 'shown'],
    [{ shown: 'extract' }, 'shown'],
    [{ shown: 'extract', parts: 'budgets' }, 'shown'],
    [{ questions: Array.from({ length: 21 }, (_, at) => `Question ${at} ?`).join('\n') }, 'questions'],
    [{ questions: 'x'.repeat(301) }, 'questions'],
    [{ application: 'x' }, undefined],
  ] as const) {
    const form = { ...typed, ...more };
    const { status, text } = await send(ars, 'jury/avis', '?/solliciter', { id: call }, form);
    expect([more, status >= 400, text.includes(code ? `"field":"${code}"` : 'no_such')]).toEqual([more, true, true]);
  }
  expect(await ars.db.selectFrom('call_opinion').select('id').execute()).toEqual([]);
  const id = done(await askOpinion(ars, call, asked(a.id)));
  expect(await codeOf(askOpinion(ars, call, asked(a.id)))).toBe('already_asked');
  const expert = await house.as('experte@exemple.example');
  expect([await fileAccess(expert, call), await codeOf(acceptOpinion(expert, id))]).toEqual([
    { open: false, because: 'toDeclare' },
    'not_allowed',
  ]);
  expect(JSON.stringify(await ownOpinion(expert, id))).not.toMatch(/maison|Que pensez/);
  expect((await interestsView(expert, call))?.named.map(({ application }) => application)).toEqual([a.id]);
  await declared(expert, call);
  done(await acceptOpinion(expert, id));
  const seen = JSON.stringify(await ownOpinion(expert, id));
  expect([seen.includes('maison des parents'), seen.includes('4000000'), seen.includes('Camille')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await fileAccess(expert, call)).toMatchObject({ open: true, role: 'expert', only: new Set() });
  expect(await codeOf(giveOpinion(expert, id, ['']))).toBe('answer_missing');
  const own = { id: call, opinion: id };
  for (const [answer, field] of [
    ['', 'answer-0'],
    ['x'.repeat(10_001), 'answer-0'],
  ] as const) {
    const { status, text } = await send(expert, 'jury/avis/[opinion]', '?/remettre', own, { 'answer-0': answer });
    expect([status, text.includes(`"field":"${field}"`)]).toEqual([400, true]);
  }
  expect((await ownOpinion(expert, id))?.status).toBe('accepted');
  done(await giveOpinion(expert, id, ['Un bon projet.']));
  const reads = async (who: PersonContext) => {
    const access = await fileAccess(who, call);
    return access.open ? (await opinionsOn(who, call, a.id, access)).map(({ said }) => said[0]?.answer) : [];
  };
  expect([await reads(ars), await reads(as('ugo'))]).toEqual([['Un bon projet.'], []]);

  // Reminded once three days before, expired when the day is over where the call is; withdrawn with a motive.
  const second = done(await askOpinion(ars, call, asked(b.id, { shown: 'whole' })));
  const third = done(await askOpinion(ars, call, asked(b.id, { email: 'autre@exemple.example' })));
  expect(await codeOf(endOpinion(ars, third, 'withdraw', ''))).toBe('motive_missing');
  done(await endOpinion(ars, third, 'withdraw', 'Demandé par erreur.'));
  expect(done(await remindOpinions(ars, call, ORIGIN))).toBe(0);
  const reminders = () => house.context.posted.filter(({ subject }) => subject === 'Votre avis est attendu').length;
  // Whoever is erased answers no more: said at once, and nobody is written to.
  const fourth = done(await askOpinion(ars, call, asked(b.id, { email: 'effacee@exemple.example' })));
  await forgetInCalls(ars, (await house.as('effacee@exemple.example')).actor.account);
  const ended = await ars.db.selectFrom('call_opinion').select(['status', 'email']).where('id', '=', fourth).execute();
  expect(ended).toEqual([{ status: 'expired', email: '' }]);
  // An expert reads until the very end of the last day, and not until the job that says so.
  await ars.db.updateTable('call_opinion').set({ status: 'accepted' }).where('id', '=', second).execute();
  const only = async () => {
    const access = await fileAccess(expert, call);
    return access.open && access.only && [...access.only];
  };
  house.clock.moveTo('2021-08-01T21:59:59Z');
  expect(await only()).toEqual([b.id]);
  house.clock.moveTo('2021-08-01T22:00:00Z');
  expect(await only()).toEqual([]);
  await ars.db.updateTable('call_opinion').set({ status: 'asked' }).where('id', '=', second).execute();
  house.clock.moveTo('2021-07-29T23:00:00Z');
  await followOpinions(house.context, ORIGIN);
  await followOpinions(house.context, ORIGIN);
  const status = async () =>
    (await ars.db.selectFrom('call_opinion').select('status').where('id', '=', second).executeTakeFirst())?.status;
  expect([reminders(), await status()]).toEqual([1, 'asked']);
  house.clock.moveTo('2021-08-01T22:00:00Z');
  await followOpinions(house.context, ORIGIN);
  expect([reminders(), await status()]).toEqual([1, 'expired']);
  expect(house.context.posted.filter(({ to }) => to === '')).toEqual([]);
});
