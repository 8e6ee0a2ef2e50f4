import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Kind, kinds, languages } from '../vocabulary.ts';
import { type Publisher, serviceRecord, structureRecord } from './data-inclusion.ts';
import { dataInclusionService, dataInclusionStructure } from './data-inclusion-schema.ts';
import {
  type HsdsPublisher,
  hsdsLocation,
  hsdsOrganization,
  hsdsServiceHead,
  serviceAreas,
  serviceAtLocation,
} from './hsds.ts';
import { visitSchedules, weeklySchedules } from './hsds-schedule.ts';
import * as hsds from './hsds-schema.ts';
import { type OfferRow, type PublicOffer, publicOffer } from './public-offer.ts';
import { uuidMaker } from './uuid.ts';

const rennes = { code: '35238', name: 'Rennes', departement: '35', lat: 48.1, lon: -1.7, timeZone: 'Europe/Paris' };

const publisher: Publisher & HsdsPublisher = {
  origin: 'https://mille-jours.example',
  uuid: uuidMaker('0123456789abcdef'),
  departementsOf: (region) => (region === '94' ? ['2A', '2B'] : []),
  territoryOf: () => ({ region: 'Bretagne', departement: 'Ille-et-Vilaine' }),
  areaName: (area) => area,
};

/** Everything that is published of an offer, in both formats, checked against their rules. */
const published = (offer: PublicOffer): object => {
  const place = serviceAtLocation(offer, publisher, true);
  return {
    structure: dataInclusionStructure.parse(structureRecord(offer, [offer.service.name], publisher)),
    service: dataInclusionService.parse(serviceRecord(offer, publisher)),
    hsds: hsds.hsdsService.parse({
      ...hsdsServiceHead(offer, publisher),
      ...(place ? { service_at_locations: [place] } : {}),
      service_areas: serviceAreas(offer.service.id, offer.areas, publisher),
    }),
    place: place && hsds.hsdsServiceAtLocation.parse(place),
    location: offer.where && hsds.hsdsLocation.parse(hsdsLocation(offer.where, publisher)),
    organisation: offer.organisation && hsds.hsdsOrganization.parse(hsdsOrganization(offer.organisation, publisher)),
  };
};

const common = (id: number) => ({
  id,
  source: 'finess',
  provenance: { name: { source: 'finess', on: null } },
  changed_at: '2026-11-21T23:30:00+00:00',
});

const row = (given: Partial<OfferRow> = {}, place: Partial<NonNullable<OfferRow['place']>> = {}): OfferRow => ({
  ...{ id: 1, areas: [], placement_hours: null, stop: null, tour: null },
  service: { ...common(2), slug: 'consultations', name: 'Consultations', kind: 'pmi' },
  place: { ...common(3), slug: 'pmi', name: 'PMI', kind: 'pmi', insee: '35238', ...place },
  organisation: { ...common(4), name: 'Département' },
  ...{ at_home: false, sheltered: false, home_based: false },
  ...given,
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '=cmd|’ /C calc’!A0', '@SUM(1)', '', '   ', '.'],
    ...[
      'etc.',
      '👶👶a',
      'mailto:a@b.fr',
      'javascript:alert(1)',
      'https://',
      'https://a.example/<b>',
      'a@b',
      'a@b.example',
    ],
    ...['Mo-Fr 09:00-12:00', 'Mo 22:00-26:00', 'week 1-53/2 Sa 10:00-12:00', '\u2028', '35000', '12345678901234'],
    'x'.repeat(12_000),
    'mot '.repeat(4_000),
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const contact = { phone: maybe(hostile), email: maybe(hostile), website: maybe(hostile) };
const of = (id: number) =>
  fc
    .record({
      provenance: fc.dictionary(hostile, fc.record({ source: hostile, on: fc.constant(null) }), { maxKeys: 3 }),
    })
    .map((more) => ({ ...common(id), ...more }));
const merged = <A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>): fc.Arbitrary<A & B> =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }));
const codes = fc.array(
  hostile.map((code) => code as never),
  { maxLength: 3 },
);
const kind = fc.constantFrom(...kinds.map(({ code }): Kind => code));
const point = fc.oneof(
  fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  fc.constant({ lat: null, lon: null }),
);
const spot = { line: maybe(hostile), postcode: maybe(hostile), insee: maybe(hostile) };

