import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Context } from '#platform/server/context.ts';
import { directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord } from '../model.ts';
import { tilePoints } from '../search/tile.ts';
import { offersIndex, offersTile, refreshTimetables, saveRecords } from './index.ts';

const place = (ref: string, lat: number, lon: number, priority = 1): DirectoryRecord => ({
  place: {
    ref,
    fields: {
      name: `Lieu ${ref}`,
      kind: 'pmi',
      insee: '35238',
      lat,
      lon,
      precision: 'street',
      hours: 'Mo-Fr 09:00-12:00',
    },
  },
  services: [{ ref, fields: { name: 'Service', kind: 'pmi', priorities: [priority] } }],
});

const withPlaces = async () => {
  const context = await directoryContext();
  const first = place('1', 48.11, -1.68);
  const second = { ref: '1/2', fields: { name: 'Autre service', kind: 'pmi' as const } };
  const places = [
    { ...first, services: [...first.services, second] },
    place('2', 48.1101, -1.6801, 2),
    place('3', 43.3, 5.37),
  ];
  await saveRecords(context, { source: 'essai', on: '2026-01-01' }, places);
  await context.reindex();
  return context;
};

const get = (context: Parameters<typeof offersTile>[0], path: string, ifNoneMatch: string | null = null): Response => {
  const url = new URL(`http://localhost/tiles/offers/${path}`);
  const [z = '', x = '', y = ''] = url.pathname.replace(/.*offers\/|\.mvt/g, '').split('/');
  return offersTile(context, { z: Number(z), x: Number(x), y: Number(y) }, url, ifNoneMatch);
};

const mercatorRow = (lat: number, z: number): number => {
  const angle = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z);
};

