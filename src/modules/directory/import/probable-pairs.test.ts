import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ComparedPlace, compare, prepare, reasonsToBeOne } from './duplicates.ts';
import { probablePairs } from './probable-pairs.ts';

const nursery = { name: 'Crèche Tom Pouce', kind: 'creche', line: '25 rue Voltaire', postcode: '79000' } as const;
const place = (more: Partial<ComparedPlace> = {}): ComparedPlace => ({
  ...{ ...nursery, phone: null, siret: null, finess: null, lat: 46.326, lon: -0.4549 },
  ...more,
});

/** Places of one small town, alike often enough to be mistaken. */
const places = fc.array(
  fc.record({
    name: fc.constantFrom('Crèche Tom Pouce', 'Tom Pouce', 'PMI du Centre', 'Centre social', 'Les Colibris'),
    kind: fc.constantFrom('creche', 'pmi', 'autre'),
    line: fc.constantFrom(null, '25 rue Voltaire', '25, RUE VOLTAIRE', '3 rue du Port'),
    postcode: fc.constant('79000'),
    phone: fc.constantFrom(null, '05 49 00 00 00', '05 49 11 11 11'),
    siret: fc.constantFrom(null, '1', '2'),
    finess: fc.constantFrom(null, null, '3'),
    lat: fc.double({ min: 46.32, max: 46.33, noNaN: true }),
    lon: fc.double({ min: -0.46, max: -0.45, noNaN: true }),
  }),
  { maxLength: 12 },
);

it('misses no pair that comparing all with all would find, and tells each once', () => {
  fc.assert(
    fc.property(places, (town) => {
      const all = town.flatMap((a, at) =>
        town.slice(at + 1).flatMap((b) => (reasonsToBeOne(a, b).length > 0 ? [[at, town.indexOf(b)]] : [])),
      );
      const told = [...probablePairs(town)].flat().map(({ a, b }) => [town.indexOf(a), town.indexOf(b)]);
      expect(told.toSorted()).toEqual(all.toSorted());
    }),
  );
});

it('weighs the same whichever comes first, between 1 and 100 when there is a reason and 0 when there is none', () => {
  fc.assert(
    fc.property(places, (town) => {
      const [a, b] = town.map((one) => prepare(one));
      if (!a || !b) return;
      const [there, back] = [compare(a, b), compare(b, a)];
      expect(back).toEqual(there);
      expect(there.score > 0 && there.score <= 100).toBe(there.reasons.length > 0);
    }),
  );
});

it('weighs more when one thing more is the same', () => {
  const weigh = (more: Partial<ComparedPlace>): number => compare(prepare(place()), prepare(place(more))).score;
  const alone = weigh({ name: 'Tom Pouce (crèche)', line: null, lat: null, lon: null });
  const near = weigh({ name: 'Tom Pouce (crèche)', line: null });
  const door = weigh({ name: 'Tom Pouce (crèche)' });
  expect([alone > 0, near > alone, door > near]).toEqual([true, true, true]);
  expect(compare(prepare(place({ finess: '1' })), prepare(place({ finess: '1', name: 'Autre' }))).score).toBe(100);
});

it('compares no two of a switchboard: its telephone tells of nobody', () => {
  const many = Array.from({ length: 300 }, (_, at) =>
    place({ name: `Service ${at}`, line: null, lat: null, lon: null, phone: '05 49 00 00 00' }),
  );
  expect([...probablePairs(many)].flat()).toEqual([]);
});
