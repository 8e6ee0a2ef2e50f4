import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { around } from 'geokdbush';
import { sql } from 'kysely';
import pg from 'pg';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { connectionOptions, createDatabase, createPool } from '#platform/server/database/database.ts';
import { readSettings, type Settings } from '#platform/server/settings.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { buildSegment } from '../src/modules/directory/search/build.ts';
import { boxAround, nearestOffers, type OfferQuestion, searchOffers } from '../src/modules/directory/search/search.ts';
import { openSegment, type Segment } from '../src/modules/directory/search/segment.ts';
import { compileTimetable } from '../src/modules/directory/server/compile-hours.ts';
import { readAllOffers } from '../src/modules/directory/server/read-offers.ts';
import { mondayOfWeek, weekNumber } from '../src/modules/directory/week.ts';
import { type Measure, percentile, shown, timeEach } from './bench.ts';
import { fill, pointDrawer } from './directory/synthetic.ts';

/** A Tuesday, so that the hours drawn are open for some and closed for others. */
const now = Temporal.Instant.from('2026-11-24T09:30:00Z');
/** BENCH_OFFERS=200000,1000000 */
const sizes = (process.env.BENCH_OFFERS ?? '200000').split(',').map(Number);

/** The directory at 200 000 offers (and more with BENCH_OFFERS): in the process, over HTTP, beside SQL. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-directory-'));
  const read = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const rows: Measure['rows'][number][] = [];
  try {
    for (const count of sizes) {
      const label = (text: string): string => `${count.toLocaleString('fr-FR')} : ${text}`;
      const add = (text: string, value: string, aim?: string): void => {
        rows.push({ label: label(text), value, ...(aim ? { aim } : {}) });
        console.log(label(text), value);
      };
      const database = await openDatabase(read.value, 'command', console.log);
      if (!database.ok) throw new Error(database.error);
      const { url, close } = database.value;
      await prepareDatabase(url, read.value);
      const db = createDatabase(createPool(url, 2));
      const territories = await territoryIndex.build(db);
      await fillTimetables(url);
      await fill(url, territories, count);
      await inProcess(url, territories, count, add);
      await besideSql(url, territories, add);
      await db.destroy();
      await close();
      await overHttp(read.value, territories, add);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'L’annuaire',
    method:
      'Offres inventées, tirées autour des communes selon leur population, mêmes graines à chaque fois. Dans le processus : 3 000 questions tirées de même, après mise en route. SQL : la même base, mêmes boîtes, index GiST sur point(lon, lat) ; et la recherche de l’ancienne application, un tableau JSONB sans index, résultat entier. HTTP : le site construit, sur la même machine que le client.',
    rows,
  };
};

type Add = (text: string, value: string, aim?: string) => void;
type Territories = Awaited<ReturnType<typeof territoryIndex.build>>;

const fillTimetables = async (url: string): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  await client.query('truncate timetable restart identity');
  for (let at = 0; at < 500; at += 1) {
    const opens = 7 + (at % 5);
    const text = `Mo-Fr ${String(opens).padStart(2, '0')}:${String((at % 12) * 5).padStart(2, '0')}-12:30,13:30-${17 + (at % 3)}:00${at % 7 === 0 ? '; week 1-53/2 Sa 09:00-12:00' : ''}`;
    const recipe = { kind: 'hours', text, holidays: '75', closures: [] } as const;
    const timetable = compileTimetable(recipe, now.toZonedDateTimeISO('Europe/Paris').toPlainDate());
    await client.query('insert into timetable (key, recipe, first_week, bitmaps, weeks) values ($1, $2, $3, $4, $5)', [
      ...[`bench ${at}`, JSON.stringify(recipe), mondayOfWeek(timetable.firstWeek).toString()],
      ...[Buffer.from(timetable.bitmaps.buffer), timetable.weeks],
    ]);
  }
  await client.end();
};

const inProcess = async (url: string, territories: Territories, count: number, add: Add): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  let started = performance.now();
  const { rows, timetables } = await readAllOffers(client);
  add('lecture de la base', shown(performance.now() - started, 'ms'));
  await client.end();
  const firstWeek = weekNumber(Temporal.PlainDate.from('2026-11-16'));
  started = performance.now();
  const data = buildSegment(rows, timetables, firstWeek);
  add('construction de l’index', shown(performance.now() - started, 'ms'), count === 200_000 ? '300 ms' : undefined);
  started = performance.now();
  const segment = openSegment(data);
  add('échange', shown(performance.now() - started, 'ms'));
  const segments = [segment];

  const spots = spotsOf(territories);
  const where =
    (km: number) =>
    (round: number): OfferQuestion['where'] => ({ kind: 'around', spot: spots(round), km });
  const ask = (round: number, more: Partial<OfferQuestion> = {}, km = 10) =>
    searchOffers(segments, { where: where(km)(round), filters: { priorities: [2] }, now, limit: 20, ...more });
  const boxOf = (round: number) => boxAround(spots(round), 10);
  const bareBox = (round: number) => {
    const { west, south, east, north } = boxOf(round);
    let found = 0;
    for (const row of segment.kd.range(west, south, east, north))
      if (((segment.priorities[row] ?? 0) & 2) !== 0) found += 1;
    return found;
  };
  const bareNearest = (round: number) => {
    const { lat, lon } = spots(round);
    return around(segment.kd, lon, lat, 20, 1000, (row) => ((segment.priorities[row] ?? 0) & 2) !== 0);
  };
  const measure = (text: string, work: (round: number) => unknown, aim?: string): number => {
    const samples = timeEach(work, 3_000);
    const p50 = percentile(samples, 0.5);
    add(text, `${micro(p50)} (p99 ${micro(percentile(samples, 0.99))})`, aim);
    return p50;
  };
  const barest = measure('index nu, boîte de 20 km et une priorité', bareBox);
  measure(
    'boîte de 20 km et une priorité, comptée et triée',
    (round) =>
      searchOffers(segments, { where: { kind: 'box', ...boxOf(round) }, filters: { priorities: [2] }, now, limit: 20 }),
    `≤ 2 × l’index nu (${micro(2 * barest)})`,
  );
  measure('rayon de 10 km et une priorité, compté et trié', (round) => ask(round));
  const bareNear = measure('index nu, les 20 plus proches d’une priorité', bareNearest);
  measure(
    'les 20 plus proches d’une priorité',
    (round) => nearestOffers(segments, spots(round), { priorities: [2] }, now, 20, 1000),
    `≤ 2 × l’index nu (${micro(2 * bareNear)})`,
  );
  measure('les 20 plus proches, ouverts maintenant', (round) =>
    nearestOffers(segments, spots(round), { opening: { when: 'now' } }, now, 20, 1000),
  );
  measure('rayon de 10 km, tous les filtres, ouvert maintenant', (round) =>
    ask(round, {
      filters: {
        ...{ priorities: [1, 2, 3, 4, 5], kinds: ['maternite', 'pmi', 'creche'], stages: ['premiers-mois'] },
        ...{ audiences: ['parents', 'futurs-parents', 'deuil'], modes: ['sur-place'], costs: ['gratuit', 'adhesion'] },
        opening: { when: 'now' },
      },
    }),
  );
  measure('rayon de 10 km et deux mots', (round) => ask(round, { filters: { text: 'accueil enfants' } }));
  measure('page : 10 km, par lieu, avec le compte de chaque filtre', (round) =>
    ask(round, { filters: {}, by: 'site', countFacets: true }),
  );
  bytesOf(segment, add);
};

const bytesOf = (segment: Segment, add: Add): void => {
  let bytes = 0;
  const count = (value: unknown): void => {
    if (value instanceof ArrayBuffer) bytes += value.byteLength;
    else if (ArrayBuffer.isView(value)) bytes += value.byteLength;
    else if (value && typeof value === 'object' && !Array.isArray(value) && !('numItems' in value))
      Object.values(value).forEach(count);
  };
  count(segment);
  add('mémoire de l’index', shown(bytes / 1e6, 'Mo'));
};

const micro = (ms: number): string => (ms < 1 ? shown(ms * 1000, 'µs') : shown(ms, 'ms'));

const spotsOf = (territories: Territories) => {
  const draw = pointDrawer(territories, 7);
  const spots = Array.from({ length: 500 }, () => {
    const { lat, lon } = draw();
    return { lat, lon };
  });
  return (round: number) => spots[round % spots.length] ?? { lat: 48, lon: 2 };
};

/** The same boxes asked of PostgreSQL: with its index, then as the closed application asked. */
const besideSql = async (url: string, territories: Territories, add: Add): Promise<void> => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  const spots = spotsOf(territories);
  const timed = async (text: string, rounds: number, work: (round: number) => Promise<unknown>): Promise<void> => {
    for (let round = 0; round < Math.ceil(rounds / 10); round += 1) await work(round);
    const samples: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = performance.now();
      await work(round);
      samples.push(performance.now() - before);
    }
    add(text, `${micro(percentile(samples, 0.5))} (p99 ${micro(percentile(samples, 0.99))})`);
  };
  const corners = (round: number): [number, number, number, number] => {
    const { west, south, east, north } = boxAround(spots(round), 10);
    return [west, south, east, north];
  };
  await timed('SQL indexé, boîte de 20 km et une priorité : nombre et 20 lignes', 400, (round) =>
    client.query({
      name: 'box',
      text: `with found as materialized (
          select id, shown, point(lon, lat) <-> point($5, $6) as far from offer
          where point(lon, lat) <@ box(point($1, $2), point($3, $4)) and priorities & 2 <> 0)
        select (select count(*) from found), id, shown from found order by far, id limit 20`,
      values: [...corners(round), spots(round).lon, spots(round).lat],
    }),
  );
  await timed('SQL indexé, les 20 plus proches d’une priorité', 400, (round) =>
    client.query({
      name: 'near',
      text: 'select id, shown from offer where priorities & 2 <> 0 order by point(lon, lat) <-> point($1, $2) limit 20',
      values: [spots(round).lon, spots(round).lat],
    }),
  );
  await timed('JSONB sans index, même boîte, résultat entier', 10, (round) =>
    client.query({
      name: 'closed',
      text: `select distinct references_json, adresse from poi cross join jsonb_array_elements(adresses_json) as adresse
        where (adresse ->> 'position_longitude')::float > $1 and (adresse ->> 'position_latitude')::float > $2
          and (adresse ->> 'position_longitude')::float < $3 and (adresse ->> 'position_latitude')::float < $4`,
      values: corners(round),
    }),
  );
  await client.end();
};

