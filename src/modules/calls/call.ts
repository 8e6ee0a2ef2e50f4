import type { AgencyKind, Scope } from '#platform/permissions.ts';
import type { Calendar } from './calendar.ts';
import type { CallKindCode } from './call-kind.ts';
import type { Money } from './envelope.ts';
import type { Configuration } from './frame.ts';
import type { Departure } from './rule.ts';
import type { Amounts } from './selection/allocation.ts';
import type { StepTable } from './step-table.ts';

/** The life of a call. Once published, only the clock says whether it is to come, open or closed. */
export const callStatuses = [
  ...['absent', 'drafting', 'submitted', 'published', 'cancelled'],
  ...['selecting', 'decided', 'notified', 'finished'],
] as const;
export type CallStatus =
  | ('absent' | 'drafting' | 'submitted' | 'published' | 'cancelled')
  | ('selecting' | 'decided' | 'notified' | 'finished');

/** What everybody may read: published, and all that follows. A cancelled call says so where it was published. */
export const publishedStatuses: readonly CallStatus[] = ['published', 'selecting', 'decided', 'notified', 'finished'];

/** `approver`: administrator of an organiser; `writer`: its coordinator; `partner`: invited to write with them. */
export const callRoles = ['approver', 'writer', 'partner', 'reader', 'other'] as const;
export type CallRole = (typeof callRoles)[number];

/** The parts of a call that are written apart, so that two people may work at once. */
export const factSections = ['axes', 'territories', 'calendar', 'money'] as const;
export const wordSections = ['title', 'specification', 'form', 'grid', 'pieces', 'choices'] as const;
export const callSections = [...wordSections, ...factSections] as const;
export type WordSection = (typeof wordSections)[number];
export type CallSection = (typeof callSections)[number];

export const callCommands = [
  ...['open', 'write', 'invite', 'dismiss', 'remark', 'settleRemark', 'submit', 'reopen'],
  ...['approve', 'publish', 'amend', 'cancel'],
  ...['topUp', 'startSelection', 'fixResults', 'notifyResults', 'finish'],
] as const;
export type CallCommand =
  | ('open' | 'write' | 'invite' | 'dismiss' | 'remark' | 'settleRemark' | 'submit' | 'reopen')
  | ('approve' | 'publish' | 'amend' | 'cancel')
  | ('topUp' | 'startSelection' | 'fixResults' | 'notifyResults' | 'finish');

export type CallGuard =
  | ('organiserOfTerritory' | 'configurationDeclared' | 'departuresSaid' | 'nobodyWroteMeanwhile')
  | ('axesOfEdition' | 'insideTerritory' | 'calendarOrdered' | 'linesKept' | 'specificationWritten')
  | ('minimumMet' | 'referentsNamed' | 'everyOrganiserApproved' | 'closesLater' | 'onlyLengthens' | 'reasonGiven')
  | ('callClosed' | 'filesCompleteOrWhy' | 'decisionsSigned' | 'minutesSigned' | 'withinEnvelopes')
  | (
      | 'laureateOrWhy'
      | 'minimumGivenOrWhy'
      | 'lettersReady'
      | 'ministryMessageReadyOrWhy'
      | 'everyDecisionTold'
      | 'projectsEnded'
      | 'lineExists'
    );

const writers: readonly CallRole[] = ['approver', 'writer'];

