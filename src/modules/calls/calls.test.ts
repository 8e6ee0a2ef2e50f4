import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRegion, parseTerritory } from '#modules/territory/index.ts';
import { agencyKinds } from '#platform/permissions.ts';
import type { Result } from '#platform/result.ts';
import { broughtForward, type Calendar, datesPassed, deadlineWords, orderedCalendar, phaseOf } from './calendar.ts';
import {
  type CallEvent,
  type CallState,
  callCommands,
  callRoles,
  callSections,
  callStatuses,
  callTable,
  noCall,
} from './call.ts';
import { type CallOrder, type CallSetting, decideCall } from './decide-call.ts';
import {
  decideDeclaration,
  declarationCommands,
  declarationRoles,
  declarationStatuses,
  declarationTable,
  noDeclaration,
} from './declaration.ts';
import { permissionsDocument, statesDocument } from './documents.ts';
import { firstEnvelopes, minimumMet, pooledTotal, soundEnvelopes, totalOf } from './envelope.ts';
import { evolveCall, type Happened } from './evolve-call.ts';
import { agenciesOf, callTitle, configurations, type Frame, meetsWelcomeForAll, minimumOf } from './frame.ts';
import { ministryMessage } from './ministry-message.ts';
import { formatCents, readCents, typedCents } from './money.ts';
import { rules } from './rule.ts';
import { openChoices } from './section-words.ts';
import { readFrames } from './server/frames.ts';

const [frame] = readFrames('content') as [Frame];

const calendar: Calendar = {
  ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
};
const written = { id: 'row', sha256: 'hash' };
const ready: CallState = {
  ...{ ...noCall, slug: 'bretagne-2021', configuration: 'joint', agencies: ['ars', 'dreets'], territory: 'region:53' },
  ...{ frame: { edition: '2021', version: 1 }, axes: [1], calendar, words: { specification: written } },
  ...{ written: { specification: 4 }, approvals: ['ars', 'dreets'] },
  money: { envelopes: firstEnvelopes(frame, ['ars', 'dreets']), pooled: false, shown: false },
};
const setting: CallSetting = {
  ...{ frame, role: 'approver', approvesFor: ['ars'], now: Temporal.Instant.from('2021-05-20T08:00:00Z') },
  ...{ inside: (scope) => scope === 'commune:35238', declared: ['ars', 'dreets'], jointPossible: true, leftOut: [] },
  selection: {
    ...{ message: 'ready', untold: 0, countable: true },
    ...{ incomplete: 1, undecided: 0, minutes: { signed: 1, unsigned: 0 }, laureates: 1, unwritten: 0, underway: 0 },
    allocated: { FIR: 10_000_000, 'P304-17': 10_000_000 },
  },
};
/** The selection begins once the call is closed; everything else is asked while it is to come. */
const settingOf = (command: string): CallSetting =>
  command === 'startSelection' ? { ...setting, now: Temporal.Instant.from(calendar.closesAt) } : setting;
const later = { ...calendar, closesAt: '2021-07-30T14:00:00Z' };

/** One order of each command that every condition allows. */
const orders: Readonly<Record<string, CallOrder>> = {
  open: {
    ...{ command: 'open', kind: 'regional', slug: 'x', configuration: 'joint' },
    ...{ agencies: ['ars', 'dreets'], territory: 'region:53' },
  },
  write: { command: 'write', section: 'axes', axes: [2], seen: 0 },
  invite: { command: 'invite', partner: 'p' },
  dismiss: { command: 'dismiss', partner: 'p' },
  remark: { command: 'remark', remark: 'r', section: 'title' },
  settleRemark: { command: 'settleRemark', remark: 'r', adopted: false },
  submit: { command: 'submit' },
  reopen: { command: 'reopen', reason: 'why' },
  approve: { command: 'approve', agency: 'ars', seen: 4 },
  publish: { command: 'publish' },
  amend: { command: 'amend', text: 'why', calendar: later },
  cancel: { command: 'cancel', reason: 'why' },
  topUp: { command: 'topUp', envelope: 'FIR', origin: 'ARS', cents: 1 },
  startSelection: { command: 'startSelection', reason: 'why' },
  fixResults: { command: 'fixResults' },
  notifyResults: { command: 'notifyResults' },
  finish: { command: 'finish' },
};

