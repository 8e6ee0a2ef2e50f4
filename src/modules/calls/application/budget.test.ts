import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typedCents } from '../money.ts';
import { type Budget, balanced, budgetAdvice, budgetTotals, budgetTroubles } from './budget.ts';
import { contentSchema, fundingStatuses, resourceSources } from './content.ts';
import { readBudget } from './read-budget.ts';

const grant = { money: true };
const nothing: Budget = { expenses: [], resources: [], in_kind: [] };
const resource = (more: Partial<Budget['resources'][number]> = {}) => ({
  ...{ source: 'call' as const, funder: '', status: 'asked' as const, cents: 0, siren: '' },
  ...more,
});
const plan: Budget = {
  expenses: [
    { label: 'Salaires', cents: 3_000_000 },
    { label: 'Locaux', cents: 500_050 },
  ],
  resources: [
    resource({ cents: 2_000_000 }),
    resource({ source: 'public', funder: 'Caf', status: 'acquired', cents: 1_000_050, siren: '123456782' }),
    resource({ source: 'own', status: 'acquired', cents: 380_000 }),
  ],
  in_kind: [{ label: 'Bénévolat', cents: 900_000 }],
};

describe('what a budget comes to', () => {
  test('in-kind is apart, and what is missing is said to the cent', () => {
    expect(budgetTotals(plan)).toEqual({
      ...{ expenses: 3_500_050, resources: 3_380_050, asked: 2_000_000, gap: 120_000 },
      ...{ acquired: 1_380_050, pending: 0, refused: 0, inKind: 900_000 },
    });
    expect(balanced(plan)).toBe(false);
    expect(budgetAdvice(plan, grant).map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
      'Il manque 1 200 € de ressources.',
    ]);
  });

  test('a co-funder who refused brings nothing', () => {
    const more = resource({ source: 'private', funder: 'Fondation', cents: 120_000 });
    expect(balanced({ ...plan, resources: [...plan.resources, more] })).toBe(true);
    const refused = { ...plan, resources: [...plan.resources, { ...more, status: 'refused' as const }] };
    expect(budgetTotals(refused)).toMatchObject({ gap: 120_000, refused: 120_000, pending: 0 });
  });

  test('another call that funds the project is a resource like another (R-38)', () => {
    const other = resource({ source: 'public', funder: 'AMI « Territoires »', status: 'acquired', cents: 120_000 });
    expect(balanced({ ...plan, resources: [...plan.resources, other] })).toBe(true);
  });

  test('an empty budget, one that asks nothing and one with too much are told', () => {
    expect(budgetAdvice(nothing, grant)).toEqual(['Écrivez les dépenses du projet.']);
    const rich = {
      ...plan,
      expenses: [{ label: 'Salaires', cents: 100 }],
      resources: [resource({ source: 'own', cents: 300 })],
    };
    expect(budgetAdvice(rich, grant).map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
      'Les ressources dépassent les dépenses de 2 €.',
      'Dites le montant demandé à cet appel.',
    ]);
    expect(budgetAdvice({ ...plan, in_kind: [{ label: 'Prêt de salle', cents: 0 }] }, grant)).toContain(
      'Une ligne n’a pas encore de montant.',
    );
  });

  test('where no money is asked, a plan may be incomplete (R-39b), and never bring more than the project costs', () => {
    const free = { money: false };
    expect([budgetTroubles(nothing, free), budgetTroubles(plan, free), budgetAdvice(nothing, free)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(budgetAdvice({ ...plan, resources: [] }, free)).toHaveLength(1);
    const rich = { ...nothing, resources: [resource({ source: 'own', cents: 300 })] };
    expect(budgetTroubles(rich, free)).toHaveLength(1);
    expect(budgetTroubles(plan, grant)).toEqual(budgetAdvice(plan, grant));
  });
});

