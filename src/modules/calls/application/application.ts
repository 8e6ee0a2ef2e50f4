import type { StepTable } from '../step-table.ts';

/** `full`: an application. `intent`: a letter of intent, counted apart and convertible (document 004, Landes). */
export const applicationKinds = ['full', 'intent'] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

/**
 * The life of an application. `incomplete`: something was asked, the deposit stands. `deliberated`: the session spoke;
 * the decision is another thing, and its notification a third. `converted`: a letter that became an application.
 */
export const applicationStatuses = [
  ...['absent', 'draft', 'deposited', 'incomplete', 'admissible', 'inadmissible', 'evaluating', 'evaluated'],
  ...['deliberated', 'notified', 'withdrawn', 'lapsed', 'converted', 'closed'],
] as const;
export type ApplicationStatus =
  | ('absent' | 'draft' | 'deposited' | 'incomplete' | 'admissible' | 'inadmissible' | 'evaluating' | 'evaluated')
  | ('deliberated' | 'notified' | 'withdrawn' | 'lapsed' | 'converted' | 'closed');

/**
 * `signatory`, `writer`, `reader`: the holder’s side. `instructor`: an organiser’s agent who declared their interests
 * and is not recused; `president`: who presides the jury, same condition. `house`: a job of the site.
 */
export const applicationRoles = ['signatory', 'writer', 'reader', 'instructor', 'president', 'house', 'other'] as const;
export type ApplicationRole = (typeof applicationRoles)[number];

export type ApplicationCommand =
  | ('start' | 'write' | 'invite' | 'dismiss' | 'leave' | 'handOver' | 'nameSignatory')
  | ('deposit' | 'withdraw' | 'lapse')
  | ('askCompletion' | 'changeCompletion' | 'cancelCompletion' | 'complete')
  | ('findAdmissible' | 'findInadmissible' | 'reopenAdmissibility')
  | ('convert' | 'close' | 'startEvaluation' | 'closeEvaluations' | 'deliberate' | 'decideAgain' | 'notify');

export type ApplicationGuard =
  | ('callOpen' | 'severalAllowed' | 'nobodyWroteMeanwhile' | 'partComplete' | 'budgetBalanced' | 'axesOfCall')
  | ('insideTerritory' | 'canSign' | 'reasonGiven' | 'nationalReasonOrLocal' | 'dueLater' | 'callClosed')
  | (
      | 'isIntent'
      | 'isFull'
      | 'declaredNotRecused'
      | 'sessionSpoke'
      | 'decisionTaken'
      | 'letterReady'
      | 'wasInadmissible'
    )
  | 'nobodySigns';

/** While somebody may still act for it. */
const alive = [
  ...(['draft', 'deposited', 'incomplete', 'admissible', 'inadmissible', 'evaluating'] as const),
  ...(['evaluated', 'deliberated', 'notified'] as const),
];

