import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgencyKind } from '#platform/permissions.ts';
import type { Result } from '#platform/result.ts';
import { type AgreementState, type GrantLine, noAgreement } from '../after/agreement.ts';
import { type AfterSetting, decideAgreement } from '../after/decide-agreement.ts';
import { decidePayment } from '../after/decide-follow-up.ts';
import { evolveAgreement } from '../after/evolve-agreement.ts';
import { heldBy, nothingHeld } from '../after/held.ts';
import type { Envelope } from '../envelope.ts';
import type { Happened } from '../evolve-call.ts';
import { formatCents } from '../money.ts';
import { type Amounts, addAmounts, keyOf, usesOf, withinEnvelopes } from './allocation.ts';
import { type DecisionOrder, type DecisionSetting, decideDecision } from './decide-decision.ts';
import {
  type DecisionEvent,
  type DecisionState,
  decisionCommands,
  decisionRoles,
  decisionStatuses,
  decisionTable,
  isSigned,
  issueCodes,
  issueOf,
  issuesOf,
  noDecision,
  type Ruling,
  takenBy,
} from './decision.ts';
import { evolveDecision } from './evolve-decision.ts';
import { amountWords, defaultTemplates, type LetterFacts, letterWords, readTemplate, writeLetter } from './letter.ts';

const envelope = (line: Envelope['line'], agency: AgencyKind | null, cents: number): Envelope => ({
  ...{ funder: agency?.toUpperCase() ?? 'Stratégie pauvreté', agency, line, cents, topUps: [] },
});
const envelopes = [
  envelope('FIR', 'ars', 10_000_000),
  envelope('P304-17', 'dreets', 10_000_000),
  envelope('other', null, 500_000),
];
const agencies = ['ars', 'dreets'] as const;
const setting: DecisionSetting = {
  ...{ role: 'approver', call: 'c', approvesFor: agencies, application: 'deliberated', others: {}, ranks: [] },
  ...{ recommendations: 0, appealTerms: true, held: nothingHeld },
  state: { status: 'selecting', kind: 'regional', agencies, money: { envelopes, pooled: true, shown: false } },
};
const given: Ruling = {
  ...{ issue: 'laureate', amounts: { FIR: 4_000_000 }, rank: null, words: null, conditions: null, referent: null },
};
const supported: Ruling = { ...given, issue: 'support', amounts: {}, words: 'w', referent: 'r' };
const labelled: Ruling = { ...given, issue: 'labelled', amounts: {} };
const refused: Ruling = { ...given, issue: 'rejected', amounts: {}, words: 'm' };
const signed: DecisionState = { ...noDecision, call: 'c', status: 'written', ruling: given, signatures: agencies };
/** Released, with something still out that was given back since. */
const kept = { FIR: 1 };
const now = Temporal.Instant.from('2021-08-20T08:00:00Z');

const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const codeOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.error.code);
const after = (state: DecisionState, events: readonly DecisionEvent[], version = 1): DecisionState =>
  events.reduce(
    (before, event, at) =>
      evolveDecision(before, { ...event, version: version + at, recordedAt: now } as DecisionEvent & Happened),
    state,
  );

/** One order of each command that every condition allows, and where. */
const orders: Readonly<Record<(typeof decisionCommands)[number], DecisionOrder>> = {
  write: { command: 'write', seen: 0, ruling: given },
  sign: { command: 'sign', seen: 0, agency: 'ars' },
  correct: { command: 'correct', seen: 0, ruling: given, reason: 'r' },
  complete: { command: 'complete', seen: 0, ruling: given, reason: 'r' },
  conclude: { command: 'conclude', seen: 0, ruling: labelled },
  prepare: { command: 'prepare', letter: 'l', sha256: 'h' },
  notify: { command: 'notify', letter: 'l' },
  release: { command: 'release', reason: 'r' },
  reopen: { command: 'reopen', reason: 'r' },
};

