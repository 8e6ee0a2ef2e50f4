import type { ApplicationKind, ApplicationStatus } from './application/application.ts';
import type { CallRole, CallState } from './call.ts';
import { type RunCounts, runLines, runMomentOf, runTasks } from './run-tasks.ts';

/** What somebody has to do about calls, as each context tells it: only what is already theirs to know. */
export interface WaitingFacts {
  readonly files: readonly FileFact[];
  readonly runs: readonly RunFact[];
  readonly seats: readonly SeatFact[];
  readonly signatures: readonly SignatureFact[];
  /** Of whoever follows an edition for the ministry. */
  readonly national: readonly NationalFact[];
}

/** A call as a line names it. */
interface OfCall {
  readonly call: string;
  readonly title: string;
  /** In which its moments are read, and where: « à La Réunion ». */
  readonly zone: string;
  readonly place: string;
}

/** A file that somebody signs, writes or reads. */
export interface FileFact extends OfCall {
  readonly file: string;
  /** How it is called: its title, or its number. */
  readonly name: string;
  readonly kind: ApplicationKind;
  readonly status: ApplicationStatus;
  readonly role: 'signatory' | 'writer' | 'reader';
  /** ISO instant. */
  readonly closesAt: string | undefined;
  /** ISO instant by which what was asked is to come. */
  readonly completionDue: string | undefined;
  /** An agreement was written since: the decision was read. */
  readonly followed: boolean;
  /** Reports asked for, by ISO instant. */
  readonly reports: readonly { readonly id: string; readonly due: string }[];
  /** A text for the library of initiatives waits for their agreement. */
  readonly showcase: boolean;
}

/** An agreement whose next signature is that of somebody. */
export interface SignatureFact extends OfCall {
  readonly file: string;
  readonly name: string;
}

/** A call that somebody runs, or was invited to write with those who do. Files that are hidden from them are in no number. */
export interface RunFact extends OfCall {
  readonly role: CallRole;
  readonly state: Pick<CallState, 'status' | 'calendar'>;
  readonly counts: RunCounts;
  readonly sessions: readonly SessionFact[];
  /** Applications against whose decision an appeal waits. */
  readonly appeals: readonly string[];
}

/** A call in whose selection somebody has a part by their mailbox. */
export interface SeatFact extends OfCall {
  readonly as: 'jury' | 'opinion';
  readonly interests: Interests;
  /** Files in which one of their organisations was found, hidden until they answer. */
  readonly found: number;
  readonly evaluations: number;
  readonly sessions: readonly SessionFact[];
  readonly opinions: readonly { readonly id: string; readonly accepted: boolean; readonly due: string }[];
}

interface SessionFact {
  readonly id: string;
  readonly status: 'convened' | 'opened' | 'closed';
  /** ISO instant. */
  readonly at: string;
}

/** What came to the ministry since somebody there last said that they had read it all. */
export interface NationalFact {
  readonly edition: string;
  readonly declarations: number;
  /** Of them, those that left after the national date (R-21). */
  readonly late: number;
  /** Messages with the laureates of a call (R-90). */
  readonly messages: number;
}

/** Where the declaration of interests stands; `none`: nobody asks for it yet. */
export type Interests = 'none' | 'todo' | 'later' | 'declared';

/** One thing that waits, and where it is done. `due`: ISO instant, when there is one. */
export interface Waiting extends Pick<OfCall, 'title' | 'zone' | 'place'> {
  readonly href: string;
  readonly words: string;
  readonly due: string | undefined;
}

/** What waits for somebody, whatever they are to each call: what has a deadline first, the nearest first. */
export const waitingFor = (facts: WaitingFacts, now: Temporal.Instant): readonly Waiting[] => {
  const all = [
    ...facts.files.flatMap((fact) => linesOf(fact, ofFile(fact, now))),
    ...facts.runs.flatMap((fact) => linesOf(fact, ofRun(fact, now))),
    ...facts.seats.flatMap((fact) => linesOf(fact, ofSeat(fact))),
    ...facts.signatures.flatMap((fact) =>
      linesOf(fact, [[`conventions/${fact.file}`, `Signer la convention de « ${fact.name} »`]]),
    ),
    ...facts.national.flatMap((fact) =>
      linesOf({ title: `Édition ${fact.edition}`, zone: 'Europe/Paris', place: '' }, ofNational(fact)),
    ),
  ];
  // Who organises and sits at once is told once.
  const once = [...new Map(all.map((line) => [`${line.href} ${line.words}`, line])).values()];
  return once.sort((a, b) => momentOf(a) - momentOf(b));
};

const momentOf = ({ due }: Waiting): number =>
  due === undefined ? Number.POSITIVE_INFINITY : Temporal.Instant.from(due).epochMilliseconds;

