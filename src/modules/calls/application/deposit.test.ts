import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSiret } from '#modules/professionals/index.ts';
import { completeContent } from '#testing/calls.ts';
import type { Calendar } from '../calendar.ts';
import { type CallKindCode, callKindCodes, kindOf } from '../call-kind.ts';
import { formatCents } from '../money.ts';
import { settledBy, type Words } from '../section-words.ts';
import { stepFrom } from '../step-table.ts';
import {
  type ApplicationCommand,
  type ApplicationEvent,
  type ApplicationState,
  applicationRoles,
  applicationStatuses,
  applicationTable,
  noApplication,
} from './application.ts';
import {
  completionRefusals,
  type DepositSetting,
  decideCompletion,
  decideDeposit,
  depositRefusals,
} from './deposit.ts';
import { differenceOf, wordRuns } from './difference.ts';
import { evolveApplication } from './evolve-application.ts';
import {
  decideAdmissible,
  decideAskCompletion,
  decideCancelCompletion,
  decideChangeCompletion,
  decideClose,
  decideConvert,
  decideInadmissible,
  decideLapse,
  decideReopen,
  decideWithdraw,
} from './instruct.ts';
import { asksOf } from './may-start.ts';
import { type Names, openParts, readable } from './readable.ts';
import { sirenOf } from './search-columns.ts';

const calendarIn = (zone: string): Calendar => {
  const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();
  return {
    ...{ zone, opensAt: at('2021-06-01T09:00'), closesAt: at('2021-07-15T16:00') },
    ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
  };
};
const calendar = calendarIn('Europe/Paris');
const closes = Temporal.Instant.from(calendar.closesAt);
const setting: DepositSetting = {
  ...{ call: { status: 'published', calendar, axes: [1, 2] }, framed: true, kind: 'full', alreadyDeposited: false },
  asks: { money: true, agreement: true },
  ...{ form: { questions: [] }, pieces: { pieces: [] }, attached: [], now: closes.subtract({ hours: 24 }) },
  inside: (scope) => scope === 'commune:35238',
};
const frozen = { snapshot: 's', sha256: 'h', at: '2021-07-01T00:00:00Z' };
const content = completeContent();

test('a deposit is refused at the closing instant and accepted one millisecond before, wherever the call is (I-5)', () => {
  for (const zone of ['America/Cayenne', 'Europe/Paris', 'Indian/Reunion']) {
    const there = calendarIn(zone);
    const closing = Temporal.Instant.from(there.closesAt);
    expect(closing.toZonedDateTimeISO(zone).toPlainTime().toString()).toBe('16:00:00');
    const at = (now: Temporal.Instant) =>
      decideDeposit(content, { ...setting, call: { ...setting.call, calendar: there }, now }, frozen);
    expect([zone, at(closing.subtract({ milliseconds: 1 }))]).toMatchObject([zone, { ok: true }]);
    expect([zone, at(closing)]).toMatchObject([zone, { ok: false, error: { code: 'call_closed', part: 'call' } }]);
    fc.assert(
      fc.property(fc.integer({ min: -90_000_000, max: 90_000_000 }), (milliseconds) => {
        expect(at(closing.add({ milliseconds })).ok).toBe(milliseconds < 0);
      }),
    );
  }
  expect(decideDeposit(content, { ...setting, call: { ...setting.call, status: 'cancelled' } }, frozen).ok).toBe(false);
});