const cents = fc.integer({ min: 0, max: 100_000_000_000 });
const label = fc.stringMatching(/^[A-Za-zé]{1,20}$/);
const anyBudget: fc.Arbitrary<Budget> = fc.record({
  expenses: fc.array(fc.record({ label, cents }), { maxLength: 12 }),
  resources: fc.array(
    fc
      .record({
        source: fc.constantFrom(...resourceSources),
        status: fc.constantFrom(...fundingStatuses),
        ...{ funder: label, cents, siren: fc.constantFrom('', '123456782') },
      })
      .map((line) => (line.source === 'call' ? { ...line, status: 'asked' as const } : line)),
    { maxLength: 12 },
  ),
  in_kind: fc.array(fc.record({ label, cents }), { maxLength: 12 }),
});

test('the order of the lines changes no total; each refused or voluntary amount stays out of the balance', () => {
  fc.assert(
    fc.property(anyBudget, cents, (budget, amount) => {
      const totals = budgetTotals(budget);
      const turned = {
        expenses: budget.expenses.toReversed(),
        resources: budget.resources.toReversed(),
        in_kind: budget.in_kind.toReversed(),
      };
      expect(budgetTotals(turned)).toEqual(totals);
      expect(totals.resources).toBe(totals.asked + totals.acquired + totals.pending);
      expect(Number.isSafeInteger(totals.expenses)).toBe(true);
      const refused = resource({ source: 'public', status: 'refused', cents: amount });
      const aside = { ...budget, resources: [...budget.resources, refused] };
      expect(budgetTotals(aside).gap).toBe(totals.gap);
      expect(budgetTotals({ ...budget, in_kind: [...budget.in_kind, { label: 'x', cents: amount }] }).gap).toBe(
        totals.gap,
      );
    }),
  );
});

/** The form that shows a budget. */
const formOf = ({ expenses, resources, in_kind }: Budget): FormData => {
  const form = new FormData();
  for (const [kind, lines] of [
    ['expense', expenses],
    ['in_kind', in_kind],
  ] as const) {
    for (const [at, line] of lines.entries()) {
      form.set(`${kind}-label-${at}`, line.label);
      form.set(`${kind}-cents-${at}`, line.cents === 0 ? '' : typedCents(line.cents));
    }
  }
  for (const [at, { cents: amount, ...line }] of resources.entries()) {
    for (const [name, value] of Object.entries(line)) form.set(`resource-${name}-${at}`, value);
    form.set(`resource-cents-${at}`, typedCents(amount));
  }
  return form;
};

test('what a form shows, it reads again', () => {
  fc.assert(
    fc.property(anyBudget, (budget) => {
      expect(readBudget(formOf(budget), nothing)).toEqual({ content: budget, troubles: [] });
      expect(contentSchema.budget.safeParse(budget).success).toBe(true);
    }),
  );
});

describe('an amount that is none is told on its line, and what was there stays', () => {
  test.each([
    ['-500', 'amount_negative'],
    ['−500', 'amount_negative'],
    ['1000000000000000', 'amount_too_large'],
    ['1000000000,01', 'amount_too_large'],
    ['12,345', 'amount_too_fine'],
    ['=1+1', 'amount_unreadable'],
    ['=SUM(A1:A9)', 'amount_unreadable'],
    ['10^15', 'amount_unreadable'],
    ['1e15', 'amount_unreadable'],
    ['mille', 'amount_unreadable'],
    ['١٢', 'amount_unreadable'],
    ['1.234,50', 'amount_unreadable'],
  ])('%s', (typed, code) => {
    const form = formOf(plan);
    form.set('expense-cents-1', typed);
    const { content, troubles } = readBudget(form, plan);
    expect(troubles).toMatchObject([{ code, field: 'expense-cents-1' }]);
    expect(troubles[0]?.message).not.toContain(typed);
    expect(content).toEqual(plan);
  });

  test('a line without its name, its origin, its funder or with half a SIREN', () => {
    const form = formOf(plan);
    form.set('expense-cents-7', '12');
    form.set('resource-cents-5', '12');
    form.set('resource-source-6', 'public');
    form.set('resource-siren-6', '1234');
    expect(readBudget(form, plan).troubles.map(({ code, field }) => [code, field])).toEqual([
      ['label_missing', 'expense-label-7'],
      ['source_missing', 'resource-source-5'],
      ['funder_missing', 'resource-funder-6'],
      ['siren_unreadable', 'resource-siren-6'],
    ]);
  });
});