const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

test('a call: every command by every role in every state does what the table says, and nothing else (I-4)', () => {
  for (const command of callCommands) {
    for (const status of callStatuses) {
      for (const role of callRoles) {
        const order = orders[command];
        if (!order) throw new Error(command);
        const approvals = command === 'approve' ? [] : ready.approvals;
        const decided = decideCall({ ...ready, status, approvals }, order, { ...settingOf(command), role });
        const { from, by } = callTable[command];
        expect([command, status, role, decided.ok]).toEqual([
          ...[command, status, role],
          from.includes(status) && by.includes(role),
        ]);
        if (!decided.ok) expect(['not_allowed', 'not_now']).toContain(decided.error.code);
      }
    }
  }
});

test('a call: each event leads to the status of the table', () => {
  for (const command of callCommands) {
    const [status = 'absent'] = callTable[command].from;
    const order = orders[command];
    const decided =
      order &&
      decideCall(
        { ...ready, status, approvals: command === 'approve' ? [] : ready.approvals },
        order,
        settingOf(command),
      );
    if (!decided?.ok) throw new Error(command);
    const after = decided.value.reduce<CallState>(
      (state, event, at) =>
        evolveCall(state, { ...event, version: 5 + at, recordedAt: setting.now } as CallEvent & {
          version: number;
          recordedAt: Temporal.Instant;
        }),
      { ...ready, status },
    );
    const { to } = callTable[command];
    expect([command, after.status]).toEqual([command, to === 'same' ? status : to]);
  }
});

test.each([
  ['startSelection', 'selecting', {}, { now: Temporal.Instant.from('2021-07-15T13:59:59.999Z') }, 'still_open'],
  ['startSelection', 'published', { reason: undefined }, {}, 'files_incomplete'],
  ['fixResults', 'selecting', {}, { undecided: 1 }, 'undecided'],
  ['fixResults', 'selecting', {}, { minutes: { signed: 0, unsigned: 0 } }, 'minutes_missing'],
  ['fixResults', 'selecting', {}, { minutes: { signed: 1, unsigned: 1 } }, 'minutes_missing'],
  ['fixResults', 'selecting', {}, { allocated: { FIR: 10_000_001, 'P304-17': 0 } }, 'above_envelope'],
  ['fixResults', 'selecting', {}, { laureates: 0, allocated: {} }, 'no_laureate'],
  ['fixResults', 'selecting', {}, { allocated: { FIR: 10_000_000, 'P304-17': 9_999_999 } }, 'below_minimum'],
  ['fixResults', 'selecting', { reason: 'why' }, { laureates: 0, allocated: {} }, undefined],
  ['notifyResults', 'decided', {}, { undecided: 1 }, 'undecided'],
  ['notifyResults', 'decided', {}, { unwritten: 1 }, 'letters_missing'],
  ['notifyResults', 'decided', { reason: 'why' }, { message: 'own' }, 'ministry_message_missing'],
  ['notifyResults', 'decided', { reason: 'why' }, { message: 'others' }, 'ministry_message_missing'],
  ['notifyResults', 'decided', {}, { message: 'nobody' }, 'ministry_message_impossible'],
  ['notifyResults', 'decided', { reason: 'why' }, { message: 'nobody' }, undefined],
  ['finish', 'notified', {}, { untold: 1 }, 'decisions_untold'],
  ['finish', 'notified', {}, { underway: 1 }, 'projects_underway'],
] as const)('a call: %s from %s with %o and %o: %s', (command, status, more, facts, code) => {
  const { now = settingOf(command).now, ...counted } = facts as { readonly now?: Temporal.Instant };
  const selection = { ...setting.selection, ...counted } as CallSetting['selection'];
  const order = { ...orders[command], ...more } as CallOrder;
  const state = { ...ready, status: command === 'startSelection' ? 'published' : status } as const;
  const decided = decideCall(state, order, { ...setting, now, ...(selection ? { selection } : {}) });
  expect(decided.ok ? undefined : decided.error.code).toBe(code);
});

