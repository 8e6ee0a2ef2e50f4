import { expect, test } from 'vitest';
import type { AgencyKind } from '#platform/permissions.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { noFinalReport, reportIncomplete } from './after/after-refusals.ts';
import { type CallEvent, type CallState, noCall } from './call.ts';
import { type CallKindCode, callKindCodes, kindOf } from './call-kind.ts';
import { type CallOrder, type CallSetting, decideCall } from './decide-call.ts';
import type { Envelope } from './envelope.ts';
import { evolveCall } from './evolve-call.ts';
import type { Frame } from './frame.ts';
import { withinEnvelopes } from './selection/allocation.ts';
import { readFrames } from './server/frames.ts';

const [frame] = readFrames('content') as [Frame];
const calendar = {
  ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
};
const envelope: Envelope = { funder: 'ARS', agency: 'ars', line: 'FIR', cents: 10_000_000, topUps: [] };
const written = { id: 'row', sha256: 'hash' };
const stateOf = (kind: CallKindCode, more: Partial<CallState> = {}): CallState => ({
  ...{ ...noCall, kind, status: 'drafting', slug: 'x', territory: 'region:53', axes: [1], calendar },
  ...{ configuration: kindOf(kind).framed ? 'ars' : null, agencies: ['ars'], words: { specification: written } },
  ...{ money: { envelopes: [envelope], pooled: false, shown: false }, ...more },
});
const setting: CallSetting = {
  ...{ frame, role: 'approver', approvesFor: ['ars'], now: Temporal.Instant.from('2021-05-20T08:00:00Z') },
  ...{ inside: () => false, declared: ['ars'], jointPossible: false, leftOut: [] },
  selection: {
    ...{ incomplete: 0, undecided: 0, minutes: { signed: 1, unsigned: 0 }, laureates: 1, unwritten: 0, underway: 0 },
    ...{ allocated: { FIR: 10_000_001 }, message: 'ready', untold: 0, countable: true },
  },
};
const refused = (state: CallState, order: CallOrder): Refusal | undefined => errorOf(decideCall(state, order, setting));
const errorOf = (result: Result<unknown>): Refusal | undefined => (result.ok ? undefined : result.error);
const write = { command: 'write', seen: 0, motive: 'm' } as const;

test.each<[string, string, (kind: CallKindCode) => Refusal | undefined]>([
  [
    ...(['a territory outside its own', 'R-51'] as const),
    (kind) => refused(stateOf(kind), { ...write, section: 'territories', territories: ['commune:13055'] }),
  ],
  ['another axis', 'R-50', (kind) => refused(stateOf(kind), { ...write, section: 'axes', axes: [7] })],
  [
    ...(['dates out of order', 'R-28'] as const),
    (kind) =>
      refused(stateOf(kind), { ...write, section: 'calendar', calendar: { ...calendar, juryOn: '2021-07-14' } }),
  ],
  [
    ...(['a line of credit of somebody else', 'R-33'] as const),
    (kind) => {
      const envelopes = [{ ...envelope, agency: null }];
      return refused(stateOf(kind), { ...write, section: 'money', money: { envelopes, pooled: false, shown: false } });
    },
  ],
  [
    ...(['the approval of whoever does not organise it', 'R-01'] as const),
    (kind) => refused(stateOf(kind, { status: 'submitted' }), { command: 'approve', agency: 'local', seen: 0 }),
  ],
  [
    ...(['an approval that lacks', 'R-12'] as const),
    (kind) => refused(stateOf(kind, { status: 'submitted' }), { command: 'publish' }),
  ],
  [
    ...(['an envelope that is overspent', 'R-33'] as const),
    (kind) => refused(stateOf(kind, { status: 'selecting' }), { command: 'fixResults' }),
  ],
  [
    ...(['more than an envelope holds', 'R-33'] as const),
    (kind) => errorOf(withinEnvelopes({ envelopes: [envelope], framed: kindOf(kind).framed }, {}, { FIR: 10_000_001 })),
  ],
  ['a balance without a final report', 'R-96', (kind) => noFinalReport(kindOf(kind).framed)],
  ['a report with a hole', 'R-96', (kind) => reportIncomplete(['next'], kindOf(kind).framed)],
])('%s is refused with the words of %s in a call that they bind, in its own words in any other', (_, rule, refusal) => {
  for (const kind of callKindCodes) {
    const { framed } = kindOf(kind);
    const said = refusal(kind);
    expect([kind, said?.rule?.reference.split(',')[0]]).toEqual([kind, framed ? rule : undefined]);
    expect(said?.message).toMatch(/^\p{Lu}.{20,}/u);
    expect(said?.code).toBe(refusal('regional')?.code);
  }
});

