import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { listenToChanges } from '#platform/server/database/changes.ts';
import { connectionOptions } from '#platform/server/database/database.ts';
import { keepIndexes } from '#platform/server/indexes.ts';
import { createLogger } from '#platform/server/log.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import type { DirectoryRecord } from '../model.ts';
import type { OfferFacts, RowText } from '../search/build.ts';
import { searchOffers } from '../search/search.ts';
import { shownText } from '../search/segment.ts';
import { offersIndex, saveRecords, saveSource } from './index.ts';
import { beginReading, readAllOffers, readChangedOffers } from './read-offers.ts';
import { HOURS_TOPIC } from './timetables.ts';

const origin = { source: 'essai', on: '2026-11-21' };
const now = Temporal.Instant.from('2026-11-21T10:00:00Z');

const record = (ref: string, name: string): DirectoryRecord => ({
  place: {
    ref,
    fields: {
      name: `Lieu « ${ref} » d’ici`,
      kind: 'pmi',
      insee: '35238',
      lat: 48.1,
      lon: -1.67,
      hours: 'Mo-Fr 09:00-12:00',
    },
  },
  services: [{ ref, fields: { name, kind: 'pmi', priorities: [2], languages: ['fr', 'co'] } }],
});

/** A process that keeps the index, and the context of another that writes. */
const twoProcesses = async () => {
  const { db, url } = await testDatabase('loaded');
  await sql`truncate directory_source, directory_content, offer, timetable cascade`.execute(db);
  await saveSource(db, { id: 'essai', title: 'Essai' });
  const changes = listenToChanges(url, () => {});
  onTestFinished(() => changes.stop());
  const indexes = keepIndexes(
    [territoryIndex, offersIndex],
    db,
    changes,
    createLogger('silent'),
    fixedClock(now.toString()),
  );
  await indexes.ready();
  const context = testContext(db, { indexes });
  const names = () =>
    searchOffers(indexes.get(offersIndex).segments, {
      where: { kind: 'communes', codes: ['35238'], spot: { lat: 48.1, lon: -1.67 } },
      ...{ filters: {}, now, limit: 100 },
    }).hits.map(({ segment, row }) => String(JSON.parse(shownText(segment, row)).name));
  return { context: context as Context, db, url, indexes, names };
};

