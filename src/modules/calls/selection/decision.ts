import type { AgencyKind } from '#platform/permissions.ts';
import type { CallKindCode } from '../call-kind.ts';
import { kindOf } from '../call-kind.ts';
import type { StepTable } from '../step-table.ts';
import type { Amounts } from './allocation.ts';

/** What a decision may say of an application, and whether it gives, refuses or waits. */
interface Issue {
  readonly words: string;
  readonly outcome: 'grant' | 'label' | 'both';
  /** It may receive money. */
  readonly gives: boolean;
  /** It refuses: its letter needs a motive and the terms of appeal (I-10). */
  readonly negative: boolean;
  /** What its words are, asked from who decides; nothing: none is asked. */
  readonly asks: string | undefined;
}

export const issues = {
  laureate: { words: 'Lauréat', outcome: 'grant', gives: true, negative: false, asks: undefined },
  reserve: { words: 'Liste complémentaire', outcome: 'grant', gives: false, negative: false, asks: undefined },
  rejected: { words: 'Non retenu', outcome: 'grant', gives: false, negative: true, asks: 'Motif' },
  adjourned: {
    ...{ words: 'Ajourné', outcome: 'both', gives: false, negative: false },
    asks: 'Ce qui est attendu pour se prononcer',
  },
  labelled: { words: 'Labellisé', outcome: 'label', gives: true, negative: false, asks: undefined },
  labelledWithAdvice: {
    ...{ words: 'Labellisé avec préconisations', outcome: 'label', gives: true, negative: false, asks: undefined },
  },
  support: {
    ...{ words: 'Accompagnement technique', outcome: 'label', gives: true, negative: false },
    asks: 'Ce que l’accompagnement doit permettre',
  },
  notLabelled: { words: 'Non labellisé', outcome: 'label', gives: false, negative: true, asks: 'Motif' },
  /** Of a file found inadmissible when it was looked at: nobody deliberates on it. */
  inadmissible: { words: 'Irrecevable', outcome: 'both', gives: false, negative: true, asks: 'Motif' },
} as const satisfies Readonly<Record<string, Issue>>;
export type IssueCode = keyof typeof issues;
export const issueCodes = Object.keys(issues) as IssueCode[];

/** The rules of an issue, as data of one shape. */
export const issueOf = (code: IssueCode): Issue => issues[code];

/** What may be decided in a kind of call: money, or a label (document 004, Landes). */
export const issuesOf = (kind: CallKindCode): readonly IssueCode[] =>
  issueCodes.filter((code) => {
    const { outcome } = issueOf(code);
    return code !== 'inadmissible' && (outcome === 'both' || outcome === kindOf(kind).outcome);
  });

/**
 * `written`: said, and signed or not by each organiser. `prepared`: its letter is ready to be read and sent. `notified`:
 * the letter left. `released`: the laureate gave up; what was given is free again, but for what
 * was paid and not given back.
 */
export const decisionStatuses = ['absent', 'written', 'prepared', 'notified', 'released'] as const;
export type DecisionStatus = (typeof decisionStatuses)[number];

/** `approver`, `writer`: of an organiser, who declared their interests and are not recused. `house`: the job that sends. */
export const decisionRoles = ['approver', 'writer', 'house', 'other'] as const;
export type DecisionRole = (typeof decisionRoles)[number];

export const decisionCommands = [
  ...['write', 'sign', 'correct', 'complete', 'conclude', 'prepare', 'notify', 'release', 'reopen'],
] as const;
export type DecisionCommand = (typeof decisionCommands)[number];

export type DecisionGuard =
  | (
      | 'callSelectingOrUnsigned'
      | 'callDecided'
      | 'sessionSpoke'
      | 'issueOfKind'
      | 'withinEnvelopes'
      | 'motiveGiven'
      | 'rankFree'
    )
  | ('adviceWritten' | 'nobodyWroteMeanwhile' | 'notSignedByAll' | 'signedByAll' | 'signsOnce' | 'reasonGiven')
  | ('appealTermsGiven' | 'sameLetter' | 'agreementEnded' | 'aboveHeld' | 'foundInadmissible')
  | ('foundAdmissibleSince' | 'supportTold');

const writers: readonly DecisionRole[] = ['approver', 'writer'];

