import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApplicationStatus } from '../application/application.ts';
import { formatCents } from '../money.ts';
import { agendaOrder, movements } from './agenda-order.ts';
import { decideSession, evolveSession, type SessionOrder, type SessionSetting } from './decide-session.ts';
import { minutesContent, minutesOf } from './minutes.ts';
import {
  noSession,
  type SessionEvent,
  type SessionItem,
  type SessionState,
  sessionCommands,
  sessionRoles,
  sessionStatuses,
  sessionTable,
} from './session.ts';

const now = Temporal.Instant.from('2021-08-20T08:00:00Z');
const member = (id: string, voice: 'deliberative' | 'consultative', ...recused: string[]) => ({
  ...{ id, voice, recused: new Set(recused) },
  votesOn: new Set(voice === 'deliberative' ? ['one', 'two'].filter((file) => !recused.includes(file)) : []),
});
const members = [
  ...[member('ana', 'deliberative'), member('bo', 'deliberative', 'two'), member('cy', 'consultative', 'one', 'two')],
];
const setting: SessionSetting = {
  ...{ role: 'manager', call: 'c', state: { status: 'selecting', kind: 'regional' }, members, recused: new Set() },
  ...{ quorum: undefined, minutes: 'hash', now },
  applications: new Map<string, ApplicationStatus>([
    ...([
      ['one', 'evaluated'],
      ['two', 'evaluated'],
      ['three', 'deliberated'],
    ] as const),
  ]),
};
const item: SessionItem = {
  ...{ application: 'one', status: 'waiting', present: [], out: [], openedAt: null, outcome: null },
};
const opened: SessionState = {
  ...{ ...noSession, call: 'c', at: '2021-08-20T08:00:00Z', status: 'opened', present: ['ana', 'bo', 'cy'] },
  items: [item, { ...item, application: 'two' }],
};
const outcome = { issue: 'laureate', amounts: { FIR: 5 }, votes: { ana: 'for' }, words: null } as const;
const inRoom = { ...item, status: 'open', present: ['ana', 'bo', 'cy'], out: ['cy'] } as const;

const orders: Readonly<Record<(typeof sessionCommands)[number], SessionOrder>> = {
  convene: { command: 'convene', at: '2021-08-20T08:00:00Z', place: null, agenda: ['one', 'two'] },
  move: { command: 'move', at: '2021-08-21T08:00:00Z', place: 'p' },
  setAgenda: { command: 'setAgenda', agenda: ['two', 'one'] },
  cancel: { command: 'cancel', reason: 'why' },
  open: { command: 'open', present: ['ana'] },
  note: { command: 'note', present: ['ana', 'bo'] },
  openItem: { command: 'openItem', application: 'one', out: ['cy'] },
  closeItem: { command: 'closeItem', application: 'one', outcome },
  skipItem: { command: 'skipItem', application: 'one' },
  close: { command: 'close' },
  signMinutes: { command: 'signMinutes', sha256: 'hash' },
};
const stateFor = (command: string): SessionState => ({
  ...opened,
  items: command === 'closeItem' ? [inRoom] : command === 'close' ? [{ ...item, status: 'done' }] : opened.items,
});
const after = (state: SessionState, event: SessionEvent | undefined): SessionState =>
  event ? evolveSession(state, { ...event, version: 1, recordedAt: now } as never) : state;
const decide = (state: SessionState, order: SessionOrder, more: Partial<SessionSetting> = {}) =>
  decideSession(state, order, { ...setting, ...more });
const ok = (result: ReturnType<typeof decide>): SessionEvent | undefined => (result.ok ? result.value[0] : undefined);
const codeOf = (result: ReturnType<typeof decide>): string | undefined => (result.ok ? undefined : result.error.code);

test('a session: every command by every role in every state does what the table says, and nothing else (I-4)', () => {
  for (const command of sessionCommands) {
    for (const status of sessionStatuses) {
      for (const role of sessionRoles) {
        const state = { ...stateFor(command), status };
        const decided = decide(state, orders[command], { role });
        const { from, by, to } = sessionTable[command];
        expect([command, status, role, decided.ok]).toEqual([
          ...[command, status, role],
          from.includes(status) && by.includes(role),
        ]);
        if (decided.ok) expect(after(state, decided.value[0]).status).toBe(to === 'same' ? status : to);
      }
    }
  }
});