test('a decision: every command by every role in every state does what the table says, and nothing else (I-4)', () => {
  for (const command of decisionCommands) {
    for (const status of decisionStatuses) {
      for (const role of decisionRoles) {
        const unsigned = command === 'write' || command === 'sign';
        const ruling = command === 'reopen' ? null : command === 'conclude' ? supported : given;
        const state: DecisionState = {
          ...{ ...signed, status, kept, ruling, letter: 'l', signatures: unsigned ? [] : agencies },
        };
        const decided = decideDecision(state, orders[command], {
          ...{
            ...setting,
            role,
            application: command === 'prepare' && status === 'absent' ? 'inadmissible' : 'deliberated',
          },
          state: {
            ...setting.state,
            kind: command === 'conclude' ? 'labelling' : 'regional',
            status: command === 'prepare' || command === 'complete' ? 'decided' : 'selecting',
          },
        });
        const { from, by, to } = decisionTable[command];
        expect([command, status, role, decided.ok]).toEqual([
          ...[command, status, role],
          from.includes(status) && by.includes(role),
        ]);
        if (decided.ok) expect(after(state, decided.value).status).toBe(to === 'same' ? status : to);
        else expect(['not_allowed', 'not_now']).toContain(decided.error.code);
      }
    }
  }
});

test.each([
  ['an issue of another kind of call', { ruling: { ...given, issue: 'labelled' } }, {}, 'issue_missing'],
  ['an irrecevability that nobody deliberated', { ruling: { ...given, issue: 'inadmissible' } }, {}, 'issue_missing'],
  ['a refusal without a motive', { ruling: { ...refused, words: null } }, {}, 'words_missing'],
  ['a laureate without money', { ruling: { ...given, amounts: {} } }, {}, 'amount_missing'],
  ['an unknown line', { ruling: { ...given, amounts: { 'other-0': 1 } } }, {}, 'no_such_line'],
  ['a negative amount', { ruling: { ...given, amounts: { FIR: -1 } } }, {}, 'amount_unreadable'],
  ['a cent too much', { ruling: given }, { others: { FIR: 6_000_001 } }, 'above_envelope'],
  ['a rank that is taken', { ruling: { ...given, issue: 'reserve', rank: 2 } }, { ranks: [1, 2] }, 'rank_taken'],
  ['no rank', { ruling: { ...given, issue: 'reserve' } }, {}, 'rank_missing'],
  ['an older version', { seen: 3 }, {}, 'journal_conflict'],
  ['before the session', {}, { application: 'evaluated' }, 'session_missing'],
] as const)('writing a decision: %s', (_, order, more, code) => {
  const asked = { ...orders.write, ...order } as DecisionOrder;
  expect(codeOf(decideDecision(noDecision, asked, { ...setting, ...more }))).toBe(code);
});

test('a label needs what it says: recommendations, somebody who accompanies', () => {
  const label = { ...setting, state: { ...setting.state, kind: 'labelling' as const } };
  const write = (ruling: Partial<Ruling>, more: Partial<DecisionSetting> = {}) =>
    codeOf(
      decideDecision(noDecision, { command: 'write', seen: 0, ruling: { ...given, ...ruling } }, { ...label, ...more }),
    );
  expect(issuesOf('labelling')).toEqual(['adjourned', 'labelled', 'labelledWithAdvice', 'support', 'notLabelled']);
  expect(write({ issue: 'laureate' })).toBe('issue_missing');
  expect(write({ issue: 'labelled', amounts: {} })).toBeUndefined();
  expect(write({ issue: 'labelledWithAdvice' })).toBe('advice_missing');
  expect(write({ issue: 'labelledWithAdvice' }, { recommendations: 1 })).toBeUndefined();
  expect(write({ issue: 'support', words: 'w' })).toBe('referent_missing');
  expect(write({ issue: 'support', words: 'w', referent: 'r' })).toBeUndefined();
});