/** Which command leads where, who may give it, under which conditions. What is not written is refused. */
export const decisionTable: StepTable<DecisionStatus, DecisionCommand, DecisionRole, DecisionGuard> = {
  write: {
    ...{ from: ['absent', 'written'], to: 'written', by: writers, words: 'Écrire la décision' },
    guards: [
      ...([
        'callSelectingOrUnsigned',
        'sessionSpoke',
        'issueOfKind',
        'withinEnvelopes',
        'motiveGiven',
        'rankFree',
      ] as const),
      ...(['adviceWritten', 'nobodyWroteMeanwhile', 'notSignedByAll', 'aboveHeld'] as const),
    ],
  },
  sign: {
    ...{ from: ['written'], to: 'same', by: ['approver'], words: 'Signer pour un organisateur' },
    guards: ['nobodyWroteMeanwhile', 'signsOnce'],
  },
  correct: {
    ...{ from: ['written', 'prepared', 'notified', 'released'], to: 'written', by: writers },
    ...{ words: 'Corriger une décision signée' },
    guards: [
      ...(['signedByAll', 'reasonGiven', 'issueOfKind', 'withinEnvelopes', 'motiveGiven', 'rankFree'] as const),
      ...(['adviceWritten', 'nobodyWroteMeanwhile', 'aboveHeld'] as const),
    ],
  },
  complete: {
    ...{ from: ['absent'], to: 'written', by: writers },
    ...{ words: 'Décider après un réexamen, les résultats étant arrêtés' },
    guards: [
      ...(['callDecided', 'foundAdmissibleSince', 'reasonGiven', 'issueOfKind', 'withinEnvelopes'] as const),
      ...(['motiveGiven', 'rankFree', 'adviceWritten', 'nobodyWroteMeanwhile', 'aboveHeld'] as const),
    ],
  },
  conclude: {
    ...{ from: ['notified'], to: 'written', by: writers },
    ...{ words: 'Conclure un accompagnement technique par une décision' },
    guards: [
      ...(['signedByAll', 'supportTold', 'issueOfKind', 'withinEnvelopes', 'motiveGiven'] as const),
      ...(['adviceWritten', 'nobodyWroteMeanwhile', 'aboveHeld'] as const),
    ],
  },
  prepare: {
    ...{ from: ['absent', 'written'], to: 'prepared', by: writers, words: 'Préparer le courrier' },
    guards: ['callDecided', 'signedByAll', 'motiveGiven', 'appealTermsGiven'],
  },
  notify: {
    ...{ from: ['prepared'], to: 'notified', by: ['house'], words: 'Envoyer le courrier' },
    guards: ['sameLetter'],
  },
  release: {
    ...{ from: ['written', 'prepared', 'notified', 'released'], to: 'released', by: ['approver'] },
    ...{ guards: ['signedByAll', 'reasonGiven', 'agreementEnded'], words: 'Constater que le lauréat renonce' },
  },
  reopen: {
    ...{ from: ['prepared', 'notified'], to: 'absent', by: writers, words: 'Revenir sur une irrecevabilité' },
    guards: ['foundInadmissible', 'reasonGiven'],
  },
};

/** What was decided of an application. Texts are rows: their ids. */
export type Ruling = {
  readonly issue: IssueCode;
  readonly amounts: Amounts;
  /** In the complementary list, from 1. */
  readonly rank: number | null;
  /** The motive of a refusal, what is expected, what the support is for. */
  readonly words: string | null;
  /** Conditions or reserves that go with it. */
  readonly conditions: string | null;
  /** Who accompanies, for a technical support. */
  readonly referent: string | null;
};

export interface DecisionState {
  readonly status: DecisionStatus;
  readonly call: string;
  readonly ruling: Ruling | null;
  readonly signatures: readonly AgencyKind[];
  /** The version of the journal at which it was last written: what a signature signs. */
  readonly written: number;
  /** The letter that is prepared or was sent; none while a corrected decision waits for its own (I-11). */
  readonly letter: string | null;
  readonly sent: readonly string[];
  readonly corrections: readonly { readonly reason: string; readonly at: string }[];
  /** Once released: what was paid of each envelope, less what was given back. */
  readonly kept?: Amounts;
}

export const noDecision: DecisionState = {
  ...{ status: 'absent', call: '', ruling: null, signatures: [], written: 0, letter: null, sent: [], corrections: [] },
};

/** Each organiser signed what is written: a joint call needs both. Of a file found inadmissible, nothing is signed. */
export const isSigned = (
  { ruling, signatures }: Pick<DecisionState, 'ruling' | 'signatures'>,
  agencies: readonly AgencyKind[],
): boolean => ruling !== null && agencies.every((agency) => signatures.includes(agency));

/** A technical support that was told, and is under way: no decision followed it. */
export const isSupported = ({ status, ruling }: Pick<DecisionState, 'status' | 'ruling'>): boolean =>
  status === 'notified' && ruling?.issue === 'support';

type Written = { readonly call: string } & Ruling;

/** What is journaled: ids, hashes and amounts, no text and no name. */
export type DecisionEvent =
  | { readonly type: 'DecisionWritten-V1'; readonly data: Written }
  | { readonly type: 'DecisionCorrected-V1'; readonly data: Written & { readonly reason: string } }
  | { readonly type: 'DecisionCompleted-V1'; readonly data: Written & { readonly reason: string } }
  | { readonly type: 'SupportConcluded-V1'; readonly data: Written }
  | { readonly type: 'DecisionSigned-V1'; readonly data: { readonly agency: AgencyKind } }
  | {
      readonly type: 'LetterPrepared-V1';
      readonly data: { readonly call: string; readonly letter: string; readonly sha256: string };
    }
  | { readonly type: 'LetterSent-V1'; readonly data: { readonly letter: string } }
  | { readonly type: 'InadmissibilityReopened-V1'; readonly data: { readonly reason: string } }
  | { readonly type: 'DecisionReleased-V1'; readonly data: { readonly reason: string; readonly kept?: Amounts } };

/** What a decision takes from each envelope: once it is released, what was paid and not given back. */
export const takenBy = ({ status, ruling, kept }: DecisionState): Amounts =>
  status === 'released' ? (kept ?? {}) : (ruling?.amounts ?? {});
