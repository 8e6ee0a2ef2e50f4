import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyContent } from '../application/content.ts';
import {
  type Criterion,
  decideEvaluation,
  type EvaluationOrder,
  type EvaluationState,
  evaluationRoles,
  evaluationStatuses,
  evaluationTable,
  noEvaluation,
} from './evaluation.ts';
import { groundsIn, sirenOf } from './grounds.ts';
import {
  decideInterest,
  evolveInterest,
  type Found,
  type InterestOrder,
  type InterestRole,
  type InterestState,
  interestRoles,
  interestTable,
  isHidden,
  noInterest,
  unanswered,
} from './interests.ts';
import {
  decideJury,
  evolveJury,
  type JuryOrder,
  type JuryState,
  juryRoles,
  juryTable,
  missingGroups,
  noJury,
  votesOn,
} from './jury.ts';
import {
  decideOpinion,
  noOpinion,
  type OpinionOrder,
  opinionRoles,
  opinionStatuses,
  opinionTable,
  readsOpinion,
} from './opinion.ts';
import { averageOf, marksVisible, ranked, totalOfMarks } from './ranking.ts';
import { TOGETHER, underEnvelopes, withinEnd } from './ranking-under-envelopes.ts';
import { shareOut } from './share-out.ts';

/** The refusal’s code, or none. */
const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }): string | undefined =>
  result.ok ? undefined : result.error?.code;

const interestOrders: Readonly<Record<InterestOrder['command'], InterestOrder>> = {
  postpone: { command: 'postpone' },
  declare: { command: 'declare', answer: 'none', files: [] },
  answer: {
    ...{ command: 'answer', application: 'a', confirmed: true, automatic: false },
    ...{ grounds: ['partner:123456789'], reason: null },
  },
  recuse: { command: 'recuse', application: 'a', grounds: ['holder:123456789'] },
  lift: { command: 'lift', application: 'r', grounds: [], recusedToo: false, reason: 'why' },
};
const recused: InterestState['files'] = { r: { stand: 'recused', kind: 'family', reason: null, grounds: [] } };

test('interests: what the table does not name is refused, from every state, to every role (I-4)', () => {
  for (const [command, order] of Object.entries(interestOrders))
    for (const status of ['todo', 'later', 'declared'] as const)
      for (const role of interestRoles) {
        const { by, from } = interestTable[order.command];
        const files = command === 'lift' ? recused : {};
        const decided = decideInterest({ ...noInterest, status, files }, order, { role, call: 'c' });
        expect([command, status, role, decided.ok]).toEqual([
          command,
          status,
          role,
          by.includes(role) && from.includes(status),
        ]);
      }
});

const declare = (state: InterestState, order: InterestOrder, role: InterestRole = 'self') => {
  const decided = decideInterest(state, order, { role, call: 'c' });
  return decided.ok ? decided.value.reduce(evolveInterest, state) : state;
};

test('an answer agrees with what it names; « autre » says what', () => {
  const named = (stand: 'linked' | 'recused', kind: 'job' | 'other' = 'job') =>
    ({ application: 'a', stand, kind, reason: null }) as const;
  const codes = (answer: 'none' | 'link' | 'recusal', files: readonly ReturnType<typeof named>[]) =>
    codeOf(decideInterest(noInterest, { command: 'declare', answer, files }, { role: 'self', call: 'c' }));
  expect(codes('none', [])).toBeUndefined();
  expect(codes('none', [named('linked')])).toBe('interest_named');
  expect(codes('link', [])).toBe('interest_missing');
  expect(codes('recusal', [named('linked')])).toBe('interest_missing');
  expect(codes('recusal', [named('recused')])).toBeUndefined();
  expect(codes('link', [named('linked', 'other')])).toBe('motive_missing');
});

const own: Found = { application: 'a', grounds: ['holder:123456789'], automatic: true };
const cited: Found = { application: 'a', grounds: ['partner:123456789'], automatic: false };

test('what is found hides until it is answered, refuting asks why, and what is found afterwards asks again', () => {
  const answer = (confirmed: boolean, reason: string | null): InterestOrder => ({
    ...{ command: 'answer', application: 'a', confirmed, automatic: false, grounds: cited.grounds, reason },
  });
  expect(isHidden(undefined, cited)).toBe(true);
  expect(isHidden(undefined, undefined)).toBe(false);
  expect(codeOf(decideInterest(noInterest, answer(false, null), { role: 'self', call: 'c' }))).toBe('motive_missing');
  const refuted = declare(noInterest, answer(false, 'why'));
  expect(isHidden(refuted.files.a, cited)).toBe(false);
  const completed: Found = { ...cited, grounds: [...cited.grounds, 'funder:123456789'] };
  expect([isHidden(refuted.files.a, completed), unanswered(refuted, [completed])]).toEqual([true, [completed]]);
  const confirmed = declare(noInterest, answer(true, null));
  expect([isHidden(confirmed.files.a, cited), isHidden(confirmed.files.a, undefined)]).toEqual([true, true]);
  expect(unanswered(confirmed, [cited])).toEqual([]);
});

