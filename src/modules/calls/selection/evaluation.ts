import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Words } from '../section-words.ts';
import { type StepTable, stepFrom } from '../step-table.ts';

/** Why an evaluator gives a file back. */
export const declineReasons = {
  interest: 'J’y ai un intérêt',
  skill: 'Ce n’est pas mon domaine',
  time: 'Je ne suis pas disponible',
} as const;
export type DeclineReason = keyof typeof declineReasons;

export const evaluationStatuses = ['absent', 'todo', 'submitted', 'reopened', 'declined', 'unassigned'] as const;
export type EvaluationStatus = (typeof evaluationStatuses)[number];

/** `evaluator`: the member of the jury to whom the file was given; the others declared, and not recused from it. */
export const evaluationRoles = ['evaluator', 'instructor', 'president', 'other'] as const;
export type EvaluationRole = (typeof evaluationRoles)[number];
type EvaluationCommand = 'assign' | 'unassign' | 'save' | 'submit' | 'decline' | 'reopen';
type EvaluationGuard =
  | ('jurySettled' | 'admissibleFile' | 'evaluatorNotRecused' | 'declaredNotRecused' | 'notFrozen')
  | ('marksWithinGrid' | 'everyCriterionJustified' | 'reasonGiven');

/** The life of what one evaluator says of one file (I-4). */
export const evaluationTable: StepTable<EvaluationStatus, EvaluationCommand, EvaluationRole, EvaluationGuard> = {
  assign: {
    ...{
      from: ['absent', 'unassigned'],
      to: 'todo',
      by: ['instructor', 'president'],
      words: 'Confier une candidature',
    },
    guards: ['jurySettled', 'admissibleFile', 'evaluatorNotRecused', 'declaredNotRecused'],
  },
  unassign: {
    ...{
      from: ['todo'],
      to: 'unassigned',
      by: ['instructor', 'president'],
      words: 'Reprendre une candidature confiée',
    },
    guards: ['declaredNotRecused'],
  },
  save: {
    ...{ from: ['todo', 'reopened'], to: 'same', by: ['evaluator'], words: 'Garder un brouillon d’évaluation' },
    guards: ['declaredNotRecused', 'notFrozen'],
  },
  submit: {
    ...{ from: ['todo', 'reopened'], to: 'submitted', by: ['evaluator'], words: 'Remettre une évaluation' },
    guards: ['declaredNotRecused', 'notFrozen', 'marksWithinGrid', 'everyCriterionJustified'],
  },
  decline: {
    ...{ from: ['todo', 'reopened'], to: 'declined', by: ['evaluator'], guards: ['reasonGiven'] },
    words: 'Rendre une candidature sans l’évaluer',
  },
  reopen: {
    ...{ from: ['submitted'], to: 'reopened', by: ['president'], words: 'Rouvrir une évaluation' },
    guards: ['declaredNotRecused', 'notFrozen', 'reasonGiven'],
  },
};

export interface EvaluationState {
  readonly status: EvaluationStatus;
  /** Hash of what was submitted last. */
  readonly sha256: string | null;
  /** The number of the snapshot that was read. */
  readonly snapshot: number | null;
  readonly declined: DeclineReason | null;
  /** Id of the row that says why it was reopened, or given back. */
  readonly reason: string | null;
}

export const noEvaluation: EvaluationState = {
  ...{ status: 'absent', sha256: null, snapshot: null, declined: null, reason: null },
};

export type EvaluationEvent =
  | {
      readonly type: 'EvaluationAssigned-V1' | 'EvaluationUnassigned-V1';
      readonly data: { readonly application: string; readonly juror: string };
    }
  | {
      readonly type: 'EvaluationSubmitted-V1';
      readonly data: { readonly sha256: string; readonly snapshot: number };
    }
  | {
      readonly type: 'EvaluationDeclined-V1';
      readonly data: { readonly declined: DeclineReason; readonly reason: string | null };
    }
  | { readonly type: 'EvaluationReopened-V1'; readonly data: { readonly reason: string } };

export type EvaluationOrder =
  | { readonly command: 'assign' | 'unassign'; readonly application: string; readonly juror: string }
  | { readonly command: 'save' }
  | { readonly command: 'submit'; readonly marks: Marks; readonly sha256: string; readonly snapshot: number }
  | { readonly command: 'decline'; readonly declined: DeclineReason | undefined; readonly reason: string | null }
  | { readonly command: 'reopen'; readonly reason: string | null };

/** What the decision stands on: read in the transaction that acts. */
export interface EvaluationSetting {
  readonly role: EvaluationRole;
  readonly criteria: readonly Criterion[];
  /** The evaluations of the file are open: neither before it is admissible, nor once they are closed. */
  readonly open: boolean;
}