test('a technical support ends by a decision of its own, signed and told anew: no correction, and no other support', () => {
  const label = { ...setting, state: { ...setting.state, kind: 'labelling' as const, status: 'notified' as const } };
  const told: DecisionState = { ...signed, status: 'notified', ruling: supported, letter: 'l', sent: ['l'] };
  const conclude = (state: DecisionState, ruling: Ruling, seen = 0) =>
    decideDecision(state, { command: 'conclude', seen, ruling }, label);
  expect(codeOf(conclude(told, supported))).toBe('still_support');
  expect(codeOf(conclude({ ...told, ruling: labelled }, labelled))).toBe('no_support');
  expect(codeOf(conclude(told, labelled, 3))).toBe('journal_conflict');
  expect(codeOf(conclude(told, { ...labelled, issue: 'notLabelled' }))).toBe('words_missing');
  const concluded = after(told, done(conclude(told, labelled)), 7);
  expect(concluded).toMatchObject({ status: 'written', signatures: [], letter: null, corrections: [], sent: ['l'] });
  // Not signed yet, it is written again; signed, it is corrected.
  const again = decideDecision(concluded, { command: 'write', seen: 7, ruling: labelled }, label);
  expect(codeOf(again)).toBeUndefined();
  const all = { ...concluded, signatures: agencies };
  expect(codeOf(decideDecision(all, { command: 'write', seen: 7, ruling: labelled }, label))).toBe('signed_already');
});

test('a file found admissible once the results are fixed is decided, saying why no session spoke', () => {
  const late = (
    status: 'selecting' | 'decided' | 'notified' | 'finished',
    application: DecisionSetting['application'],
  ) =>
    codeOf(
      decideDecision(noDecision, orders.complete, {
        ...{ ...setting, application },
        state: { ...setting.state, status },
      }),
    );
  expect(late('selecting', 'admissible')).toBe('session_missing');
  expect(late('finished', 'admissible')).toBe('session_missing');
  for (const status of ['decided', 'notified'] as const) {
    expect(late(status, 'deposited')).toBe('not_admissible');
    expect(late(status, 'inadmissible')).toBe('not_admissible');
    expect(late(status, 'admissible')).toBeUndefined();
  }
  const { reason: _, ...silent } = { command: 'complete', seen: 0, ruling: given, reason: 'r' } as const;
  const decided = { ...setting, application: 'admissible', state: { ...setting.state, status: 'decided' } } as const;
  expect(codeOf(decideDecision(noDecision, silent, decided))).toBe('reason_missing');
});

test('each organiser signs once, for itself, what it read; writing again takes the signatures back', () => {
  let state = after(noDecision, done(decideDecision(noDecision, orders.write, setting)), 4);
  const sign = (agency: AgencyKind, seen = 4, approvesFor: readonly AgencyKind[] = [agency]) =>
    decideDecision(state, { command: 'sign', seen, agency }, { ...setting, approvesFor });
  expect(codeOf(sign('ars', 3))).toBe('journal_conflict');
  expect(codeOf(sign('dreets', 4, ['ars']))).toBe('not_allowed');
  state = after(state, done(sign('ars')), 5);
  expect(codeOf(sign('ars'))).toBe('signed_already');
  const rewritten = after(
    state,
    done(decideDecision(state, { ...orders.write, seen: 4 } as DecisionOrder, setting)),
    6,
  );
  expect(rewritten.signatures).toEqual([]);
  state = after(state, done(sign('dreets')), 6);
  expect(codeOf(decideDecision(state, { ...orders.write, seen: 4 } as DecisionOrder, setting))).toBe('signed_already');
  expect(codeOf(decideDecision(state, { command: 'correct', seen: 4, ruling: refused }, setting))).toBe(
    'reason_missing',
  );
});