/** Which command leads where, who may give it, under which conditions. What is not written is refused (I-4). */
export const applicationTable: StepTable<ApplicationStatus, ApplicationCommand, ApplicationRole, ApplicationGuard> = {
  start: {
    ...{ from: ['absent'], to: 'draft', by: ['signatory'], words: 'Commencer une candidature' },
    guards: ['callOpen', 'severalAllowed'],
  },
  write: {
    ...{ from: ['draft', 'incomplete'], to: 'same', by: ['signatory', 'writer'], words: 'Écrire une partie' },
    guards: ['nobodyWroteMeanwhile'],
  },
  invite: {
    ...{ from: ['draft', 'deposited', 'incomplete'], to: 'same', by: ['signatory'], guards: [] },
    words: 'Inviter à écrire ou à lire',
  },
  dismiss: {
    ...{ from: ['draft', 'deposited', 'incomplete'], to: 'same', by: ['signatory'], guards: [] },
    words: 'Retirer une personne',
  },
  leave: {
    ...{ from: [...alive], to: 'same', by: ['writer', 'reader'], guards: [], words: 'Quitter la candidature' },
  },
  handOver: {
    ...{
      from: [...alive],
      to: 'same',
      by: ['signatory', 'house'],
      guards: [],
      words: 'Remettre la signature à une autre personne',
    },
  },
  nameSignatory: {
    ...{ from: alive.filter((status) => status !== 'draft'), to: 'same', by: ['instructor'] },
    ...{ guards: ['nobodySigns', 'declaredNotRecused'], words: 'Nommer qui signe, quand plus personne ne signe' },
  },
  deposit: {
    ...{ from: ['draft'], to: 'deposited', by: ['signatory'], words: 'Déposer' },
    guards: [
      'callOpen',
      'severalAllowed',
      'partComplete',
      'budgetBalanced',
      'axesOfCall',
      'insideTerritory',
      'canSign',
    ],
  },
  withdraw: {
    ...{ from: ['deposited', 'incomplete', 'admissible', 'evaluating', 'evaluated'], to: 'withdrawn' },
    ...{ by: ['signatory'], guards: ['reasonGiven'], words: 'Retirer la candidature' },
  },
  lapse: {
    ...{
      from: ['draft'],
      to: 'lapsed',
      by: ['house'],
      guards: ['callClosed'],
      words: 'Constater qu’elle n’est pas déposée',
    },
  },
  askCompletion: {
    ...{ from: ['deposited'], to: 'incomplete', by: ['instructor'], words: 'Demander un complément' },
    guards: ['isFull', 'reasonGiven', 'dueLater', 'declaredNotRecused'],
  },
  changeCompletion: {
    ...{ from: ['incomplete'], to: 'same', by: ['instructor'], words: 'Changer un complément demandé' },
    guards: ['reasonGiven', 'dueLater', 'declaredNotRecused'],
  },
  cancelCompletion: {
    ...{ from: ['incomplete'], to: 'deposited', by: ['instructor'], guards: ['declaredNotRecused'] },
    words: 'Ne plus demander un complément',
  },
  complete: {
    ...{ from: ['incomplete'], to: 'deposited', by: ['signatory'], words: 'Envoyer le complément' },
    guards: ['partComplete', 'budgetBalanced', 'axesOfCall', 'insideTerritory', 'canSign'],
  },
  findAdmissible: {
    ...{ from: ['deposited', 'incomplete'], to: 'admissible', by: ['instructor'], words: 'Constater la recevabilité' },
    guards: ['isFull', 'callClosed', 'declaredNotRecused'],
  },
  findInadmissible: {
    ...{ from: ['deposited', 'incomplete'], to: 'inadmissible', by: ['instructor'] },
    ...{ guards: ['isFull', 'nationalReasonOrLocal', 'reasonGiven', 'declaredNotRecused'] },
    words: 'Constater l’irrecevabilité',
  },
  reopenAdmissibility: {
    ...{ from: ['inadmissible', 'notified'], to: 'deposited', by: ['instructor'] },
    ...{ guards: ['wasInadmissible', 'reasonGiven', 'declaredNotRecused'], words: 'Revenir sur l’irrecevabilité' },
  },
  convert: {
    ...{ from: ['deposited'], to: 'converted', by: ['signatory'], guards: ['isIntent', 'callOpen'] },
    words: 'En faire une candidature',
  },
  close: {
    ...{
      from: ['deposited'],
      to: 'closed',
      by: ['instructor'],
      guards: ['isIntent', 'reasonGiven', 'declaredNotRecused'],
    },
    words: 'Clore la lettre sans suite',
  },
  startEvaluation: {
    ...{ from: ['admissible'], to: 'evaluating', by: ['instructor', 'president'], guards: ['declaredNotRecused'] },
    words: 'Confier à des évaluateurs',
  },
  closeEvaluations: {
    ...{ from: ['evaluating'], to: 'evaluated', by: ['instructor', 'president'], guards: ['declaredNotRecused'] },
    words: 'Clore les évaluations',
  },
  deliberate: {
    ...{
      from: ['evaluated'],
      to: 'deliberated',
      by: ['instructor', 'president'],
      words: 'Écrire ce que la séance a dit',
    },
    guards: ['sessionSpoke', 'declaredNotRecused'],
  },
  decideAgain: {
    ...{ from: ['admissible', 'evaluating', 'evaluated'], to: 'deliberated', by: ['instructor'] },
    ...{
      words: 'Décider après un réexamen, les résultats étant arrêtés',
      guards: ['decisionTaken', 'declaredNotRecused'],
    },
  },
  notify: {
    ...{ from: ['deliberated', 'inadmissible', 'notified'], to: 'notified', by: ['house'] },
    ...{ guards: ['decisionTaken', 'letterReady'], words: 'Notifier la décision' },
  },
};