export type Criterion = Words<'grid'>['criteria'][number];

/** What is said of one criterion. No points is not zero: nothing was said in points. */
export type Mark = {
  readonly points: number | null;
  readonly words: string;
};

/** In the order of the grid; `conclusion`: the words of the whole. */
export type Marks = {
  readonly criteria: readonly Mark[];
  readonly conclusion: string;
};

/** What a command makes of an evaluation. */
export const decideEvaluation = (
  state: EvaluationState,
  order: EvaluationOrder,
  { role, criteria, open }: EvaluationSetting,
): Result<readonly EvaluationEvent[]> => {
  const step = stepFrom(evaluationTable[order.command], state.status, role);
  if (!step.ok) return step;
  if (!open && order.command !== 'unassign' && order.command !== 'decline') return refuse(frozen);
  switch (order.command) {
    case 'assign':
    case 'unassign': {
      const { application, juror } = order;
      const type = order.command === 'assign' ? 'EvaluationAssigned-V1' : 'EvaluationUnassigned-V1';
      return ok([{ type, data: { application, juror } }]);
    }
    case 'save':
      return ok([]);
    case 'submit': {
      const sound = soundMarks(order.marks, criteria, { whole: true });
      if (!sound.ok) return sound;
      const { sha256, snapshot } = order;
      return ok([{ type: 'EvaluationSubmitted-V1', data: { sha256, snapshot } }]);
    }
    case 'decline':
      return order.declined
        ? ok([{ type: 'EvaluationDeclined-V1', data: { declined: order.declined, reason: order.reason } }])
        : refuse(noReason);
    case 'reopen':
      return order.reason
        ? ok([{ type: 'EvaluationReopened-V1', data: { reason: order.reason } }])
        : refuse({ ...noReason, field: 'reason' });
  }
};

/** What an event makes of an evaluation. */
export const evolveEvaluation = (state: EvaluationState, event: EvaluationEvent): EvaluationState => {
  switch (event.type) {
    case 'EvaluationAssigned-V1':
      return { ...noEvaluation, status: 'todo' };
    case 'EvaluationUnassigned-V1':
      return { ...state, status: 'unassigned' };
    case 'EvaluationSubmitted-V1':
      return { ...state, ...event.data, status: 'submitted' };
    case 'EvaluationDeclined-V1':
      return { ...state, ...event.data, status: 'declined' };
    case 'EvaluationReopened-V1':
      return { ...state, ...event.data, status: 'reopened' };
  }
};

/**
 * Whether marks hold in a grid: whole points from 0 to those of the criterion, none where the criterion has none. `whole`:
 * to submit, each criterion is marked and justified.
 */
export const soundMarks = (
  { criteria: marks, conclusion }: Marks,
  criteria: readonly Criterion[],
  { whole }: { readonly whole: boolean },
): Result<undefined> => {
  for (const [at, { points: most, title }] of criteria.entries()) {
    const { points = null, words = '' } = marks[at] ?? {};
    if (points !== null && (most === null || !Number.isInteger(points) || points < 0 || points > most))
      return refuse(outOfGrid(at, title, most));
    if (whole && most !== null && points === null) return refuse(unmarked(at, title, most));
    if (whole && words === '') return refuse(unjustified(at, title));
  }
  if (marks.length > criteria.length) return refuse(outOfGrid(criteria.length, '', null));
  return whole && criteria.length === 0 && conclusion === '' ? refuse(noConclusion) : ok(undefined);
};

const frozen: Refusal = {
  code: 'evaluations_closed',
  message: 'Les évaluations de cette candidature ne sont pas ouvertes : ce qui est écrit ne change plus.',
};
const noReason: Refusal = { code: 'motive_missing', field: 'declined', message: 'Dites pourquoi.' };
const outOfGrid = (at: number, title: string, most: number | null): Refusal => ({
  ...{ code: 'points_out_of_grid', field: `points-${at}` },
  message:
    most === null ? `« ${title} » ne se note pas en points.` : `« ${title} » : un nombre entier, de 0 à ${most}.`,
});
const unmarked = (at: number, title: string, most: number): Refusal => ({
  ...{ code: 'points_missing', field: `points-${at}` },
  message: `« ${title} » attend une note, de 0 à ${most}.`,
});
const unjustified = (at: number, title: string): Refusal => ({
  ...{ code: 'justification_missing', field: `words-${at}` },
  message: `« ${title} » : dites en quelques mots pourquoi.`,
});
const noConclusion: Refusal = {
  code: 'justification_missing',
  field: 'conclusion',
  message: 'Écrivez votre appréciation.',
};