test('a corrected decision takes its letter back: neither it nor another is sent before it is signed and prepared anew (I-11)', () => {
  const decided = { ...setting, state: { ...setting.state, status: 'decided' as const } };
  const ready = after(signed, done(decideDecision(signed, orders.prepare, decided)), 7);
  const corrected = after(
    ready,
    done(decideDecision(ready, { command: 'correct', seen: 0, ruling: refused, reason: 'r' }, decided)),
    8,
  );
  expect([corrected.letter, corrected.signatures, corrected.corrections.length]).toEqual([null, [], 1]);
  expect(codeOf(decideDecision(corrected, orders.notify, { ...decided, role: 'house' }))).toBe('not_now');
  expect(codeOf(decideDecision(corrected, orders.prepare, decided))).toBe('not_signed');
  const again = { ...corrected, signatures: agencies };
  const second = after(
    again,
    done(decideDecision(again, { command: 'prepare', letter: 'm', sha256: 'h' }, decided)),
    9,
  );
  expect(codeOf(decideDecision(second, orders.notify, { ...decided, role: 'house' }))).toBe('journal_conflict');
});

test('no refusal is prepared without the terms of appeal, and nothing before the results are fixed (I-10)', () => {
  const decided = { ...setting, state: { ...setting.state, status: 'decided' as const }, appealTerms: false };
  for (const issue of issueCodes) {
    const state = { ...signed, ruling: { ...refused, issue } };
    expect(decideDecision(state, orders.prepare, decided).ok).toBe(!issueOf(issue).negative);
    expect(codeOf(decideDecision(state, orders.prepare, setting))).toBe('not_fixed');
  }
  const found = { ...decided, application: 'inadmissible' as const };
  expect(codeOf(decideDecision(noDecision, orders.prepare, found))).toBe('appeal_terms_missing');
  expect(decideDecision(noDecision, orders.prepare, { ...found, appealTerms: true }).ok).toBe(true);
});

const someAmounts = fc.dictionary(
  fc.constantFrom('FIR', 'P304-17', 'other-2', 'other-0', 'X'),
  fc.integer({ min: -1, max: 11_000_000 }),
  { maxKeys: 3 },
);

/** An agreement that everybody signed on all that is given, with one payment ready on each line. */
const inForceOn = (lines: readonly GrantLine[]): AgreementState => ({
  ...{ ...noAgreement, status: 'running' },
  inForce: {
    ...{ id: 't', sha256: 'h', parties: [], startsOn: '2021-09-01', endsOn: '2022-09-01', interimOn: null },
    ...{ lines, schedule: [] },
  },
  payments: lines.map(({ key, cents }) => ({
    ...{ id: key, key, cents, on: '2021-09-01', status: 'settled', days: {} },
  })),
});
const afterwards = (grant: AfterSetting['grant']): AfterSetting => ({
  ...{ role: 'organiser', party: undefined, today: '2021-10-01', grant, framed: true },
});
const followedBy = (
  state: AgreementState,
  what: 'pay' | 'end' | 'refund',
  cents: number,
  lines: readonly GrantLine[],
): AgreementState => {
  const setting = afterwards(lines.length > 0 ? { lines, decidedOn: '2021-08-20' } : undefined);
  const paid = state.payments.filter(({ status }) => status === 'paid').reduce((sum, one) => sum + one.cents, 0);
  const waits = state.payments.find(({ status }) => status === 'settled');
  const on = '2021-10-01';
  const ending = { ...state, end: { by: 'holder', reason: 'r', at: '' } } as const;
  const decided =
    what === 'pay'
      ? decidePayment(state, { command: 'pay', id: waits?.id ?? '', on }, setting)
      : what === 'end'
        ? decideAgreement(ending, { command: 'confirmEnd', due: paid }, setting)
        : decideAgreement(state, { command: 'recordRefund', cents, on }, setting);
  return decided.ok
    ? decided.value.reduce((one, event) => evolveAgreement(one, { ...event, recordedAt: now }), state)
    : state;
};

