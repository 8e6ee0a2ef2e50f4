import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ok, type Result } from '#platform/result.ts';
import type { Step } from '../step-table.ts';
import {
  type AfterRole,
  type AgreementEvent,
  type AgreementState,
  afterRoles,
  agreementStatuses,
  agreementTable,
  noAgreement,
  type Terms,
} from './agreement.ts';
import { agreementText, laterYears, type TermsContent } from './agreement-text.ts';
import {
  type AppealOrder,
  type AppealState,
  appealStatuses,
  appealTable,
  decideAppeal,
  evolveAppeal,
  noAppeal,
} from './appeal.ts';
import { type AfterSetting, type AgreementOrder, decideAgreement } from './decide-agreement.ts';
import {
  decidePayment,
  decideReport,
  type PaymentOrder,
  type ReportOrder,
  reportsToRemind,
  reportToAsk,
} from './decide-follow-up.ts';
import { byAxis, byNext, isReached, type Measured } from './evaluation.ts';
import { evolveAgreement } from './evolve-agreement.ts';
import { laureatesMessage } from './laureates-message.ts';
import { heldOn, paymentStatuses, paymentTable } from './payment.ts';
import { emptyReport, missingIn, type ReportContent, reportStatuses, reportTable } from './report.ts';
import {
  axesOfPriorities,
  decideShowcase,
  evolveShowcase,
  noShowcase,
  prioritiesOfAxes,
  type ShowcaseOrder,
  type ShowcaseState,
  showcaseStatuses,
  showcaseTable,
} from './showcase.ts';
import {
  decideSupport,
  evolveSupport,
  type SupportOrder,
  type SupportState,
  supportStatuses,
  supportTable,
} from './support.ts';

const lines = [
  { key: 'FIR', funder: 'ARS', line: 'FIR', cents: 3_000_000 },
  { key: 'P304-17', funder: 'DREETS', line: 'P304-17', cents: 2_000_000 },
] as const;
const grant = { lines, decidedOn: '2021-08-20' };
const terms: Terms = {
  ...{ id: 'terms', sha256: 'hash', parties: ['holder', 'ars', 'dreets'], lines, interimOn: '2022-03-01' },
  ...{ startsOn: '2021-10-01', endsOn: '2022-09-30' },
  schedule: [
    { id: 'p1', key: 'FIR', cents: 3_000_000, on: '2021-10-15' },
    { id: 'p2', key: 'P304-17', cents: 2_000_000, on: '2021-10-15' },
  ],
};
const parties = [
  { kind: 'holder', organisation: 'Association Exemple' },
  { kind: 'funder', organisation: 'ARS' },
  { kind: 'funder', organisation: 'DREETS' },
] as const;
const organiser: AfterSetting = { role: 'organiser', party: undefined, today: '2021-10-01', grant, framed: true };
const signing = (party: string): AfterSetting => ({ ...organiser, role: 'party', party });
const written: AgreementOrder = { command: 'write', terms, parties };

const play = (state: AgreementState, events: readonly AgreementEvent[]): AgreementState =>
  events.reduce(
    (before, event) => evolveAgreement(before, { ...event, recordedAt: Temporal.Instant.from('2021-10-01T08:00:00Z') }),
    state,
  );
const after = (state: AgreementState, order: AgreementOrder, setting = organiser): AgreementState => {
  const decided = decideAgreement(state, order, setting);
  if (!decided.ok) throw new Error(decided.error.code);
  return play(state, decided.value);
};
const prepared = after(noAgreement, written);
const toSign = after(prepared, { command: 'submit' });
const sign = { command: 'sign', sha256: 'hash' } as const;
const partly = after(toSign, sign, signing('holder'));
const signed = after(after(partly, sign, signing('ars')), sign, signing('dreets'));
const running = after(signed, { command: 'start' });
const paid = (['ask', 'settle', 'pay'] as const).reduce((state, command) => {
  const decided = decidePayment(state, { command, id: 'p1', on: '2021-10-15' }, { ...organiser, today: '2021-11-01' });
  if (!decided.ok) throw new Error(decided.error.code);
  return play(state, decided.value);
}, running);

/** How one kind of thing is decided, all its conditions met: the status it comes to, or the refusal. */
type Walk = (command: string, status: string, role: AfterRole) => Result<string>;
const ran = <State, Event>(
  decided: Result<readonly Event[]>,
  state: State,
  evolve: (state: State, event: Event) => State,
  statusOf: (state: State) => string,
): Result<string> => (decided.ok ? ok(statusOf(decided.value.reduce(evolve, state))) : decided);

