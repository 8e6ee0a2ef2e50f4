import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventQuestion, type SearchedSeries, searchEvents } from './search.ts';

const series = (id: string, starts: readonly number[], more: Partial<SearchedSeries> = {}): SearchedSeries => ({
  ...{
    id,
    organisation: 'o',
    insee: '35238',
    departement: '35',
    timeZone: 'Europe/Paris',
    kind: 'atelier',
    mode: 'lieu',
  },
  ...{ lat: 48.11, lon: -1.68, audiences: [], priorities: [], languages: [], access: [], costs: [] },
  ...{ age_from: null, age_to: null, company: 'au-choix', terms: new Set<string>() },
  starts: Int32Array.from(starts),
  occurrences: Int32Array.from(starts, (_, at) => Number(id) * 1_000 + at),
  ...more,
});

const ask = (all: readonly SearchedSeries[], question: Partial<EventQuestion> = {}) =>
  searchEvents(all, { from: () => 0, to: 1_000_000, limit: 20, ...question });
const idsOf = (all: readonly SearchedSeries[], question: Partial<EventQuestion> = {}): number[] =>
  ask(all, question).hits.map(({ occurrence }) => occurrence);

describe('the search of the agenda', () => {
  it('gives the earliest first, from several series', () => {
    expect(idsOf([series('1', [10, 40]), series('2', [20, 30])])).toEqual([1000, 2000, 2001, 1001]);
  });

  it('keeps to the days and the hours asked for', () => {
    const day = 24 * 60;
    const evenings = [series('1', [9 * 60, 18 * 60, day + 9 * 60, day + 18 * 60, 3 * day])];
    expect(idsOf(evenings, { to: 2 * day, hours: { from: 17 * 60, to: day } })).toEqual([1001, 1003]);
    expect(idsOf(evenings, { from: () => day, to: 2 * day })).toEqual([1002, 1003]);
  });

  const kept: readonly (readonly [Partial<EventQuestion>, Partial<SearchedSeries>, Partial<SearchedSeries>])[] = [
    [{ kinds: ['cafe'] }, { kind: 'cafe' }, { kind: 'atelier' }],
    [{ audiences: ['parents'] }, { audiences: ['parents'] }, {}],
    [{ costs: ['gratuit'] }, { costs: ['gratuit'] }, { costs: ['payant'] }],
    [{ access: ['poussette', 'calme'] }, { access: ['calme', 'poussette'] }, { access: ['calme'] }],
    [{ languages: ['ar', 'tr'] }, { languages: ['tr'] }, {}],
    [{ company: 'sans' }, { company: 'au-choix' }, { company: 'avec' }],
    [{ age: 6 }, { age_from: 3, age_to: 12 }, { age_from: 12, age_to: null }],
    [{ stems: ['portag'] }, { terms: new Set(['portag']) }, { terms: new Set(['chant']) }],
    [{ priorities: [2] }, { priorities: [1, 2] }, { priorities: [3] }],
    [{ modes: ['visio'] }, { mode: 'visio' }, { mode: 'lieu' }],
  ];
  it.each(kept)('asked for %j, keeps %j and not %j', (question, kept, left) => {
    expect(idsOf([series('1', [1], kept), series('2', [1], left)], question)).toEqual([1000]);
  });

  it('looks in the communes asked for and around; what is at a distance is everywhere', () => {
    const all = [
      series('1', [1]),
      series('2', [1], { insee: '35001', lat: 48.2 }),
      series('3', [1], { insee: '29232', lat: 48, lon: -4.1 }),
      series('4', [1], { insee: '97411', lat: -20.9, lon: 55.4, mode: 'visio' }),
    ];
    const place = { codes: new Set(['35238']), spot: { lat: 48.11, lon: -1.68 } };
    expect(idsOf(all, { place: { ...place, km: 5 } })).toEqual([1000, 4000]);
    expect(idsOf(all, { place: { ...place, km: 20 } })).toEqual([1000, 2000, 4000]);
    expect(idsOf(all, { place: { prefixes: ['29'], spot: place.spot } })).toEqual([3000, 4000]);
    expect(idsOf(all, { place: { box: { west: -5, east: -4, south: 47, north: 49 } } })).toEqual([3000, 4000]);
  });

  it('counts what each choice would give in place of the one made, and nothing unless asked', () => {
    const all = [
      series('1', [1, 5, 9], { kind: 'cafe', languages: ['ar'], access: ['calme', 'lsf'], company: 'avec' }),
      series('2', [2], { languages: ['ar', 'tr'], costs: ['gratuit'] }),
      series('3', [3], { kind: 'groupe', languages: ['tr'] }),
      series('4', [4], { kind: 'groupe', languages: ['ar'], priorities: [9] }),
    ];
    expect(ask(all).counts).toBeUndefined();
    const { total, counts } = ask(all, { counting: true, kinds: ['cafe'], languages: ['ar'], to: 9 });
    expect(total).toBe(2);
    expect(counts && Object.fromEntries(Object.entries(counts).map(([facet, codes]) => [facet, [...codes]]))).toEqual({
      kinds: [
        ['cafe', 2],
        ['atelier', 1],
        ['groupe', 1],
      ],
      ...{ audiences: [], costs: [], languages: [['ar', 2]], company: [['avec', 2]] },
      access: [
        ['calme', 2],
        ['lsf', 2],
      ],
    });
    // The evening of a day, or what lies beside the choices counted, narrows the counts too.
    expect(ask(all, { counting: true, priorities: [9] }).counts?.kinds).toEqual(new Map([['groupe', 1]]));
    expect(ask(all, { counting: true, hours: { from: 5, to: 8 } }).counts?.kinds).toEqual(new Map([['cafe', 1]]));
  });

  it('page after page, gives everything once, in order, as a plain sort would', () => {
    const starts = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(starts, { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (lists, limit, evening) => {
          const all = lists.map((list, at) =>
            series(
              String(at + 1),
              list.toSorted((a, b) => a - b),
            ),
          );
          const hours = evening ? { hours: { from: 600, to: 900 } } : {};
          const expected = all
            .flatMap((one) => [...one.starts].map((start, at) => ({ start, occurrence: one.occurrences[at] ?? 0 })))
            .filter(
              ({ start }) =>
                start >= 100 && start < 4_000 && (!evening || (start % 1_440 >= 600 && start % 1_440 < 900)),
            )
            .sort((a, b) => a.start - b.start || a.occurrence - b.occurrence)
            .map(({ occurrence }) => occurrence);
          const given: number[] = [];
          let after: EventQuestion['after'];
          for (let page = 0; page < 300; page += 1) {
            const found = ask(all, { from: () => 100, to: 4_000, limit, after, ...hours });
            expect(found.total).toBe(expected.length);
            given.push(...found.hits.map(({ occurrence }) => occurrence));
            after = found.next;
            if (!after) break;
          }
          expect(given).toEqual(expected);
        },
      ),
    );
  });
});
