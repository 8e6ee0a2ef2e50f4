import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm } from '#modules/territory/index.ts';
import { stem, words } from '#platform/text.ts';
import type { Timetable } from '../timetable.ts';
import { emptyWeek, mondayOf, openRange, weekNumber } from '../week.ts';
import { buildSegment, type OfferRow } from './build.ts';
import { nearestOffers, type OfferQuestion, searchOffers } from './search.ts';
import { openSegment, rowOf, type Segment, shownText, withdraw } from './segment.ts';
import { oneSlipAway } from './words.ts';

/** Saturday 21 November 2026, 11:00 in Paris, 14:00 in La Réunion, 6:00 in Martinique. */
const now = Temporal.Instant.from('2026-11-21T10:00:00Z');
const week = weekNumber(mondayOf(Temporal.PlainDate.from('2026-11-21')));
const encoder = new TextEncoder();

/** Open on Saturdays from 10:00 to 12:00. */
const saturdays = emptyWeek();
openRange(saturdays, 5 * 288 + 120, 5 * 288 + 144);
const timetables = new Map<number, Timetable>([
  [7, { firstWeek: week, bitmaps: saturdays, weeks: Array(27).fill(0), unsure: [] }],
  [8, { firstWeek: week, bitmaps: saturdays, weeks: Array(27).fill(0), unsure: [0] }],
  [9, { firstWeek: week, bitmaps: emptyWeek(), weeks: Array(27).fill(0), unsure: [], trouble: 'illisible' }],
  // A bus: nothing usual, one visit in two weeks.
  [
    10,
    {
      firstWeek: week,
      bitmaps: new Uint32Array([...emptyWeek(), ...saturdays]),
      weeks: [0, 0, 1, ...Array(24).fill(0)],
      unsure: [],
    },
  ],
]);

const offer = (id: number, more: Partial<OfferRow> & { text?: string } = {}): OfferRow => ({
  ...{ id, service: id + 1000, place: id + 2000, tour: null, lat: 48.1, lon: -1.67, insee: '35238', areas: [] },
  ...{ kind: 3, priorities: 0b10, audiences: 0, modes: 1, access: 0, languages: 1, costs: 1 },
  ...{ stageFrom: -40, stageTo: 156, zone: 'Europe/Paris', timetable: null },
  terms: encoder.encode([...new Set(words(more.text ?? 'PMI').map(stem))].sort().join(' ')),
  shown: encoder.encode(JSON.stringify({ name: `n° ${id}` })),
  ...more,
});

const segmentOf = (...rows: OfferRow[]): Segment => openSegment(buildSegment(rows, timetables, week - 1));

const rennes = { lat: 48.11, lon: -1.68 };
const question = (more: Partial<OfferQuestion> = {}): OfferQuestion => ({
  where: { kind: 'around', spot: rennes, km: 20 },
  filters: {},
  now,
  limit: 20,
  ...more,
});

const idsOf = (segments: readonly Segment[], asked: OfferQuestion): number[] =>
  searchOffers(segments, asked).hits.map(({ id }) => id);