const anyRow: fc.Arbitrary<OfferRow> = fc.record({
  id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  areas: fc.subarray(['france', 'region:94', 'departement:35', 'commune:35238', 'epci:243500139']),
  placement_hours: maybe(hostile),
  service: merged(
    of(2),
    fc.record({
      ...{ slug: fc.constant('un-service'), name: hostile, kind, summary: maybe(hostile), description: maybe(hostile) },
      ...{ priorities: fc.subarray([1, 5, 10]), audiences: codes, modes: codes, bookings: codes, costs: codes },
      languages: fc.subarray([...languages.map(({ code }) => code)]),
      ...{ booking_note: maybe(hostile), cost_note: maybe(hostile), ...contact },
      ...{ stage_from: maybe(fc.integer({ min: -92, max: 0 })), stage_to: maybe(fc.integer({ min: 0, max: 156 })) },
    }),
  ),
  place: maybe(
    merged(
      merged(of(3), point),
      fc.record({
        ...{ slug: fc.constant('un-lieu'), name: hostile, kind, ...spot, ...contact, more: maybe(hostile) },
        ...{ hours: maybe(hostile), hours_note: maybe(hostile), access: codes, access_note: maybe(hostile) },
        ...{ acceslibre: maybe(hostile), siret: maybe(hostile), finess: maybe(hostile), confidential: fc.boolean() },
      }),
    ),
  ),
  stop: maybe(
    merged(
      merged(of(5), point),
      fc.record({
        ...{ label: hostile, ...spot, note: maybe(hostile), minutes: maybe(fc.integer({ min: 1, max: 1440 })) },
        starts_at: maybe(fc.constantFrom('2026-11-24T09:00', '2026-02-30T09:00', '2026-12-31T23:30')),
        rrule: maybe(
          fc.oneof(
            hostile,
            fc.constantFrom(
              'FREQ=WEEKLY;BYDAY=TU',
              'FREQ=YEARLY;BYWEEKNO=1,3;BYDAY=MO',
              'FREQ=MONTHLY;BYDAY=2TU,-1FR;UNTIL=20271231',
              'FREQ=WEEKLY;BYDAY=ZZ',
              'FREQ=DAILY',
            ),
          ),
        ),
        except: fc.subarray(['2026-12-01', '2026-12-08']),
      }),
    ),
  ),
  tour: maybe(merged(of(6), fc.record({ name: hostile, ...contact }))),
  organisation: maybe(
    merged(
      of(4),
      fc.record({
        name: hostile,
        legal_name: maybe(hostile),
        siret: maybe(hostile),
        finess: maybe(hostile),
        ...contact,
      }),
    ),
  ),
  ...{ at_home: fc.boolean(), sheltered: fc.boolean(), home_based: fc.boolean() },
});