/** The built site on the same data: the API, the tiles, a change, a full build meanwhile. */
const overHttp = async (settings: Settings, territories: Territories, add: Add): Promise<void> => {
  const site = await startSite({
    dataDir: settings.DATA_DIR,
    settings: { API_REQUESTS_PER_MINUTE: '100000000', LOG_LEVEL: 'error' },
  });
  try {
    const spots = spotsOf(territories);
    const paths = Array.from({ length: 500 }, (_, round) => {
      const { lat, lon } = spots(round);
      return `/api/v1/offers?near=${lat.toFixed(4)},${lon.toFixed(4)}&radius=10&priority=2`;
    });
    const load = (connections: number, amount: number) =>
      autocannon({ url: site.url, connections, amount, requests: paths.map((one) => ({ path: one })) });
    await load(10, 2_000);
    for (const connections of [1, 10, 50]) {
      const result = await load(connections, connections === 1 ? 3_000 : 10_000);
      if (result.non2xx > 0) throw new Error(`${result.non2xx} answers are not 200`);
      add(
        `API, ${connections} client${connections > 1 ? 's' : ''}`,
        `${shown(result.requests.average, 'req/s')}, p50 ${shown(result.latency.p50, 'ms')}, p99 ${shown(result.latency.p99, 'ms')}`,
        '3 000 req/s, p99 < 5 ms',
      );
    }
    const weights = await Promise.all(
      paths
        .slice(0, 100)
        .map(async (one) => gzipSync(Buffer.from(await (await fetch(site.url + one)).arrayBuffer())).length),
    );
    add('une page de 20 résultats, compressée, au plus', shown(Math.max(...weights) / 1000, 'ko'), '20 ko');

    const tiles = Array.from({ length: 300 }, (_, round) => {
      const { lat, lon } = spots(round);
      const z = 5 + (round % 12);
      const angle = (lat * Math.PI) / 180;
      const [x, y] = [(lon / 360 + 0.5) * 2 ** z, ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z];
      return `/tiles/offers/${z}/${Math.floor(x)}/${Math.floor(y)}.mvt?priority=2`;
    });
    const tileTimes: number[] = [];
    let heaviest = 0;
    for (const tile of ['/tiles/offers/0/0/0.mvt', ...tiles]) {
      const before = performance.now();
      const bytes = Buffer.from(await (await fetch(site.url + tile)).arrayBuffer());
      tileTimes.push(performance.now() - before);
      heaviest = Math.max(heaviest, gzipSync(bytes).length);
    }
    add(
      'tuiles, dessinées une première fois',
      `p50 ${shown(percentile(tileTimes, 0.5), 'ms')}, p99 ${shown(percentile(tileTimes, 0.99), 'ms')}`,
    );
    add('tuile la plus lourde, compressée', shown(heaviest / 1000, 'ko'), '50 ko');

    const joined = await openDatabase(settings, 'command', console.log);
    if (!joined.ok) throw new Error(joined.error);
    const db = createDatabase(createPool(joined.value.url, 2));
    const { lat, lon } = spots(3);
    const nameNow = async (): Promise<string> =>
      String(
        (await (await fetch(`${site.url}/api/v1/offers?near=${lat},${lon}&radius=30&limit=1`)).json()).offers[0]?.name,
      );
    const before = await nameNow();
    const { offers } = await (await fetch(`${site.url}/api/v1/offers?near=${lat},${lon}&radius=30&limit=1`)).json();
    await sql`update offer set shown = replace(shown, ${before}, 'Nom changé'), changed_in = pg_current_xact_id() where id = ${offers[0].id}`.execute(
      db,
    );
    const announced = performance.now();
    await sql`select pg_notify('mille_jours_changes', 'directory')`.execute(db);
    while ((await nameNow()) !== 'Nom changé') await new Promise((resolve) => setTimeout(resolve, 2));
    add('un changement arrive dans les réponses', shown(performance.now() - announced, 'ms'), '2 000 ms');

    const meanwhile = load(10, 20_000);
    await sql`select pg_notify('mille_jours_changes', 'directory-hours')`.execute(db);
    const result = await meanwhile;
    add(
      'API, 10 clients, pendant une construction entière',
      `p99 ${shown(result.latency.p99, 'ms')}, au plus ${shown(result.latency.max, 'ms')}`,
      'p99 < 20 ms',
    );
    const status = readFileSync(`/proc/${site.process.pid}/status`, 'utf8');
    add('mémoire du site (RSS)', shown(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000, 'Mo'));
    await db.destroy();
    await joined.value.close();
  } finally {
    await site.stop();
  }
};
