import { formatCents } from '../money.ts';
import type { PartContent } from './content.ts';

export type Budget = PartContent<'budget'>;

/** Where a resource comes from, as one chooses it. An expression of interest that funds the project too is a resource like another. */
export const sourceWords = {
  call: 'Demandé à cet appel',
  own: 'Fonds propres de la structure',
  public: 'Autre financeur public, ou autre appel (AMI…)',
  private: 'Financeur privé, fondation',
  sales: 'Participations et ventes',
} as const satisfies Record<Budget['resources'][number]['source'], string>;

/** What a co-funder said. */
export const fundingWords = { asked: 'Demandé', acquired: 'Acquis', refused: 'Refusé' } as const satisfies Record<
  Budget['resources'][number]['status'],
  string
>;

/** What the lines of a budget come to, in whole cents. */
export interface BudgetTotals {
  readonly expenses: number;
  /** Of what may come: what was refused brings nothing. */
  readonly resources: number;
  /** Asked from this call. */
  readonly asked: number;
  /** Of the co-funders: said yes, not answered yet, said no. */
  readonly acquired: number;
  readonly pending: number;
  readonly refused: number;
  /** Voluntary contributions, outside the balance. */
  readonly inKind: number;
  /** Expenses less resources: above zero, resources are missing. */
  readonly gap: number;
}

/** Adds a budget up. The order of the lines changes nothing. */
export const budgetTotals = ({ expenses, resources, in_kind }: Budget): BudgetTotals => {
  const others = resources.filter(({ source }) => source !== 'call');
  const spent = sum(expenses);
  const expected = sum(resources.filter(counts));
  return {
    ...{ expenses: spent, resources: expected, gap: spent - expected, inKind: sum(in_kind) },
    asked: sum(resources.filter((line) => line.source === 'call' && counts(line))),
    acquired: sum(others.filter(({ status }) => status === 'acquired')),
    pending: sum(others.filter(({ status }) => status === 'asked')),
    refused: sum(resources.filter((line) => !counts(line))),
  };
};

/** Expenses and resources are the same, to the cent, and are something (I-9). What a deposit asks. */
export const balanced = (budget: Budget): boolean => {
  const { expenses, gap } = budgetTotals(budget);
  return expenses > 0 && gap === 0;
};

/**
 * What is still to be done to a budget, in sentences; nothing when it is ready. `money`: whether the call asks an amount, in a
 * budget that balances. Where it does not, a plan may be incomplete when the project is decided on (R-39b).
 */
export const budgetAdvice = (budget: Budget, { money }: { readonly money: boolean }): readonly string[] => {
  const { expenses, gap, asked } = budgetTotals(budget);
  const unsaid = [...budget.expenses, ...budget.resources, ...budget.in_kind].filter(({ cents }) => cents === 0).length;
  return [
    ...(expenses === 0 && money ? ['Écrivez les dépenses du projet.'] : []),
    ...(gap > 0 ? [`Il manque ${formatCents(gap)} de ressources.`] : []),
    ...(gap < 0 ? [tooMuch(gap)] : []),
    ...(money && expenses > 0 && asked === 0 ? ['Dites le montant demandé à cet appel.'] : []),
    ...(unsaid === 1 ? ['Une ligne n’a pas encore de montant.'] : []),
    ...(unsaid > 1 ? [`${unsaid} lignes n’ont pas encore de montant.`] : []),
  ];
};

/** Of all that, what stands between an application and its deposit: all of it where money is asked, else a plan that cannot be. */
export const budgetTroubles = (budget: Budget, { money }: { readonly money: boolean }): readonly string[] => {
  const { gap } = budgetTotals(budget);
  return money ? budgetAdvice(budget, { money }) : gap < 0 ? [tooMuch(gap)] : [];
};

const tooMuch = (gap: number): string => `Les ressources dépassent les dépenses de ${formatCents(-gap)}.`;
const counts = ({ status }: { readonly status: string }): boolean => status !== 'refused';
const sum = (lines: readonly { readonly cents: number }[]): number => lines.reduce((all, { cents }) => all + cents, 0);