/** Which command leads where, who may give it, under which conditions. What is not written is refused. */
export const callTable: StepTable<CallStatus, CallCommand, CallRole, CallGuard> = {
  open: {
    ...{ from: ['absent'], to: 'drafting', by: writers, words: 'Ouvrir la rédaction' },
    guards: ['organiserOfTerritory', 'configurationDeclared', 'departuresSaid'],
  },
  write: {
    ...{ from: ['drafting'], to: 'same', by: writers, words: 'Écrire une partie' },
    guards: [
      'nobodyWroteMeanwhile',
      'axesOfEdition',
      'insideTerritory',
      'calendarOrdered',
      'linesKept',
      'departuresSaid',
    ],
  },
  invite: {
    ...{ from: ['drafting', 'submitted', 'published'], to: 'same', by: writers, guards: [] },
    words: 'Inviter un partenaire',
  },
  dismiss: {
    ...{ from: ['drafting', 'submitted', 'published'], to: 'same', by: writers, guards: [] },
    words: 'Retirer un partenaire',
  },
  remark: {
    ...{ from: ['drafting', 'submitted'], to: 'same', by: ['approver', 'writer', 'partner'], guards: [] },
    words: 'Commenter ou proposer',
  },
  settleRemark: {
    ...{ from: ['drafting', 'submitted'], to: 'same', by: writers, guards: [], words: 'Répondre à une remarque' },
  },
  submit: {
    ...{ from: ['drafting'], to: 'submitted', by: writers, words: 'Donner à relire' },
    guards: ['axesOfEdition', 'insideTerritory', 'calendarOrdered', 'specificationWritten'],
  },
  reopen: {
    ...{ from: ['submitted'], to: 'drafting', by: writers, guards: ['reasonGiven'], words: 'Reprendre la rédaction' },
  },
  approve: {
    ...{ from: ['submitted'], to: 'same', by: ['approver'], words: 'Donner son accord' },
    guards: ['nobodyWroteMeanwhile'],
  },
  publish: {
    ...{ from: ['submitted'], to: 'published', by: ['approver'], words: 'Publier' },
    guards: ['minimumMet', 'referentsNamed', 'everyOrganiserApproved', 'closesLater', 'departuresSaid'],
  },
  amend: {
    ...{ from: ['published'], to: 'same', by: ['approver'], words: 'Publier un additif' },
    guards: ['reasonGiven', 'closesLater', 'onlyLengthens', 'calendarOrdered', 'departuresSaid'],
  },
  cancel: {
    ...{ from: ['drafting', 'submitted', 'published'], to: 'cancelled', by: ['approver'] },
    ...{ guards: ['reasonGiven'], words: 'Annuler' },
  },
  topUp: {
    ...{ from: ['published', 'selecting', 'decided', 'notified'], to: 'same', by: ['approver'] },
    ...{ guards: ['lineExists'], words: 'Abonder une enveloppe' },
  },
  startSelection: {
    ...{ from: ['published'], to: 'selecting', by: ['approver'], words: 'Engager la sélection' },
    guards: ['callClosed', 'filesCompleteOrWhy'],
  },
  fixResults: {
    ...{ from: ['selecting'], to: 'decided', by: ['approver'], words: 'Arrêter les résultats' },
    guards: ['decisionsSigned', 'minutesSigned', 'withinEnvelopes', 'laureateOrWhy', 'minimumGivenOrWhy'],
  },
  notifyResults: {
    ...{ from: ['decided'], to: 'notified', by: ['approver'], words: 'Notifier les résultats' },
    guards: ['decisionsSigned', 'lettersReady', 'ministryMessageReadyOrWhy'],
  },
  finish: {
    ...{ from: ['notified'], to: 'finished', by: ['approver'], words: 'Achever l’appel' },
    guards: ['everyDecisionTold', 'projectsEnded'],
  },
};

/** A text of the call: an ordinary row, and its hash in the journal. */
export interface Written {
  readonly id: string;
  readonly sha256: string;
}