test('a session is held at a moment to come, the minute under way included; one that stays at its hour may change place', () => {
  const convene = (at: string) =>
    codeOf(decide(noSession, { command: 'convene', at, place: null, agenda: ['one'] }, later));
  const later = { now: Temporal.Instant.from('2021-08-20T08:00:59Z') };
  expect(['2021-08-20T07:59:00Z', '0001-01-01T00:00:00Z'].map(convene)).toEqual(['already_past', 'already_past']);
  expect(['2021-08-20T08:00:00Z', '2021-08-20T08:01:00Z'].map(convene)).toEqual([undefined, undefined]);
  const convened = { ...opened, status: 'convened', at: '2021-08-19T08:00:00Z' } as const;
  const move = (at: string) => codeOf(decide(convened, { command: 'move', at, place: 'p' }, later));
  expect(['2021-08-19T08:00:00Z', '2021-08-19T09:00:00Z'].map(move)).toEqual([undefined, 'already_past']);
});

test('a point opens once everybody who must leave has left', () => {
  expect(codeOf(decide(opened, { command: 'openItem', application: 'two', out: ['cy'] }))).toBe('exits_missing');
  expect(codeOf(decide(opened, { command: 'openItem', application: 'two', out: ['bo', 'cy'] }))).toBeUndefined();
  const without = { ...opened, present: ['ana'] };
  expect(codeOf(decide(without, { command: 'openItem', application: 'two', out: [] }))).toBeUndefined();
  const busy = { ...opened, items: [inRoom, { ...item, application: 'two' }] };
  expect(codeOf(decide(busy, { command: 'openItem', application: 'two', out: ['bo', 'cy'] }))).toBe('item_open');
  expect(codeOf(decide(busy, { command: 'note', present: ['ana'] }))).toBe('item_open');
  expect(codeOf(decide(busy, { command: 'close' }))).toBe('items_left');
});

test('the quorum is that of the call; without one, none is asked', () => {
  const room = { command: 'openItem', application: 'two', out: ['bo', 'cy'] } as const;
  expect(codeOf(decide(opened, room, { quorum: 2 }))).toBe('no_quorum');
  expect(codeOf(decide(opened, room, { quorum: 1 }))).toBeUndefined();
  const convened = { ...opened, status: 'convened' } as const;
  expect(codeOf(decide(convened, { command: 'open', present: ['ana', 'cy'] }, { quorum: 2 }))).toBe('no_quorum');
  expect(codeOf(decide(convened, { command: 'open', present: ['ana', 'nobody'] }))).toBe('unknown_member');
});

test('only who deliberates, is in the room and is not recused votes; who is recused writes nothing', () => {
  const state = { ...opened, items: [{ ...inRoom, application: 'two', out: ['bo', 'cy'] }] };
  const close = (votes: Readonly<Record<string, 'for' | 'against'>> | null, more: Partial<SessionSetting> = {}) =>
    codeOf(decide(state, { command: 'closeItem', application: 'two', outcome: { ...outcome, votes } }, more));
  expect(close({ ana: 'for' })).toBeUndefined();
  expect(close(null)).toBeUndefined();
  for (const id of ['bo', 'cy', 'nobody']) expect(close({ ana: 'for', [id]: 'against' })).toBe('not_a_voter');
  expect(close({})).toBe('votes_missing');
  expect(close({ ana: 'for' }, { recused: new Set(['two']) })).toBe('recused');
  expect(
    codeOf(decide(state, { command: 'closeItem', application: 'two', outcome: { ...outcome, issue: 'rejected' } })),
  ).toBe('words_missing');
});

test('a file is on the agenda once its evaluations are closed, and once', () => {
  const convene = (agenda: readonly string[]) =>
    codeOf(decide(noSession, { ...orders.convene, agenda } as SessionOrder));
  expect([convene([]), convene(['one', 'three']), convene(['elsewhere'])]).toEqual([
    ...['agenda_empty', 'not_evaluated', 'not_evaluated'],
  ]);
});