test('all that is missing is said at once, each with its part and its field, a rule with its words', () => {
  const nothing = depositRefusals(
    completeContent({
      project: { title: '', summary: ' ', change: '' },
      holder: { ...content.holder, can_sign: 'unsure', signatory_name: '' },
      axes: { axes: [], words: '' },
      territory: { territories: ['commune:35238', 'commune:44109'], words: '' },
      calendar: { starts_on: '2021-10-01', ends_on: '2021-09-30', steps: [] },
      indicators: { indicators: [] },
    }),
    {
      ...setting,
      form: { questions: [{ label: 'Avec qui ?', hint: '', kind: 'short', options: [], required: true }] },
      pieces: {
        pieces: [
          { label: 'Statuts', required: true },
          { label: 'Devis', required: false },
        ],
      },
    },
  );
  expect(nothing.map(({ part, field }) => `${part} ${field}`)).toEqual([
    ...['project title', 'project summary', 'project change', 'holder signatory_name', 'indicators title-0'],
    ...['calendar ends_on', 'questions answers-0', 'axes axes', 'territory territories', 'holder can_sign'],
    'attachments file',
  ]);
  expect(nothing.filter(({ rule }) => rule).map(({ rule }) => rule?.reference.slice(0, 4))).toEqual([
    ...['R-50', 'R-51', 'R-52'],
  ]);
  expect(depositRefusals(content, setting)).toEqual([]);
  // A local call refuses the same without a national text that does not bind it.
  const local = { ...setting, framed: false, inside: () => false };
  expect(depositRefusals(content, local)).toMatchObject([{ code: 'outside_territory' }]);
  expect(depositRefusals(content, local)[0]).not.toHaveProperty('rule');
  // A letter of intent says less.
  const letter = { ...content, budget: { expenses: [], resources: [], in_kind: [] }, indicators: { indicators: [] } };
  expect(depositRefusals(letter, { ...setting, kind: 'intent' })).toEqual([]);
  // A local call that chose no axis asks none, and takes none.
  const bare = { ...setting, framed: false, call: { ...setting.call, axes: [] } };
  expect(depositRefusals({ ...content, axes: { axes: [], words: '' } }, bare)).toEqual([]);
  expect(depositRefusals(content, bare)).toMatchObject([{ code: 'axes_not_of_call' }]);
  expect(depositRefusals(letter, setting)).not.toEqual([]);
});

test('what a deposit asks of money and of an agreement is that of the kind of its call, or what its organisers settled', () => {
  const nothing = { expenses: [], resources: [], in_kind: [] };
  const [expense, own] = [content.budget.expenses[0], content.budget.resources[1]];
  if (!expense || !own) throw new Error('no budget');
  const bare = {
    ...{ 'no budget at all': { ...content, budget: nothing } },
    ...{ 'no amount asked': { ...content, budget: { ...nothing, expenses: [expense], resources: [own] } } },
    ...{ 'cannot sign': { ...content, holder: { ...content.holder, can_sign: 'unsure' as const } } },
  };
  const refusedOf = (kind: CallKindCode, choices: Words<'choices'> = {}) =>
    Object.entries(bare).map(([name, written]) => {
      const asked = { ...setting, framed: kindOf(kind).framed, asks: asksOf(kind, choices) };
      return [name, depositRefusals(written, asked).map(({ code }) => code)];
    });
  const strict = [
    ['no budget at all', ['budget_not_ready']],
    ['no amount asked', ['budget_not_ready', 'budget_not_ready']],
    ['cannot sign', ['cannot_sign']],
  ];
  const [noBudget, noAmount] = strict;
  const free = Object.keys(bare).map((name) => [name, []]);
  const kinds: readonly [CallKindCode, Words<'choices'>, unknown][] = [
    ['regional', {}, strict],
    ['regional', { money: 'no', agreement: 'no' }, strict],
    ['labelling', {}, free],
    ['labelling', { money: 'yes', agreement: 'yes' }, free],
    ['interest', {}, free],
    ['interest', { money: 'no' }, free],
    ['interest', { money: 'yes', agreement: 'yes' }, strict],
    ['interest', { agreement: 'yes' }, [free[0], free[1], strict[2]]],
    ['other', {}, [noBudget, noAmount, ['cannot sign', []]]],
    ['other', { agreement: 'yes' }, strict],
  ];
  for (const [kind, choices, refused] of kinds)
    expect([kind, choices, refusedOf(kind, choices)]).toEqual([kind, choices, refused]);
  expect(new Set(kinds.map(([kind]) => kind))).toEqual(new Set(callKindCodes));
  expect(callKindCodes.map((kind) => [kind, ...settledBy(kind)])).toEqual([
    ['regional', 'several', 'letters'],
    ['interest', 'several', 'letters', 'money', 'agreement'],
    ['labelling', 'several', 'letters'],
    ['other', 'several', 'letters', 'agreement'],
  ]);
});