test('what an agreement engages is not free while it lives, nor what was paid and not given back after (I-3)', () => {
  const line: GrantLine = { key: 'FIR', funder: 'ARS', line: 'FIR', cents: 4_000_000 };
  const live = followedBy(inForceOn([line]), 'pay', 0, [line]);
  const held = (state: AgreementState) => ({ ...setting, held: heldBy(state) });
  expect(codeOf(decideDecision(signed, orders.release, held(live)))).toBe('agreement_lives');
  const less = { command: 'correct', seen: 0, ruling: { ...given, amounts: { FIR: 3_999_999 } }, reason: 'r' } as const;
  expect(codeOf(decideDecision(signed, less, held(live)))).toBe('below_held');
  const ended = followedBy(live, 'end', 0, [line]);
  const back = followedBy(ended, 'refund', 1_500_000, [line]);
  const free = after(signed, done(decideDecision(signed, orders.release, held(ended))));
  expect(takenBy(free)).toEqual({ FIR: 4_000_000 });
  expect(codeOf(decideDecision(free, orders.release, held(ended)))).toBe('nothing_given_back');
  const freer = after(free, done(decideDecision(free, orders.release, held(back))));
  expect(takenBy(freer)).toEqual({ FIR: 2_500_000 });
  expect(codeOf(decideDecision(freer, { ...less, ruling: refused }, held(back)))).toBe('below_held');
  // Two lines paid: a refund frees a line only of what cannot come from the other.
  const two = inForceOn([line, { ...line, key: 'P304-17', line: 'P304-17', cents: 1_000_000 }]);
  const both = ['pay', 'pay', 'end'].reduce(
    (one, what) => followedBy(one, what as 'pay', 0, two.inForce?.lines ?? []),
    two,
  );
  expect(heldBy(followedBy(both, 'refund', 1_200_000, [line])).amounts).toEqual({
    FIR: 3_800_000,
    'P304-17': 1_000_000,
  });
  expect(heldBy(followedBy(both, 'refund', 5_000_000, [line])).amounts).toEqual({});
});

test('whatever is asked in whatever order, no line pays more than it holds, nor for another (I-3, I-12)', () => {
  const command = fc.record({
    application: fc.integer({ min: 0, max: 4 }),
    what: fc.constantFrom('write', 'correct', 'release', 'sign', 'sign', 'agree', 'pay', 'end', 'refund' as const),
    amounts: someAmounts,
    gives: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const states = new Map<number, DecisionState>();
      const taken = (but?: number): Amounts =>
        addAmounts([...states].filter(([at]) => at !== but).map(([, state]) => takenBy(state)));
      const agreements = new Map<number, AgreementState>();
      const heldOf = (at: number) => heldBy(agreements.get(at) ?? noAgreement);
      for (const { application, what, amounts, gives } of commands) {
        const state = states.get(application) ?? noDecision;
        if (what === 'agree' || what === 'pay' || what === 'end' || what === 'refund') {
          const told = state.status === 'written' && isSigned(state, agencies);
          const lines = usesOf(envelopes, told ? takenBy(state) : {}).flatMap(({ key, funder, line, given: cents }) =>
            cents > 0 ? [{ key, funder, line, cents }] : [],
          );
          const agreed = agreements.get(application);
          if (what !== 'agree') {
            const cents = Math.abs(Object.values(amounts)[0] ?? 1);
            if (agreed) agreements.set(application, followedBy(agreed, what, cents, lines));
          } else if (!agreed && lines.length > 0) agreements.set(application, inForceOn(lines));
          continue;
        }
        const ruling = gives ? { ...given, amounts } : refused;
        const order: DecisionOrder =
          what === 'sign'
            ? { command: 'sign', seen: state.written, agency: state.signatures.includes('ars') ? 'dreets' : 'ars' }
            : what === 'release'
              ? { command: 'release', reason: 'r' }
              : { command: what, seen: state.written, ruling, reason: 'r' };
        const decided = decideDecision(state, order, {
          ...{ ...setting, others: taken(application), held: heldOf(application) },
        });
        if (decided.ok) states.set(application, after(state, decided.value));
        for (const { left, given: paid } of usesOf(envelopes, taken()))
          expect([left >= 0, paid >= 0]).toEqual([true, true]);
        // What is promised or out never goes above what its decision takes: nothing paid is given again.
        for (const at of agreements.keys())
          for (const [key, cents] of Object.entries(heldOf(at).amounts))
            expect(takenBy(states.get(at) ?? noDecision)[key] ?? 0).toBeGreaterThanOrEqual(cents);
      }
      const keys = new Set(envelopes.map(keyOf));
      for (const state of states.values()) expect(Object.keys(takenBy(state)).every((key) => keys.has(key))).toBe(true);
    }),
  );
});

