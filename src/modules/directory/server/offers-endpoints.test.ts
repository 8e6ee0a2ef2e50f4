import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Context } from '#platform/server/context.ts';
import { answerTo, type Endpoint } from '#platform/server/http/endpoint.ts';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord, PlaceFields, ServiceFields } from '../model.ts';
import { offersCsvEndpoint, offersEndpoint, offersGeojsonEndpoint, saveRecords } from './index.ts';
import { MOST_EXPORTED } from './offers-endpoints.ts';

// biome-ignore lint/suspicious/noExplicitAny: endpoints of different parameters have no narrower common type.
const ask = async (context: Context, endpoint: Endpoint<any, any>, query: string): Promise<Response> => {
  const url = new URL(`http://localhost${endpoint.path}?${query}`);
  return answerTo(endpoint, context, url);
};

const json = async (context: Context, query: string) => {
  const response = await ask(context, offersEndpoint, query);
  const answer = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  // What is promised in the documentation is what is given.
  expect('safeParse' in offersEndpoint.answer && offersEndpoint.answer.safeParse(answer).error).toBeUndefined();
  return answer;
};

const record = (ref: string, place: Partial<PlaceFields>, service: Partial<ServiceFields> = {}): DirectoryRecord => ({
  place: {
    ref,
    fields: { name: `Lieu ${ref}`, kind: 'pmi', insee: '35238', lat: 48.11, lon: -1.68, precision: 'street', ...place },
  },
  services: [{ ref, fields: { name: `Service ${ref}`, kind: 'pmi', priorities: [2], ...service } }],
});

const withRecords = async (...records: DirectoryRecord[]): Promise<DirectoryContext> => {
  const context = await directoryContext();
  await saveRecords(context, { source: 'essai', on: '2026-05-12' }, records);
  await context.reindex();
  return context;
};