test('an operator who applies is recused by itself: they neither refute nor declare it away (R-75)', () => {
  const refute: InterestOrder = {
    ...{ command: 'answer', application: 'a', confirmed: false, automatic: true, grounds: own.grounds, reason: 'why' },
  };
  expect(codeOf(decideInterest(noInterest, refute, { role: 'self', call: 'c' }))).toBe('only_president');
  const none = declare(noInterest, { command: 'declare', answer: 'none', files: [] });
  expect(isHidden(none.files.a, own)).toBe(true);
  expect(unanswered(none, [own])).toEqual([]);
  const noted = declare(none, { command: 'recuse', application: 'a', grounds: own.grounds }, 'house');
  const lift: InterestOrder = {
    ...{ command: 'lift', application: 'a', grounds: own.grounds, recusedToo: false, reason: 'why' },
  };
  expect(isHidden(declare(noted, lift, 'president').files.a, own)).toBe(false);
  expect(codeOf(decideInterest(noted, { ...lift, recusedToo: true }, { role: 'president', call: 'c' }))).toBe(
    'president_recused',
  );
  expect(codeOf(decideInterest(noted, { ...lift, reason: null }, { role: 'president', call: 'c' }))).toBe(
    'motive_missing',
  );
});

const application = fc.constantFrom('a', 'b');
const grounds = fc.subarray<Found['grounds'][number]>(['holder:123456789', 'partner:123456789', 'team:'], {
  minLength: 1,
});
const anyOrder: fc.Arbitrary<InterestOrder> = fc.oneof(
  fc.constant<InterestOrder>({ command: 'postpone' }),
  fc.record({
    command: fc.constant('declare' as const),
    answer: fc.constantFrom('none' as const, 'link' as const, 'recusal' as const),
    files: fc.array(
      fc.record({
        application,
        stand: fc.constantFrom('linked' as const, 'recused' as const),
        kind: fc.constant('family' as const),
        reason: fc.constant('why'),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    ...{
      command: fc.constant('answer' as const),
      application,
      confirmed: fc.boolean(),
      automatic: fc.boolean(),
      grounds,
    },
    reason: fc.constantFrom('why', null),
  }),
  fc.record({ command: fc.constant('recuse' as const), application, grounds }),
  fc.record({
    ...{ command: fc.constant('lift' as const), application, grounds, recusedToo: fc.boolean() },
    reason: fc.constantFrom('why', null),
  }),
);

test('no sequence of commands lets a recused person read: only the president gives a file back, with a motive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyOrder, fc.constantFrom(...interestRoles)), { maxLength: 14 }),
      fc.option(grounds, { nil: undefined }),
      (steps, found) => {
        let state = noInterest;
        for (const [order, role] of steps) {
          const before = state;
          state = declare(state, order, role);
          for (const id of ['a', 'b']) {
            const now: Found | undefined = found && { application: id, grounds: found, automatic: false };
            const was = before.files[id]?.stand === 'recused';
            const lifted = order.command === 'lift' && role === 'president' && order.application === id;
            if (was && !lifted) expect(isHidden(state.files[id], now)).toBe(true);
          }
        }
      },
    ),
  );
});

test('organisations are found by SIREN, however it was typed: holder, partners, co-funders', () => {
  expect([sirenOf('130 025 265'), sirenOf('13002526500013'), sirenOf('12'), sirenOf('')]).toEqual([
    ...['130025265', '130025265', undefined, undefined],
  ]);
  const content = {
    ...emptyContent,
    holder: { ...emptyContent.holder, siret: '130 025 265 00013' },
    partners: { partners: [{ name: 'Caf', siren: '775 672 272', brings: '' }] },
    budget: {
      ...emptyContent.budget,
      resources: [
        { source: 'public' as const, funder: 'Ville', status: 'asked' as const, cents: 1, siren: '213500352' },
      ],
    },
  };
  const found = (...sirens: string[]) => groundsIn(content, new Set(sirens));
  expect(found('130025265', '213500352')).toEqual(['holder:130025265', 'funder:213500352']);
  expect([found('775672272'), found('999999999')]).toEqual([['partner:775672272'], []]);
});