test('a SIRET that is none is never deposited, letter or application, nor a partner’s number with an error in it', () => {
  const by = (siret: string, kind: 'full' | 'intent' = 'full') =>
    depositRefusals({ ...content, holder: { ...content.holder, siret } }, { ...setting, kind });
  expect([by('12345678200010'), by('123 456 782 00010'), by('123\u202f456\u00a0782 00010', 'intent')]).toEqual([
    [],
    [],
    [],
  ]);
  for (const kind of ['full', 'intent'] as const) {
    for (const siret of ['en cours', '123456782', '1234567820001O', '123456782000100'])
      expect([siret, by(siret, kind)]).toMatchObject([
        siret,
        [{ code: 'siret_length', part: 'holder', field: 'siret' }],
      ]);
    for (const siret of ['12345678200011', '00000000000000'])
      expect([siret, by(siret, kind)]).toMatchObject([siret, [{ code: 'siret_key', part: 'holder', field: 'siret' }]]);
    expect(by(' ', kind)).toMatchObject([{ code: 'missing', field: 'siret' }]);
  }
  // Whatever is typed: either it is the number of a company, by which everything else goes, or it is refused.
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{14}$/)), (siret) => {
      expect(by(siret).length === 0).toBe(/^\d{9}$/.test(sirenOf(siret)) && readSiret(siret).ok);
    }),
  );
  const resource = (siren: string) =>
    ({ ...content.budget.resources[1], siren }) as (typeof content.budget.resources)[1];
  const partnered = (siren: string) => ({
    ...{
      ...content,
      partners: {
        partners: [
          { name: 'PMI', siren: '', brings: '' },
          { name: 'Caf', siren, brings: '' },
        ],
      },
    },
    budget: {
      ...content.budget,
      resources: content.budget.resources.map((one, at) => (at === 1 ? resource(siren) : one)),
    },
  });
  for (const siren of ['', '775 672 272', '12345678200010'])
    expect(depositRefusals(partnered(siren), setting)).toEqual([]);
  expect(depositRefusals(partnered('775672273'), setting)).toMatchObject([
    { code: 'siren_unreadable', part: 'partners', field: 'siren-1' },
    { code: 'siren_unreadable', part: 'budget', field: 'resource-siren-1' },
  ]);
});

test('a completion keeps the company that deposited: another establishment of it may answer, another company never', () => {
  const state = { completion: { id: 'i', due: '2021-08-01T00:00:00Z' } };
  const by = (siret: string) =>
    decideCompletion(
      state,
      { ...content, holder: { ...content.holder, siret } },
      { ...setting, depositedBy: '123456782' },
      frozen,
    );
  expect([by('12345678200010').ok, by('123 456 782 00028').ok]).toEqual([true, true]);
  for (const siret of ['98765432100015', '123'])
    expect(by(siret)).toMatchObject({ error: { code: 'other_company', part: 'holder', field: 'siret' } });
  expect(by('')).toMatchObject({ error: { code: 'missing', field: 'siret' } });
});

test('a completion is judged by the parts that it asks for: the others were accepted, and nobody can write them', () => {
  const line = { funder: '', siren: '' };
  const refused = completeContent({
    project: { title: 'Un lieu', summary: '', change: 'x' },
    holder: { ...content.holder, siret: '73282932000075' },
    partners: { partners: [{ name: 'Caf', siren: '775672273', brings: '' }] },
    calendar: { starts_on: '2021-10-01', ends_on: '2023-09-30', steps: [] },
    budget: { ...content.budget, resources: [{ ...line, source: 'call', status: 'asked', cents: 6_000_000 }] },
  });
  const asking = (...parts: (typeof openParts)[number][]) =>
    completionRefusals(refused, { ...setting, completes: { parts, infected: [] } }).map(
      ({ code, part, field }) => `${part}#${field} ${code}`,
    );
  expect(asking('audience')).toEqual([]);
  expect(asking('project')).toEqual(['project#summary missing']);
  expect(asking('holder', 'partners')).toEqual(['holder#siret siret_key', 'partners#siren-0 siren_unreadable']);
  // Two parts say it together: the one that is open is where it is mended.
  expect(asking('budget')).toEqual(['budget#budget annual_credit']);
  expect(asking('calendar')).toEqual(['calendar#ends_on annual_credit']);
  expect(asking(...openParts)).toHaveLength(4);
});