const walks: Readonly<Record<string, Walk>> = {
  payment: (command, status, role) => {
    const payment = { id: 'p1', key: 'FIR', cents: 100, on: '2021-10-15', status, days: { planned: '2021-10-15' } };
    const state = { ...running, payments: [payment] } as AgreementState;
    const order = { command, id: 'p1', on: '2021-10-16' } as PaymentOrder;
    const decided = decidePayment(state, order, { ...organiser, role, today: '2021-11-01' });
    return ran(
      decided,
      state,
      (one, event) => play(one, [event]),
      ({ payments }) => payments[0]?.status ?? 'absent',
    );
  },
  report: (command, status, role) => {
    const report = {
      ...{ id: 'r', kind: 'final', status, askedOn: '2022-10-30', lastAskedOn: '2022-10-30', due: '2022-11-29' },
      ...{ reminders: 0, content: null, more: null },
    };
    const state = { ...running, reports: status === 'absent' ? [] : [report] } as AgreementState;
    const order = {
      ...{ command, id: 'r', kind: 'final', due: '2022-11-29', reason: 'r', sha256: 'h' },
      content: command === 'give' ? { id: 'c', sha256: 'h', value: full } : full,
    } as ReportOrder;
    const decided = decideReport(state, order, { ...organiser, role, today: '2022-12-01' });
    return ran(
      decided,
      state,
      (one, event) => play(one, [event]),
      ({ reports }) => reports[0]?.status ?? 'absent',
    );
  },
  appeal: (command, status, role) => {
    const state = { ...noAppeal, status } as AppealState;
    const order = { command, application: 'a', kind: 'gracious', on: '2021-09-30', text: 't' } as AppealOrder;
    const setting = { role, notified: true, corrected: true, today: '2021-10-01' };
    return ran(decideAppeal(state, order, setting), state, evolveAppeal, (one) => one.status);
  },
  showcase: (command, status, role) => {
    const text = { id: 't', sha256: 'h' };
    const state = { ...noShowcase, status, text } as ShowcaseState;
    const order = { command, text, sha256: 'h', slug: 's' } as ShowcaseOrder;
    return ran(decideShowcase(state, order, { role, laureate: true }), state, evolveShowcase, (one) => one.status);
  },
  support: (command, status, role) => {
    const step = { id: 's', status, by: 'holder', on: '2021-10-01', words: 'w', settled: null };
    const state = { steps: status === 'absent' ? [] : [step] } as SupportState;
    const order = { command, id: 's', on: '2021-10-01', words: 'w' } as SupportOrder;
    const decided = decideSupport(state, order, { role, told: true, today: '2021-10-01' });
    return ran(decided, state, evolveSupport, ({ steps }) => steps[0]?.status ?? 'absent');
  },
};

test.each([
  ['payment', paymentTable, paymentStatuses],
  ['report', reportTable, reportStatuses],
  ['appeal', appealTable, appealStatuses],
  ['showcase', showcaseTable, showcaseStatuses],
  ['support', supportTable, supportStatuses],
] as const)(
  '%s: each command by each role in each state does what the table says, and nothing else (I-4)',
  (kind, table, statuses) => {
    const steps: readonly (readonly [string, Step<string, string, string>])[] = Object.entries(table);
    for (const [command, step] of steps) {
      for (const status of statuses) {
        for (const role of afterRoles) {
          const where = [kind, command, status, role];
          const answer = walks[kind]?.(command, status, role);
          const allowed = step.by.includes(role) && step.from.includes(status);
          const expected = allowed
            ? { ok: true, value: step.to === 'same' ? status : step.to }
            : { ok: false, error: { code: step.by.includes(role) ? 'not_now' : 'not_allowed' } };
          expect([...where, answer]).toMatchObject([...where, expected]);
        }
      }
    }
  },
);