/** The three national reasons; every other one is of the organisers, and said to be. */
export const inadmissibleReasons = ['R-50', 'R-51', 'R-52', 'local'] as const;
export type InadmissibleReason = (typeof inadmissibleReasons)[number];

export interface ApplicationState {
  readonly status: ApplicationStatus;
  readonly kind: ApplicationKind;
  readonly call: string;
  /** Its number in the call, given when it is started: `12`. */
  readonly number: number;
  /** The snapshots, in order: each deposit and each completion froze one. */
  readonly snapshots: readonly { readonly id: string; readonly sha256: string; readonly at: string }[];
  /** What was asked, and not answered yet; id of its row. */
  readonly completion: { readonly id: string; readonly due: string } | null;
  readonly inadmissible: { readonly reasons: readonly InadmissibleReason[]; readonly text: string } | null;
  /** Of a letter: the application that it became. Of an application: the letter it comes from. */
  readonly letter: string | null;
  readonly application: string | null;
  /** What the session said: id of its row. */
  readonly deliberation: string | null;
  readonly notifications: readonly string[];
  /** Id of the row that says why it was withdrawn, or closed. */
  readonly reason: string | null;
}

export const noApplication: ApplicationState = {
  ...{ status: 'absent', kind: 'full', call: '', number: 0, snapshots: [], completion: null, inadmissible: null },
  ...{ letter: null, application: null, deliberation: null, notifications: [], reason: null },
};

type Plain = { readonly [name: string]: never };
type Frozen = {
  readonly snapshot: string;
  readonly sha256: string;
  readonly at: string;
};

/** What is journaled: ids and hashes, no text and no name. Writing a draft is not: its parts are rows with a version. */
export type ApplicationEvent =
  | {
      readonly type: 'ApplicationStarted-V1';
      readonly data: {
        readonly call: string;
        readonly kind: ApplicationKind;
        readonly number: number;
        readonly letter: string | null;
      };
    }
  | { readonly type: 'ApplicationDeposited-V1' | 'ApplicationCompleted-V1'; readonly data: Frozen }
  | {
      readonly type: 'CompletionAsked-V1' | 'CompletionChanged-V1';
      readonly data: { readonly id: string; readonly due: string };
    }
  | { readonly type: 'CompletionCancelled-V1'; readonly data: { readonly id: string } }
  | { readonly type: 'FoundAdmissible-V1' | 'EvaluationStarted-V1' | 'EvaluationsClosed-V1'; readonly data: Plain }
  | {
      readonly type: 'FoundInadmissible-V1';
      readonly data: { readonly reasons: readonly InadmissibleReason[]; readonly text: string };
    }
  | {
      readonly type: 'MemberInvited-V1' | 'MemberDismissed-V1' | 'SignatureHandedOver-V1';
      readonly data: { readonly member: string };
    }
  | {
      readonly type: 'ApplicationWithdrawn-V1' | 'LetterClosed-V1' | 'AdmissibilityReopened-V1';
      readonly data: { readonly reason: string };
    }
  | { readonly type: 'ApplicationLapsed-V1'; readonly data: Plain }
  | { readonly type: 'LetterConverted-V1'; readonly data: { readonly application: string } }
  | { readonly type: 'ApplicationDecidedAgain-V1'; readonly data: Plain }
  | { readonly type: 'ApplicationDeliberated-V1'; readonly data: { readonly deliberation: string } }
  | { readonly type: 'ApplicationNotified-V1'; readonly data: { readonly notification: string } };
