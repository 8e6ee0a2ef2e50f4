import type { ApplicationKind, ApplicationStatus } from './application/application.ts';
import { phaseOf } from './calendar.ts';
import type { CallRole, CallState } from './call.ts';

/** What somebody has to do about calls, as each context tells it: only what is already theirs to know. */
export interface WaitingFacts {
  readonly files: readonly FileFact[];
  readonly runs: readonly RunFact[];
  readonly seats: readonly SeatFact[];
  readonly signatures: readonly SignatureFact[];
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
}

/** An agreement whose next signature is that of somebody. */
export interface SignatureFact extends OfCall {
  readonly file: string;
  readonly name: string;
}

/** A call that somebody runs, or was invited to write with those who do. Files that they are recused from are in no number. */
export interface RunFact extends OfCall {
  readonly role: CallRole;
  readonly state: Pick<CallState, 'status' | 'calendar'>;
  /** Organisers for whom they may approve and did not. */
  readonly toApprove: number;
  readonly remarks: number;
  readonly interests: Interests;
  /** Deposited, nothing said of it yet. */
  readonly toInstruct: number;
  readonly letters: number;
  /** What was asked did not come in time. */
  readonly late: number;
  /** Decisions that wait for the signature of an organiser for whom they sign. */
  readonly toSign: number;
  /** Received, not validated yet. */
  readonly reports: number;
  readonly sessions: readonly SessionFact[];
}

/** A call in whose selection somebody has a part by their mailbox. */
export interface SeatFact extends OfCall {
  readonly as: 'jury' | 'opinion';
  readonly interests: Interests;
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

/** Where the declaration of interests stands; `none`: nobody asks for it yet. */
type Interests = 'none' | 'todo' | 'later' | 'declared';

/** One thing that waits, and where it is done. `due`: ISO instant, when there is one. */
export interface Waiting extends Pick<OfCall, 'title' | 'zone' | 'place'> {
  readonly href: string;
  readonly words: string;
  readonly due: string | undefined;
}

/** What waits for somebody, whatever they are to each call: what has a deadline first, the nearest first. */
export const waitingFor = (
  { files, runs, seats, signatures }: WaitingFacts,
  now: Temporal.Instant,
): readonly Waiting[] => {
  const all = [
    ...files.flatMap((fact) => linesOf(fact, ofFile(fact, now))),
    ...runs.flatMap((fact) => linesOf(fact, ofRun(fact, now))),
    ...seats.flatMap((fact) => linesOf(fact, ofSeat(fact))),
    ...signatures.flatMap((fact) =>
      linesOf(fact, [[`conventions/${fact.file}`, `Signer la convention de « ${fact.name} »`]]),
    ),
  ];
  // Who organises and sits at once is told once.
  const once = [...new Map(all.map((line) => [line.href, line])).values()];
  return once.sort((a, b) => momentOf(a) - momentOf(b));
};

const momentOf = ({ due }: Waiting): number =>
  due === undefined ? Number.POSITIVE_INFINITY : Temporal.Instant.from(due).epochMilliseconds;

type Line = readonly [href: string, words: string, due?: string | undefined];

const linesOf = ({ title, zone, place }: OfCall, lines: readonly Line[]): Waiting[] =>
  lines.map(([href, words, due]) => ({ ...{ title, zone, place }, href: `/appels/espace/${href}`, words, due }));

const ofFile = (fact: FileFact, now: Temporal.Instant): Line[] => {
  const at = `candidatures/${fact.file}`;
  const writes = fact.role !== 'reader';
  const before = fact.closesAt !== undefined && Temporal.Instant.compare(now, fact.closesAt) < 0;
  const what = fact.kind === 'intent' ? 'la lettre d’intention' : 'la candidature';
  if (fact.status === 'draft' && writes && before) {
    const words = fact.role === 'signatory' ? `Écrire et déposer ${what}` : `Écrire ${what}`;
    return [[at, `${words} « ${fact.name} »`, fact.closesAt]];
  }
  if (fact.status === 'incomplete' && writes) return [[at, `Compléter ${what} « ${fact.name} »`, fact.completionDue]];
  if (fact.status !== 'notified') return [];
  if (!fact.followed) return [[at, `Lire la décision sur « ${fact.name} »`]];
  return writes
    ? fact.reports.map(({ id, due }): Line => [`${at}/suivi/${id}`, `Rendre un bilan de « ${fact.name} »`, due])
    : [];
};

const ofRun = (fact: RunFact, now: Temporal.Instant): Line[] => {
  const { call, role, state } = fact;
  const writes = role === 'approver' || role === 'writer';
  const { status, calendar } = state;
  const closed = calendar !== null && phaseOf(calendar, now) === 'closed';
  if (role === 'partner') return status === 'drafting' || status === 'submitted' ? [[call, 'Relire l’appel']] : [];
  if (!writes) return [];
  const lines: (Line | false)[] = [
    status === 'drafting' && [call, 'Écrire l’appel'],
    status === 'submitted' && fact.toApprove > 0 && [`${call}#accords`, 'Relire l’appel et donner votre accord'],
    (status === 'drafting' || status === 'submitted') &&
      fact.remarks > 0 && [
        `${call}#remarques`,
        counted(fact.remarks, 'Répondre à une remarque', 'remarques', 'Répondre à'),
      ],
    waitsForInterests(fact.interests) && [`${call}/interets`, 'Déclarer vos intérêts, pour ouvrir les candidatures'],
    fact.letters > 0 && [
      `${call}/candidatures/lettres`,
      counted(fact.letters, 'Lire une lettre d’intention', 'lettres d’intention', 'Lire'),
    ],
    closed &&
      fact.toInstruct > 0 && [
        `${call}/candidatures?etat=deposited`,
        counted(fact.toInstruct, 'Dire si une candidature est recevable', 'candidatures', 'Dire la recevabilité de'),
      ],
    fact.late > 0 && [
      `${call}/candidatures?etat=incomplete`,
      counted(fact.late, 'Un complément n’est pas venu à temps', 'compléments qui ne sont pas venus à temps', 'Voir'),
    ],
    fact.toSign > 0 && [`${call}/resultats`, counted(fact.toSign, 'Signer une décision', 'décisions', 'Signer')],
    fact.reports > 0 && [`${call}/suivi`, counted(fact.reports, 'Lire un bilan', 'bilans', 'Lire')],
    status === 'published' && closed && role === 'approver' && [`${call}/resultats#selection`, 'Engager la sélection'],
  ];
  return [...lines.filter((line) => line !== false), ...ofSessions(call, fact.sessions)];
};

const ofSeat = ({ call, as, interests, evaluations, sessions, opinions }: SeatFact): Line[] => [
  ...(waitsForInterests(interests) ? [[`${call}/interets`, 'Déclarer vos intérêts'] as const] : []),
  ...(evaluations > 0
    ? [[`${call}/evaluations`, counted(evaluations, 'Évaluer une candidature', 'candidatures', 'Évaluer')] as const]
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

const ofSessions = (call: string, sessions: readonly SessionFact[]): Line[] =>
  sessions.map(({ id, status, at }) => {
    const href = `${call}/seances/${id}`;
    if (status === 'convened') return [href, 'Préparer la séance du jury', at];
    return [href, status === 'opened' ? 'La séance du jury est ouverte' : 'Signer le procès-verbal de la séance'];
  });

const waitsForInterests = (interests: Interests): boolean => interests === 'todo' || interests === 'later';

/** « Signer une décision », « Signer 3 décisions ». */
const counted = (count: number, one: string, several: string, verb: string): string =>
  count === 1 ? one : `${verb} ${count} ${several}`;