test('a refusal that counts files says how many to who may read them all, and to nobody else (I-6)', () => {
  const said = (
    countable: boolean,
    facts: Readonly<Record<string, number>>,
    command: 'fixResults' | 'notifyResults',
  ) => {
    const selection = { ...setting.selection, countable, ...facts } as NonNullable<CallSetting['selection']>;
    const status = command === 'fixResults' ? ('selecting' as const) : ('decided' as const);
    const decided = decideCall({ ...ready, status }, orders[command] as CallOrder, { ...setting, selection });
    return decided.ok ? '' : decided.error.message;
  };
  expect(said(true, { undecided: 3 }, 'fixResults')).toMatch(/^3 candidatures recevables attendent /);
  expect(said(true, { undecided: 1 }, 'fixResults')).toMatch(/^Une candidature recevable attend /);
  expect(said(false, { undecided: 3 }, 'fixResults')).toMatch(/^Des candidatures recevables attendent /);
  expect(said(false, { undecided: 1 }, 'fixResults')).toBe(said(false, { undecided: 3 }, 'fixResults'));
  expect(said(false, { unwritten: 1 }, 'notifyResults')).toMatch(/^Des courriers ne sont pas préparés/);
});

test('an envelope is topped up, by somebody, in a line of the call', () => {
  const state = { ...ready, status: 'selecting' } as const;
  const order = { command: 'topUp', envelope: 'FIR', origin: 'ARS', cents: 5_000 } as const;
  const [event] = done(decideCall(state, order, setting));
  const after = event && evolveCall(state, { ...event, version: 9, recordedAt: setting.now } as CallEvent & Happened);
  expect(after?.money.envelopes.map(totalOf)).toEqual([10_005_000, 10_000_000]);
  for (const wrong of [{ envelope: 'other-0' }, { cents: 0 }, { cents: -1 }, { cents: 0.5 }, { origin: '' }])
    expect(decideCall(state, { ...order, ...wrong }, setting).ok).toBe(false);
});

test('a declaration: every command by every role in every state does what the table says', () => {
  const on = Temporal.PlainDate.from('2021-05-17');
  const asked = {
    write: { command: 'write', configuration: 'ars', director: 'd', referent: 'r' },
    recordSending: { command: 'recordSending', on },
    changeReferent: { command: 'changeReferent', referent: 'r' },
    withdraw: { command: 'withdraw' },
  } as const;
  for (const command of declarationCommands) {
    for (const status of declarationStatuses) {
      for (const role of declarationRoles) {
        const state = { ...noDeclaration, status, referent: 'r', director: 'd' };
        const decided = decideDeclaration(state, asked[command], { frame, agency: 'ars', role, today: on });
        const { from, by } = declarationTable[command];
        expect([command, status, role, decided.ok]).toEqual([
          ...[command, status, role],
          from.includes(status) && by.includes(role),
        ]);
      }
    }
  }
});

test.each([
  ['2021-05-17', undefined, { ok: true, value: [{ data: { late: false } }] }],
  ['2021-05-18', undefined, { ok: false, error: { code: 'motive_missing' } }],
  ['2021-05-18', 'm', { ok: true, value: [{ data: { late: true, motive: 'm' } }] }],
  ['2021-06-02', 'm', { ok: false, error: { code: 'not_yet_sent' } }],
])('a message sent on %s, motive %s', (on, motive, expected) => {
  const order = { command: 'recordSending', on: Temporal.PlainDate.from(on), ...(motive ? { motive } : {}) } as const;
  const today = Temporal.PlainDate.from('2021-06-01');
  const state = { ...noDeclaration, status: 'draft', referent: 'r' } as const;
  expect(decideDeclaration(state, order, { frame, agency: 'ars', role: 'organiser', today })).toMatchObject(expected);
});