test('a compulsory piece that the antivirus took away is said with who asks for it again; any other one was accepted', () => {
  const pieces = {
    pieces: [
      { label: 'Statuts', required: true },
      { label: 'Devis', required: false },
      { label: 'Ajoutée depuis', required: true },
    ],
  };
  const by = (
    parts: readonly ('project' | 'attachments')[],
    infected: readonly string[],
    attached = setting.attached,
  ) =>
    completionRefusals(content, { ...setting, pieces, attached, completes: { parts, infected } }).map(
      ({ code, message }) => [
        code,
        message
          .match(/«\s(.*?)\s»|:\s(.*)$/)
          ?.slice(1)
          .join(''),
      ],
    );
  expect(by(['project'], [])).toEqual([]);
  expect(by(['project'], ['Devis', ''])).toEqual([]);
  expect(by(['project'], ['Statuts'])).toEqual([['piece_lost', 'Statuts']]);
  const again = { id: 'p', piece: 'Statuts', name: 'statuts.pdf', bytes: 1, sha256: 'h' };
  expect(by(['project'], ['Statuts'], [again])).toEqual([]);
  expect(by(['attachments'], ['Statuts'])).toEqual([
    ['piece_missing', 'Statuts'],
    ['piece_missing', 'Ajoutée depuis'],
  ]);
});

test.each([
  ['2021-10-01', '2022-09-30', 'call', 'asked', true],
  ['2021-10-01', '2022-10-01', 'call', 'asked', false],
  ['2021-10-01', '2024-09-30', 'call', 'asked', false],
  ['2021-10-01', '2024-09-30', 'public', 'asked', true],
  ['2021-10-01', '2024-09-30', 'own', 'acquired', true],
  ['2021-10-01', '2024-09-30', 'public', 'refused', false],
] as const)(
  'a project from %s to %s, whose other money is of %s, %s: deposited %s (R-36)',
  (from, to, source, status, ok) => {
    const line = { funder: '', siren: '' };
    const asked = {
      ...line,
      source: 'call',
      status: 'asked',
      cents: status === 'refused' ? 6_000_000 : 4_000_000,
    } as const;
    const long = completeContent({
      calendar: { starts_on: from, ends_on: to, steps: [] },
      budget: { ...content.budget, resources: [asked, { ...line, source, status, cents: 2_000_000 }] },
    });
    const refusals = depositRefusals(long, setting);
    expect(refusals.map(({ code, part }) => [code, part])).toEqual(ok ? [] : [['annual_credit', 'budget']]);
    if (!ok) expect(refusals[0]?.rule?.reference).toMatch(/^R-36/);
    // Another call binds itself to no year.
    expect(depositRefusals(long, { ...setting, framed: false })).toEqual([]);
  },
);

test('axes outside those of the call never enter a deposit (I-13), nor a budget one cent out of balance (I-9)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
      fc.integer({ min: -2, max: 2 }),
      (axes, cent) => {
        const [first, ...others] = content.budget.resources;
        if (!first) throw new Error('no resource');
        const resources = [{ ...first, cents: first.cents + cent }, ...others];
        const asked = { ...content, axes: { axes, words: '' }, budget: { ...content.budget, resources } };
        const decided = decideDeposit(asked, setting, frozen);
        expect(decided.ok).toBe(axes.length > 0 && axes.every((axis) => axis <= 2) && cent === 0);
      },
    ),
  );
});

const draft: ApplicationState = { ...noApplication, status: 'draft', call: 'c', number: 1 };
const after = closes.add({ hours: 1 });
const asked = { id: 'i', due: after.add({ hours: 48 }).toString(), parts: ['budget'], reason: true };