test.each<[CallKindCode, readonly AgencyKind[], string | undefined]>([
  ['other', ['ars'], 'state_alone'],
  ['other', ['dreets'], 'state_alone'],
  ['other', ['ars', 'dreets'], 'state_alone'],
  ['other', ['ars', 'caf'], undefined],
  ['other', ['caf'], undefined],
  ['interest', ['ars'], undefined],
  ['regional', ['ars'], undefined],
])('a call of kind %s by %o: %s', (kind, agencies, code) => {
  const configuration = kindOf(kind).framed ? 'ars' : null;
  const order = { command: 'open', kind, slug: 'x', configuration, agencies, territory: 'region:53' } as const;
  const decided = decideCall(noCall, order, { ...setting, approvesFor: agencies });
  expect(errorOf(decided)?.code).toBe(code);
  if (code) expect(errorOf(decided)?.rule?.reference).toMatch(/^R-01/);
});

const submitted = (kind: CallKindCode, more: Partial<CallState> = {}): CallState =>
  stateOf(kind, { status: 'submitted', approvals: ['ars'], ...more });
const said = { rule: 'R-13', motive: 'm', section: 'opening' } as const;

test.each<[string, CallState, Partial<CallSetting>, readonly string[]]>([
  ['nothing left aside', submitted('regional'), {}, []],
  ['the other declared since', submitted('regional'), { jointPossible: true }, ['R-13']],
  ['said when it was opened', submitted('regional', { departures: [said] }), { jointPossible: true }, []],
  ['nobody invited of some actors', submitted('regional'), { leftOut: ['health'] }, ['R-70']],
  ['both', submitted('regional'), { jointPossible: true, leftOut: ['health'] }, ['R-13', 'R-70']],
  ['a call that the frame does not bind', submitted('interest'), { jointPossible: true, leftOut: ['health'] }, []],
])('a publication with %s leaves the motive of what it departs from (R-13, R-70; I-14)', (_, state, more, broken) => {
  const refusedWith = errorOf(decideCall(state, { command: 'publish' }, { ...setting, ...more }));
  expect(refusedWith?.code).toBe(broken.length > 0 ? 'motive_missing' : undefined);
  expect(refusedWith?.rule?.reference.split(',')[0]).toBe(broken[0]);
  const done = decideCall(state, { command: 'publish', motive: 'm' }, { ...setting, ...more });
  const [event] = done.ok ? done.value : [];
  if (!event) throw new Error('refused');
  const after = evolveCall(state, { ...event, version: 9, recordedAt: setting.now } as CallEvent & {
    version: number;
    recordedAt: Temporal.Instant;
  });
  expect(after.status).toBe('published');
  expect(after.departures).toEqual([
    ...state.departures,
    ...broken.map((rule) => ({ rule, motive: 'm', section: 'publication' })),
  ]);
});

test.each([
  ['2021-09-22', undefined],
  ['2021-09-30', undefined],
  ['2021-10-01', 'R-27'],
])('projects that begin on %s: late at the beginning of autumn, however it is read: %s', (startsOn, rule) => {
  const order = { ...write, section: 'calendar', calendar: { ...calendar, startsOn } } as const;
  const { motive: _, ...silent } = order;
  const error = refused(stateOf('regional'), silent);
  expect(error?.rule?.reference.split(',')[0]).toBe(rule);
  // As no text gives the day, the refusal says how it is read here.
  if (rule) expect(error?.message).toContain('30 septembre');
  expect(refused(stateOf('regional'), order)).toBeUndefined();
  expect(refused(stateOf('other'), silent)).toBeUndefined();
});