describe('tiles of the map', () => {
  it('draws together what is close, apart what is not, and the services of a place as one', async () => {
    const context = await withPlaces();
    const { segments } = context.indexes.get(offersIndex);
    const counts = (z: number, x: number, y: number, filters = {}) =>
      tilePoints(segments, { z, x, y }, filters, context.clock.now())
        .map(({ count }) => count)
        .sort();
    expect(counts(0, 0, 0)).toEqual([1, 3]);
    expect(counts(6, 31, 22)).toEqual([3]);
    expect(counts(6, 31, 22, { priorities: [2] })).toEqual([1]);
    // At the closest, each place is drawn: the two services of the first as one point.
    const [x, y] = [Math.floor((-1.68 / 360 + 0.5) * 2 ** 18), mercatorRow(48.11, 18)];
    const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => counts(18, x + dx, y + dy)));
    expect(near.sort()).toEqual([1, 2]);
  });

  it('names a place that has several services, and each stop of a bus', async () => {
    const context = await withPlaces();
    const stop = (ref: string, lat: number) => ({
      ref,
      fields: { label: `Arrêt ${ref}`, insee: '97411', lat, lon: 55.45, precision: 'street' as const },
    });
    await saveRecords(context, { source: 'essai', on: '2026-01-01' }, [
      {
        tour: { ref: 'bus', fields: { name: 'Bus' } },
        stops: [stop('a', -20.88), stop('b', -20.8802)],
        services: ['Pesée', 'Écoute'].map((name) => ({ ref: name, fields: { name, kind: 'pmi' as const } })),
      },
    ]);
    await context.reindex();
    const told = async (z: number, lat: number, lon: number) => {
      const answer = get(context, `${z}/${Math.floor((lon / 360 + 0.5) * 2 ** z)}/${mercatorRow(lat, z)}.mvt`);
      const text = new TextDecoder().decode(await answer.arrayBuffer());
      return ['Lieu 1', 'Lieu 2', 'Arrêt a', 'Arrêt b'].filter((name) => text.includes(name));
    };
    // Two places in one square are a group; nearer, each has its name, the one with two services too.
    expect(await told(6, 48.11, -1.68)).toEqual([]);
    expect(await told(17, 48.11, -1.68)).toContain('Lieu 1');
    expect(await told(17, -20.88, 55.45)).toEqual(['Arrêt a', 'Arrêt b']);
  });

  it('puts every offer in one tile and one only, at every zoom', async () => {
    const context = await withPlaces();
    const { segments } = context.indexes.get(offersIndex);
    for (const z of [1, 2, 3, 4]) {
      let total = 0;
      for (let x = 0; x < 2 ** z; x += 1)
        for (let y = 0; y < 2 ** z; y += 1)
          for (const { count } of tilePoints(segments, { z, x, y }, {}, context.clock.now())) total += count;
      expect(total).toBe(4);
    }
  });

  it('answers 304 while the index is the same, and the new tile after a change', async () => {
    const context = await withPlaces();
    const first = get(context, '6/31/22.mvt');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(20);
    expect(get(context, '6/31/22.mvt', etag).status).toBe(304);
    await saveRecords(context, { source: 'essai', on: '2026-01-01' }, [place('4', 48.2, -1.6)]);
    await context.reindex();
    expect(get(context, '6/31/22.mvt', etag).status).toBe(200);
  });

  it('draws with the filters of its address, each at its own', async () => {
    const context = await withPlaces();
    const bytes = async (query: string) => Buffer.from(await get(context, `6/31/22.mvt${query}`).arrayBuffer());
    const [all, second, none] = [await bytes(''), await bytes('?priority=2'), await bytes('?priority=10')];
    // One alone is named; three together are not; none are an empty layer.
    expect([all, second, none].map((tile) => tile.includes('Lieu 2'))).toEqual([false, true, false]);
    expect(await bytes('')).toEqual(all);
    expect(none.length).toBeLessThan(second.length);
    const etag = get(context, '6/31/22.mvt?priority=2').headers.get('etag');
    expect(get(context, '6/31/22.mvt?priority=2', `"x", W/${etag}`).status).toBe(304);
    // What is open is another matter five minutes later.
    expect(get(context, '6/31/22.mvt?open=now').headers.get('etag')).not.toBe(etag);
  });

  it('weighs little, even where two thousand places are on one point', async () => {
    const context = await directoryContext();
    const many = Array.from({ length: 2_000 }, (_, at) =>
      place(`à cet endroit, avec un nom assez long, n° ${at}`, 48.11, -1.68),
    );
    await saveRecords(context, { source: 'essai', on: '2026-01-01' }, many);
    await context.reindex();
    const address = `18/${Math.floor((-1.68 / 360 + 0.5) * 2 ** 18)}/${mercatorRow(48.11, 18)}.mvt`;
    const tile = Buffer.from(await get(context, address).arrayBuffer());
    expect(gzipSync(tile).length).toBeLessThan(50_000);
    expect(gzipSync(tile).length).toBeGreaterThan(1_000);
  });

  it('answers the new tile although a long transaction is open on the server', async () => {
    const context = await withPlaces();
    await context.db.transaction().execute(async (open) => {
      await sql`select pg_current_xact_id()`.execute(open);
      await context.reindex();
      const etag = get(context, '6/31/22.mvt').headers.get('etag') ?? '';
      await saveRecords(context, { source: 'essai', on: '2026-01-01' }, [place('4', 48.2, -1.6)]);
      await context.reindex();
      expect(get(context, '6/31/22.mvt', etag).status).toBe(200);
    });
  });

  it.each([
    ['19/0/0.mvt', 404],
    ['3/8/0.mvt', 404],
    ['3/0/-1.mvt', 404],
    ['3/0/x.mvt', 404],
  ])('%s: %d', async (path, status) => {
    expect(get(await sharedContext(), path).status).toBe(status);
  });

  it.each([
    ['near=1,2', 'near'],
    ['priority=12', 'priority'],
    ['open=hier', 'open'],
    [`kind=${Array(10_000).fill('pmi').join(',')}`, 'kind'],
    ['priority=1&couleur=bleu', 'couleur'],
  ])('refuses %s by naming %s, to pages of other sites too', async (query, field) => {
    const answer = get(await sharedContext(), `3/0/0.mvt?${query}`);
    expect(answer.status).toBe(400);
    expect((await answer.json()).errors).toMatchObject([{ field }]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });
});

let shared: Promise<Context> | undefined;
/** An empty directory, for refusals that need none of their own. */
const sharedContext = (): Promise<Context> => {
  shared ??= directoryContext();
  return shared;
};

it('compiles hours further when the week is over, and forgets those that nobody uses', async () => {
  const context = await withPlaces();
  const firstWeeks = async () =>
    (await context.db.selectFrom('timetable').select('first_week').execute()).map(({ first_week }) =>
      first_week.toString(),
    );
  expect(new Set(await firstWeeks())).toEqual(new Set(['2026-11-16']));
  expect(await refreshTimetables(context.db, Temporal.PlainDate.from('2026-11-22'))).toBe(0);
  expect(await refreshTimetables(context.db, Temporal.PlainDate.from('2027-01-07'))).toBe(1);
  expect(await firstWeeks()).toEqual(['2027-01-04']);
  await context.db.updateTable('offer').set({ timetable_id: null }).execute();
  await refreshTimetables(context.db, Temporal.PlainDate.from('2027-02-07'));
  expect(await firstWeeks()).toEqual([]);
});