/** What each command decides when every condition is met, and the kind of application that it concerns. */
const decisions: Readonly<Record<string, (state: ApplicationState) => ReturnType<typeof decideWithdraw>>> = {
  deposit: () => decideDeposit(content, setting, frozen),
  complete: (state) =>
    decideCompletion(
      { completion: { id: 'i', due: asked.due }, ...{} },
      content,
      { ...setting, now: after },
      { ...frozen, snapshot: `${state.snapshots.length}` },
    ),
  askCompletion: (state) => decideAskCompletion(state, asked, after),
  changeCompletion: (state) => decideChangeCompletion({ ...state, completion: asked }, asked, after),
  cancelCompletion: (state) => decideCancelCompletion({ ...state, completion: asked }),
  findAdmissible: (state) => decideAdmissible(state, calendar, after),
  findInadmissible: (state) =>
    decideInadmissible(state, { reasons: ['R-51'], text: 't' }, { framed: true, conditions: false }),
  reopenAdmissibility: (state) => decideReopen({ ...state, inadmissible: { reasons: ['R-51'], text: 't' } }, 't'),
  withdraw: () => decideWithdraw('t'),
  lapse: () => decideLapse(calendar, closes),
  close: (state) => decideClose({ ...state, kind: 'intent' }, 't'),
  convert: (state) => decideConvert({ ...state, kind: 'intent' }, 'a'),
};

test('every command by every role in every state does what the table says, and leads where it says (I-4)', () => {
  for (const [command, decide] of Object.entries(decisions)) {
    const step = applicationTable[command as ApplicationCommand];
    for (const status of applicationStatuses) {
      for (const role of applicationRoles) {
        const state = { ...draft, status };
        const may = stepFrom(step, status, role);
        expect([command, status, role, may.ok]).toEqual([
          ...[command, status, role],
          step.from.includes(status) && step.by.includes(role),
        ]);
        if (!may.ok) continue;
        const decided = decide(state);
        if (!decided.ok) throw new Error(`${command}: ${decided.error.code}`);
        const next = decided.value.reduce(evolveApplication, state);
        expect([command, next.status]).toEqual([command, step.to === 'same' ? status : step.to]);
      }
    }
  }
});

test('an instruction is refused without its condition', () => {
  const codeOf = (decided: ReturnType<typeof decideWithdraw>) => (decided.ok ? 'done' : decided.error.code);
  const letter = { kind: 'intent' } as const;
  const full = { kind: 'full' } as const;
  expect(codeOf(decideAskCompletion(letter, asked, after))).toBe('letter_of_intent');
  expect(codeOf(decideAskCompletion(full, { ...asked, parts: [] }, after))).toBe('part_missing');
  expect(codeOf(decideAskCompletion(full, { ...asked, reason: false }, after))).toBe('reason_missing');
  expect(codeOf(decideAskCompletion(full, { ...asked, due: after.toString() }, after))).toBe('due_past');
  const waiting = { ...full, completion: { id: 'i', due: asked.due } };
  expect(codeOf(decideChangeCompletion({ ...full, completion: null }, asked, after))).toBe('nothing_asked');
  expect(codeOf(decideChangeCompletion(waiting, { ...asked, parts: [] }, after))).toBe('part_missing');
  expect(codeOf(decideChangeCompletion(waiting, { ...asked, due: after.toString() }, after))).toBe('due_past');
  expect(codeOf(decideCancelCompletion({ completion: null }))).toBe('nothing_asked');
  expect(codeOf(decideAdmissible(full, calendar, closes.subtract({ milliseconds: 1 })))).toBe('call_still_open');
  expect(codeOf(decideAdmissible(letter, calendar, after))).toBe('letter_of_intent');
  expect(codeOf(decideLapse(calendar, closes.subtract({ milliseconds: 1 })))).toBe('call_still_open');
  expect(codeOf(decideReopen({ inadmissible: null }, 't'))).toBe('not_inadmissible');
  expect(codeOf(decideReopen({ inadmissible: { reasons: ['R-50'], text: 't' } }, undefined))).toBe('reason_missing');
  expect(codeOf(decideWithdraw(undefined))).toBe('reason_missing');
  expect(codeOf(decideClose(full, 't'))).toBe('not_a_letter');
  expect(codeOf(decideConvert(full, 'a'))).toBe('not_a_letter');
  const find = (reasons: ('R-50' | 'local')[], text: string | undefined, framed: boolean, conditions: boolean) =>
    codeOf(decideInadmissible(full, { reasons, text }, { framed, conditions }));
  expect(find([], 't', true, true)).toBe('reason_not_chosen');
  expect(find(['R-50'], undefined, true, true)).toBe('reason_missing');
  expect(find(['local'], 't', true, false)).toBe('reason_not_published');
  expect(find(['R-50'], 't', false, true)).toBe('reason_not_published');
  expect(find(['R-50', 'local'], 't', true, true)).toBe('done');
});