const member = { id: 'm', quality: 'partner', voice: 'deliberative', group: 'health' } as const;
const seated: JuryState = {
  ...noJury,
  members: [
    { ...member, sits: true },
    { ...member, id: 'n', sits: true },
  ],
};
const juryOrders: Readonly<Record<JuryOrder['command'], JuryOrder>> = {
  invite: { command: 'invite', member: { ...member, id: 'x' } },
  leave: { command: 'leave', member: 'n' },
  preside: { command: 'preside', member: 'n' },
  delegate: { command: 'delegate', member: 'n' },
  pointTo: { command: 'pointTo', body: 'row' },
  settle: { command: 'settle', motive: 'why' },
};

test('jury: who may change it, by table; composed with a president, and with a motive for whoever is left out (R-70)', () => {
  const state = { ...seated, president: 'm' };
  for (const [command, order] of Object.entries(juryOrders))
    for (const role of juryRoles)
      expect([command, role, decideJury(state, order, { role, groups: [] }).ok]).toEqual([
        command,
        role,
        juryTable[order.command].by.includes(role),
      ]);
  const as = { role: 'organiser', groups: ['health', 'local'] } as const;
  expect(codeOf(decideJury(seated, juryOrders.settle, as))).toBe('president_missing');
  const unsaid = decideJury(state, { command: 'settle', motive: null }, as);
  expect(unsaid).toMatchObject({
    error: { code: 'motive_missing', rule: { reference: expect.stringContaining('R-70') } },
  });
  const settledState = [...done(decideJury(state, juryOrders.settle, as))].reduce(evolveJury, state);
  expect(settledState.settled).toEqual({ leftOut: ['local'], motive: 'why' });
  const left = [...done(decideJury(settledState, { command: 'leave', member: 'm' }, as))].reduce(
    evolveJury,
    settledState,
  );
  expect([left.president, missingGroups(left, ['health', 'local'])]).toEqual([null, ['local']]);
});
const done = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

test('who votes: a sitting deliberative voice, not recused; neither an operator nor a funder for their own (R-75)', () => {
  const cases = [
    ['partner', 'deliberative', false, false, true],
    ['partner', 'consultative', false, false, false],
    ['partner', 'deliberative', true, false, false],
    ['funder', 'deliberative', false, true, false],
    ['funder', 'deliberative', false, false, true],
    ['operator', 'deliberative', false, true, false],
  ] as const;
  for (const [quality, voice, hidden, ownApplies, votes] of cases)
    expect([quality, voice, votesOn({ sits: true, quality, voice }, { hidden, ownApplies })]).toEqual([
      quality,
      voice,
      votes,
    ]);
  expect(
    votesOn({ sits: false, quality: 'partner', voice: 'deliberative' }, { hidden: false, ownApplies: false }),
  ).toBe(false);
});

const criteria: readonly Criterion[] = [
  { title: 'Potentiel', rule: 'R-60', points: 10 },
  { title: 'Indicateurs', rule: 'R-61', points: 5 },
  { title: 'Ancrage', rule: null, points: null },
];
const marks = (...points: (number | null)[]) => ({
  criteria: points.map((one) => ({ points: one, words: 'parce que' })),
  conclusion: '',
});
const evaluationOrders: Readonly<Record<EvaluationOrder['command'], EvaluationOrder>> = {
  assign: { command: 'assign', application: 'a', juror: 'm' },
  unassign: { command: 'unassign', application: 'a', juror: 'm' },
  save: { command: 'save' },
  submit: { command: 'submit', marks: marks(7, 4, null), sha256: 'x', snapshot: 1 },
  decline: { command: 'decline', declined: 'time', reason: null },
  reopen: { command: 'reopen', reason: 'why' },
};

test('evaluations: the table over states and roles; closed, nothing changes any more', () => {
  for (const [command, order] of Object.entries(evaluationOrders))
    for (const status of evaluationStatuses)
      for (const role of evaluationRoles) {
        const { by, from } = evaluationTable[order.command];
        const state: EvaluationState = { ...noEvaluation, status };
        const as = { role, criteria, open: true };
        const allowed = by.includes(role) && from.includes(status);
        expect([command, status, role, decideEvaluation(state, order, as).ok]).toEqual([
          command,
          status,
          role,
          allowed,
        ]);
        if (['save', 'submit', 'reopen', 'assign'].includes(command))
          expect(decideEvaluation(state, order, { ...as, open: false }).ok).toBe(false);
      }
});

