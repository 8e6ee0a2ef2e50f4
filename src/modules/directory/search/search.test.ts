import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm } from '#modules/territory/index.ts';
import { stem, words } from '#platform/text.ts';
import type { Timetable } from '../timetable.ts';
import { accessFacts, audiences, costs, kinds, languages, modes, stages } from '../vocabulary.ts';
import { emptyWeek, mondayOf, openRange, weekNumber } from '../week.ts';
import { buildSegment, type OfferRow, rowText } from './build.ts';
import { nearestOffers } from './nearest.ts';
import { type OfferQuestion, searchOffers } from './search.ts';
import { openSegment, rowOf, type Segment, shownText, withdraw } from './segment.ts';
import { oneSlipAway } from './words.ts';

/** Saturday 21 November 2026, 11:00 in Paris, 14:00 in La Réunion, 6:00 in Martinique. */
const now = Temporal.Instant.from('2026-11-21T10:00:00Z');
const week = weekNumber(mondayOf(Temporal.PlainDate.from('2026-11-21')));

/** Open on Saturdays from 10:00 to 12:00. */
const saturdays = emptyWeek();
openRange(saturdays, 5 * 288 + 120, 5 * 288 + 144);
const tuesday = emptyWeek();
openRange(tuesday, 288 + 120, 288 + 144);
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
  // A bus that comes once, on the Tuesday of this week.
  [
    11,
    {
      firstWeek: week,
      bitmaps: new Uint32Array([...emptyWeek(), ...tuesday]),
      weeks: [1, ...Array(26).fill(0)],
      unsure: [],
    },
  ],
]);

type Told = Partial<Omit<OfferRow, 'insee' | 'areas'>> & { text?: string; insee?: string | null; areas?: string[] };