test('a declaration is for one’s own agency, or joint', () => {
  const today = Temporal.PlainDate.from('2021-05-01');
  const order = { command: 'write', configuration: 'dreets', director: 'd', referent: 'r' } as const;
  expect(decideDeclaration(noDeclaration, order, { frame, agency: 'ars', role: 'organiser', today })).toMatchObject({
    error: { code: 'configuration_not_yours' },
  });
});

test.each([
  ['53', 'Bretagne', 'en Bretagne'],
  ['04', 'La Réunion', 'à La Réunion'],
  ['06', 'Mayotte', 'à Mayotte'],
  ['32', 'Hauts-de-France', 'dans les Hauts-de-France'],
  ['44', 'Grand Est', 'dans le Grand Est'],
] as const)('the titles of region %s (I-1)', (code, name, where) => {
  const region = parseTerritory(`region:${code}`);
  if (!region.ok || region.value.kind !== 'region') throw new Error(code);
  const locative = inRegion({ code: region.value.code, name });
  expect(configurations.map((one) => callTitle(frame, one, locative))).toEqual([
    `1000 premiers jours ${where} : initiatives en faveur de la santé du jeune enfant`,
    `1000 premiers jours ${where} : initiatives en faveur de l’accompagnement des parents`,
    `1000 premiers jours ${where} : initiatives en faveur de la santé du jeune enfant et de l’accompagnement des parents`,
  ]);
});

test('the frame of 2021 is that of the instruction', () => {
  expect(frame).toMatchObject({ edition: '2021', version: 1, deadlines: { declaration: '2021-05-17', start: null } });
  expect(frame.axes).toHaveLength(6);
  expect(configurations.map((one) => formatCents(minimumOf(frame, one)))).toEqual([
    '100 000 €',
    '100 000 €',
    '200 000 €',
  ]);
  // What nobody decided is empty, and each question has its place.
  expect(frame.undecided).toEqual({ accueil_pour_tous_territories: [], priorities_of_axes: {} });
  expect(Object.keys(openChoices)).toHaveLength(11);
});

test('no amount under the minimum is published, whatever the lines hold (I-2)', () => {
  const cents = fc.integer({ min: 0, max: 15_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...configurations), cents, cents, (configuration, first, second) => {
      const envelopes = firstEnvelopes(frame, agenciesOf(configuration)).map((one, at) => ({
        ...one,
        cents: at === 0 ? first : second,
      }));
      const enough = pooledTotal(envelopes) >= (configuration === 'joint' ? 20_000_000 : 10_000_000);
      expect(minimumMet(envelopes, frame, configuration).ok).toBe(enough);
      const money = { envelopes, pooled: true, shown: true };
      const state = {
        ...ready,
        status: 'submitted',
        configuration,
        agencies: agenciesOf(configuration),
        money,
      } as const;
      expect(decideCall(state, { command: 'publish', motive: 'why' }, setting).ok).toBe(enough);
    }),
  );
});

test.each([
  ['ars', 9_999_999, false],
  ['ars', 10_000_000, true],
  ['joint', 19_999_999, false],
  ['joint', 20_000_000, true],
] as const)('%s: %i cents are enough: %s', (configuration, cents, enough) => {
  const [first] = firstEnvelopes(frame, ['ars']);
  expect(first && minimumMet([{ ...first, cents }], frame, configuration).ok).toBe(enough);
});