test('each criterion is marked within its points and justified; none where the grid gives no points', () => {
  const submit = (said: ReturnType<typeof marks>) =>
    codeOf(
      decideEvaluation(
        { ...noEvaluation, status: 'todo' },
        { command: 'submit', marks: said, sha256: 'x', snapshot: 1 },
        { role: 'evaluator', criteria, open: true },
      ),
    );
  expect(submit(marks(0, 5, null))).toBeUndefined();
  expect([submit(marks(11, 5, null)), submit(marks(-1, 5, null)), submit(marks(1.5, 5, null))]).toEqual([
    ...['points_out_of_grid', 'points_out_of_grid', 'points_out_of_grid'],
  ]);
  expect(submit(marks(1, 5, 3))).toBe('points_out_of_grid');
  expect(submit(marks(null, 5, null))).toBe('points_missing');
  expect(
    submit({ ...marks(1, 5, null), criteria: marks(1, 5, null).criteria.map((one) => ({ ...one, words: '' })) }),
  ).toBe('justification_missing');
});

test('marks of the others: after one’s own, or once closed; not even for who instructs (I-7)', () => {
  const seen = (['admissible', 'evaluating', 'evaluated'] as const).map((status) =>
    ([undefined, 'todo', 'submitted', 'reopened', 'declined'] as const).map((mine) => marksVisible(status, mine)),
  );
  expect(seen).toEqual([
    [false, false, false, false, false],
    [false, false, true, false, false],
    [true, true, true, true, true],
  ]);
});

test('no mark is never zero; averages are exact, ties are said and never broken', () => {
  expect([totalOfMarks(marks(0, 0, null), criteria), totalOfMarks(marks(null, 3, null), criteria)]).toEqual([0, null]);
  expect(totalOfMarks(marks(null), [{ title: 'x', rule: null, points: null }])).toBeNull();
  expect([averageOf([]), averageOf([null]), averageOf([3, null, 6])]).toEqual([
    ...[undefined, undefined, { count: 2, sum: 9, least: 3, most: 6 }],
  ]);
  const line = (number: number, ...totals: number[]) => ({ number, average: averageOf(totals) });
  // A third plus a third plus a third: exact where decimals are not.
  const lines = ranked([
    line(1),
    line(2, 3, 3, 4),
    line(3, 10, 10, 10, 10, 10, 0, 0, 0, 0, 10),
    line(4, 10, 3, 5),
    line(5, 6),
  ]);
  expect(lines.map(({ number, rank, tied }) => [number, rank, tied])).toEqual([
    ...[
      [3, 1, true],
      [4, 1, true],
      [5, 1, true],
    ],
    ...[
      [2, 4, false],
      [1, undefined, false],
    ],
  ]);
});

const envelope = (line: 'FIR' | 'P304-17', cents: number) => ({
  ...{ funder: line, agency: null, line, cents, topUps: [] },
});
const asks = (...lines: readonly (readonly [rank: number | undefined, asked: number])[]) =>
  lines.map(([rank, asked_cents]) => ({ rank, asked_cents }));

test('a ranking under the envelopes: each line ends alone, equal files together, what has no rank in no sum', () => {
  const lines = asks([1, 40], [2, 30], [2, 30], [4, 20], [undefined, 1_000]);
  const { downTo, ends } = underEnvelopes(lines, [envelope('FIR', 90), envelope('P304-17', 30)]);
  expect([...downTo]).toEqual([
    [1, 40],
    [2, 100],
    [4, 120],
  ]);
  expect(ends).toMatchObject([
    { key: 'FIR', total: 90, through: 1, left: 50, cut: { rank: 2, files: 2, asked: 60 } },
    { key: 'P304-17', total: 30, through: undefined, left: 30, cut: { rank: 1, files: 1, asked: 40 } },
    // Together, for information: 120 are asked, to the cent, and nothing is cut.
    { key: TOGETHER, total: 120, through: 4, left: 0, cut: undefined },
  ]);
  const [fir, p304] = ends;
  expect(fir && [1, 2, 4, undefined].map((rank) => withinEnd(fir, rank))).toEqual(['in', 'tied', 'out', undefined]);
  expect(p304 && [1, 2].map((rank) => withinEnd(p304, rank))).toEqual(['out', 'out']);
  expect(underEnvelopes(lines, [envelope('FIR', 90)]).ends).toHaveLength(1);
  expect(underEnvelopes([], [envelope('FIR', 90)]).ends).toMatchObject([
    { through: undefined, left: 90, cut: undefined },
  ]);
});