describe('searching offers', () => {
  it('gives the nearest first, with the distance, and says how many there are', () => {
    const segment = segmentOf(offer(1, { lat: 48.2 }), offer(2), offer(3, { lat: 49 }));
    const answer = searchOffers([segment], question());
    expect(answer.total).toBe(2);
    expect(answer.hits.map(({ id }) => id)).toEqual([2, 1]);
    expect(answer.hits[0]?.metres).toBeCloseTo(1340, -2);
    expect(shownText(segment, answer.hits[0]?.row ?? -1)).toBe('{"name":"n° 2"}');
  });

  it('finds what a slow look at every offer finds, page after page', () => {
    const anyOffer = fc.record({
      lat: fc.double({ min: 47.9, max: 48.3, noNaN: true }),
      lon: fc.double({ min: -1.9, max: -1.4, noNaN: true }),
      priorities: fc.integer({ min: 0, max: 1023 }),
      kind: fc.integer({ min: 0, max: 5 }),
      access: fc.integer({ min: 0, max: 7 }),
      withoutPlace: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(anyOffer, { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 60 }),
        (drawn, km, limit, cut) => {
          const rows = drawn.map(({ withoutPlace, ...more }, at) =>
            offer(at + 1, withoutPlace ? { ...more, lat: null, lon: null, areas: ['france'] } : more),
          );
          const segments = [segmentOf(...rows.slice(0, cut)), segmentOf(...rows.slice(cut))];
          const asked = question({
            where: { kind: 'around', spot: rennes, km },
            areas: ['france', 'departement:35'],
            filters: { priorities: [2, 3], access: ['poussette'] },
            limit,
          });
          const passing = rows.filter(({ priorities, access }) => (priorities & 0b110) !== 0 && (access & 1) !== 0);
          // Columns are exact to a metre: what is nearer than that to the edge may fall on either side.
          const sure = (margin: number): number[] =>
            passing
              .filter(
                ({ lat, lon }) =>
                  lat === null || lon === null || distanceKm(rennes, { lat, lon }) * 1000 <= km * 1000 + margin,
              )
              .map(({ id }) => id);
          const pages: { id: number; metres: number | undefined }[] = [];
          let total = -1;
          for (let after: OfferQuestion['after']; ; ) {
            const answer = searchOffers(segments, { ...asked, ...(after ? { after } : {}) });
            total = answer.total;
            pages.push(...answer.hits);
            if (!answer.next) break;
            after = answer.next;
          }
          const ids = pages.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(total).toBe(ids.length);
          expect(ids).toEqual(expect.arrayContaining(sure(-2)));
          expect(sure(2)).toEqual(expect.arrayContaining(ids));
          const order = pages.map(({ metres }) => metres ?? Number.MAX_SAFE_INTEGER);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
          for (const { id, metres } of pages) {
            const { lat, lon } = rows[id - 1] ?? { lat: null, lon: null };
            if (lat === null || lon === null) expect(metres).toBeUndefined();
            else expect(Math.abs((metres ?? 0) - distanceKm(rennes, { lat, lon }) * 1000)).toBeLessThan(3);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes the whole commune and what is around its centre', () => {
    const segment = segmentOf(
      offer(1, { lat: 48.4 }),
      offer(2, { insee: '35051' }),
      offer(3, { insee: '35051', lat: 48.4 }),
    );
    const where = { kind: 'communes', codes: ['35238'], spot: rennes } as const;
    expect(idsOf([segment], question({ where: { ...where, km: 5 } }))).toEqual([2, 1]);
    expect(idsOf([segment], question({ where }))).toEqual([1]);
  });

  it('gives what is at a distance without any distance, only where it serves', () => {
    const remote = { lat: null, lon: null, insee: null, place: null };
    const segment = segmentOf(
      offer(1),
      offer(2, { ...remote, areas: ['france'] }),
      offer(3, { ...remote, areas: ['departement:75'] }),
    );
    const answer = searchOffers([segment], question({ areas: ['france', 'departement:35'] }));
    expect(answer.hits.map(({ id, metres }) => [id, metres !== undefined])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(idsOf([segment], question())).toEqual([1]);
  });

  it('gives a bus once for each service: at its nearest stop that has a date to come', () => {
    const stop = (id: number, lat: number, timetable: number | null) =>
      offer(id, { lat, timetable, service: 50, place: null, tour: 60 });
    const segment = segmentOf(stop(1, 48.11, 7), stop(2, 48.12, null), stop(3, 48.13, 10), stop(4, 48.14, 10));
    const answer = searchOffers([segment], question());
    expect(answer.total).toBe(1);
    expect(answer.hits.map(({ id }) => id)).toEqual([3]);
  });

  it('can give one answer for each place', () => {
    const segment = segmentOf(offer(1, { place: 9 }), offer(2, { place: 9 }), offer(3, { place: 10 }));
    expect(searchOffers([segment], question({ by: 'site' })).total).toBe(2);
    expect(searchOffers([segment], question()).total).toBe(3);
  });

  it('counts what each filter would leave, were it chosen with the others', () => {
    const segment = segmentOf(
      offer(1, { priorities: 0b01, kind: 0 }),
      offer(2, { priorities: 0b10, kind: 0 }),
      offer(3, { priorities: 0b10, kind: 1 }),
    );
    const answer = searchOffers([segment], question({ filters: { priorities: [2] }, countFacets: true }));
    expect(answer.total).toBe(2);
    expect(answer.facets?.priorities).toMatchObject({ 1: 1, 2: 2 });
    expect(answer.facets?.kinds).toMatchObject({ maternite: 1, 'centre-perinatal': 1 });
  });

  it('narrows to a stage of life that the service covers in part', () => {
    const segment = segmentOf(offer(1, { stageFrom: -40, stageTo: 0 }), offer(2, { stageFrom: 0, stageTo: 156 }));
    expect(idsOf([segment], question({ filters: { stages: ['grossesse'] } }))).toEqual([1]);
    expect(idsOf([segment], question({ filters: { stages: ['premieres-semaines'] } }))).toEqual([2]);
  });

  it.each([
    ['creche', true],
    ['crèches', true],
    ['CRECHE MUNICIPALE', true],
    ['municipal', true],
    ['munic', true],
    ['crehce', true],
    ['crechhe', true],
    ['municpale', true],
    ['piscine', false],
    ['creche piscine', false],
  ])('finds « Crèches municipales » for « %s »: %s', (text, found) => {
    const segment = segmentOf(offer(1, { text: 'Crèches municipales' }), offer(2, { text: 'Ludothèque' }));
    expect(idsOf([segment], question({ filters: { text } }))).toEqual(found ? [1] : []);
  });

  it('asks the clock of each place', () => {
    const segment = segmentOf(
      offer(1, { timetable: 7 }),
      offer(2, { timetable: 7, zone: 'Indian/Reunion' }),
      offer(3, { timetable: 7, zone: 'America/Martinique' }),
      offer(4),
      offer(5, { timetable: 8 }),
      offer(6, { timetable: 9 }),
    );
    const open = (instant: string) =>
      idsOf([segment], question({ now: Temporal.Instant.from(instant), filters: { opening: { when: 'now' } } }));
    expect(open('2026-11-21T10:00:00Z')).toEqual([1]);
    expect(open('2026-11-21T06:30:00Z')).toEqual([2]);
    expect(open('2026-11-21T14:30:00Z')).toEqual([3]);
    const local = { when: 'local', at: Temporal.PlainDateTime.from('2026-11-28T11:55') } as const;
    expect(idsOf([segment], question({ filters: { opening: local } }))).toEqual([1, 2, 3, 5]);
    expect(idsOf([segment], question({ filters: { opening: { when: 'saturday' } } }))).toEqual([1, 2, 3]);
    expect(idsOf([segment], question({ filters: { opening: { when: 'evening' } } }))).toEqual([]);
  });

  it('forgets what was withdrawn, and finds its replacement in a later segment', () => {
    const first = segmentOf(offer(1), offer(2));
    const later = segmentOf(offer(1, { priorities: 0b100 }));
    expect(withdraw(first, 1)).toBe(true);
    expect(withdraw(first, 1)).toBe(false);
    expect(withdraw(first, 99)).toBe(false);
    expect(idsOf([first, later], question()).sort()).toEqual([1, 2]);
    expect(idsOf([first, later], question({ filters: { priorities: [3] } }))).toEqual([1]);
  });

  it('knows the rows of offers with and without a place', () => {
    const segment = segmentOf(offer(1), offer(2, { lat: null, lon: null }), offer(3));
    for (const id of [1, 2, 3]) expect(segment.ids[rowOf(segment, id)]).toBe(id);
    expect(rowOf(segment, 4)).toBe(-1);
  });

  it('answers from nothing', () => {
    const segment = segmentOf();
    expect(searchOffers([segment], question()).total).toBe(0);
    expect(nearestOffers([segment], rennes, {}, now, 5, 200)).toEqual([]);
  });

  it('finds the nearest, however far', () => {
    const segment = segmentOf(offer(1, { lat: 50 }), offer(2, { lat: 49 }));
    expect(nearestOffers([segment], rennes, {}, now, 1, 500).map(({ id }) => id)).toEqual([2]);
    expect(nearestOffers([segment], rennes, {}, now, 1, 50)).toEqual([]);
  });
});

describe('one slip of the finger', () => {
  it.each([
    ['creche', 'crehce', true],
    ['creche', 'crche', true],
    ['creche', 'crecche', true],
    ['creche', 'crache', true],
    ['creche', 'cerhce', false],
    ['creche', 'cre', false],
  ])('%s and %s: %s', (a, b, one) => {
    expect(oneSlipAway(a, b)).toBe(one);
    expect(oneSlipAway(b, a)).toBe(one);
  });
});