test('an amount is kept line by line', () => {
  expect(done(withinEnvelopes({ envelopes, framed: true }, {}, { FIR: 0, 'P304-17': 5 }))).toEqual({ 'P304-17': 5 });
  expect(amountWords({ FIR: 6_000_000, 'other-2': 50 }, usesOf(envelopes, {}))).toBe(
    `${formatCents(6_000_000)} (ARS, FIR), ${formatCents(50)} (Stratégie pauvreté), soit ${formatCents(6_000_050)}`,
  );
});

const facts: LetterFacts = {
  ...{ appel: 'L’appel', organisateurs: 'ARS et DREETS', projet: 'Bulle d’air', numero: '3', structure: 'Asso' },
  ...{ montant: '40 000 € (ARS, FIR)', rang: '2', motif: 'Le motif', conditions: '', preconisations: '', referent: '' },
  ...{ label: '', recours: 'Deux mois.' },
};

test('every issue has neutral words; a paragraph with nothing to say goes', () => {
  for (const issue of issueCodes) {
    const letter = done(writeLetter(issue, defaultTemplates[issue], facts));
    expect(letter.text).not.toMatch(/[{}]/);
    expect(letter.text.includes('Deux mois.') && letter.text.includes('Le motif')).toBe(issueOf(issue).negative);
  }
  expect(done(writeLetter('laureate', defaultTemplates.laureate, facts)).text).toBe(
    [
      'Bonjour,',
      'Vous avez déposé la candidature n° 3, « Bulle d’air », à l’appel « L’appel ».',
      ...[
        'Votre projet est lauréat.',
        'Montant attribué : 40 000 € (ARS, FIR).',
        'Bien cordialement,',
        'ARS et DREETS',
      ],
    ].join('\n\n'),
  );
});

test('a refusal says its motive and its appeal whatever the template, or does not exist (I-10)', () => {
  const word = fc.constantFrom(
    ...Object.keys(letterWords).map((one) => `{${one}}`),
    'mot',
    '\n\n',
    '{',
    '}',
    '{inconnu}',
  );
  const text = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '));
  const blank = fc.constantFrom('', ' ', '\n');
  fc.assert(
    fc.property(fc.constantFrom(...issueCodes), text, blank, fc.boolean(), (issue, template, empty, withMotive) => {
      const said = { ...facts, motif: withMotive ? 'Le motif' : empty, recours: withMotive ? 'Deux mois.' : empty };
      const letter = writeLetter(issue, { subject: 'Objet', text: template }, said);
      if (!letter.ok || !issueOf(issue).negative) return;
      expect(withMotive && letter.value.text.includes('Le motif') && letter.value.text.includes('Deux mois.')).toBe(
        true,
      );
    }),
  );
  expect(codeOf(readTemplate('laureate', { subject: 'Objet', text: '{montatn}' }))).toBe('unknown_word');
  expect(codeOf(readTemplate('rejected', { subject: 'Objet', text: '{motif}' }))).toBe('word_missing');
});
