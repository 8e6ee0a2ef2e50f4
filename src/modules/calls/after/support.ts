import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type StepTable, stepFrom } from '../step-table.ts';
import { dayToCome, noWords } from './after-refusals.ts';
import type { AfterRole } from './agreement.ts';

/**
 * One step of a technical support: what is to be done, and when (document 004, Landes). Those who support and those who are
 * supported both write them. The support itself ends by a decision of its own.
 */
export const supportStatuses = ['absent', 'planned', 'done', 'dropped'] as const;
export type SupportStatus = (typeof supportStatuses)[number];
export type SupportCommand = 'plan' | 'move' | 'note' | 'drop';

const both: readonly AfterRole[] = ['organiser', 'signatory', 'writer'];

export const supportTable: StepTable<
  SupportStatus,
  SupportCommand,
  AfterRole,
  'supportTold' | 'stepsNotFull' | 'wordsGiven' | 'dayNotLater' | 'reasonGiven'
> = {
  plan: {
    ...{ from: ['absent'], to: 'planned', by: both, guards: ['supportTold', 'stepsNotFull', 'wordsGiven'] },
    words: 'Prévoir une étape',
  },
  move: { from: ['planned'], to: 'same', by: both, guards: ['supportTold'], words: 'Changer le jour d’une étape' },
  note: {
    ...{ from: ['planned'], to: 'done', by: both, guards: ['supportTold', 'dayNotLater'] },
    words: 'Noter qu’une étape est faite',
  },
  drop: {
    ...{ from: ['planned'], to: 'dropped', by: both, guards: ['supportTold', 'reasonGiven'] },
    words: 'Renoncer à une étape',
  },
};

export const supportWords: Readonly<Record<SupportStatus, string>> = {
  ...{ absent: '', planned: 'prévue', done: 'faite', dropped: 'abandonnée' },
};

/** What a planned step may become, for a list to choose from. */
export const supportChoices = [
  { value: 'note', label: 'Elle est faite' },
  { value: 'drop', label: 'Elle n’aura pas lieu' },
  { value: 'move', label: 'Son jour change' },
] as const;

export type Side = 'holder' | 'organiser';

/** Days are ISO; words are ids of texts. */
export type SupportStep = {
  readonly id: string;
  readonly status: SupportStatus;
  readonly by: Side;
  /** The day for which it is planned. */
  readonly on: string;
  readonly words: string;
  /** Once done or dropped: who said so, the day, and what they said. */
  readonly settled: { readonly by: Side; readonly on: string; readonly words: string | null } | null;
};

export interface SupportState {
  readonly steps: readonly SupportStep[];
}

export const noSupport: SupportState = { steps: [] };

export type SupportEvent =
  | { readonly type: 'SupportStepPlanned-V1'; readonly data: Pick<SupportStep, 'id' | 'by' | 'on' | 'words'> }
  | { readonly type: 'SupportStepMoved-V1'; readonly data: { readonly id: string; readonly on: string } }
  | {
      readonly type: 'SupportStepSettled-V1';
      readonly data: {
        readonly id: string;
        readonly status: 'done' | 'dropped';
        readonly by: Side;
        readonly on: string;
        readonly words: string | null;
      };
    };

export type SupportOrder =
  | { readonly command: 'plan'; readonly id: string; readonly on: string; readonly words: string | undefined }
  | { readonly command: 'move'; readonly id: string; readonly on: string }
  | { readonly command: 'note' | 'drop'; readonly id: string; readonly on: string; readonly words: string | undefined };

/** Of one support, whatever became of them. */
const MOST_STEPS = 60;

/** What a command makes of a support. `told`: the decision to support was told, and no other one followed. */
export const decideSupport = (
  { steps }: SupportState,
  order: SupportOrder,
  { role, told, today }: { readonly role: AfterRole; readonly told: boolean; readonly today: string },
): Result<readonly SupportEvent[]> => {
  const { id, on } = order;
  const step = steps.find((one) => one.id === id);
  const may = stepFrom(supportTable[order.command], step?.status ?? 'absent', role);
  if (!may.ok) return may;
  if (!told) return refuse(notSupported);
  const by: Side = role === 'organiser' ? 'organiser' : 'holder';
  switch (order.command) {
    case 'plan':
      if (steps.length >= MOST_STEPS) return refuse(tooManySteps);
      return order.words
        ? ok([{ type: 'SupportStepPlanned-V1', data: { id, by, on, words: order.words } }])
        : refuse({ ...noWords, field: 'words', message: 'Écrivez ce qui est prévu.' });
    case 'move':
      return ok([{ type: 'SupportStepMoved-V1', data: { id, on } }]);
    case 'note':
    case 'drop': {
      if (on > today) return refuse(dayToCome);
      const { words = null } = order;
      if (order.command === 'drop' && words === null) return refuse({ ...noWords, field: 'words' });
      const status = order.command === 'note' ? 'done' : 'dropped';
      return ok([{ type: 'SupportStepSettled-V1', data: { id, status, by, on, words } }]);
    }
  }
};

/** What an event makes of a support. Steps stay in the order of their days. */
export const evolveSupport = ({ steps }: SupportState, { type, data }: SupportEvent): SupportState => {
  switch (type) {
    case 'SupportStepPlanned-V1':
      return inOrder([...steps, { ...data, status: 'planned', settled: null }]);
    case 'SupportStepMoved-V1':
      return inOrder(steps.map((one) => (one.id === data.id ? { ...one, on: data.on } : one)));
    case 'SupportStepSettled-V1': {
      const { id, status, ...settled } = data;
      return inOrder(steps.map((one) => (one.id === id ? { ...one, status, settled } : one)));
    }
  }
};

const inOrder = (steps: readonly SupportStep[]): SupportState => ({
  steps: steps.toSorted((one, other) => (one.on === other.on ? 0 : one.on < other.on ? -1 : 1)),
});

const notSupported: Refusal = {
  code: 'no_support',
  message: 'Aucun accompagnement technique n’est en cours pour ce projet.',
};
const tooManySteps: Refusal = {
  ...{ code: 'too_many_steps', field: 'words' },
  message: `Un accompagnement compte ${MOST_STEPS} étapes au plus. Notez la suite dans l’une de celles qui sont prévues.`,
};