test('before it opens, a session changes of date or is cancelled, with a motive; signed minutes keep their hash', () => {
  const convened = { ...opened, status: 'convened' } as const;
  expect(after(convened, ok(decide(convened, orders.move)))).toMatchObject({ at: '2021-08-21T08:00:00Z', place: 'p' });
  expect(codeOf(decide(convened, { command: 'cancel', reason: null }))).toBe('reason_missing');
  expect(after(convened, ok(decide(convened, orders.cancel)))).toMatchObject({ status: 'cancelled', reason: 'why' });
  // Never met, a quorum stops nothing: the session is cancelled, and its files go to another one.
  expect(codeOf(decide(convened, orders.open, { quorum: 9 }))).toBe('no_quorum');
  expect(codeOf(decide(convened, orders.cancel, { quorum: 9 }))).toBeUndefined();
  expect(codeOf(decide(noSession, orders.convene))).toBeUndefined();
});

const facts = {
  ...{ title: 'L’appel', organisers: 'ARS et DREETS', quorum: undefined, say: (instant: string) => instant },
  members: [
    { id: 'ana', name: 'Ana Exemple', organisation: 'ARS', quality: 'funder', voice: 'deliberative' },
    { id: 'cy', name: '', organisation: '', quality: 'operator', voice: 'consultative' },
  ],
  files: new Map([['one', { number: 1, title: 'Bulle d’air' }]]),
  texts: new Map([['w', 'Sous réserve du plan de financement.']]),
} as const;

test('the minutes come from the events: each exit, the votes, the words; an erased person keeps their role (I-17)', () => {
  const state: SessionState = {
    ...{ ...opened, status: 'closed', closedAt: '2021-08-20T12:00:00Z' },
    items: [{ ...inRoom, status: 'done', outcome: { ...outcome, votes: { ana: 'for', bo: 'abstains' }, words: 'w' } }],
  };
  const lines = minutesOf(state, facts).parts.flatMap(({ heading, lines: said }) => [heading, ...said]);
  expect(lines).toContain('Quorum : non fixé par l’appel.');
  expect(lines).toContain('Ana Exemple, ARS (Financeur, voix délibérative)');
  expect(lines).toContain(
    'A quitté la salle avant l’ouverture du point, en déport : Membre du jury (Opérateur, voix consultative).',
  );
  expect(lines).toContain('Votes : 1 pour, 0 contre, 1 abstention.');
  expect(lines).toContain(`Proposition de la séance : Lauréat, ${formatCents(5)}.`);
  expect(lines).toContain('Sous réserve du plan de financement.');
  // Erasing a name changes nothing of what was signed.
  const erased = { ...facts, members: facts.members.map((one) => ({ ...one, name: '', organisation: '' })) };
  const signed = { ...state, status: 'signed' as const, minutes: { sha256: 'h', by: 'manager' as const, at: 'x' } };
  expect(minutesContent(signed, erased)).toEqual(minutesContent(state, facts));
  const other = { ...state, items: [{ ...inRoom, out: [], status: 'done' as const, outcome }] };
  expect(minutesContent(other, facts)).not.toEqual(minutesContent(state, facts));
});

const people = ['a', 'b', 'c', 'd'];
const anyPoint = fc.subarray(people).map((out) => new Set(out));
const pointsOf = (outs: readonly Set<string>[]) => outs.map((out, at) => ({ id: String(at), out }));
const costOf = (outs: readonly Set<string>[], order: readonly string[]): number =>
  movements(order.map((id) => outs[Number(id)] ?? new Set()));

test('the order proposed makes people leave and come back the least: that of trying them all', () => {
  const permutations = (ids: readonly string[]): string[][] =>
    ids.length === 0
      ? [[]]
      : ids.flatMap((id) => permutations(ids.filter((one) => one !== id)).map((rest) => [id, ...rest]));
  fc.assert(
    fc.property(fc.array(anyPoint, { maxLength: 5 }), (outs) => {
      const order = agendaOrder(pointsOf(outs));
      expect([...order].sort()).toEqual(outs.map((_, at) => String(at)));
      const best = Math.min(...permutations(outs.map((_, at) => String(at))).map((one) => costOf(outs, one)));
      expect(costOf(outs, order)).toBe(best);
    }),
  );
});

test('a long order proposed has every point once, and never more movements than the one given', () => {
  fc.assert(
    fc.property(fc.array(anyPoint, { minLength: 6, maxLength: 30 }), (outs) => {
      const given = outs.map((_, at) => String(at));
      const order = agendaOrder(pointsOf(outs));
      expect([...order].sort()).toEqual([...given].sort());
      expect(costOf(outs, order)).toBeLessThanOrEqual(costOf(outs, given));
    }),
    { numRuns: 30 },
  );
});