test('a support of sixty steps takes no other one, whatever became of them; those that are planned go on', () => {
  const step = { by: 'holder', on: '2021-10-01', words: 'w' } as const;
  const settled = { by: 'holder', on: '2021-10-01', words: 'w' } as const;
  const of = (count: number): SupportState => ({
    steps: Array.from({ length: count }, (_, at) =>
      at % 2 === 0
        ? { ...step, id: `${at}`, status: 'planned', settled: null }
        : { ...step, id: `${at}`, status: 'dropped', settled },
    ),
  });
  const setting = { role: 'writer', told: true, today: '2021-10-01' } as const;
  const plan = { command: 'plan', id: 'new', on: '2021-10-02', words: 'w' } as const;
  expect(decideSupport(of(59), plan, setting).ok).toBe(true);
  expect(decideSupport(of(60), plan, setting)).toMatchObject({ error: { code: 'too_many_steps', field: 'words' } });
  expect(decideSupport(of(60), { ...plan, command: 'note', id: '0', on: '2021-10-01' }, setting).ok).toBe(true);
});

test('an agreement decides nothing that its table refuses, whatever the order', () => {
  const orders: readonly AgreementOrder[] = [
    ...[written, sign, { command: 'amend', reason: 'r' }, { command: 'askEnd', reason: 'r' }],
    ...(['submit', 'takeBack', 'dropAmendment', 'start', 'dropEnd'] as const).map((command) => ({ command })),
    ...(['confirmEnd', 'close'] as const).map((command) => ({ command, due: 0 })),
    ...[{ command: 'recordRefund', cents: 1, on: '2021-10-01' }],
    { command: 'recordPermanence', next: 'ri_afc', on: null, words: null },
  ] as readonly AgreementOrder[];
  const walked = new Set<string>();
  for (const state of [
    noAgreement,
    prepared,
    toSign,
    partly,
    signed,
    running,
    { ...running, status: 'closed' as const },
    { ...running, status: 'terminated' as const },
  ]) {
    walked.add(state.status);
    for (const order of orders) {
      for (const role of afterRoles) {
        const last = order.command === 'sign' && state.terms?.parties.length === state.signatures.length + 1;
        const step = agreementTable[last ? 'signLast' : order.command];
        const decided = decideAgreement(state, order, { ...organiser, role, party: 'ars' });
        if (!step.by.includes(role)) expect(decided).toMatchObject({ error: { code: 'not_allowed' } });
        else if (!step.from.includes(state.status)) expect(decided).toMatchObject({ error: { code: 'not_now' } });
        else if (decided.ok && step.to !== 'same') expect(play(state, decided.value).status).toBe(step.to);
      }
    }
  }
  expect([...walked].toSorted()).toEqual([...agreementStatuses].toSorted());
});

test('signatures come in their order, on the text that was read; any change afterwards makes everybody sign again', () => {
  expect(decideAgreement(toSign, sign, signing('ars'))).toMatchObject({ error: { code: 'not_their_turn' } });
  expect(decideAgreement(toSign, { ...sign, sha256: 'autre' }, signing('holder'))).toMatchObject({
    error: { code: 'another_text' },
  });
  const less = { lines: [{ ...lines[0], cents: 2_999_999 }, lines[1]], decidedOn: '2021-08-20' };
  for (const corrected of [less, undefined])
    expect(decideAgreement(toSign, sign, { ...signing('holder'), grant: corrected })).toMatchObject({
      error: { code: 'above_grant' },
    });
  expect([toSign, partly, signed].map(({ status }) => status)).toEqual(['toSign', 'partiallySigned', 'signed']);
  expect(signed.payments.map(({ id, status }) => [id, status])).toEqual([
    ['p1', 'planned'],
    ['p2', 'planned'],
  ]);
  expect(decideAgreement(partly, written, organiser)).toMatchObject({ error: { code: 'not_now' } });
  const amending = after(running, { command: 'amend', reason: 'motif' });
  expect(amending).toMatchObject({ status: 'prepared', signatures: [], inForce: { sha256: 'hash' } });
  const again = after(after(amending, { ...written, terms: { ...terms, sha256: 'neuf' } }), { command: 'submit' });
  expect(decideAgreement(again, sign, signing('holder'))).toMatchObject({ error: { code: 'another_text' } });
  const neuf = { command: 'sign', sha256: 'neuf' } as const;
  const renewed = ['holder', 'ars', 'dreets'].reduce((state, party) => after(state, neuf, signing(party)), again);
  expect(renewed).toMatchObject({ status: 'signed', inForce: { sha256: 'neuf' } });
  expect(renewed.payments.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'planned', 'planned']);
  expect(after(amending, { command: 'dropAmendment' })).toMatchObject({ status: 'signed', terms: { sha256: 'hash' } });
});