const names: Names = {
  axis: (number) => `Axe ${number}`,
  territory: (scope) => scope,
  day: (iso) => iso,
  questions: ['Avec qui ?'],
};

test('a completion shows what changed, part by part, and nothing else', () => {
  const piece = { id: 'p', piece: 'Statuts', name: 'statuts.pdf', bytes: 2_000, sha256: 'a' };
  const [first] = content.budget.expenses;
  const before = readable(content, [], names);
  const completed = {
    ...content,
    project: { ...content.project, summary: 'Un lieu ouvert à toutes les familles.' },
    budget: {
      ...content.budget,
      expenses: [...(first ? [{ ...first, cents: 5_000_000 }] : []), { label: 'Loyer', cents: 1_000_000 }],
    },
    partners: { partners: [{ name: 'PMI', siren: '', brings: '' }] },
  };
  const changed = differenceOf(before, readable(completed, [piece], names));
  expect(
    changed.map(({ part, changes }) => [part, ...changes.map(({ label, before: was, after: is }) => [label, was, is])]),
  ).toEqual([
    ['project', ['Résumé', 'Un lieu ouvert à tous.', 'Un lieu ouvert à toutes les familles.']],
    ['partners', ['PMI', undefined, 'cité']],
    [
      'budget',
      ['Dépense : Salaires', formatCents(6_000_000), formatCents(5_000_000)],
      ['Dépense : Loyer', undefined, formatCents(1_000_000)],
    ],
    ['attachments', ['Statuts', undefined, 'statuts.pdf (2 ko)']],
  ]);
  expect(differenceOf(before, before)).toEqual([]);
});

test('the words of a change give both texts back', () => {
  expect(wordRuns('Un lieu ouvert à tous.', 'Un lieu, ouvert à tous.')).toEqual([
    { change: 'same', text: 'Un ' },
    { change: 'removed', text: 'lieu ' },
    { change: 'added', text: 'lieu, ' },
    { change: 'same', text: 'ouvert à tous.' },
  ]);
  const text = fc.array(fc.constantFrom('a ', 'b', ' ', 'c\n', 'd '), { maxLength: 12 }).map((some) => some.join(''));
  fc.assert(
    fc.property(text, text, (before, now) => {
      const runs = wordRuns(before, now);
      const without = (gone: string) =>
        runs
          .filter(({ change }) => change !== gone)
          .map((run) => run.text)
          .join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(now);
    }),
  );
  const long = 'mot '.repeat(2_500);
  expect(wordRuns(long, `${'autre '.repeat(2_500)}`).map(({ change }) => change)).toEqual(['removed', 'added']);
});

test('what was deposited, asked, completed and decided is told by the events alone (I-16)', () => {
  const events: ApplicationEvent[] = [
    { type: 'ApplicationStarted-V1', data: { call: 'c', kind: 'full', number: 3, letter: null } },
    { type: 'ApplicationDeposited-V1', data: frozen },
    { type: 'CompletionAsked-V1', data: { id: 'i', due: asked.due } },
    { type: 'ApplicationCompleted-V1', data: { ...frozen, snapshot: 's2' } },
  ];
  const state = events.reduce(evolveApplication, noApplication);
  expect(state).toMatchObject({ status: 'deposited', number: 3, completion: null });
  expect(state.snapshots.map(({ id }) => id)).toEqual(['s', 's2']);
});