const offer = (id: number, { text, insee = '35238', areas = [], ...more }: Told = {}): OfferRow => ({
  ...{ id, service: id + 1000, place: id + 2000, tour: null, lat: 48.1, lon: -1.67 },
  ...{ kind: 3, priorities: 0b10, audiences: 0, modes: 1, access: 0, languages: 1, costs: 1 },
  ...{ stageFrom: -40, stageTo: 156, zone: 'Europe/Paris', timetable: null },
  insee: rowText(insee ?? ''),
  areas: rowText(areas.join(' ')),
  terms: rowText([...new Set(words(text ?? 'PMI').map(stem))].sort().join(' ')),
  shown: rowText(JSON.stringify({ name: `n° ${id}` })),
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
        fc.array(anyOffer, { maxLength: 60, size: 'max' }),
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

  it('says what a slow look at every offer says, whatever the place and the filters', () => {
    const some = <T>(...values: readonly T[]) =>
      fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
    const anyOffer = fc.record({
      lat: fc.double({ min: 47.9, max: 48.3, noNaN: true }),
      lon: fc.double({ min: -1.9, max: -1.4, noNaN: true }),
      located: fc.boolean(),
      insee: fc.constantFrom('35238', '35051', '22278'),
      kind: fc.constantFrom(0, 3, 36),
      priorities: fc.integer({ min: 0, max: 1023 }),
      audiences: fc.integer({ min: 0, max: 0x1fff }),
      modes: fc.integer({ min: 0, max: 63 }),
      access: fc.integer({ min: 0, max: 1023 }),
      // All 32 bits: the last one makes numbers negative.
      languages: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      costs: fc.integer({ min: 0, max: 31 }),
      weeks: fc.tuple(fc.integer({ min: -92, max: 155 }), fc.integer({ min: 1, max: 60 })),
      timetable: fc.constantFrom(null, 7, 8, 9),
      text: fc.constantFrom('Crèche des lilas', 'Consultation de PMI', 'Accueil parents enfants'),
    });
    const anyFilters = fc.record({
      priorities: some(1, 2, 7, 10),
      kinds: some('maternite', 'pmi', 'autre'),
      stages: some('projet', 'grossesse', 'premieres-annees'),
      audiences: some('futurs-parents', 'parents', 'professionnels'),
      modes: some('sur-place', 'a-domicile', 'en-ligne'),
      languages: some('fr', 'ar', 'co'),
      access: some('poussette', 'calme'),
      costs: some('gratuit', 'payant'),
      text: fc.constantFrom(undefined, 'creche', 'parents', 'accueil enfants'),
      opening: fc.constantFrom(undefined, { when: 'now' }, { when: 'saturday' }),
    });
    const anyPlace = fc.constantFrom<OfferQuestion['where']>(
      { kind: 'around', spot: rennes, km: 12 },
      { kind: 'box', west: -1.75, south: 48, east: -1.5, north: 48.2 },
      { kind: 'communes', codes: ['35051', '22278'], spot: rennes },
      { kind: 'communes', codes: ['35238'], spot: rennes, km: 9 },
      { kind: 'communes', codes: [], prefixes: ['35'], spot: rennes },
    );
    const has = (words: readonly { code: string }[], bits: number, code: string): boolean =>
      ((bits >>> words.findIndex((word) => word.code === code)) & 1) === 1;
    fc.assert(
      fc.property(
        fc.array(anyOffer, { maxLength: 80, size: 'max' }),
        anyFilters,
        anyPlace,
        fc.nat(80),
        (drawn, filters, where, cut) => {
          const rows = drawn.map(({ located, weeks: [from, length], text, ...more }, at) => ({
            told: { ...more, located, text, from, to: from + length },
            row: offer(at + 1, {
              ...{ ...more, text, areas: located ? [] : ['france'], stageFrom: from, stageTo: from + length },
              ...(located ? {} : { lat: null, lon: null, insee: null }),
            }),
          }));
          type Told = (typeof rows)[number]['told'];
          const open = ({ timetable }: Told): boolean => timetable === 7;
          /** For each filter, whether an offer passes it. */
          const verdicts = (told: Told): Record<string, boolean> => ({
            priorities: filters.priorities?.some((one) => ((told.priorities >> (one - 1)) & 1) === 1) ?? true,
            kinds: filters.kinds?.some((code) => kinds[told.kind]?.code === code) ?? true,
            stages:
              filters.stages?.some((code) =>
                stages.some((one) => one.code === code && told.from < one.toWeek && told.to > one.fromWeek),
              ) ?? true,
            audiences: filters.audiences?.some((code) => has(audiences, told.audiences, code)) ?? true,
            modes: filters.modes?.some((code) => has(modes, told.modes, code)) ?? true,
            languages: filters.languages?.some((code) => has(languages, told.languages, code)) ?? true,
            access: filters.access?.every((code) => has(accessFacts, told.access, code)) ?? true,
            costs: filters.costs?.some((code) => has(costs, told.costs, code)) ?? true,
            text:
              filters.text === undefined ||
              words(filters.text).every((word) => words(told.text).some((one) => stem(one) === stem(word))),
            opening: filters.opening === undefined || open(told),
          });
          /** What is within a hair of the edge of a circle or a box may fall on either side. */
          const isIn = ({ located, lat, lon, insee }: Told): boolean | 'edge' => {
            if (!located) return true;
            if (where.kind === 'box') {
              const [x, y] = [
                Math.min(lon - where.west, where.east - lon),
                Math.min(lat - where.south, where.north - lat),
              ];
              return Math.abs(Math.min(x, y)) < 1e-5 ? 'edge' : Math.min(x, y) > 0;
            }
            const listed =
              where.kind === 'communes' &&
              (where.codes.includes(insee) || (where.prefixes?.some((prefix) => insee.startsWith(prefix)) ?? false));
            if (listed || where.km === undefined) return listed;
            const beyond = distanceKm(rennes, { lat, lon }) - where.km;
            return Math.abs(beyond) < 0.003 ? 'edge' : beyond < 0;
          };
          fc.pre(rows.every(({ told }) => isIn(told) !== 'edge'));
          const near = rows.filter(({ told }) => isIn(told) === true);
          const failing = ({ told }: { told: Told }): string[] =>
            Object.entries(verdicts(told)).flatMap(([name, passed]) => (passed ? [] : [name]));
          const expected = near.filter((one) => failing(one).length === 0);
          const segments = [rows.slice(0, cut), rows.slice(cut)].map((part) =>
            segmentOf(...part.map(({ row }) => row)),
          );
          const chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
          const asked = question({ where, areas: ['france'], filters: chosen, limit: 200 });
          const answer = searchOffers(segments, asked);
          expect(answer.hits.map(({ id }) => id).sort((a, b) => a - b)).toEqual(expected.map(({ row }) => row.id));
          expect(answer.total).toBe(expected.length);
          const counted = searchOffers(segments, { ...asked, countFacets: true });
          expect(counted.hits.map(({ id }) => id)).toEqual(answer.hits.map(({ id }) => id));
          const leftFor = (facet: string) => near.filter((one) => failing(one).every((name) => name === facet));
          for (const [rank, { code }] of languages.entries()) {
            const left = leftFor('languages').filter(({ told }) => ((told.languages >>> rank) & 1) === 1);
            expect(counted.facets?.languages[code]).toBe(left.length);
          }
          for (const { code } of kinds) {
            const left = leftFor('kinds').filter(({ told }) => kinds[told.kind]?.code === code);
            expect(counted.facets?.kinds[code]).toBe(left.length);
          }
          for (const { code, fromWeek, toWeek } of stages) {
            const left = leftFor('stages').filter(({ told }) => told.from < toWeek && told.to > fromWeek);
            expect(counted.facets?.stages[code]).toBe(left.length);
          }
        },
      ),
      { numRuns: 150 },
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

  it('takes a visit of this week that is over for no date to come', () => {
    const stop = (id: number, lat: number, timetable: number) =>
      offer(id, { lat, timetable, service: 50, place: null, tour: 60 });
    // The nearest came on Tuesday; the other comes in two weeks.
    const segment = segmentOf(stop(1, 48.11, 11), stop(2, 48.14, 10));
    expect(idsOf([segment], question())).toEqual([2]);
    const monday = Temporal.Instant.from('2026-11-16T10:00:00Z');
    expect(idsOf([segment], question({ now: monday }))).toEqual([1]);
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

  it('counts a place or a bus once for each filter, as it is one answer', () => {
    const stop = (id: number, service: number) =>
      offer(id, { service, place: null, tour: 60, kind: 33, audiences: 0b10 });
    const segment = segmentOf(
      offer(1, { place: 9, kind: 3, languages: 0b01 }),
      offer(2, { place: 9, kind: 3, languages: 0b11 }),
      offer(3, { place: 9, kind: 32, priorities: 0b100 }),
      ...[4, 5, 6].map((id) => stop(id, 50)),
      ...[7, 8, 9].map((id) => stop(id, 51)),
    );
    const counts = (filters: OfferQuestion['filters']) =>
      searchOffers([segment], question({ filters, by: 'site', countFacets: true }));
    const all = counts({});
    // Three services at the place; on the bus two, whatever the number of its stops.
    expect(all.hits.map(({ services }) => services).sort()).toEqual([2, 3]);
    expect(counts({ languages: ['en'] }).hits.map(({ services }) => services)).toEqual([1]);
    expect(all.total).toBe(2);
    expect(all.facets?.kinds).toMatchObject({ pmi: 1, 'groupe-de-parents': 1, itinerant: 1 });
    expect(all.facets?.languages).toMatchObject({ fr: 2, en: 1 });
    expect(all.facets?.priorities).toMatchObject({ 2: 2, 3: 1 });
    expect(all.facets?.audiences).toMatchObject({ parents: 1 });
    // What is chosen already counts what would be there without it, once too.
    expect(counts({ kinds: ['pmi'] }).facets?.kinds).toMatchObject({ pmi: 1, 'groupe-de-parents': 1, itinerant: 1 });
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

  it.each([
    ['allaitemant', 'Allaitement'],
    ['accouchemant', 'Préparation à l’accouchement'],
    ['assistente maternel', 'Assistante maternelle'],
    ['puériculture', 'Puéricultrice'],
    ['sagefemme', 'Sage-femme'],
    ['haltegarderie', 'Halte-garderie'],
    ['je cherche une créche près de chez moi', 'Crèche'],
    ['besoin d’une sage femme', 'Sage-femme'],
    ['psycologue', 'Psychologue'],
    ['pédiatre', 'Pédiatrie'],
  ])('« %s » finds « %s » alone', (text, name) => {
    const others = [
      'Allaitement',
      'Préparation à l’accouchement',
      'Assistante maternelle',
      'Puéricultrice',
      'Sage-femme',
    ];
    const names = [
      ...new Set([...others, 'Halte-garderie', 'Crèche', 'Psychologue', 'Pédiatrie', 'Assistance sociale']),
    ];
    const segment = segmentOf(...names.map((one, at) => offer(at + 1, { text: one })));
    const found = idsOf([segment], question({ filters: { text } })).map((id) => names[id - 1]);
    expect(found).toEqual([name]);
  });

  it('takes « je cherche » for words when nothing else is written', () => {
    const segment = segmentOf(offer(1, { text: 'Cherche et trouve' }), offer(2));
    expect(idsOf([segment], question({ filters: { text: 'cherche' } }))).toEqual([1]);
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
    expect(idsOf([segment], question({ filters: { opening: { when: 'saturday' } } }))).toEqual([1, 3]);
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