test('terms above what was decided, on any line, are refused; so are those without each funder', () => {
  const write = (more: Partial<Terms>, who: readonly (typeof parties)[number][] = parties) =>
    decideAgreement(noAgreement, { command: 'write', terms: { ...terms, ...more }, parties: who }, organiser);
  const [fir, p304] = lines;
  expect(write({ lines: [{ ...fir, cents: 3_000_001 }, p304] })).toMatchObject({ error: { code: 'above_grant' } });
  // The other line has room: lines never merge.
  expect(
    write({
      lines: [
        { ...fir, cents: 3_000_001 },
        { ...p304, cents: 1_000_000 },
      ],
    }),
  ).toMatchObject({
    error: { code: 'above_grant' },
  });
  expect(write({ lines: [fir] })).toMatchObject({ error: { code: 'above_line' } });
  expect(write({}, parties.slice(0, 2))).toMatchObject({ error: { code: 'parties_missing' } });
  expect(write({ endsOn: '2021-09-01' })).toMatchObject({ error: { code: 'dates_disordered' } });
  expect(decideAgreement(noAgreement, written, { ...organiser, grant: undefined })).toMatchObject({
    error: { code: 'not_laureate' },
  });
});

test('nothing is settled or paid above what the decision gives, nor while a corrected one is not told (I-3)', () => {
  const asked = play(running, [
    { type: 'PaymentMoved-V1', data: { id: 'p1', status: 'asked', on: '2021-10-15', cents: 3_000_000 } },
  ]);
  const settled = play(asked, [
    { type: 'PaymentMoved-V1', data: { id: 'p1', status: 'settled', on: '2021-10-15', cents: 3_000_000 } },
  ]);
  for (const [state, command] of [
    [asked, 'settle'],
    [settled, 'pay'],
  ] as const) {
    const step = (granted: AfterSetting['grant']) =>
      decidePayment(
        state,
        { command, id: 'p1', on: '2021-10-16' },
        { ...organiser, today: '2021-11-01', grant: granted },
      );
    expect(step(grant).ok).toBe(true);
    expect(step(undefined)).toMatchObject({ error: { code: 'not_laureate' } });
    expect(step({ ...grant, lines: [{ ...lines[0], cents: 2_999_999 }, lines[1]] })).toMatchObject({
      error: { code: 'above_grant' },
    });
  }
});