describe('GET /api/v1/offers', () => {
  it('gives what is around a point, with its distance and its next opening', async () => {
    const context = await withRecords(
      record('1', { hours: 'Sa 10:00-12:00' }),
      record('2', { lat: 48.15 }),
      record('3', { lat: 49 }),
    );
    const answer = await json(context, 'near=48.11,-1.68&radius=20');
    expect(answer).toMatchObject({ total: 2, radius_km: 20, widened: false, next: null });
    expect(answer.offers).toMatchObject([
      {
        ...{ name: 'Service 1', kind: 'pmi', priorities: [2], distance_m: 0, open_now: true },
        place: { name: 'Lieu 1', commune: 'Rennes', insee: '35238', lat: 48.11, lon: -1.68, precision: 'street' },
        next_open: { from: '2026-11-21T10:00', to: '2026-11-21T12:00' },
        time_zone: 'Europe/Paris',
      },
      { name: 'Service 2', distance_m: 4448, open_now: null, next_open: null },
    ]);
  });

  it('goes on with the cursor until the end', async () => {
    const context = await withRecords(
      ...Array.from({ length: 7 }, (_, at) => record(String(at), { lat: 48.11 + at / 1000 })),
    );
    const names: string[] = [];
    for (let cursor = ''; ; ) {
      const { offers, next, total } = await json(context, `near=48.11,-1.68&limit=3${cursor && `&cursor=${cursor}`}`);
      expect(total).toBe(7);
      names.push(...offers.map(({ name }: { name: string }) => name));
      if (!next) break;
      cursor = next;
    }
    expect(names).toEqual(Array.from({ length: 7 }, (_, at) => `Service ${at}`));
  });

  it('widens by itself until there is something, and says so; not when a radius is asked for', async () => {
    const context = await withRecords(record('1', { insee: '22278', lat: 48.51, lon: -2.76 }));
    expect(await json(context, 'commune=35238')).toMatchObject({ total: 1, widened: true, radius_km: 100 });
    expect(await json(context, 'commune=35238&radius=20')).toMatchObject({ total: 0, widened: false, radius_km: 20 });
    expect(await json(context, 'commune=97411')).toMatchObject({ total: 0, widened: false });
  });

  it('goes on with the cursor of a search that widened, as far as its first page looked', async () => {
    const far = Array.from({ length: 7 }, (_, at) =>
      record(String(at), { insee: '22278', lat: 48.51 + at / 1000, lon: -2.76 }),
    );
    const line: DirectoryRecord = {
      services: [{ ref: 'l', fields: { name: 'Ligne', kind: 'a-distance' }, placement: { areas: ['france'] } }],
    };
    const context = await withRecords(...far, line);
    for (const place of ['commune=35238', 'near=48.11,-1.68']) {
      const names: string[] = [];
      for (let cursor = ''; ; ) {
        const { offers, next, ...about } = await json(context, `${place}&limit=3${cursor && `&cursor=${cursor}`}`);
        expect(about).toEqual({ total: 8, radius_km: 100, widened: true });
        names.push(...offers.map(({ name }: { name: string }) => name));
        if (!next) break;
        cursor = next;
      }
      expect(names).toEqual([...Array.from({ length: 7 }, (_, at) => `Service ${at}`), 'Ligne']);
    }
  });

  it('takes all of Paris for Paris, and one arrondissement for itself', async () => {
    const far = { lat: 48.9, lon: 2.2 };
    const context = await withRecords(record('1', { ...far, insee: '75116' }), record('2', { ...far, insee: '92012' }));
    const names = async (query: string) =>
      (await json(context, query)).offers.map(({ name }: { name: string }) => name);
    expect(await names('commune=75056&radius=0.1')).toEqual(['Service 1']);
    expect(await names('commune=75116&radius=0.1')).toEqual(['Service 1']);
    expect(await names('commune=75112&radius=0.1')).toEqual([]);
  });

  it('takes the arrondissements of a city for its EPCI, its département and its region', async () => {
    const context = await farPlaces();
    const names = async (query: string) =>
      (await json(context, query)).offers.map(({ name }: { name: string }) => name.slice('Service '.length));
    for (const [epci, departement, region, city] of [
      ['200054781', '75', '11', 'Paris'],
      ['200046977', '69', '84', 'Lyon'],
      ['200054807', '13', '93', 'Marseille'],
    ]) {
      for (const territory of [`epci:${epci}`, `departement:${departement}`, `region:${region}`])
        expect(await names(`territory=${territory}`)).toEqual([city]);
    }
  });

  it('takes a box that crosses the date line, and finds both sides of it', async () => {
    const context = await farPlaces();
    const answer = await json(context, 'bbox=165,-23,-175,-12');
    expect(answer.offers.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Service Nouméa',
      'Service Wallis',
    ]);
    expect((await json(context, 'bbox=170,-23,-175,-12')).total).toBe(1);
    expect((await json(context, 'bbox=165,-23,180,-12')).total).toBe(1);
    expect((await ask(context, offersEndpoint, 'bbox=150,-23,-175,-12')).status).toBe(400);
  });

  it.each([
    ['territory=region:53', 1],
    ['territory=departement:35', 1],
    ['territory=departement:22', 0],
    ['territory=commune:35238', 1],
    ['territory=epci:243500139', 1],
    ['bbox=-1.8,48,-1.5,48.2', 1],
    ['bbox=2,48,3,49', 0],
    ['commune=35238&priority=2,3', 1],
    ['commune=35238&priority=3', 0],
    ['commune=35238&kind=pmi&stage=grossesse&cost=gratuit&q=servcie', 1],
    // Each filter lets it pass, or keeps it out.
    ...[
      ['kind=pmi', 'kind=creche'],
      ['stage=grossesse', 'stage=premieres-annees'],
      ['audience=parents,deuil', 'audience=deuil'],
      ['mode=sur-place', 'mode=visio'],
      ['language=en,ar', 'language=ar'],
      ['access=poussette', 'access=poussette,lsf'],
      ['cost=gratuit', 'cost=payant'],
      ['q=service', 'q=piscine'],
    ].flatMap(([yes, no]): [string, number][] => [
      [`commune=35238&${yes}`, 1],
      [`commune=35238&${no}`, 0],
    ]),
    ['commune=35238&open=2026-11-24T10:00', 1],
    ['commune=35238&open=2026-11-24T09:00:00Z', 1],
    ['commune=35238&open=2026-11-24T12:30', 0],
    ['commune=35238&open=2026-11-24T09:00:00.000Z', 1],
    ['commune=35238&open=2026-11-24T10:00%2B01:00', 1],
    // A « + » that nobody wrote as %2B arrives as a space.
    ['commune=35238&open=2026-11-24T10:00+01:00', 1],
    ['commune=35238&open=2026-11-24T13:00+01:00', 0],
    ['near=48.110000000000000004,-1.6799999999999999&radius=1', 1],
    ['commune=35238&open=now', 0],
    ['commune=35238&open=evening', 0],
    ['commune=35238&open=saturday', 0],
  ])('%s: %d', async (query, total) => {
    const context = await onePlace();
    expect((await json(context, query)).total).toBe(total);
  });

  it('gives what is at a distance where it serves, without place nor distance', async () => {
    const line: DirectoryRecord = {
      services: [
        {
          ref: 'l',
          fields: { name: 'Ligne', kind: 'a-distance', modes: ['telephone'] },
          placement: { areas: ['region:53'] },
        },
      ],
    };
    const athome: DirectoryRecord = {
      services: [{ ref: 'd', fields: { name: 'Visite', kind: 'a-domicile' }, placement: { areas: ['commune:69383'] } }],
    };
    const context = await withRecords(line, athome);
    // In one arrondissement only: found there and from the whole city and what holds it, not in the next one.
    for (const [query, total] of [
      ...[['commune=69383', 1] as const, ['commune=69123', 1] as const, ['commune=69381', 0] as const],
      ...[['territory=epci:200046977', 1] as const, ['territory=departement:69', 1] as const],
    ])
      expect((await json(context, query)).total, query).toBe(total);
    expect((await json(context, 'commune=35238')).offers).toMatchObject([
      { name: 'Ligne', place: null, distance_m: null },
    ]);
    expect((await json(context, 'territory=departement:22')).total).toBe(1);
    expect((await json(context, 'commune=75056')).total).toBe(0);
  });

  it('gives the nearest stop of a bus with its next date', async () => {
    const stop = (ref: string, lat: number, more = {}) => ({
      ref,
      fields: { label: `Arrêt ${ref}`, insee: '97411', lat, lon: 55.45, ...more },
    });
    const weekly = { starts_at: '2026-11-24T09:00', minutes: 180, rrule: 'FREQ=WEEKLY' };
    const context = await withRecords({
      tour: { ref: 'bus', fields: { name: 'Baby Bus' } },
      stops: [stop('a', -20.9), stop('b', -20.95, weekly), stop('c', -21, weekly)],
      services: [{ ref: 'bus', fields: { name: 'Micro-crèche', kind: 'micro-creche' } }],
    });
    expect(await json(context, 'near=-20.9,55.45')).toMatchObject({
      total: 1,
      offers: [
        {
          ...{ kind: 'itinerant', tour: { name: 'Baby Bus', stop: 'Arrêt b' }, time_zone: 'Indian/Reunion' },
          next_open: { from: '2026-11-24T09:00', to: '2026-11-24T12:00' },
        },
      ],
    });
  });

  it.each([
    ['', 'near'],
    ['near=95,2', 'near'],
    ['near=48', 'near'],
    ['near=48,2;drop', 'near'],
    ['near=48,2&radius=-1', 'radius'],
    ['near=48,2&radius=1e9', 'radius'],
    ['near=48,2&radius=abc', 'radius'],
    ['territory=region:53&radius=5', 'radius'],
    ['bbox=-180,-90,180,90', 'bbox'],
    ['bbox=3,48,2,49', 'bbox'],
    ['bbox=1,2,3', 'bbox'],
    ['commune=Rennes', 'commune'],
    ['commune=99999', 'commune'],
    ['territory=region:99', 'territory'],
    ['territory=departement:99', 'territory'],
    ['territory=pays:fr', 'territory'],
    ['near=48,2&commune=35238', 'commune'],
    ['commune=35238&open=hier', 'open'],
    ['commune=35238&open=2026-13-45T10:00', 'open'],
    ['commune=35238&open=2031-01-01T10:00', 'open'],
    ['commune=35238&priority=11', 'priority'],
    ['commune=35238&priority=', 'priority'],
    ['commune=35238&kind=piscine', 'kind'],
    ['commune=35238&limit=0', 'limit'],
    ['commune=35238&limit=101', 'limit'],
    ['commune=35238&cursor=abc', 'cursor'],
    ['commune=35238&cursor=1.2.3', 'cursor'],
    ['bbox=170,-23,165,-12', 'bbox'],
    ['bbox=1,48,2,95', 'bbox'],
    ['bbox=1,48,2,49&radius=5', 'radius'],
    ['commune=35238&open=2026-11-24', 'open'],
    ['commune=35238&couleur=bleu', 'couleur'],
    ['commune=35238&commune=35238', 'commune'],
    [`commune=35238&kind=${Array(10_000).fill('pmi').join(',')}`, 'kind'],
    [`commune=35238&q=${'a'.repeat(201)}`, 'q'],
  ])('refuses %s by naming %s', async (query, field) => {
    const context = await sharedContext();
    for (const endpoint of [offersEndpoint, offersGeojsonEndpoint, offersCsvEndpoint]) {
      if (endpoint !== offersEndpoint && (field === 'limit' || field === 'cursor')) continue;
      const response = await ask(context, endpoint, query);
      expect(response.status).toBe(400);
      const problem = await response.json();
      expect(problem.errors.map((error: { field: string }) => error.field)).toContain(field);
      expect(JSON.stringify(problem)).not.toMatch(/select|at Object|node_modules/);
    }
  });

  it('may be kept half a minute by others, in each shape; a refusal is not', async () => {
    const context = await onePlace();
    for (const endpoint of [offersEndpoint, offersGeojsonEndpoint, offersCsvEndpoint]) {
      const kept = async (query: string) => (await ask(context, endpoint, query)).headers.get('cache-control');
      expect(await kept('commune=35238')).toBe('public, max-age=30');
      expect(await kept('commune=35238&radius=-1')).toBe('no-store');
    }
  });

  it('refuses the cursor of another search', async () => {
    const context = await withRecords(record('1', {}), record('2', {}));
    const { next } = await json(context, 'commune=35238&limit=1');
    expect((await ask(context, offersEndpoint, `commune=35238&limit=1&cursor=${next}`)).status).toBe(200);
    expect((await ask(context, offersEndpoint, `commune=35238&priority=2&cursor=${next}`)).status).toBe(400);
  });
});

