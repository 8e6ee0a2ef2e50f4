import type { CreditLine } from '../envelope.ts';
import type { StepTable } from '../step-table.ts';
import type { Payment } from './payment.ts';
import type { GivenReport, NextStep, ReportKind } from './report.ts';

/**
 * The agreement between a laureate and those who fund it. `prepared`: its terms are being written, the first time or for an
 * amendment; what everybody signed before stays in force meanwhile (`inForce`).
 */
export const agreementStatuses = [
  ...['absent', 'prepared', 'toSign', 'partiallySigned', 'signed', 'running', 'closed', 'terminated'],
] as const;
export type AgreementStatus =
  | ('absent' | 'prepared' | 'toSign' | 'partiallySigned')
  | ('signed' | 'running' | 'closed' | 'terminated');

/**
 * `organiser`: an agent of the call who declared their interests and is not recused. `signatory`, `writer`, `reader`: the
 * holder’s side. `party`: whose mailbox is that of the next signature. `house`: a job of the site.
 */
export const afterRoles = ['organiser', 'signatory', 'writer', 'reader', 'party', 'house', 'other'] as const;
export type AfterRole = (typeof afterRoles)[number];

export type AgreementCommand =
  | ('write' | 'submit' | 'takeBack' | 'sign' | 'signLast' | 'amend' | 'dropAmendment' | 'start')
  | ('askEnd' | 'dropEnd' | 'confirmEnd' | 'close' | 'recordRefund' | 'recordPermanence');

export type AgreementGuard =
  | ('laureate' | 'linesWithinGrant' | 'paymentsWithinLines' | 'partiesOfLines' | 'datesOrdered')
  | (
      | 'sameHash'
      | 'theirTurn'
      | 'inForce'
      | 'inForceOrLabel'
      | 'begun'
      | 'reasonGiven'
      | 'endAsked'
      | 'finalReportValidated'
    )
  | ('nothingToPay' | 'refundWithinDue');

const living: readonly AgreementStatus[] = ['prepared', 'toSign', 'partiallySigned', 'signed', 'running'];
const ended: readonly AgreementStatus[] = ['closed', 'terminated'];

/** Which command leads where, who may give it, under which conditions. What is not written is refused. */
export const agreementTable: StepTable<AgreementStatus, AgreementCommand, AfterRole, AgreementGuard> = {
  write: {
    ...{ from: ['absent', 'prepared'], to: 'prepared', by: ['organiser'], words: 'Écrire les termes' },
    guards: ['laureate', 'linesWithinGrant', 'paymentsWithinLines', 'partiesOfLines', 'datesOrdered'],
  },
  submit: {
    ...{ from: ['prepared'], to: 'toSign', by: ['organiser'], words: 'Donner à signer' },
    guards: ['laureate', 'linesWithinGrant'],
  },
  takeBack: {
    ...{
      from: ['toSign'],
      to: 'prepared',
      by: ['organiser'],
      guards: [],
      words: 'Reprendre avant la première signature',
    },
  },
  sign: {
    ...{ from: ['toSign', 'partiallySigned'], to: 'partiallySigned', by: ['party'], words: 'Signer à son tour' },
    guards: ['sameHash', 'theirTurn', 'linesWithinGrant'],
  },
  signLast: {
    ...{ from: ['toSign', 'partiallySigned'], to: 'signed', by: ['party'], words: 'Signer en dernier' },
    guards: ['sameHash', 'theirTurn', 'linesWithinGrant'],
  },
  amend: {
    ...{ from: ['partiallySigned', 'signed', 'running'], to: 'prepared', by: ['organiser'] },
    ...{ guards: ['reasonGiven'], words: 'Préparer un avenant : tout le monde signe de nouveau' },
  },
  dropAmendment: {
    ...{ from: ['prepared', 'toSign', 'partiallySigned'], to: 'signed', by: ['organiser'], guards: ['inForce'] },
    words: 'Abandonner l’avenant',
  },
  start: {
    ...{
      from: ['signed'],
      to: 'running',
      by: ['organiser', 'house'],
      guards: ['begun'],
      words: 'Commencer l’exécution',
    },
  },
  askEnd: {
    ...{ from: ['absent', ...living], to: 'same', by: ['signatory', 'organiser'], guards: ['reasonGiven'] },
    words: 'Demander l’abandon ou la résiliation',
  },
  dropEnd: {
    ...{ from: ['absent', ...living], to: 'same', by: ['signatory', 'organiser'], guards: ['endAsked'] },
    words: 'Renoncer à l’abandon',
  },
  confirmEnd: {
    ...{ from: ['absent', ...living], to: 'terminated', by: ['organiser'], guards: ['endAsked', 'refundWithinDue'] },
    words: 'Confirmer la fin anticipée',
  },
  close: {
    ...{ from: ['running'], to: 'closed', by: ['organiser'], words: 'Constater l’achèvement et solder' },
    guards: ['finalReportValidated', 'nothingToPay', 'refundWithinDue'],
  },
  recordRefund: {
    ...{ from: ended, to: 'same', by: ['organiser'], guards: ['refundWithinDue'], words: 'Noter un reversement' },
  },
  recordPermanence: {
    ...{ from: ['absent', 'running', 'closed'], to: 'same', by: ['organiser'], guards: ['inForceOrLabel'] },
    words: 'Noter ce qu’est devenu le projet',
  },
};

