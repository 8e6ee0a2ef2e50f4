import { z } from 'zod';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { ApplicationContent } from '../application/content.ts';
import type { Indicator } from '../application/indicators.ts';
import type { Frame } from '../frame.ts';
import { type StepTable, stepFrom } from '../step-table.ts';
import type { AfterRole } from './agreement.ts';

/**
 * A laureate in the library of initiatives. The organiser proposes a text, the holder agrees to that very text, the
 * organiser publishes it; the holder takes their agreement back at any time, and it goes.
 */
export const showcaseStatuses = ['absent', 'proposed', 'agreed', 'published', 'withdrawn'] as const;
export type ShowcaseStatus = (typeof showcaseStatuses)[number];
export type ShowcaseCommand = 'propose' | 'agree' | 'publish' | 'withdraw';

export const showcaseTable: StepTable<
  ShowcaseStatus,
  ShowcaseCommand,
  AfterRole,
  'notified' | 'laureate' | 'sameHash' | 'priorityChosen'
> = {
  propose: {
    ...{ from: ['absent', 'proposed', 'agreed', 'withdrawn'], to: 'proposed', by: ['organiser'] },
    ...{ guards: ['laureate', 'notified', 'priorityChosen'], words: 'Proposer un texte' },
  },
  agree: {
    ...{ from: ['proposed'], to: 'agreed', by: ['signatory'], guards: ['sameHash'], words: 'Accepter ce texte' },
  },
  publish: {
    ...{ from: ['agreed'], to: 'published', by: ['organiser'], guards: ['laureate', 'notified'], words: 'Publier' },
  },
  withdraw: {
    ...{ from: ['proposed', 'agreed', 'published'], to: 'withdrawn', by: ['signatory', 'organiser'], guards: [] },
    words: 'Retirer',
  },
};

/** What the library of initiatives will say, word for word. */
export const showcaseSchema = z.object({
  title: z.string().trim().min(1).max(90),
  name: z.string().trim().max(200),
  holder: z.string().trim().min(1).max(300),
  summary: z.string().trim().min(1).max(420),
  /** Number of the main axis in its edition; null where the call has none. */
  axis: z.number().int().positive().nullable(),
  axis_words: z.string().max(300),
  /** Numbers of the ten priorities. */
  priorities: z.array(z.number().int().min(1).max(10)).min(1).max(10),
  /** They come from the mapping of the frame, and nobody has confirmed them: said as « proposé, à valider ». */
  proposed: z.boolean(),
  /** `commune:35238`, `epci:…`; empty: no place is told. */
  place: z.string().max(40),
  regions: z.array(z.string().max(3)).max(20),
  departements: z.array(z.string().max(3)).max(110),
});
export type ShowcaseText = z.infer<typeof showcaseSchema>;

/** What others may take up for a project of their own, from what was deposited: no figure, no day, nothing else. */
export type Remade = {
  readonly axes: readonly number[];
  readonly audience: string;
  readonly stages: readonly string[];
  readonly indicators: readonly Omit<Indicator, 'id' | 'baseline' | 'target' | 'due'>[];
};

/** All that the holder agrees to, by one hash: what the library says, and what others may take up. */
export type AgreedText = ShowcaseText & { readonly remade?: Remade };

/** What others may take up of an application. */
export const remadeOf = ({ axes, audience, indicators }: ApplicationContent): Remade => ({
  ...{ axes: axes.axes, audience: audience.words, stages: audience.stages },
  indicators: indicators.indicators.map(({ axis, title, kind, population, unit, source, method }) => ({
    ...{ axis, title, kind, population, unit, source, method },
  })),
});

export interface ShowcaseState {
  readonly status: ShowcaseStatus;
  readonly text: { readonly id: string; readonly sha256: string } | null;
  /** In the library, once published for the first time. */
  readonly slug: string | null;
}

export const noShowcase: ShowcaseState = { status: 'absent', text: null, slug: null };

export type ShowcaseEvent =
  | {
      readonly type: 'ShowcaseProposed-V1' | 'ShowcaseAgreed-V1';
      readonly data: { readonly id: string; readonly sha256: string };
    }
  | { readonly type: 'ShowcasePublished-V1'; readonly data: { readonly slug: string } }
  | { readonly type: 'ShowcaseWithdrawn-V1'; readonly data: { readonly by: 'holder' | 'organiser' } };

export type ShowcaseOrder =
  | { readonly command: 'propose'; readonly text: { readonly id: string; readonly sha256: string } }
  | { readonly command: 'agree'; readonly sha256: string }
  | { readonly command: 'publish'; readonly slug: string }
  | { readonly command: 'withdraw' };

/** What a command makes of a showcase. `laureate`: something was granted, and told. */
export const decideShowcase = (
  state: ShowcaseState,
  order: ShowcaseOrder,
  { role, laureate }: { readonly role: AfterRole; readonly laureate: boolean },
): Result<readonly ShowcaseEvent[]> => {
  const step = stepFrom(showcaseTable[order.command], state.status, role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'propose':
      return laureate ? ok([{ type: 'ShowcaseProposed-V1', data: order.text }]) : refuse(tooEarly);
    case 'agree':
      return state.text && state.text.sha256 === order.sha256
        ? ok([{ type: 'ShowcaseAgreed-V1', data: state.text }])
        : refuse(changed);
    case 'publish':
      return laureate ? ok([{ type: 'ShowcasePublished-V1', data: { slug: order.slug } }]) : refuse(tooEarly);
    case 'withdraw':
      return ok([{ type: 'ShowcaseWithdrawn-V1', data: { by: role === 'organiser' ? 'organiser' : 'holder' } }]);
  }
};

/** What an event makes of a showcase. */
export const evolveShowcase = (state: ShowcaseState, event: ShowcaseEvent): ShowcaseState => {
  switch (event.type) {
    case 'ShowcaseProposed-V1':
      return { ...state, status: 'proposed', text: event.data };
    case 'ShowcaseAgreed-V1':
      return { ...state, status: 'agreed' };
    case 'ShowcasePublished-V1':
      return { ...state, status: 'published', slug: event.data.slug };
    case 'ShowcaseWithdrawn-V1':
      return { ...state, status: 'withdrawn' };
  }
};

const tooEarly: Refusal = {
  code: 'not_notified',
  message: 'Un lauréat n’est montré qu’une fois la décision notifiée.',
};
const changed: Refusal = {
  code: 'another_text',
  message: 'Le texte a changé depuis que vous l’avez lu. Relisez-le avant de donner votre accord.',
};

/** The priorities that the frame ties to axes; none where nobody decided it. They are proposed, and to be confirmed. */
export const prioritiesOfAxes = (frame: Pick<Frame, 'undecided'>, axes: readonly number[]): readonly number[] => {
  const tied = axes.flatMap((axis) => frame.undecided.priorities_of_axes[String(axis)] ?? []);
  return [...new Set(tied)].toSorted((one, other) => one - other);
};

/**
 * The axes, among those of a call, that the frame ties to priorities: the same link read the other way. Proposed, and to be
 * checked by whoever writes; none where nobody decided it.
 */
export const axesOfPriorities = (
  { undecided: { priorities_of_axes: tied } }: Pick<Frame, 'undecided'>,
  priorities: readonly number[],
  axes: readonly number[],
): readonly number[] => axes.filter((axis) => tied[String(axis)]?.some((one) => priorities.includes(one)));