test('whatever the tables hold, what is published follows the rules of both formats', () => {
  fc.assert(
    fc.property(anyRow, maybe(fc.constant(rennes)), (given, commune) => {
      const json = JSON.stringify(published(publicOffer(given, commune ?? undefined)));
      expect(JSON.parse(json)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

const secret = '◊';
const secretly = {
  line: secret,
  more: secret,
  siret: '◊2345678901234',
  finess: secret,
  acceslibre: `https://a.example/${secret}`,
  access_note: secret,
};

test('of a confidential place nothing leaves, and of its organisation only the name', () => {
  fc.assert(
    fc.property(anyRow, (given) => {
      const place = {
        ...common(3),
        kind: 'accueil-mere-enfant' as const,
        confidential: true,
        slug: secret,
        name: secret,
      };
      const all = {
        ...secretly,
        phone: secret,
        email: 'e◊@a.example',
        website: `https://a.example/?${secret}`,
        hours: secret,
      };
      const organisation = {
        ...common(4),
        name: 'Association',
        legal_name: secret,
        siret: '99999999999999',
        finess: secret,
        phone: secret,
        website: `https://b.example/${secret}`,
      };
      const hidden = {
        ...given,
        ...{ stop: null, tour: null, organisation, sheltered: true, areas: ['departement:35'] },
        place: { ...place, ...all, lat: 48.123456, lon: -1.654321, insee: '35238', postcode: '35◊00' },
        service: { ...common(2), slug: 'accueil', name: 'Accueil', kind: 'accueil-mere-enfant' as const },
        placement_hours: secret,
      };
      const text = JSON.stringify(published(publicOffer(hidden, rennes)));
      expect(text).not.toMatch(/◊|Rennes|35238|48\.1|-1\.6|99999999999999/);
      expect(text).toContain('Association');
    }),
    { numRuns: 100 },
  );
});

test('who works at home is at the centre of the commune, and nothing leads to the door', () => {
  const offer = publicOffer(
    row(
      { at_home: true, home_based: true, organisation: { ...common(4), name: 'Entreprise', siret: '12345678901234' } },
      { ...secretly, lat: 48.123456, lon: -1.654321, postcode: '35000', phone: '02 00 00 00 00' },
    ),
    rennes,
  );
  const text = JSON.stringify(published(offer));
  expect(text).not.toMatch(/◊|48\.123|1\.654|12345678901234/);
  expect(offer.where).toMatchObject({ lat: 48.1, lon: -1.7, precision: 'commune', commune: 'Rennes', address: null });
});

describe('in the words of data·inclusion', () => {
  const service = (fields: Partial<OfferRow['service']>, more: Partial<OfferRow> = {}) =>
    serviceRecord(publicOffer(row({ service: { ...row().service, ...fields }, ...more }), rennes), publisher);

  it.each([
    [['gratuit'], 'gratuit', 'Gratuit'],
    [['rembourse'], null, 'Remboursé'],
    [['gratuit', 'adhesion'], 'payant', 'Gratuit, Adhésion'],
    [['quotient-familial'], 'payant', 'Selon vos revenus'],
    [[], null, null],
  ] as const)('costs %j are %s', (costs, frais, frais_precisions) => {
    expect(service({ costs: [...costs] })).toMatchObject({ frais, frais_precisions });
  });

  it.each([
    [['orientation'], ['professionnels']],
    [['rendez-vous'], ['usagers']],
    [
      ['rendez-vous', 'orientation'],
      ['usagers', 'professionnels'],
    ],
    [[], null],
  ] as const)('who comes by %j is asked by %j', (bookings, mobilisable_par) => {
    expect(service({ bookings: [...bookings] })).toMatchObject({ mobilisable_par });
  });

  it.each([
    [
      ['visio', 'sur-place'],
      ['a-distance', 'en-presentiel'],
    ],
    [['telephone'], ['a-distance']],
    [['a-domicile'], ['en-presentiel']],
  ] as const)('%j is %j', (modes, modes_accueil) => {
    expect(service({ modes: [...modes] })).toMatchObject({ modes_accueil });
  });

  it('says territories in its own codes, a region by its départements', () => {
    const areas = ['region:94', 'departement:35', 'epci:243500139', 'commune:35238', 'france'];
    expect(service({}, { place: null, areas }).zone_eligibilite).toEqual([
      '2A',
      '2B',
      '35',
      '243500139',
      '35238',
      'france',
    ]);
  });

  it('is for families, and says violence and disability; what is for professionals says nothing of families', () => {
    expect(service({ audiences: ['violences', 'handicap'] })).toMatchObject({
      publics: ['familles', 'personnes-en-situation-de-handicap', 'personnes-en-situation-durgence'],
      thematiques: expect.arrayContaining(['famille--surmonter-conflits-separation-violence']),
    });
    expect(service({ audiences: ['professionnels'] }).publics).toBeNull();
  });

  it('is told by its day in UTC, which no reader in France finds in the future', () => {
    expect(service({}).date_maj).toBe('2026-11-21');
  });
});

describe('hours as schedules', () => {
  it.each([
    ['Mo-Fr 09:00-12:00', [{ byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '12:00' }]],
    ['Sa-Mo 10:00-24:00', [{ byday: 'MO,SA,SU', opens_at: '10:00', closes_at: '24:00' }]],
    [
      'Mo-We 09:00-12:00,13:30-17:00; Tu 14:00-16:00; PH off',
      [
        { byday: 'MO,WE', opens_at: '09:00', closes_at: '12:00' },
        { byday: 'MO,WE', opens_at: '13:30', closes_at: '17:00' },
        { byday: 'TU', opens_at: '14:00', closes_at: '16:00' },
      ],
    ],
  ])('%s', (text, expected) => {
    expect(weeklySchedules(text)).toEqual(expected.map((one) => ({ freq: 'WEEKLY', ...one, description: text })));
  });

  it.each(['week 1-53/2 Sa 10:00-12:00', 'Mo-Fr 09:00-12:00; SH off', 'sur rendez-vous', 'Mo 22:00-26:00', '24/7'])(
    '%s is told and not guessed',
    (text) => expect(weeklySchedules(text)).toEqual([{ description: text }]),
  );

  it('nothing is known when nothing is said', () => {
    expect([weeklySchedules(null), weeklySchedules('  '), visitSchedules(null)]).toEqual([[], [], []]);
  });

  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', { freq: 'WEEKLY', interval: 2, byday: 'TU' }],
    ['FREQ=YEARLY;BYWEEKNO=1,3,5;BYDAY=MO', { freq: 'WEEKLY', byweekno: '1,3,5', byday: 'MO' }],
    ['FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231T220000Z', { freq: 'MONTHLY', byday: '2TU', until: '2027-12-31' }],
    ['FREQ=DAILY', { description: 'FREQ=DAILY' }],
    [null, { count: 1 }],
  ])('a tour that comes by %s', (rrule, expected) => {
    const visits = {
      starts_at: '2026-11-24T09:00',
      minutes: 150,
      rrule,
      except: ['2026-12-22'],
      note: 'Place du marché',
    };
    expect(visitSchedules(visits)).toEqual([
      {
        dtstart: '2026-11-24',
        ...expected,
        opens_at: '09:00',
        closes_at: '11:30',
        notes: 'Sauf : 2026-12-22. Place du marché',
      },
    ]);
  });
});

test('no two things have the same UUID, and two publishers share none', () => {
  const [ours, theirs] = [uuidMaker('aaaaaaaaaaaa'), uuidMaker('bbbbbbbbbbbb')];
  const all = [
    ours('service', 1),
    ours('service', 2),
    ours('location', 1),
    ours('attribute', 1, 1),
    ours('attribute', 1, 2),
  ];
  expect(new Set([...all, theirs('service', 1)]).size).toBe(6);
  expect(ours('service', 2 ** 31 - 1, 16_383)).toBe('aaaaaaaa-aaaa-8001-bfff-00007fffffff');
});