test('whatever is ordered in whatever order, no line ever holds more than its agreement gives', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((at) => `2021-11-${String(at).padStart(2, '0')}`);
  const step = fc.oneof(
    fc.record({
      ...{ kind: fc.constant('pay' as const), command: fc.constantFrom('ask', 'settle', 'pay', 'cancel') },
      ...{ at: fc.nat(8), cents: fc.option(fc.integer({ min: -10, max: 4_000_000 }), { nil: undefined }), on: day },
    }),
    fc.record({
      ...{ kind: fc.constant('amend' as const), fir: fc.integer({ min: 1, max: 4_000_000 }) },
      planned: fc.array(fc.integer({ min: 0, max: 2_500_000 }), { maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let state = running;
      let made = 0;
      for (const one of steps) {
        if (one.kind === 'pay') {
          const id = state.payments[one.at]?.id ?? 'absent';
          const order = { command: one.command, id, on: one.on, cents: one.cents } as PaymentOrder;
          const decided = decidePayment(state, order, { ...organiser, today: '2021-12-01' });
          if (decided.ok) state = play(state, decided.value);
        } else {
          made += 1;
          const changed: Terms = {
            ...{ ...terms, sha256: `hash${made}`, lines: [{ ...lines[0], cents: one.fir }, lines[1]] },
            schedule: one.planned.map((cents, at) => ({ id: `p${made}-${at}`, key: 'FIR', cents, on: '2021-12-15' })),
          };
          const amending = after(state.status === 'signed' ? after(state, { command: 'start' }) : state, {
            ...{ command: 'amend', reason: 'motif' },
          });
          const rewritten = decideAgreement(amending, { command: 'write', terms: changed, parties }, organiser);
          if (!rewritten.ok) continue;
          const ready = after(play(amending, rewritten.value), { command: 'submit' });
          state = ['holder', 'ars', 'dreets'].reduce(
            (before, party) => after(before, { command: 'sign', sha256: changed.sha256 }, signing(party)),
            ready,
          );
        }
        for (const { key, cents } of state.inForce?.lines ?? [])
          expect(heldOn(state.payments, key)).toBeLessThanOrEqual(cents);
      }
    }),
    { numRuns: 200 },
  );
});

test('a payment keeps the order of its days; what is settled is at most what was planned', () => {
  const later = { ...organiser, today: '2021-11-01' };
  const order = (command: PaymentOrder['command'], on: string, cents?: number) => ({ command, id: 'p1', on, cents });
  expect(decidePayment(running, order('pay', '2021-10-15'), later)).toMatchObject({ error: { code: 'not_now' } });
  const asked = play(running, [
    { type: 'PaymentMoved-V1', data: { id: 'p1', status: 'asked', on: '2021-10-20', cents: 3_000_000 } },
  ]);
  expect(decidePayment(asked, order('settle', '2021-10-19'), later)).toMatchObject({ error: { code: 'day_before' } });
  expect(decidePayment(asked, order('settle', '2021-11-02'), later)).toMatchObject({ error: { code: 'day_before' } });
  expect(decidePayment(asked, order('settle', '2021-10-20', 3_000_001), later)).toMatchObject({
    error: { code: 'above_planned' },
  });
  expect(decidePayment(asked, order('settle', '2021-10-20', 1), { ...later, role: 'signatory' })).toMatchObject({
    error: { code: 'not_allowed' },
  });
  expect(decidePayment(prepared, order('ask', '2021-10-20'), later)).toMatchObject({
    error: { code: 'no_such_payment' },
  });
});

test('reports are asked on their day, once, and reminded thirty days later, not before', () => {
  expect(reportToAsk(running, '2022-02-28')).toBeUndefined();
  expect(reportToAsk(running, '2022-03-01')).toBe('interim');
  expect(reportToAsk(running, '2022-10-29')).toBe('interim');
  expect(reportToAsk(running, '2022-10-30')).toBe('final');
  expect(reportToAsk({ ...running, status: 'terminated' }, '2022-10-30')).toBeUndefined();
  const house: AfterSetting = { ...organiser, role: 'house', today: '2022-10-30' };
  const order = { command: 'ask', id: 'r', kind: 'final', due: '2022-11-29' } as const;
  const decided = decideReport(running, order, house);
  const asked = play(running, decided.ok ? decided.value : []);
  expect(reportToAsk(asked, '2022-10-31')).toBeUndefined();
  expect(decideReport(asked, { ...order, id: 'r2' }, house)).toMatchObject({ error: { code: 'report_asked' } });
  expect(reportsToRemind(asked, '2022-11-28')).toEqual([]);
  expect(reportsToRemind(asked, '2022-11-29')).toHaveLength(1);
  expect(decideReport(asked, { command: 'remind', id: 'r' }, house)).toMatchObject({ error: { code: 'not_due' } });
});

const full: ReportContent = {
  ...emptyReport([{ id: 'i1' }], [{ label: 'Salaires', cents: 100 }]),
  ...{ indicators: [{ id: 'i1', actual: 90, words: '' }], expenses: [{ label: 'Salaires', planned: 100, spent: 80 }] },
  ...{ words: { done: 'a', families: 'b', difficulties: '', permanence: '' }, next: 'ri_afc' },
};

test('a final report says each value or why it is missing, is signed as read, and tells what follows (R-96, L-11)', () => {
  expect(missingIn(emptyReport([{ id: 'i1' }], [{ label: 'x', cents: 1 }]), 'final')).toEqual([
    ...['done', 'families', 'actual_i1', 'spent_0', 'next'],
  ]);
  expect(missingIn({ ...full, indicators: [{ id: 'i1', actual: null, words: 'Registre perdu' }] }, 'final')).toEqual(
    [],
  );
  const asked = play(running, [
    { type: 'ReportAsked-V1', data: { id: 'r', kind: 'final', on: '2022-10-30', due: '2022-11-29' } },
  ]);
  const signatory: AfterSetting = { ...organiser, role: 'signatory' };
  const give = { command: 'give', id: 'r', content: { id: 'c', sha256: 'h', value: full } } as const;
  expect(decideReport(asked, { ...give, sha256: 'h' }, { ...organiser, role: 'writer' })).toMatchObject({ ok: false });
  expect(decideReport(asked, { ...give, sha256: 'autre' }, signatory)).toMatchObject({
    error: { code: 'another_text' },
  });
  const incomplete = { ...give, content: { ...give.content, value: { ...full, next: '' as const } }, sha256: 'h' };
  expect(decideReport(asked, incomplete, signatory)).toMatchObject({
    error: { code: 'report_incomplete', field: 'next', rule: { reference: /^R-96/ } },
  });
  const given = decideReport(asked, { ...give, sha256: 'h' }, signatory);
  const complete = play(asked, [
    ...(given.ok ? given.value : []),
    { type: 'ReportFoundComplete-V1', data: { id: 'r' } },
  ]);
  const validated = decideReport(complete, { command: 'validate', id: 'r', content: full }, organiser);
  expect(play(complete, validated.ok ? validated.value : [])).toMatchObject({
    ...{ reports: [{ status: 'validated' }], permanence: { next: 'ri_afc', on: null } },
  });
});

test('an agreement closes after its report and its payments; what is given back is at most what was paid', () => {
  expect(decideAgreement(running, { command: 'close', due: 0 }, organiser)).toMatchObject({
    error: { code: 'no_final_report', rule: { reference: /^R-96/ } },
  });
  const asked = after(paid, { command: 'askEnd', reason: 'motif' }, { ...organiser, role: 'signatory' });
  expect(asked.end?.by).toBe('holder');
  expect(decideAgreement(paid, { command: 'confirmEnd', due: 0 }, organiser)).toMatchObject({
    error: { code: 'end_not_asked' },
  });
  expect(decideAgreement(asked, { command: 'confirmEnd', due: 3_000_001 }, organiser)).toMatchObject({
    error: { code: 'refund_too_large' },
  });
  const ended = after(asked, { command: 'confirmEnd', due: 3_000_000 });
  expect(ended.payments.map(({ status }) => status)).toEqual(['paid', 'cancelled']);
  const refunded = after(ended, { command: 'recordRefund', cents: 2_999_999, on: '2021-10-01' });
  expect(decideAgreement(refunded, { command: 'recordRefund', cents: 2, on: '2021-10-01' }, organiser)).toMatchObject({
    error: { code: 'refund_too_large' },
  });
});

const said: TermsContent = {
  ...{ call: '1000 premiers jours en Bretagne', application: 'Une maison', number: 3, object: 'Ouvrir un lieu.' },
  ...{ conditions: '', starts_on: '2021-10-01', ends_on: '2022-09-30', interim_on: '', decided_on: '2021-08-20' },
  ...{ lines: [...lines], schedule: [{ id: 'p', key: 'FIR', cents: 100, on: '2022-02-01' }] },
  parties: [
    { id: 'a', kind: 'holder', organisation: 'Association Exemple', name: 'Camille Exemple', job: '' },
    { id: 'b', kind: 'funder', organisation: 'ARS', name: 'Dominique Exemple', job: 'Direction' },
  ],
  indicators: [{ id: 'i1', axis: 1, title: 'Familles', unit: 'familles', baseline: 0, target: 120, due: '' }],
};

test('the text of an agreement tells each line, that credits are annual (R-36), and the indicators as deposited', () => {
  const text = JSON.stringify(agreementText(said));
  expect(text).toContain('50 000 € en tout. Chaque ligne reste distincte.');
  expect(text).toContain('« Cette dotation est annuelle et non reconductible »');
  expect(text).toContain('120 familles');
  expect(text).not.toContain('avenant');
  expect(JSON.stringify(agreementText(said, 2))).toContain('avenant n° 2');
  const other = [{ key: 'other-0', funder: 'Caf', line: 'other' as const, cents: 100 }];
  expect(JSON.stringify(agreementText({ ...said, lines: other }))).not.toContain('R-36');
  expect(laterYears(said)).toEqual(['2022-02-01']);
  expect(laterYears({ ...said, lines: other })).toEqual([]);
});

test('indicators are counted by axis, never added up; a target under its start is to go down to', () => {
  const one = (more: Partial<Measured>): Measured => ({
    ...{ axis: 1, title: 't', unit: 'u', baseline: 0, target: 10, actual: 10 },
    ...more,
  });
  expect(isReached(one({ actual: 9 }))).toBe(false);
  expect(isReached(one({ baseline: 20, actual: 9 }))).toBe(true);
  expect(isReached(one({ actual: null }))).toBeUndefined();
  expect(
    byAxis([[one({}), one({ axis: null, actual: null })], [one({ actual: 3 }), one({ target: null })], []]),
  ).toEqual([
    { axis: 1, projects: 2, indicators: 3, withTarget: 2, withActual: 3, reached: 1, missing: 0 },
    { axis: null, projects: 1, indicators: 1, withTarget: 1, withActual: 0, reached: 0, missing: 1 },
  ]);
  expect([...byNext(['stop', undefined, 'stop'])]).toEqual([
    ['stop', 2],
    ['unknown', 1],
  ]);
});

test('an appeal is received once a decision is notified, and reformed only by a corrected decision', () => {
  const setting = { role: 'signatory', notified: true, corrected: false, today: '2021-10-01' } as const;
  const receive = { command: 'receive', application: 'a', kind: 'gracious', on: '2021-09-30', text: 't' } as const;
  expect(decideAppeal(noAppeal, receive, { ...setting, notified: false })).toMatchObject({
    error: { code: 'nothing_notified' },
  });
  expect(decideAppeal(noAppeal, { ...receive, text: undefined }, setting)).toMatchObject({
    error: { code: 'reason_missing' },
  });
  const received = decideAppeal(noAppeal, receive, setting);
  const studied = [
    ...(received.ok ? received.value : []),
    { type: 'AppealStudied-V1', data: { text: 's' } } as const,
  ].reduce(evolveAppeal, noAppeal);
  const reform = { command: 'reform', text: 'r' } as const;
  expect(decideAppeal(studied, reform, { ...setting, role: 'organiser' })).toMatchObject({
    error: { code: 'not_corrected' },
  });
  expect(decideAppeal(studied, reform, { ...setting, role: 'organiser', corrected: true }).ok).toBe(true);
});

test('nothing is shown before notification, nor another text than the one agreed to', () => {
  const organising = { role: 'organiser', laureate: true } as const;
  const propose = { command: 'propose', text: { id: 't', sha256: 'h' } } as const;
  expect(decideShowcase(noShowcase, propose, { ...organising, laureate: false })).toMatchObject({
    error: { code: 'not_notified' },
  });
  const proposed = evolveShowcase(noShowcase, { type: 'ShowcaseProposed-V1', data: propose.text });
  expect(decideShowcase(proposed, { command: 'publish', slug: 's' }, organising)).toMatchObject({
    error: { code: 'not_now' },
  });
  const holder = { role: 'signatory', laureate: true } as const;
  expect(decideShowcase(proposed, { command: 'agree', sha256: 'autre' }, holder)).toMatchObject({
    error: { code: 'another_text' },
  });
  expect(decideShowcase(proposed, { command: 'agree', sha256: 'h' }, holder).ok).toBe(true);
});

test('the message to the ministry names each laureate, line by line (R-90)', () => {
  const frame = { edition: '2021', ministry: { address: 'ministere@exemple.example', recipients: 'la DGCS' } };
  const told = { number: 2, title: 'Une maison', holder: 'Association Exemple', lines: [...lines] };
  expect(laureatesMessage(frame, 'l’appel', [told])).toMatchObject({
    to: 'ministere@exemple.example',
    text: expect.stringContaining('- n° 2, Une maison, porté par Association Exemple (ARS, FIR : 30 000 € ; DREETS'),
  });
  expect(laureatesMessage(frame, 'l’appel', []).text).toContain('Aucun projet n’a été retenu.');
});

test('axes and priorities are tied by the frame alone, both ways, and by nothing while nobody said it (R-42)', () => {
  const frame = (tied: Readonly<Record<string, readonly number[]>>) => ({
    undecided: { accueil_pour_tous_territories: [], priorities_of_axes: tied as Record<string, number[]> },
  });
  const some = frame({ '1': [2, 3], '4': [6], '5': [6] });
  expect([prioritiesOfAxes(some, [4, 1, 9]), axesOfPriorities(some, [6, 8], [1, 4, 5])]).toEqual([
    [2, 3, 6],
    [4, 5],
  ]);
  // Those of the call alone.
  expect(axesOfPriorities(some, [2, 6], [4])).toEqual([4]);
  expect([prioritiesOfAxes(frame({}), [1]), axesOfPriorities(frame({}), [2], [1])]).toEqual([[], []]);
});