type Line = readonly [href: string, words: string, due?: string | undefined];

const linesOf = ({ title, zone, place }: Pick<OfCall, 'title' | 'zone' | 'place'>, lines: readonly Line[]): Waiting[] =>
  lines.map(([href, words, due]) => ({ ...{ title, zone, place }, href: `/appels/espace/${href}`, words, due }));

const ofFile = (fact: FileFact, now: Temporal.Instant): Line[] => {
  const at = `candidatures/${fact.file}`;
  const writes = fact.role !== 'reader';
  const before = fact.closesAt !== undefined && Temporal.Instant.compare(now, fact.closesAt) < 0;
  const what = fact.kind === 'intent' ? 'la lettre d’intention' : 'la candidature';
  if (fact.status === 'draft' && writes && before) {
    const words = fact.role === 'signatory' ? `Écrire et déposer ${what}` : `Écrire ${what}`;
    return [[at, `${words} « ${fact.name} »`, fact.closesAt]];
  }
  if (fact.status === 'incomplete' && writes) return [[at, `Compléter ${what} « ${fact.name} »`, fact.completionDue]];
  if (fact.status !== 'notified') return [];
  return [
    ...(fact.followed ? [] : [[at, `Lire la décision sur « ${fact.name} »`] as const]),
    ...(fact.showcase && fact.role === 'signatory'
      ? [[`${at}/suivi`, `Accepter, ou non, ce que la bibliothèque dira de « ${fact.name} »`] as const]
      : []),
    ...(writes ? fact.reports : []).map(
      ({ id, due }): Line => [`${at}/suivi/${id}`, `Rendre un bilan de « ${fact.name} »`, due],
    ),
  ];
};

const ofRun = ({ call, role, state, counts, sessions, appeals }: RunFact, now: Temporal.Instant): Line[] => {
  const moment = runMomentOf(state, now);
  if (!moment) return [];
  const lines = runLines(moment, role, { write: 1, read: 1, start: 1, ...counts });
  const writes = role === 'approver' || role === 'writer';
  return [
    ...lines.map(([at, words]) => [`${call}${at}`, words] as const),
    ...(writes ? appeals : []).map((file) => [`${call}/suivi/${file}`, 'Répondre à un recours'] as const),
    ...(writes ? ofSessions(call, sessions) : []),
  ];
};

const ofSeat = ({ call, as, interests, found, evaluations, sessions, opinions }: SeatFact): Line[] => [
  ...(waitsForInterests(interests) ? [[`${call}/interets`, runTasks.interests.one] as const] : []),
  ...(found > 0 ? [[`${call}/interets`, counted(found, runTasks.found.one, ...runTasks.found.several)] as const] : []),
  ...(evaluations > 0
    ? [[`${call}/evaluations`, counted(evaluations, 'Évaluer une candidature', 'Évaluer', 'candidatures')] as const]
    : []),
  ...(as === 'jury'
    ? ofSessions(
        call,
        sessions.filter(({ status }) => status !== 'closed'),
      )
    : []),
  ...opinions.map(
    ({ id, accepted, due }): Line => [
      `${call}/jury/avis/${id}`,
      accepted ? 'Rendre votre avis sur une candidature' : 'Accepter ou refuser de donner un avis',
      due,
    ],
  ),
];

const ofNational = ({ edition, declarations, late, messages }: NationalFact): Line[] => {
  const at = `national?edition=${edition}`;
  const read = counted(declarations, 'Lire une déclaration', 'Lire', 'déclarations');
  const those = declarations === 1 ? 'partie' : `dont ${late}`;
  return [
    ...(declarations > 0 ? [[at, `${read}${late > 0 ? `, ${those} après la date nationale` : ''}`] as const] : []),
    ...(messages > 0
      ? [[at, counted(messages, 'Lire un message de lauréats', 'Lire', 'messages de lauréats')] as const]
      : []),
  ];
};

const ofSessions = (call: string, sessions: readonly SessionFact[]): Line[] =>
  sessions.map(({ id, status, at }) => {
    const href = `${call}/seances/${id}`;
    if (status === 'convened') return [href, 'Préparer la séance du jury', at];
    return [href, status === 'opened' ? 'La séance du jury est ouverte' : 'Signer le procès-verbal de la séance'];
  });

/** Whether files wait for somebody to say their interests. */
export const waitsForInterests = (interests: Interests): boolean => interests === 'todo' || interests === 'later';

/** « Évaluer une candidature », « Évaluer 3 candidatures ». */
const counted = (count: number, one: string, verb: string, several: string): string =>
  count === 1 ? one : `${verb} ${count} ${several}`;
