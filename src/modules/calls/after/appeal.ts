import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type StepTable, stepFrom } from '../step-table.ts';
import { dayToCome, noWords } from './after-refusals.ts';
import type { AfterRole } from './agreement.ts';

/** A request to look again at a decision. The terms come from the call; none are guessed. */
export const appealKinds = {
  gracious: 'Recours gracieux (devant qui a décidé)',
  hierarchical: 'Recours hiérarchique (devant l’autorité au-dessus)',
} as const;
export type AppealKind = keyof typeof appealKinds;

export const appealStatuses = ['absent', 'received', 'studied', 'confirmed', 'reformed'] as const;
export type AppealStatus = (typeof appealStatuses)[number];
export type AppealCommand = 'receive' | 'study' | 'confirm' | 'reform';

export const appealTable: StepTable<
  AppealStatus,
  AppealCommand,
  AfterRole,
  'notified' | 'reasonGiven' | 'decisionCorrected'
> = {
  receive: {
    ...{ from: ['absent'], to: 'received', by: ['signatory', 'organiser'], guards: ['notified', 'reasonGiven'] },
    words: 'Écrire ou noter un recours',
  },
  study: {
    ...{ from: ['received'], to: 'studied', by: ['organiser'], guards: ['reasonGiven'], words: 'Écrire l’instruction' },
  },
  confirm: {
    ...{
      from: ['studied'],
      to: 'confirmed',
      by: ['organiser'],
      guards: ['reasonGiven'],
      words: 'Confirmer la décision',
    },
  },
  reform: {
    ...{ from: ['studied'], to: 'reformed', by: ['organiser'], guards: ['reasonGiven', 'decisionCorrected'] },
    words: 'Constater que la décision est réformée',
  },
};

export interface AppealState {
  readonly status: AppealStatus;
  readonly application: string;
  readonly kind: AppealKind;
  /** ISO day on which it arrived. */
  readonly on: string;
  /** Ids of texts: what is asked, what was studied, what was answered. */
  readonly text: string | null;
  readonly study: string | null;
  readonly answer: string | null;
}

export const noAppeal: AppealState = {
  ...{ status: 'absent', application: '', kind: 'gracious', on: '', text: null, study: null, answer: null },
};

export type AppealEvent =
  | {
      readonly type: 'AppealReceived-V1';
      readonly data: Pick<AppealState, 'application' | 'kind' | 'on'> & { readonly text: string };
    }
  | {
      readonly type: 'AppealStudied-V1' | 'AppealConfirmed-V1' | 'AppealReformed-V1';
      readonly data: { readonly text: string };
    };

export type AppealOrder =
  | {
      readonly command: 'receive';
      readonly application: string;
      readonly kind: AppealKind;
      readonly on: string;
      readonly text: string | undefined;
    }
  | { readonly command: 'study' | 'confirm' | 'reform'; readonly text: string | undefined };

/** What a command makes of an appeal. `corrected`: a decision corrected since it arrived. */
export const decideAppeal = (
  state: AppealState,
  order: AppealOrder,
  setting: {
    readonly role: AfterRole;
    readonly notified: boolean;
    readonly corrected: boolean;
    readonly today: string;
  },
): Result<readonly AppealEvent[]> => {
  const step = stepFrom(appealTable[order.command], state.status, setting.role);
  if (!step.ok) return step;
  const { text } = order;
  if (!text) return refuse(noWords);
  if (order.command === 'receive') {
    const { application, kind, on } = order;
    if (!setting.notified) return refuse(nothingNotified);
    if (on > setting.today) return refuse(dayToCome);
    return ok([{ type: 'AppealReceived-V1', data: { application, kind, on, text } }]);
  }
  if (order.command === 'reform' && !setting.corrected) return refuse(notCorrected);
  const type = ({ study: 'AppealStudied-V1', confirm: 'AppealConfirmed-V1', reform: 'AppealReformed-V1' } as const)[
    order.command
  ];
  return ok([{ type, data: { text } }]);
};

/** What an event makes of an appeal. */
export const evolveAppeal = (state: AppealState, event: AppealEvent): AppealState => {
  switch (event.type) {
    case 'AppealReceived-V1':
      return { ...state, ...event.data, status: 'received' };
    case 'AppealStudied-V1':
      return { ...state, status: 'studied', study: event.data.text };
    case 'AppealConfirmed-V1':
      return { ...state, status: 'confirmed', answer: event.data.text };
    case 'AppealReformed-V1':
      return { ...state, status: 'reformed', answer: event.data.text };
  }
};

const nothingNotified: Refusal = {
  code: 'nothing_notified',
  message: 'Aucune décision n’a encore été notifiée : il n’y a rien à contester.',
};
const notCorrected: Refusal = {
  code: 'not_corrected',
  message:
    'Corrigez d’abord la décision, sur la page des résultats, ou revenez sur l’irrecevabilité, sur celle de la candidature : le recours renvoie à la nouvelle décision.',
};