test.each(agencyKinds)('the FIR pays for no %s but the ARS, P304-17 for nobody but the DREETS (I-12)', (agency) => {
  const envelope = { funder: 'x', agency, cents: 1, topUps: [] };
  const all = [...agencyKinds];
  expect(soundEnvelopes([{ ...envelope, line: 'FIR' }], all, frame).ok).toBe(agency === 'ars');
  expect(soundEnvelopes([{ ...envelope, line: 'P304-17' }], all, frame).ok).toBe(agency === 'dreets');
});

test('the axes of a call are among those of its edition, one at least (I-13)', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2, max: 9 }), { maxLength: 8 }), (axes) => {
      const state = { ...ready, status: 'drafting' } as const;
      const decided = decideCall(state, { command: 'write', section: 'axes', axes, seen: 0 }, setting);
      expect(decided.ok).toBe(axes.length > 0 && axes.every((axis) => axis >= 1 && axis <= 6));
    }),
  );
});

const day = (n: number): string => Temporal.PlainDate.from('2021-06-01').add({ days: n }).toString();
const anyCalendar = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 5, maxLength: 5 }).map(
  ([a = 0, b = 0, c = 0, d = 0, e = 0]): Calendar => ({
    ...{ zone: 'America/Cayenne', opensAt: `${day(a)}T12:00:00Z`, closesAt: `${day(b)}T12:00:00Z` },
    ...{ juryOn: day(c), resultsOn: day(d), startsOn: day(e) },
  }),
);

test('an amendment never shortens a date, and keeps the order of the calendar (I-15)', () => {
  fc.assert(
    fc.property(anyCalendar, (asked) => {
      const state = { ...ready, status: 'published', calendar: { ...calendar, zone: 'America/Cayenne' } } as const;
      const decided = decideCall(state, { command: 'amend', text: 'why', calendar: asked }, setting);
      const [event] = decided.ok ? decided.value : [];
      if (event?.type !== 'CallAmended-V1') return;
      const after = event.data.calendar;
      expect(broughtForward(calendar, after)).toBeUndefined();
      expect(orderedCalendar(after, true).ok).toBe(true);
      expect([after.opensAt, after.zone]).toEqual([calendar.opensAt, 'America/Cayenne']);
      expect(event.data.departures.map(({ rule }) => rule)).toEqual(datesPassed(after, frame));
    }),
  );
});

test('what departs from a recommendation without saying why is refused, and leaves a trace when it does (I-14)', () => {
  const leftOut = ['R-60', 'R-61'] as const;
  const order = { command: 'write', section: 'grid', ...written, seen: 0, leftOut } as const;
  const state = { ...ready, status: 'drafting' } as const;
  expect(decideCall(state, order, setting)).toMatchObject({ error: { code: 'motive_missing' } });
  expect(decideCall(state, { ...order, motive: 'm' }, setting)).toMatchObject({
    value: [
      {
        data: {
          departures: [
            { rule: 'R-60', motive: 'm' },
            { rule: 'R-61', motive: 'm' },
          ],
        },
      },
    ],
  });
});

test('who wrote on an older version is asked to reload, part by part (I-18)', () => {
  const state = { ...ready, status: 'drafting', written: { axes: 7 } } as const;
  const order = { command: 'write', section: 'axes', axes: [2] } as const;
  expect(decideCall(state, { ...order, seen: 6 }, setting)).toMatchObject({ error: { code: 'journal_conflict' } });
  expect(decideCall(state, { ...order, seen: 7 }, setting).ok).toBe(true);
  expect(
    decideCall(
      { ...state, status: 'submitted', approvals: [] },
      { command: 'approve', agency: 'ars', seen: 6 },
      setting,
    ),
  ).toMatchObject({
    error: { code: 'journal_conflict' },
  });
});

