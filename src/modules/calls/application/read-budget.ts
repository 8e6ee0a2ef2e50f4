import { isCompany } from '#modules/professionals/index.ts';
import type { Refusal } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import { readCents } from '../money.ts';
import type { Budget } from './budget.ts';
import { fundingStatuses, resourceSources } from './content.ts';

/** As many lines of each kind as a form sends. */
export const mostBudgetLines = 80;

/**
 * Reads the form of a budget: lines `expense-label-0`, `expense-cents-0`…, `resource-…`, `in_kind-…`. An empty line is left
 * out. An amount that is none (negative, three decimals, a formula, letters, more than a billion) keeps what it was in
 * `before`, and is told with its field; a line whose name or origin is missing is told too.
 */
export const readBudget = (
  form: FormData,
  before: Budget,
): { readonly content: Budget; readonly troubles: readonly Refusal[] } => {
  const troubles: Refusal[] = [];
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? oneLine(value) : '';
  };
  const amount = (field: string, was: number | undefined): number => {
    const read = readCents(text(field), field);
    if (!read.ok) troubles.push(read.error);
    return read.ok ? (read.value ?? 0) : (was ?? 0);
  };
  const labelled = (kind: 'expense' | 'in_kind', was: readonly { readonly cents: number }[]) =>
    lines.flatMap((at) => {
      const label = text(`${kind}-label-${at}`);
      if (label === '' && text(`${kind}-cents-${at}`) === '') return [];
      const cents = amount(`${kind}-cents-${at}`, was[at]?.cents);
      if (label === '') troubles.push(noLabel(`${kind}-label-${at}`));
      return label === '' ? [] : [{ label, cents }];
    });
  const expenses = labelled('expense', before.expenses);
  const resources = lines.flatMap((at) => {
    const [funder, typed] = [text(`resource-funder-${at}`), text(`resource-cents-${at}`)];
    const chosen = resourceSources.find((known) => known === text(`resource-source-${at}`));
    const siren = text(`resource-siren-${at}`).replaceAll(/\s/g, '');
    if (!chosen && `${funder}${typed}${siren}` === '') return [];
    const cents = amount(`resource-cents-${at}`, before.resources[at]?.cents);
    if (!chosen) {
      troubles.push(noSource(`resource-source-${at}`));
      return [];
    }
    const status = fundingStatuses.find((known) => known === text(`resource-status-${at}`)) ?? 'asked';
    if (funder === '' && (chosen === 'public' || chosen === 'private'))
      troubles.push(noFunder(`resource-funder-${at}`));
    if (siren !== '' && !isCompany(siren)) troubles.push(noSiren(`resource-siren-${at}`));
    // What is asked from the call is asked, whatever else is said of it: the answer is its decision.
    const said = chosen === 'call' ? ('asked' as const) : status;
    return [{ source: chosen, funder, status: said, cents, siren }];
  });
  return { content: { expenses, resources, in_kind: labelled('in_kind', before.in_kind) }, troubles };
};

const lines = Array.from({ length: mostBudgetLines }, (_, at) => at);

const noLabel = (field: string): Refusal => ({ code: 'label_missing', field, message: 'Nommez cette ligne.' });
const noSource = (field: string): Refusal => ({
  ...{ code: 'source_missing', field, message: 'Dites d’où vient cette ressource.' },
});
const noFunder = (field: string): Refusal => ({ code: 'funder_missing', field, message: 'Nommez ce financeur.' });
/** A number that is no company’s. It is kept as it was typed, and refused at the deposit. */
export const noSiren = (field: string): Refusal => ({
  ...{ code: 'siren_unreadable', field },
  message:
    'Un SIREN compte 9 chiffres, dont une clé : celui-ci contient une erreur. Vous pouvez laisser cette ligne vide.',
});