/** A call as its journal tells it. What is written in words is elsewhere: its row is named here. */
export interface CallState {
  readonly status: CallStatus;
  readonly slug: string;
  readonly kind: CallKindCode;
  /** Edition and version of the national frame: those of its opening, for ever. */
  readonly frame: { readonly edition: string; readonly version: number };
  readonly configuration: Configuration | null;
  readonly agencies: readonly AgencyKind[];
  readonly territory: Scope;
  readonly axes: readonly number[];
  /** Where projects are looked for, inside the territory; empty: all of it. */
  readonly territories: readonly Scope[];
  readonly calendar: Calendar | null;
  readonly money: Money;
  readonly words: { readonly [Section in WordSection]?: Written };
  /** The version of the journal at which each part was last written. */
  readonly written: { readonly [Section in CallSection]?: number };
  readonly departures: readonly (Departure & {
    readonly section: CallSection | 'opening' | 'amendment' | 'publication';
  })[];
  readonly approvals: readonly AgencyKind[];
  readonly partners: readonly string[];
  readonly amendments: readonly { readonly text: string; readonly at: string; readonly closesAt: string }[];
  readonly publishedAt: string | null;
  /** Id of the row that says why it was cancelled. */
  readonly reason: string | null;
  /** When the selection began; `reason`: why files were left incomplete (id of its row). */
  readonly selection?: { readonly at: string; readonly reason: string | null };
  /** What was given when the results were fixed, in cents by envelope; `reason`: why nobody, or less than the minimum. */
  readonly results?: {
    readonly at: string;
    readonly laureates: number;
    readonly allocated: Amounts;
    readonly reason: string | null;
    readonly notifiedAt: string | null;
    /** Why they were notified before anybody could prepare the message to the ministry: id of its row. */
    readonly withoutMessage?: string;
  };
}

/** Before it is opened. */
export const noCall: CallState = {
  ...{ status: 'absent', slug: '', kind: 'regional', frame: { edition: '', version: 0 }, configuration: null },
  ...{ agencies: [], territory: 'france', axes: [], territories: [], calendar: null, words: {}, written: {} },
  ...{ money: { envelopes: [], pooled: false, shown: false }, departures: [], approvals: [], partners: [] },
  ...{ amendments: [], publishedAt: null, reason: null },
};

/** What is journaled. Texts are ordinary rows: the journal holds their ids and their hashes. */
export type CallEvent =
  | {
      readonly type: 'CallOpened-V1';
      readonly data: Pick<CallState, 'slug' | 'kind' | 'frame' | 'configuration' | 'agencies' | 'territory'> & {
        readonly departures: readonly Departure[];
      };
    }
  | { readonly type: 'AxesChosen-V1'; readonly data: { readonly axes: readonly number[] } }
  | { readonly type: 'TerritoriesTargeted-V1'; readonly data: { readonly territories: readonly Scope[] } }
  | {
      readonly type: 'CalendarSet-V1';
      readonly data: { readonly calendar: Calendar; readonly departures: readonly Departure[] };
    }
  | { readonly type: 'MoneySet-V1'; readonly data: { readonly money: Money } }
  | {
      readonly type: 'WordsWritten-V1';
      readonly data: {
        readonly section: WordSection;
        readonly id: string;
        readonly sha256: string;
        readonly departures: readonly Departure[];
      };
    }
  | { readonly type: 'CallSubmitted-V1'; readonly data: Plain }
  | { readonly type: 'CallReopened-V1'; readonly data: { readonly reason: string } }
  | { readonly type: 'CallApproved-V1'; readonly data: { readonly agency: AgencyKind } }
  | { readonly type: 'CallPublished-V1'; readonly data: { readonly departures?: readonly Departure[] } }
  | {
      readonly type: 'CallAmended-V1';
      readonly data: { readonly text: string; readonly calendar: Calendar; readonly departures: readonly Departure[] };
    }
  | { readonly type: 'CallCancelled-V1'; readonly data: { readonly reason: string } }
  | { readonly type: 'PartnerInvited-V1' | 'PartnerDismissed-V1'; readonly data: { readonly partner: string } }
  | { readonly type: 'RemarkMade-V1'; readonly data: { readonly remark: string; readonly section: CallSection } }
  | {
      readonly type: 'EnvelopeToppedUp-V1';
      readonly data: { readonly envelope: string; readonly origin: string; readonly cents: number };
    }
  | { readonly type: 'SelectionStarted-V1'; readonly data: { readonly reason: string | null } }
  | {
      readonly type: 'ResultsFixed-V1';
      readonly data: { readonly laureates: number; readonly allocated: Amounts; readonly reason: string | null };
    }
  | { readonly type: 'ResultsNotified-V1'; readonly data: { readonly withoutMessage?: string } }
  | { readonly type: 'CallFinished-V1'; readonly data: Plain }
  | { readonly type: 'RemarkSettled-V1'; readonly data: { readonly remark: string; readonly adopted: boolean } };

type Plain = { readonly [name: string]: never };
