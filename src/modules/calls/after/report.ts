import { z } from 'zod';
import type { StepTable } from '../step-table.ts';
import type { AfterRole } from './agreement.ts';

export const reportKinds = { interim: 'Bilan intermédiaire', final: 'Bilan final' } as const;
export type ReportKind = keyof typeof reportKinds;

/** `asked`: waits for the holder, the first time or because something more was asked. */
export const reportStatuses = ['absent', 'asked', 'received', 'complete', 'validated'] as const;
export type ReportStatus = (typeof reportStatuses)[number];

export type ReportCommand = 'ask' | 'write' | 'give' | 'remind' | 'findComplete' | 'askMore' | 'validate';

/** Which command leads where for one report. */
export const reportTable: StepTable<
  ReportStatus,
  ReportCommand,
  AfterRole,
  'inForceOrLabel' | 'askedOnce' | 'everythingSaid' | 'sameHash' | 'reasonGiven' | 'thirtyDays'
> = {
  ask: {
    ...{ from: ['absent'], to: 'asked', by: ['organiser', 'house'], guards: ['inForceOrLabel', 'askedOnce'] },
    words: 'Demander un bilan',
  },
  write: {
    ...{
      from: ['asked'],
      to: 'same',
      by: ['signatory', 'writer'],
      guards: ['inForceOrLabel'],
      words: 'Écrire le bilan',
    },
  },
  give: {
    ...{ from: ['asked'], to: 'received', by: ['signatory'], guards: ['inForceOrLabel', 'everythingSaid', 'sameHash'] },
    words: 'Signer et envoyer le bilan',
  },
  remind: { from: ['asked'], to: 'same', by: ['house'], guards: ['inForceOrLabel', 'thirtyDays'], words: 'Rappeler' },
  findComplete: {
    ...{
      from: ['received'],
      to: 'complete',
      by: ['organiser'],
      guards: ['inForceOrLabel'],
      words: 'Constater qu’il est complet',
    },
  },
  askMore: {
    ...{ from: ['received', 'complete'], to: 'asked', by: ['organiser'], guards: ['inForceOrLabel', 'reasonGiven'] },
    words: 'Demander un complément',
  },
  validate: {
    ...{ from: ['complete'], to: 'validated', by: ['organiser'], guards: ['inForceOrLabel'], words: 'Valider' },
  },
};

/** One report as the journal knows it. */
export type GivenReport = {
  readonly id: string;
  readonly kind: ReportKind;
  readonly status: ReportStatus;
  /** ISO days. */
  readonly askedOn: string;
  readonly due: string;
  /** When it was last asked for, reminders and requests for more included. */
  readonly lastAskedOn: string;
  readonly reminders: number;
  /** Id and hash of what the holder signed last. */
  readonly content: { readonly id: string; readonly sha256: string } | null;
  /** Id of the text that asks for more. */
  readonly more: string | null;
};

/** What becomes of the project afterwards (Landes: from a call to a permanent line). */
export const nextSteps = {
  ri_afc: 'Une ligne durable : règlement intérieur d’action sociale de la Caf (RI AFC)',
  other_line: 'Une autre ligne durable (collectivité, établissement…)',
  other_call: 'Un autre appel à projets',
  own_budget: 'Le budget propre de la structure',
  stop: 'Le projet s’arrête',
} as const;
export type NextStep = keyof typeof nextSteps;
export const nextStepCodes = Object.keys(nextSteps) as NextStep[];

const long = z.string().max(10_000);
const line = z.string().max(300);
const cents = z.number().int().min(0).max(100_000_000_000);

/** The words of a report: the same questions everywhere. */
export const reportWords = {
  done: 'Ce qui a été fait',
  families:
    'Ce qui a changé pour les familles (R-96 : la capacité du projet à répondre aux enjeux des 1000 premiers jours)',
  difficulties: 'Ce qui a été difficile, ce que vous feriez autrement',
  permanence: 'Ce qu’il faudrait pour que le projet dure (R-96)',
} as const;
export type ReportWord = keyof typeof reportWords;

/** What a report holds. Indicators are those of the application, by their ids. */
export const reportSchema = z.object({
  indicators: z.array(z.object({ id: z.string().min(1).max(40), actual: z.number().nullable(), words: line })).max(40),
  expenses: z.array(z.object({ label: line.min(1), planned: cents, spent: cents.nullable() })).max(120),
  words: z.object({ done: long, families: long, difficulties: long, permanence: long }),
  next: z.enum(['', ...nextStepCodes]),
  next_words: line,
});
export type ReportContent = z.infer<typeof reportSchema>;

/** A report before anybody wrote it: each indicator and each expense of what was deposited. */
export const emptyReport = (
  indicators: readonly { readonly id: string }[],
  expenses: readonly { readonly label: string; readonly cents: number }[],
): ReportContent => ({
  indicators: indicators.map(({ id }) => ({ id, actual: null, words: '' })),
  expenses: expenses.map(({ label, cents: planned }) => ({ label, planned, spent: null })),
  words: { done: '', families: '', difficulties: '', permanence: '' },
  ...{ next: '', next_words: '' },
});

/** What a report still has to say before it is given: names of fields. A value that nobody has needs a reason instead. */
export const missingIn = (content: ReportContent, kind: ReportKind): readonly string[] => [
  ...(content.words.done.trim() === '' ? ['done'] : []),
  ...(kind === 'final' && content.words.families.trim() === '' ? ['families'] : []),
  ...content.indicators.flatMap(({ id, actual, words }) =>
    actual === null && words.trim() === '' ? [`actual_${id}`] : [],
  ),
  ...(kind === 'final' ? content.expenses.flatMap(({ spent }, at) => (spent === null ? [`spent_${at}`] : [])) : []),
  ...(kind === 'final' && content.next === '' ? ['next'] : []),
];
