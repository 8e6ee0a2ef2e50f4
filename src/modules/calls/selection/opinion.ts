import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { ApplicationPart } from '../application/content.ts';
import { type StepTable, stepFrom } from '../step-table.ts';

/** What is shown of a file to somebody whose opinion is asked. */
export const opinionViews = {
  whole: 'Toute la candidature',
  sheet: 'La fiche : le projet, ses axes, son territoire, son public',
  extract: 'Quelques parties seulement',
} as const;
export type OpinionView = keyof typeof opinionViews;

export const opinionStatuses = ['absent', 'asked', 'accepted', 'given', 'refused', 'expired', 'withdrawn'] as const;
export type OpinionStatus = (typeof opinionStatuses)[number];

export const opinionRoles = ['instructor', 'president', 'expert', 'house', 'other'] as const;
export type OpinionRole = (typeof opinionRoles)[number];
type OpinionCommand = 'ask' | 'accept' | 'give' | 'refuse' | 'expire' | 'withdraw' | 'remind';
type OpinionGuard = 'declaredNotRecused' | 'dueLater' | 'duePassed' | 'everythingAnswered' | 'reasonGiven';

/** The life of an opinion asked outside the jury (I-4). What was asked does not change: neither the view nor the secrecy. */
export const opinionTable: StepTable<OpinionStatus, OpinionCommand, OpinionRole, OpinionGuard> = {
  ask: {
    ...{ from: ['absent'], to: 'asked', by: ['instructor', 'president'], guards: ['declaredNotRecused', 'dueLater'] },
    words: 'Demander un avis',
  },
  accept: {
    ...{
      from: ['asked'],
      to: 'accepted',
      by: ['expert'],
      guards: ['declaredNotRecused'],
      words: 'Accepter de donner un avis',
    },
  },
  give: {
    ...{ from: ['accepted'], to: 'given', by: ['expert'], words: 'Donner un avis' },
    guards: ['declaredNotRecused', 'everythingAnswered', 'dueLater'],
  },
  refuse: {
    ...{ from: ['asked', 'accepted'], to: 'refused', by: ['expert'], guards: [], words: 'Ne pas donner d’avis' },
  },
  expire: {
    ...{
      from: ['asked', 'accepted'],
      to: 'expired',
      by: ['house'],
      guards: ['duePassed'],
      words: 'Constater que le délai est passé',
    },
  },
  withdraw: {
    ...{
      from: ['asked', 'accepted'],
      to: 'withdrawn',
      by: ['instructor', 'president'],
      words: 'Ne plus demander un avis',
    },
    guards: ['declaredNotRecused', 'reasonGiven'],
  },
  remind: {
    ...{ from: ['asked', 'accepted'], to: 'same', by: ['instructor', 'president', 'house'], words: 'Relancer' },
    guards: ['declaredNotRecused'],
  },
};

export interface OpinionState {
  readonly status: OpinionStatus;
  readonly application: string;
  readonly shown: OpinionView;
  readonly parts: readonly ApplicationPart[];
  readonly confidential: boolean;
  readonly due: string;
  /** Hash of what was answered. */
  readonly sha256: string | null;
  readonly reason: string | null;
  readonly reminders: number;
}

export const noOpinion: OpinionState = {
  ...{ status: 'absent', application: '', shown: 'sheet', parts: [], confidential: true, due: '', sha256: null },
  ...{ reason: null, reminders: 0 },
};

type Asked = Pick<OpinionState, 'application' | 'shown' | 'parts' | 'confidential' | 'due'>;
type Plain = { readonly [name: string]: never };

export type OpinionEvent =
  | { readonly type: 'OpinionAsked-V1'; readonly data: Asked }
  | { readonly type: 'OpinionAccepted-V1' | 'OpinionExpired-V1' | 'OpinionReminded-V1'; readonly data: Plain }
  | { readonly type: 'OpinionGiven-V1'; readonly data: { readonly sha256: string } }
  | { readonly type: 'OpinionRefused-V1' | 'OpinionWithdrawn-V1'; readonly data: { readonly reason: string | null } };