test('whatever is asked, no line of money is said to hold more than it has, nor to end sooner than it does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.nat(200)), { maxLength: 20 }),
      fc.array(fc.nat(800), { minLength: 1, maxLength: 2 }),
      (files, totals) => {
        const averages = files.map(([points], number) => ({ number, average: averageOf([points]) }));
        const lines = ranked(averages).map((line) => ({ ...line, asked_cents: files[line.number]?.[1] ?? 0 }));
        const sumTo = (rank: number) =>
          lines.reduce((sum, line) => sum + ((line.rank ?? Infinity) <= rank ? line.asked_cents : 0), 0);
        const envelopes = totals.map((cents, at) => envelope(at === 0 ? 'FIR' : 'P304-17', cents));
        for (const { total, through = 0, left, cut } of underEnvelopes(lines, envelopes).ends) {
          expect(left).toBe(total - sumTo(through));
          expect(left).toBeGreaterThanOrEqual(0);
          if (cut) expect([sumTo(cut.rank) > total, sumTo(cut.rank) - sumTo(through)]).toEqual([true, cut.asked]);
          else expect(sumTo(Infinity)).toBeLessThanOrEqual(total);
        }
      },
    ),
  );
});

test('files are shared out evenly, never to whoever is recused from them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.tuple(fc.nat(11), fc.nat(4)), { maxLength: 8 }),
      (files, people, each, recusals) => {
        const jurors = Array.from({ length: people }, (_, at) => ({ juror: `j${at}`, load: 0 }));
        const mayRead = (juror: string, file: string) =>
          !recusals.some(([one, who]) => file === `f${one}` && juror === `j${who}`);
        const shares = shareOut(
          Array.from({ length: files }, (_, at) => ({ id: `f${at}`, given: [] })),
          jurors,
          mayRead,
          each,
        );
        for (const { file, jurors: given } of shares) {
          expect(given.every((juror) => mayRead(juror, file))).toBe(true);
          const able = jurors.filter(({ juror }) => mayRead(juror, file)).length;
          expect([new Set(given).size, given.length]).toEqual([given.length, Math.min(each, able)]);
        }
        if (recusals.length > 0) return;
        const loads = jurors.map(({ juror }) => shares.filter((one) => one.jurors.includes(juror)).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

const now = Temporal.Instant.from('2021-08-01T08:00:00Z');
const due = '2021-08-10T22:00:00Z';
const opinionOrders: Readonly<Record<OpinionOrder['command'], OpinionOrder>> = {
  ask: { command: 'ask', application: 'a', shown: 'sheet', parts: [], confidential: true, due },
  accept: { command: 'accept' },
  give: { command: 'give', answers: ['oui'], questions: 1, sha256: 'x' },
  refuse: { command: 'refuse', reason: null },
  expire: { command: 'expire' },
  withdraw: { command: 'withdraw', reason: 'why' },
  remind: { command: 'remind' },
};

test('opinions: the table over states and roles; every question answered, in time', () => {
  for (const [command, order] of Object.entries(opinionOrders))
    for (const status of opinionStatuses)
      for (const role of opinionRoles) {
        const { by, from } = opinionTable[order.command];
        const decided = decideOpinion({ ...noOpinion, status, due }, order, { role, now });
        const allowed = by.includes(role) && from.includes(status);
        expect([command, status, role, decided.ok]).toEqual([command, status, role, allowed]);
      }
  const accepted = { ...noOpinion, status: 'accepted', due } as const;
  const late = Temporal.Instant.from(due);
  const give = (answers: readonly string[], at = now) =>
    codeOf(
      decideOpinion(accepted, { command: 'give', answers, questions: 2, sha256: 'x' }, { role: 'expert', now: at }),
    );
  expect([give(['a', 'b']), give(['a']), give(['a', 'b'], late)]).toEqual([undefined, 'answer_missing', 'due_passed']);
  const expire = (at: Temporal.Instant) => decideOpinion(accepted, { command: 'expire' }, { role: 'house', now: at });
  expect([done(expire(now)).length, done(expire(late)).length]).toEqual([0, 1]);
});

test('a confidential opinion is for who instructs and who presides; nothing is read before it is given', () => {
  const readers = ['instructor', 'president', 'juror', 'expert', 'author'] as const;
  const read = (confidential: boolean, status: 'given' | 'accepted') =>
    readers.filter((reader) => readsOpinion({ confidential, status }, reader));
  expect(read(true, 'given')).toEqual(['instructor', 'president', 'author']);
  expect(read(false, 'given')).toEqual(['instructor', 'president', 'juror', 'author']);
  expect(read(false, 'accepted')).toEqual(['author']);
});