test.each(['America/Cayenne', 'Europe/Paris', 'Indian/Reunion'])(
  'in %s a call closes at the very instant of its limit',
  (zone) => {
    const closes = Temporal.PlainDateTime.from('2021-07-15T16:00').toZonedDateTime(zone).toInstant();
    const there = { ...calendar, zone, closesAt: closes.toString() };
    expect(phaseOf(there, closes.subtract({ milliseconds: 1 }))).toBe('open');
    expect(phaseOf(there, closes)).toBe('closed');
    expect(phaseOf(there, Temporal.Instant.from(calendar.opensAt).subtract({ milliseconds: 1 }))).toBe('coming');
  },
);

test.each([
  ['2021-08-13T14:00:00Z', 'Europe/Paris', 'vendredi 13 août 2021 à 16 h 00, heure de Paris'],
  [
    '2021-08-13T12:30:00Z',
    'Indian/Reunion',
    'vendredi 13 août 2021 à 16 h 30, heure locale ici (14 h 30, heure de Paris)',
  ],
  [
    '2021-08-01T02:59:00Z',
    'America/Cayenne',
    'samedi 31 juillet 2021 à 23 h 59, heure locale ici (dimanche 1er août 2021 à 4 h 59, heure de Paris)',
  ],
])('a deadline is said with its day, its hour and its zone', (instant, zone, words) => {
  expect(deadlineWords(instant, zone, 'ici')).toBe(words);
});

test.each([
  ['100 000', 10_000_000],
  ['1 234,5 €', 123_450],
  ['0,01', 1],
  ['', undefined],
])('%s is read in cents', (typed, cents) => {
  expect(readCents(typed, 'x')).toEqual({ ok: true, value: cents });
});

test.each(['-1', '1e9', 'cent', '1,234', '1000000000000000', '=2+2'])('%s is no amount of a call', (typed) => {
  expect(readCents(typed, 'x')).toMatchObject({ ok: false, error: { field: 'x' } });
});

test('an amount typed again is the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (cents) => {
      expect(readCents(typedCents(cents), 'x')).toEqual({ ok: true, value: cents });
      expect(readCents(formatCents(cents), 'x')).toEqual({ ok: true, value: cents });
    }),
  );
});

test('every refusal of a rule says where it comes from', () => {
  for (const { reference, quotation } of Object.values(rules)) {
    expect(reference).not.toBe('');
    expect(quotation.length).toBeLessThan(180);
  }
});

test('the message to the ministry names the referent, the title and the director', () => {
  const people = { director: { name: 'Dominique Exemple', job: 'Directrice' } };
  const referent = { name: 'Camille Exemple', job: '', email: 'c@exemple.example', phone: '' };
  const message = ministryMessage({
    ...{ frame, agency: 'dreets', configuration: 'joint', region: 'Bretagne', title: 'Le titre', referent, ...people },
  });
  expect(message.to).toBe('1000premiersjours@sg.social.gouv.fr');
  for (const word of ['la DREETS', 'Le titre', 'Camille Exemple (c@exemple.example)', 'Dominique Exemple, Directrice'])
    expect(message.text).toContain(word);
});

test('the documents on permissions and states are those of the tables (else: npm run content -- calls)', () => {
  expect(readFileSync('docs/calls-permissions.md', 'utf8')).toBe(permissionsDocument());
  expect(readFileSync('docs/calls-states.md', 'utf8')).toBe(statesDocument());
  expect(new Set(callSections).size).toBe(callSections.length);
});

test.each([
  ['unknown', [], ['region:53']],
  ['yes', ['departement:35'], ['commune:35238', 'departement:22']],
  ['no', ['departement:35'], ['departement:22']],
] as const)(
  'says %s of a call where others may have to be contacted (R-81), and guesses no territory',
  (told, listed, where) => {
    const undecided = { accueil_pour_tous_territories: [...listed], priorities_of_axes: {} };
    const meets = (one: string, other: string) =>
      one === other || (one === 'departement:35' && other === 'commune:35238');
    expect(meetsWelcomeForAll({ undecided }, where, meets)).toBe(told);
  },
);