export type OpinionOrder =
  | ({ readonly command: 'ask' } & Asked)
  | { readonly command: 'accept' | 'remind' }
  /** `gone`: the account of whoever was asked is erased; nobody will answer. */
  | { readonly command: 'expire'; readonly gone?: true }
  | {
      readonly command: 'give';
      readonly answers: readonly string[];
      readonly questions: number;
      readonly sha256: string;
    }
  | { readonly command: 'refuse' | 'withdraw'; readonly reason: string | null };

/** What a command makes of an opinion, at an instant. */
export const decideOpinion = (
  state: OpinionState,
  order: OpinionOrder,
  { role, now }: { readonly role: OpinionRole; readonly now: Temporal.Instant },
): Result<readonly OpinionEvent[]> => {
  const step = stepFrom(opinionTable[order.command], state.status, role);
  if (!step.ok) return step;
  const passed = (due: string): boolean => Temporal.Instant.compare(now, due) >= 0;
  switch (order.command) {
    case 'ask': {
      const { command: _, ...asked } = order;
      return passed(order.due) ? refuse(dueNotLater) : ok([{ type: 'OpinionAsked-V1', data: asked }]);
    }
    case 'accept':
      return passed(state.due) ? refuse(tooLate) : ok([{ type: 'OpinionAccepted-V1', data: {} }]);
    case 'give': {
      if (passed(state.due)) return refuse(tooLate);
      const empty = Array.from({ length: order.questions }).findIndex((_, at) => !order.answers[at]);
      if (empty >= 0) return refuse(unanswered(empty));
      return ok([{ type: 'OpinionGiven-V1', data: { sha256: order.sha256 } }]);
    }
    case 'refuse':
      return ok([{ type: 'OpinionRefused-V1', data: { reason: order.reason } }]);
    case 'expire':
      return ok(passed(state.due) || order.gone ? [{ type: 'OpinionExpired-V1', data: {} }] : []);
    case 'withdraw':
      return order.reason === null
        ? refuse(noReason)
        : ok([{ type: 'OpinionWithdrawn-V1', data: { reason: order.reason } }]);
    case 'remind':
      return ok([{ type: 'OpinionReminded-V1', data: {} }]);
  }
};

/** What an event makes of an opinion. */
export const evolveOpinion = (state: OpinionState, event: OpinionEvent): OpinionState => {
  switch (event.type) {
    case 'OpinionAsked-V1':
      return { ...state, ...event.data, status: 'asked' };
    case 'OpinionAccepted-V1':
      return { ...state, status: 'accepted' };
    case 'OpinionGiven-V1':
      return { ...state, ...event.data, status: 'given' };
    case 'OpinionRefused-V1':
      return { ...state, ...event.data, status: 'refused' };
    case 'OpinionWithdrawn-V1':
      return { ...state, ...event.data, status: 'withdrawn' };
    case 'OpinionExpired-V1':
      return { ...state, status: 'expired' };
    case 'OpinionReminded-V1':
      return { ...state, reminders: state.reminders + 1 };
  }
};

/**
 * Whether somebody of the selection reads an opinion that was given: who instructs or presides reads all of them, a
 * member of the jury those that are not confidential, an expert their own.
 */
export const readsOpinion = (
  { confidential, status }: Pick<OpinionState, 'confidential' | 'status'>,
  reader: 'instructor' | 'president' | 'juror' | 'expert' | 'author',
): boolean =>
  reader === 'author' ||
  (status === 'given' && (reader === 'instructor' || reader === 'president' || (reader === 'juror' && !confidential)));

const dueNotLater: Refusal = { code: 'due_passed', field: 'due', message: 'Donnez un jour qui vient.' };
const tooLate: Refusal = { code: 'due_passed', message: 'Le délai est passé : demandez à qui vous a écrit.' };
const unanswered = (at: number): Refusal => ({
  ...{ code: 'answer_missing', field: `answer-${at}` },
  message: 'Répondez à cette question, ou dites qu’elle ne vous concerne pas.',
});
const noReason: Refusal = { code: 'motive_missing', field: 'reason', message: 'Dites pourquoi.' };
