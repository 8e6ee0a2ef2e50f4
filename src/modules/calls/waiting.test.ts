import { expect, it } from 'vitest';
import { type CallRole, callRoles } from './call.ts';
import { type RunMoment, runLines, runMomentOf, runMoments, runTaskNames, runTasks } from './run-tasks.ts';
import { type FileFact, type RunFact, type SeatFact, type WaitingFacts, waitingFor } from './waiting.ts';

const now = Temporal.Instant.from('2021-06-20T08:00:00Z');
const call = { call: 'c', title: 'Appel de Bretagne', zone: 'Europe/Paris', place: 'en Bretagne' };
const calendar = {
  ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
};
const closedOne = { ...calendar, closesAt: '2021-06-15T14:00:00Z' };

const file = (more: Partial<FileFact>): FileFact => ({
  ...{ ...call, file: 'f', name: 'Une maison', kind: 'full', status: 'draft', role: 'signatory' },
  ...{ closesAt: calendar.closesAt, completionDue: undefined, followed: false, reports: [], showcase: false },
  ...more,
});
const run = (more: Partial<RunFact>): RunFact => ({
  ...{ ...call, role: 'approver', state: { status: 'published', calendar }, counts: {}, sessions: [], appeals: [] },
  ...more,
});
const seat = (more: Partial<SeatFact>): SeatFact => ({
  ...{ ...call, as: 'jury', interests: 'declared', found: 0, evaluations: 0, sessions: [], opinions: [] },
  ...more,
});
const nothing = { files: [], runs: [], seats: [], signatures: [], national: [] };
const words = (facts: Partial<WaitingFacts>) => waitingFor({ ...nothing, ...facts }, now).map((one) => one.words);
const at = '2021-08-10T07:00:00Z';

it.each<[string, FileFact, readonly string[]]>([
  ['a draft of hers', file({}), ['Écrire et déposer la candidature « Une maison »']],
  ['a draft that he helps to write', file({ role: 'writer' }), ['Écrire la candidature « Une maison »']],
  ['a draft that they read', file({ role: 'reader' }), []],
  ['a draft too late', file({ closesAt: '2021-06-20T08:00:00Z' }), []],
  ['a draft of a call that is published no more', file({ closesAt: undefined }), []],
  ['a letter', file({ kind: 'intent' }), ['Écrire et déposer la lettre d’intention « Une maison »']],
  ['what was asked', file({ status: 'incomplete' }), ['Compléter la candidature « Une maison »']],
  ['a deposit', file({ status: 'deposited' }), []],
  ['a decision', file({ status: 'notified', role: 'reader' }), ['Lire la décision sur « Une maison »']],
  ['a decision that an agreement follows', file({ status: 'notified', followed: true }), []],
  [
    'a report',
    file({ status: 'notified', followed: true, reports: [{ id: 'r', due: '2022-10-30T22:59:00Z' }] }),
    ['Rendre un bilan de « Une maison »'],
  ],
  [
    'a text to agree to',
    file({ status: 'notified', followed: true, showcase: true }),
    ['Accepter, ou non, ce que la bibliothèque dira de « Une maison »'],
  ],
  [
    'a text that somebody else agrees to',
    file({ status: 'notified', followed: true, showcase: true, role: 'writer' }),
    [],
  ],
])('tells the holder’s side of %s', (_, fact, lines) => {
  expect(words({ files: [fact] })).toEqual(lines);
});

/** One of each: what is left out here is said whatever is counted. */
const oneOfEach = Object.fromEntries(runTaskNames.map((name) => [name, 1]));
const statusOf = (moment: RunMoment): RunFact['state'] =>
  moment === 'open' || moment === 'closed'
    ? { status: 'published', calendar: moment === 'open' ? calendar : closedOne }
    : { status: moment, calendar: closedOne };

it.each<[RunMoment, readonly string[], readonly string[], readonly string[]]>([
  // What an approver does and what any of those who write does, then what a partner does.
  ['drafting', [], ['write', 'remarks'], ['read']],
  ['submitted', ['approve', 'publish'], ['remarks'], ['read']],
  ['open', [], ['interests', 'found', 'letters', 'late'], []],
  [
    'closed',
    ['start'],
    [
      ...['interests', 'found', 'letters', 'instruct', 'late', 'compose', 'settle', 'share', 'close'],
      ...['prepare', 'unsigned'],
    ],
    [],
  ],
  [
    'selecting',
    ['sign', 'fix'],
    [
      ...['interests', 'found', 'letters', 'instruct', 'late', 'compose', 'settle', 'share', 'close'],
      ...['convene', 'decide', 'prepare', 'unsigned'],
    ],
    [],
  ],
  [
    'decided',
    ['sign', 'notify'],
    ['interests', 'found', 'letters', 'instruct', 'late', 'prepare', 'unsigned', 'message'],
    [],
  ],
  [
    'notified',
    ['sign', 'send'],
    [
      ...['interests', 'found', 'letters', 'instruct', 'late', 'prepare', 'unsigned', 'ministry', 'terms'],
      ...['payments', 'reports', 'ends', 'showcases'],
    ],
    [],
  ],
])('tells who runs a call, %s, what their role does then and nothing else', (moment, approver, writer, partner) => {
  const told = (role: CallRole) => words({ runs: [run({ role, state: statusOf(moment), counts: oneOfEach })] });
  const said = (names: readonly string[]) =>
    runTaskNames.filter((name) => names.includes(name)).map((name) => runTasks[name].one);
  expect(told('approver')).toEqual(said([...approver, ...writer]));
  expect(told('writer')).toEqual(said(writer));
  expect(told('partner')).toEqual(said(partner));
  expect([...told('reader'), ...told('other')]).toEqual([]);
});

