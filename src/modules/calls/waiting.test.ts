import { expect, it } from 'vitest';
import { type FileFact, type RunFact, type SeatFact, type SignatureFact, waitingFor } from './waiting.ts';

const now = Temporal.Instant.from('2021-06-20T08:00:00Z');
const call = { call: 'c', title: 'Appel de Bretagne', zone: 'Europe/Paris', place: 'en Bretagne' };
const calendar = {
  ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
};
const closedOne = { ...calendar, closesAt: '2021-06-15T14:00:00Z' };

const file = (more: Partial<FileFact>): FileFact => ({
  ...{ ...call, file: 'f', name: 'Une maison', kind: 'full', status: 'draft', role: 'signatory' },
  ...{ closesAt: calendar.closesAt, completionDue: undefined, followed: false, reports: [] },
  ...more,
});
const run = (more: Partial<RunFact>): RunFact => ({
  ...{ ...call, role: 'approver', state: { status: 'published', calendar }, toApprove: 0, remarks: 0 },
  ...{ interests: 'declared', toInstruct: 0, letters: 0, late: 0, toSign: 0, reports: 0, sessions: [] },
  ...more,
});
const seat = (more: Partial<SeatFact>): SeatFact => ({
  ...{ ...call, as: 'jury', interests: 'declared', evaluations: 0, sessions: [], opinions: [] },
  ...more,
});
const nothing = { files: [], runs: [], seats: [], signatures: [] };
const words = (facts: { files?: FileFact[]; runs?: RunFact[]; seats?: SeatFact[]; signatures?: SignatureFact[] }) =>
  waitingFor({ ...nothing, ...facts }, now).map((one) => one.words);
const at = '2021-08-10T07:00:00Z';

it.each<[string, FileFact, readonly string[]]>([
  ['a draft of hers', file({}), ['Écrire et déposer la candidature « Une maison »']],
  ['a draft that he helps to write', file({ role: 'writer' }), ['Écrire la candidature « Une maison »']],
  ['a draft that they read', file({ role: 'reader' }), []],
  ['a draft too late', file({ closesAt: '2021-06-20T08:00:00Z' }), []],
  ['a draft of a call that is published no more', file({ closesAt: undefined }), []],
  ['a letter', file({ kind: 'intent' }), ['Écrire et déposer la lettre d’intention « Une maison »']],
  ['what was asked', file({ status: 'incomplete' }), ['Compléter la candidature « Une maison »']],
  ['a deposit', file({ status: 'deposited' }), []],
  ['a decision', file({ status: 'notified', role: 'reader' }), ['Lire la décision sur « Une maison »']],
  ['a decision that an agreement follows', file({ status: 'notified', followed: true }), []],
  [
    'a report',
    file({ status: 'notified', followed: true, reports: [{ id: 'r', due: '2022-10-30T22:59:00Z' }] }),
    ['Rendre un bilan de « Une maison »'],
  ],
])('tells the holder’s side of %s', (_, fact, lines) => {
  expect(words({ files: [fact] })).toEqual(lines);
});

it.each<[string, Partial<RunFact>, readonly string[]]>([
  ['a call to write', { state: { status: 'drafting', calendar: null }, interests: 'none' }, ['Écrire l’appel']],
  [
    'a call to approve, with what was said of it',
    { state: { status: 'submitted', calendar }, toApprove: 1, remarks: 2, interests: 'none' },
    ['Relire l’appel et donner votre accord', 'Répondre à 2 remarques'],
  ],
  ['a call approved already', { state: { status: 'submitted', calendar }, interests: 'none' }, []],
  ['a call that a partner reads', { role: 'partner', state: { status: 'drafting', calendar } }, ['Relire l’appel']],
  ['a call that a partner relays', { role: 'partner', toInstruct: 3, toSign: 2 }, []],
  ['a call that one only reads', { role: 'reader', toInstruct: 3, interests: 'todo' }, []],
  ['files that nobody opens yet', { interests: 'later' }, ['Déclarer vos intérêts, pour ouvrir les candidatures']],
  ['files before the closing', { toInstruct: 3, letters: 1 }, ['Lire une lettre d’intention']],
  [
    'files after it',
    { state: { status: 'published', calendar: closedOne }, role: 'writer', toInstruct: 3, late: 1 },
    ['Dire la recevabilité de 3 candidatures', 'Un complément n’est pas venu à temps'],
  ],
  ['a selection to begin', { state: { status: 'published', calendar: closedOne } }, ['Engager la sélection']],
  ['reports', { state: { status: 'notified', calendar: closedOne }, reports: 2 }, ['Lire 2 bilans']],
  [
    'decisions and minutes',
    { state: { status: 'selecting', calendar: closedOne }, toSign: 1, sessions: [{ id: 's', status: 'closed', at }] },
    ['Signer une décision', 'Signer le procès-verbal de la séance'],
  ],
])('tells who runs a call of %s', (_, more, lines) => {
  expect(words({ runs: [run(more)] })).toEqual(lines);
});

it.each<[string, Partial<SeatFact>, readonly string[]]>([
  ['interests', { interests: 'todo' }, ['Déclarer vos intérêts']],
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
    'Signer la convention de « Une maison »',
  ]);
});

it('tells first what has a deadline, the nearest first, and once what is to be done in two roles', () => {
  const session = { id: 's', status: 'convened', at } as const;
  const lines = waitingFor(
    {
      ...nothing,
      files: [file({ file: 'g', status: 'notified' }), file({})],
      runs: [run({ interests: 'todo', sessions: [session] })],
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
