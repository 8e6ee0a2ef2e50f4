import { expect, test } from 'vitest';
import { compareScenarios } from './scenario.ts';

test('scenarios are counted side by side, line by line; a tie that one cuts is shown', () => {
  const candidate = (number: number, rank: number | undefined, axes: number[], departements: string[]) => ({
    ...{ id: String(number), number, title: `Projet ${number}`, holder: 'H', holderKind: 'association' },
    ...{ askedCents: 100, axes, departements, places: departements.map((code) => `departement:${code}`), rank },
  });
  const candidates = [candidate(1, 1, [1, 3], ['35']), candidate(2, 2, [3], ['35', '22']), candidate(3, 2, [2], [])];
  const envelope = (line: 'FIR' | 'P304-17', cents: number) => ({
    ...{ funder: line, agency: null, line, cents, topUps: [] },
  });
  const [first, second] = compareScenarios(
    [
      {
        id: 'x',
        name: 'Deux',
        given: new Map([
          ['1', { FIR: 70 }],
          ['2', { FIR: 40, 'P304-17': 5 }],
        ]),
      },
      { id: 'y', name: 'Aucun', given: new Map() },
    ],
    candidates,
    [envelope('FIR', 100), envelope('P304-17', 100)],
  );
  expect(first).toMatchObject({
    count: 2,
    uses: [
      { key: 'FIR', given: 110, left: -10 },
      { key: 'P304-17', given: 5, left: 95 },
    ],
    pooled: { total: 200, given: 115, left: 85 },
    axes: [
      { key: '3', count: 2, cents: 115 },
      { key: '1', count: 1, cents: 70 },
    ],
    departements: [
      { key: '35', count: 2, cents: 115 },
      { key: '22', count: 1, cents: 45 },
    ],
    places: [{ key: 'departement:35', count: 2 }, { key: 'departement:22' }],
    holders: [{ key: 'association', count: 2, cents: 115 }],
    ties: [{ rank: 2, taken: 1, left: 1 }],
  });
  expect(second).toMatchObject({ count: 0, axes: [], ties: [] });
});