it('names no moment of a call that is over, and leaves no task without its moment', () => {
  for (const status of ['absent', 'cancelled', 'finished'] as const)
    expect(runMomentOf({ status, calendar }, now)).toBeUndefined();
  const at = (closesAt: string) => runMomentOf({ status: 'published', calendar: { ...calendar, closesAt } }, now);
  // At the very instant of closing, it is closed.
  expect([at('2021-06-20T08:00:00.001Z'), at('2021-06-20T08:00:00Z')]).toEqual(['open', 'closed']);
  const told = runMoments.flatMap((moment) =>
    callRoles.flatMap((role) => runLines(moment, role, oneOfEach).map(([, said]) => said)),
  );
  expect(new Set(told)).toEqual(new Set(runTaskNames.map((name) => runTasks[name].one)));
});

it('counts what is several, and tells of an appeal and of a session where it is', () => {
  const state = statusOf('selecting');
  expect(words({ runs: [run({ state, counts: { sign: 3, decide: 1, instruct: 2 } })] })).toEqual([
    ...['Dire la recevabilité de 2 candidatures', 'Écrire une décision', 'Signer 3 décisions'],
  ]);
  const sessions = [{ id: 's', status: 'closed', at }] as const;
  const lines = (role: CallRole) =>
    waitingFor({ ...nothing, runs: [run({ role, state, sessions, appeals: ['f'] })] }, now).map(({ href }) => href);
  expect(lines('writer')).toEqual(['/appels/espace/c/suivi/f', '/appels/espace/c/seances/s']);
  expect(lines('reader')).toEqual([]);
});

it('tells the ministry what came since it read: nothing when nothing did', () => {
  const came = (declarations: number, late: number, messages: number) =>
    words({ national: [{ edition: '2021', declarations, late, messages }] });
  expect(came(0, 0, 0)).toEqual([]);
  expect(came(1, 1, 0)).toEqual(['Lire une déclaration, partie après la date nationale']);
  expect(came(3, 1, 2)).toEqual(['Lire 3 déclarations, dont 1 après la date nationale', 'Lire 2 messages de lauréats']);
});

it.each<[string, Partial<SeatFact>, readonly string[]]>([
  ['interests', { interests: 'todo' }, ['Déclarer vos intérêts, pour ouvrir les candidatures']],
  ['what was found', { found: 2 }, ['Dire si vous avez un lien avec 2 candidatures']],
  ['what is to be evaluated', { evaluations: 2 }, ['Évaluer 2 candidatures']],
  [
    'a session, and nothing of its minutes',
    {
      sessions: [
        { id: 's', status: 'convened', at },
        { id: 't', status: 'closed', at },
      ],
    },
    ['Préparer la séance du jury'],
  ],
  [
    'an opinion, and nothing of the session',
    {
      as: 'opinion',
      sessions: [{ id: 's', status: 'convened', at }],
      opinions: [{ id: 'o', accepted: false, due: at }],
    },
    ['Accepter ou refuser de donner un avis'],
  ],
])('tells who has a part in a selection of %s', (_, more, lines) => {
  expect(words({ seats: [seat(more)] })).toEqual(lines);
});

it('tells whoever is to sign an agreement, on the holder’s side or not', () => {
  expect(words({ signatures: [{ ...call, file: 'f', name: 'Une maison' }] })).toEqual([
    'Signer la convention de « Une maison »',
  ]);
});

it('tells first what has a deadline, the nearest first, and once what is to be done in two roles', () => {
  const session = { id: 's', status: 'convened', at } as const;
  const lines = waitingFor(
    {
      ...nothing,
      files: [file({ file: 'g', status: 'notified' }), file({})],
      runs: [run({ counts: { interests: 1 }, sessions: [session] })],
      seats: [seat({ interests: 'todo', sessions: [session] })],
    },
    now,
  );
  expect(lines.map(({ href, due }) => [href, due])).toEqual([
    ['/appels/espace/candidatures/f', calendar.closesAt],
    ['/appels/espace/c/seances/s', at],
    ['/appels/espace/candidatures/g', undefined],
    ['/appels/espace/c/interets', undefined],
  ]);
});
