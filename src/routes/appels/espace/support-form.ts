import { formatDay } from '#messages/format.ts';
import { supportChoices, supportWords } from '#modules/calls/index.ts';
import { noteSupport, planSupport, type SupportLine } from '#modules/calls/server/index.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import type { Sent } from './act.ts';

/** The steps of a technical support as a page shows them. */
export const shownSteps = (steps: readonly SupportLine[]) =>
  steps.map(({ id, status, by, on, words, settled }) => ({
    ...{ id, words, planned: status === 'planned', said: supportWords[status] },
    ...{ on: formatDay('fr', on), by: sides[by] },
    settled: settled && {
      ...{ on: formatDay('fr', settled.on), by: sides[settled.by], words: settled.words },
    },
  }));
export type ShownStep = ReturnType<typeof shownSteps>[number];

const sides = { holder: 'la structure porteuse', organiser: 'les organisateurs' } as const;

/** Plans a step from the form of `SupportSteps.svelte`. */
export const planStep = async ({ context, form, text }: Sent, application: string): Promise<Result<void>> => {
  const on = readDate(datePartsOf(form, `day-${application}`), `day-${application}`);
  if (!on.ok) return on;
  if (!on.value) return { ok: false, error: { ...noDay, field: `day-${application}` } };
  return planSupport(context, application, { on: on.value.toString(), words: text('words') });
};

/** Notes what a planned step became, from the form of `SupportSteps.svelte`. */
export const noteStep = async ({ context, form, text }: Sent, application: string): Promise<Result<void>> => {
  const id = text('step');
  const on = readDate(datePartsOf(form, `day-${id}`), `day-${id}`);
  if (!on.ok) return on;
  if (!on.value) return { ok: false, error: { ...noDay, field: `day-${id}` } };
  const command = supportChoices.find(({ value }) => value === text('became'))?.value ?? 'note';
  return noteSupport(context, application, { command, id, on: on.value.toString(), words: text('words') });
};

const noDay: Refusal = { code: 'date_missing', message: 'Donnez le jour.' };