/** What one funder gives on one line of credit. Lines never merge. Whole cents. `key`: that of the envelope in its call. */
export type GrantLine = {
  readonly key: string;
  readonly funder: string;
  readonly line: CreditLine;
  readonly cents: number;
};

/** What was decided for a laureate: the most that an agreement may say on each line. */
export interface Grant {
  readonly lines: readonly GrantLine[];
  /** ISO day, in the zone of the call. */
  readonly decidedOn: string;
}

/** A label that was told, without money: nothing is agreed, and the project is followed all the same (document 004, Landes). */
export const isLabelOnly = ({ status }: Pick<AgreementState, 'status'>, grant: Grant | undefined): boolean =>
  status === 'absent' && grant !== undefined && grant.lines.length === 0;

/** The terms as the journal knows them: no words and no person, what is computed with. */
export type Terms = {
  readonly id: string;
  readonly sha256: string;
  /** Ids of the parties, in the order in which they sign. */
  readonly parties: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  /** When an intermediate report is asked; null: none. */
  readonly interimOn: string | null;
  readonly lines: readonly GrantLine[];
  readonly schedule: readonly {
    readonly id: string;
    readonly key: string;
    readonly cents: number;
    readonly on: string;
  }[];
};

export interface AgreementState {
  readonly status: AgreementStatus;
  readonly terms: Terms | null;
  readonly signatures: readonly { readonly party: string; readonly sha256: string; readonly at: string }[];
  /** The terms that everybody signed last. */
  readonly inForce: Terms | null;
  readonly amendments: readonly { readonly reason: string; readonly at: string }[];
  readonly payments: readonly Payment[];
  readonly reports: readonly GivenReport[];
  readonly end: { readonly by: 'holder' | 'organiser'; readonly reason: string; readonly at: string } | null;
  readonly refund: {
    readonly due: number;
    readonly received: readonly { readonly cents: number; readonly on: string }[];
  };
  /** What follows: said by the holder in the final report, then written down by the organiser once it is so. */
  readonly permanence: { readonly next: NextStep; readonly on: string | null; readonly words: string | null } | null;
}

export const noAgreement: AgreementState = {
  ...{ status: 'absent', terms: null, signatures: [], inForce: null, amendments: [], payments: [], reports: [] },
  ...{ end: null, refund: { due: 0, received: [] }, permanence: null },
};

/** The party whose turn it is to sign. */
export const nextParty = ({ status, terms, signatures }: AgreementState): string | undefined =>
  status === 'toSign' || status === 'partiallySigned' ? terms?.parties[signatures.length] : undefined;

/** What is journaled: ids, hashes, days and amounts; no text and no name of a person. */
export type AgreementEvent =
  | { readonly type: 'TermsWritten-V1'; readonly data: { readonly terms: Terms } }
  | { readonly type: 'AgreementSubmitted-V1' | 'AgreementTakenBack-V1'; readonly data: Plain }
  | { readonly type: 'AgreementSigned-V1'; readonly data: { readonly party: string; readonly sha256: string } }
  | { readonly type: 'AgreementInForce-V1' | 'AmendmentDropped-V1' | 'AgreementStarted-V1'; readonly data: Plain }
  | { readonly type: 'AmendmentOpened-V1'; readonly data: { readonly reason: string } }
  | { readonly type: 'PaymentPlanned-V1'; readonly data: Omit<Payment, 'status' | 'days'> }
  | {
      readonly type: 'PaymentMoved-V1';
      readonly data: {
        readonly id: string;
        readonly status: Exclude<Payment['status'], 'planned'>;
        readonly on: string;
        readonly cents: number;
      };
    }
  | {
      readonly type: 'ReportAsked-V1';
      readonly data: { readonly id: string; readonly kind: ReportKind; readonly on: string; readonly due: string };
    }
  | { readonly type: 'ReportReminded-V1'; readonly data: { readonly id: string; readonly on: string } }
  | {
      readonly type: 'ReportGiven-V1';
      readonly data: { readonly id: string; readonly content: string; readonly sha256: string; readonly on: string };
    }
  | { readonly type: 'ReportFoundComplete-V1'; readonly data: { readonly id: string } }
  | {
      readonly type: 'ReportMoreAsked-V1';
      readonly data: { readonly id: string; readonly reason: string; readonly on: string };
    }
  | { readonly type: 'ReportValidated-V1'; readonly data: { readonly id: string } }
  | { readonly type: 'EndAsked-V1'; readonly data: { readonly by: 'holder' | 'organiser'; readonly reason: string } }
  | { readonly type: 'EndDropped-V1'; readonly data: Plain }
  | { readonly type: 'EndConfirmed-V1' | 'AgreementClosed-V1'; readonly data: { readonly due: number } }
  | { readonly type: 'RefundReceived-V1'; readonly data: { readonly cents: number; readonly on: string } }
  | {
      readonly type: 'PermanenceSaid-V1';
      readonly data: { readonly next: NextStep; readonly on: string | null; readonly words: string | null };
    };

type Plain = { readonly [name: string]: never };