describe('the same offers in other shapes', () => {
  it('streams GeoJSON and CSV, whole', async () => {
    const context = await withRecords(
      ...Array.from({ length: 450 }, (_, at) => record(String(at), { lat: 48.1 + at / 10_000 })),
      { services: [{ ref: 'l', fields: { name: '=1+1', kind: 'a-distance' }, placement: { areas: ['france'] } }] },
    );
    const geojson = await (await ask(context, offersGeojsonEndpoint, 'territory=departement:35')).json();
    expect(geojson.features).toHaveLength(451);
    expect(geojson.features[0].geometry.coordinates[0]).toBeCloseTo(-1.68, 4);
    expect(geojson.features.at(-1).geometry).toBeNull();
    const bytes = new Uint8Array(
      await (await ask(context, offersCsvEndpoint, 'territory=departement:35')).arrayBuffer(),
    );
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trim().split('\n');
    expect(lines).toHaveLength(452);
    // By pieces, each asked for when the one before was taken.
    for (const endpoint of [offersGeojsonEndpoint, offersCsvEndpoint]) {
      const { body } = await ask(context, endpoint, 'territory=departement:35');
      const pieces: number[] = [];
      for await (const piece of body ?? []) pieces.push(piece.length);
      expect(pieces.length).toBeGreaterThan(3);
      expect(Math.max(...pieces)).toBeLessThan(0.6 * pieces.reduce((sum, length) => sum + length, 0));
    }
    expect(lines[0]).toMatch(/id;name;kind;/);
    expect(lines.at(-1)).toContain(";'=1+1;");
  });

  it('refuses what a file would not hold, naming the place, and never cuts', async () => {
    const context = await withRecords(record('1', {}));
    const columns = sql.raw(
      'service_id, lat, lon, insee, areas, kind, priorities, audiences, modes, access, languages, costs, stage_from, stage_to, time_zone, terms, shown',
    );
    const fill = (count: number) =>
      sql`insert into offer (id, placement_id, ${columns})
          select id + n, placement_id + n, ${columns} from offer, generate_series(1, ${count}::int) as n
          where offer.id = (select min(id) from offer) and not exists (select from offer as o where o.id = offer.id + n)`.execute(
        context.db,
      );
    await fill(MOST_EXPORTED - 1);
    await context.reindex();
    const whole = await (await ask(context, offersCsvEndpoint, 'bbox=-2,48,-1,49')).text();
    expect(whole.trim().split('\n')).toHaveLength(MOST_EXPORTED + 1);
    await fill(MOST_EXPORTED);
    await context.reindex();
    for (const endpoint of [offersCsvEndpoint, offersGeojsonEndpoint]) {
      for (const [query, field] of [
        ['bbox=-2,48,-1,49', 'bbox'],
        ['territory=departement:35', 'territory'],
        ['near=48.11,-1.68', 'near'],
      ] as const) {
        const refused = await ask(context, endpoint, query);
        expect(refused.status).toBe(400);
        expect((await refused.json()).errors).toMatchObject([
          { field, message: expect.stringMatching(/20.001 réponses/) },
        ]);
      }
      expect((await ask(context, endpoint, 'bbox=-2,48,-1,49&kind=creche')).status).toBe(200);
    }
  });

  it('is whole when nothing answers', async () => {
    const context = await sharedContext();
    expect(await (await ask(context, offersGeojsonEndpoint, 'territory=departement:35')).json()).toEqual({
      ...{ type: 'FeatureCollection', features: [] },
    });
  });
});