describe('the index of offers', () => {
  it('follows what is written within two seconds, without being built again', async () => {
    const { context, names, indexes } = await twoProcesses();
    const before = indexes.get(offersIndex).version;
    await saveRecords(context, origin, [record('1', 'Pesée'), record('2', 'Vaccins')]);
    await vi.waitFor(() => expect(names().sort()).toEqual(['Pesée', 'Vaccins']), { timeout: 2_000 });
    expect(indexes.get(offersIndex).version).not.toBe(before);
    await saveRecords(context, origin, [record('1', 'Pesée du lundi')]);
    await vi.waitFor(() => expect(names().sort()).toEqual(['Pesée du lundi', 'Vaccins']), { timeout: 2_000 });
    expect(indexes.get(offersIndex).segments.length).toBeGreaterThan(1);
  });

  it('misses nothing that was written by a transaction that ended late', async () => {
    const { context, db, names } = await twoProcesses();
    await saveRecords(context, origin, [record('1', 'Avant')]);
    await saveRecords(context, origin, [record('2', 'Lente')]);
    await vi.waitFor(() => expect(names().sort()).toEqual(['Avant', 'Lente']), { timeout: 2_000 });
    // It writes first, ends last, and tells nobody: the next announcement must be enough.
    const [wait, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = db.transaction().execute(async (tx) => {
      await sql`
        update offer set shown = '{"name":"Tardive"}', changed_in = pg_current_xact_id() where shown like '%Lente%'
      `.execute(tx);
      written.resolve();
      await wait.promise;
    });
    await written.promise;
    await saveRecords(context, origin, [record('3', 'Rapide')]);
    await vi.waitFor(() => expect(names()).toContain('Rapide'), { timeout: 2_000 });
    wait.resolve();
    await slow;
    await saveRecords(context, origin, [record('4', 'Suivante')]);
    await vi.waitFor(() => expect(names().sort()).toEqual(['Avant', 'Rapide', 'Suivante', 'Tardive']), {
      timeout: 2_000,
    });
  });

  it('is built again when it is worn, and says the same', async () => {
    const { context, names, indexes } = await twoProcesses();
    for (let round = 0; round < 16; round += 1) {
      await saveRecords(context, origin, [record(String(round % 5), `Tour ${round}`)]);
      await vi.waitFor(() => expect(names()).toContain(`Tour ${round}`), { timeout: 2_000 });
    }
    expect(names().sort()).toEqual(['Tour 11', 'Tour 12', 'Tour 13', 'Tour 14', 'Tour 15']);
    expect(indexes.get(offersIndex).segments.length).toBeLessThan(14);
  });

  it('is built in a thread when it is large, and goes on answering, not in silence, when that fails', async () => {
    const { context, db, url } = await twoProcesses();
    await saveRecords(context, origin, [record('1', 'Pesée')]);
    await sql`
      insert into offer (placement_id, service_id, kind, priorities, audiences, modes, access, languages, costs,
        stage_from, stage_to, time_zone, insee, lat, lon, terms, shown)
      select -many, -many, 0, 0, 0, 0, 0, 0, 0, 0, 1, 'Europe/Paris', '35238', 48.1 + many * 1e-6, -1.67, '',
        json_build_object('name', 'Offre ' || many)
      from generate_series(1, 20000) as many`.execute(db);
    vi.stubEnv('DATABASE_URL', url);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const errors: unknown[] = [];
    const log = createLogger('silent');
    vi.spyOn(log, 'error').mockImplementation((...told: unknown[]) => errors.push(told));
    const index = await offersIndex.build(db, fixedClock(now.toString()), log);
    expect(index.lastBuild).toBeDefined();
    const [main] = index.segments;
    expect(main?.count).toBe(20_001);
    const firstNames = (): string[] =>
      searchOffers(index.segments, {
        where: { kind: 'around', spot: { lat: 48.1, lon: -1.67 }, km: 20 },
        ...{ filters: {}, now, limit: 3 },
      }).hits.map(({ segment, row }) => JSON.parse(shownText(segment, row)).name);
    expect(firstNames()).toEqual(['Pesée', 'Offre 1', 'Offre 2']);
    vi.stubEnv('DATABASE_URL', 'postgres://personne@127.0.0.1:1/rien');
    await offersIndex.refresh?.(db, index, new Set([HOURS_TOPIC]));
    await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 60_000 });
    expect(firstNames()).toEqual(['Pesée', 'Offre 1', 'Offre 2']);
  });

  it('reads the same through the binary copy as row by row', async () => {
    const { context, db, url } = await twoProcesses();
    await saveRecords(
      context,
      origin,
      Array.from({ length: 300 }, (_, at) => record(String(at), `Service n° ${at} « é » \t \\ \n`)),
    );
    const client = new pg.Client(connectionOptions(url));
    await client.connect();
    const { timetables, room } = await beginReading(client);
    const copied: OfferFacts[] = [];
    // What is handed over lasts until the next only.
    const { bytes, bounds } = await readAllOffers(client, room, (rows) => copied.push(...structuredClone(rows)));
    await client.end();
    const changed = await readChangedOffers(db, '0');
    expect(copied).toHaveLength(300);
    const read = ({ bytes, from, to }: RowText): string => new TextDecoder().decode(bytes.subarray(from, to));
    const text = ({ terms, insee, areas, ...row }: OfferFacts) => ({
      ...row,
      ...{ terms: read(terms), insee: read(insee), areas: read(areas) },
    });
    expect(copied.map(text)).toEqual(changed.rows.map(({ shown, ...row }) => text(row)));
    const texts = copied.map((_, row) =>
      new TextDecoder().decode(bytes.subarray(...bounds.subarray(2 * row, 2 * row + 2))),
    );
    expect(texts).toEqual(changed.rows.map(({ shown }) => read(shown)));
    expect(room).toEqual({ rows: 300, bytes: texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0) });
    expect([...timetables.values()]).toEqual([...changed.timetables.values()]);
  });
});