describe('any question', () => {
  /** What each parameter may be given: some right, some wrong, some that only go with others. */
  const values: Readonly<Record<string, readonly string[]>> = {
    near: ['48.11,-1.68', '95,2', '48.11', '-90,180', 'ici'],
    radius: ['5', '100', '-1', '1e9', '', 'NaN', 'loin'],
    bbox: ['-1.8,48,-1.5,48.2', '-180,-90,180,90', '165,-23,-175,-12', '2,48,1', '1,49,2,48'],
    commune: ['35238', '75056', '97411', '2A004', '99999', 'Rennes', ''],
    territory: ['region:53', 'departement:35', 'epci:243500139', 'commune:35238', 'region:99', 'france', ':'],
    priority: ['1', '2,3', '11', '0', '1,,2', '-1', Array(10_000).fill('1').join(',')],
    kind: ['pmi', 'creche,pmi', 'piscine', '__proto__', ''],
    stage: ['grossesse', 'premiers-mois,premieres-annees', 'hier', 'toString'],
    audience: ['parents', 'deuil', 'tous'],
    mode: ['sur-place', 'telephone', 'a-pied'],
    language: ['fr', 'en,ar', 'xx'],
    access: ['poussette', 'poussette,lsf', 'toit'],
    cost: ['gratuit', 'gratuit,payant', 'cher'],
    q: ['accueil', 'servcie', '', '\u0000', "';--", '👶', 'é'.repeat(201), '   '],
    open: [
      'now',
      'evening',
      'saturday',
      '2026-11-24T10:00',
      '2026-11-24T09:00:00.000Z',
      'hier',
      '2026-02-30T10:00',
      '',
    ],
    couleur: ['bleu'],
  };
  const places = ['near', 'bbox', 'commune', 'territory'];
  const question = fc
    .uniqueArray(fc.constantFrom(...Object.keys(values)), { maxLength: 7 })
    .chain((names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(values[name] ?? []))]))),
    );
  /** A question that is well asked, in a bounded place, so that it never widens. */
  const wellAsked = fc
    .subarray(Object.keys(values).filter((name) => !places.includes(name) && name !== 'couleur' && name !== 'radius'))
    .map((names) => Object.fromEntries(names.map((name) => [name, values[name]?.[0] ?? ''])));
  const ranges = ['bbox=-1.8,48,-1.5,48.2', 'commune=35238&radius=5', 'territory=departement:35'];

  it('is answered, or refused by naming what was given wrong, in the same way in each shape', async () => {
    const context = await farPlaces();
    const property = fc.asyncProperty(question, async (given) => {
      const query = String(new URLSearchParams(given));
      const [one, ...others] = await Promise.all(
        [offersEndpoint, offersGeojsonEndpoint, offersCsvEndpoint].map((endpoint) => ask(context, endpoint, query)),
      );
      expect([200, 400]).toContain(one?.status);
      for (const other of others) expect(other.status).toBe(one?.status);
      if (one?.status !== 400) return;
      const { errors } = await one.json();
      expect(errors.length).toBeGreaterThan(0);
      for (const { field, message } of errors) {
        expect(message).not.toBe('');
        if (!(field in given)) expect([field, places.some((place) => place in given)]).toEqual(['near', false]);
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('gives as many answers in each shape, and no more with one filter more', async () => {
    const context = await farPlaces();
    const property = fc.asyncProperty(fc.constantFrom(...ranges), wellAsked, async (range, filters) => {
      const query = `${range}&${new URLSearchParams(filters)}`;
      const { total, offers } = await json(context, `${query}&limit=100`);
      const { features } = await (await ask(context, offersGeojsonEndpoint, query)).json();
      const lines = (await (await ask(context, offersCsvEndpoint, query)).text()).trim().split('\n');
      expect([offers.length, features.length, lines.length - 1]).toEqual([total, total, total]);
      const [, ...fewer] = Object.entries(filters);
      expect((await json(context, `${range}&${new URLSearchParams(fewer)}`)).total).toBeGreaterThanOrEqual(total);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

let single: Promise<DirectoryContext> | undefined;
/** One free place in Rennes, open on Tuesday mornings. */
const onePlace = (): Promise<DirectoryContext> => {
  single ??= withRecords(
    record(
      '1',
      { hours: 'Tu 09:00-12:00', access: ['poussette'] },
      {
        ...{ costs: ['gratuit'], audiences: ['parents'], modes: ['sur-place'], languages: ['en'] },
        ...{ stage_from: -40, stage_to: 8 },
      },
    ),
  );
  return single;
};

let far: Promise<DirectoryContext> | undefined;
/** Places in the cities of arrondissements, on both sides of the date line; and in Rennes, each with other traits. */
const farPlaces = (): Promise<DirectoryContext> => {
  far ??= withRecords(
    record('Paris', { insee: '75112', lat: 48.84, lon: 2.39 }),
    record('Lyon', { insee: '69383', lat: 45.75, lon: 4.85 }),
    record('Marseille', { insee: '13201', lat: 43.3, lon: 5.37 }),
    record('Wallis', { insee: '98613', lat: -13.28, lon: -176.18 }),
    record('Nouméa', { insee: '98818', lat: -22.27, lon: 166.45 }),
    ...Array.from({ length: 24 }, (_, at) =>
      record(
        `Rennes ${at}`,
        {
          lat: 48.11 + at / 10_000,
          ...(at % 3 ? { hours: 'Mo-Su 08:00-22:00' } : {}),
          access: at % 2 ? ['poussette'] : [],
        },
        {
          name: at % 4 ? 'Accueil' : 'Pesée',
          priorities: [1 + (at % 3)],
          ...(at % 5 ? { audiences: ['parents'], modes: ['sur-place'] } : {}),
          ...(at % 7 ? { languages: ['fr'], costs: ['gratuit'] } : {}),
          ...(at % 6 ? {} : { stage_from: -40, stage_to: 0 }),
        },
      ),
    ),
  );
  return far;
};

let shared: Promise<DirectoryContext> | undefined;
/** An empty directory, for refusals that need none of their own. */
const sharedContext = (): Promise<DirectoryContext> => {
  shared ??= directoryContext();
  return shared;
};
