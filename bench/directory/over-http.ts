import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import autocannon from 'autocannon';
import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import type { Settings } from '#platform/server/settings.ts';
import { startSite } from '../../scripts/start-site.ts';
import { percentile, processorOf, shown } from '../bench.ts';
import type { Add, Spots } from './asked.ts';
import { takeServerTimes } from './take-server-times.ts';

/** The built site on the same data: the API, the tiles, a change, a full build meanwhile. */
export const overHttp = async (settings: Settings, count: number, spots: Spots, add: Add): Promise<void> => {
  const timesFile = path.join(settings.DATA_DIR, 'server-times.json');
  const site = await startSite({
    dataDir: settings.DATA_DIR,
    settings: {
      ...{ API_REQUESTS_PER_MINUTE: '100000000', LOG_LEVEL: 'error', SERVER_TIMES: timesFile },
      NODE_OPTIONS: `--import=${path.resolve('bench/directory/server-time.ts')}`,
    },
  });
  try {
    const serverTimes = () => takeServerTimes(site, timesFile);
    const paths = Array.from({ length: 500 }, (_, round) => {
      const { lat, lon } = spots(round);
      return `/api/v1/offers?near=${lat.toFixed(4)},${lon.toFixed(4)}&radius=10&priority=2`;
    });
    // autocannon ends at the first of its samples after the last answer: one a second told 3.1 seconds as 4.
    const load = (connections: number, amount: number, asked = paths) =>
      autocannon({ url: site.url, connections, amount, sampleInt: 20, requests: asked.map((one) => ({ path: one })) });
    const measure = async (text: string, aim: string, ...given: Parameters<typeof load>): Promise<void> => {
      const before = processorOf(site.process.pid);
      const result = await load(...given);
      if (result.non2xx > 0) throw new Error(`${result.non2xx} answers are not 200`);
      const { total } = result.requests;
      const times = await serverTimes();
      add(
        text,
        [
          shown(total / result.duration, 'req/s'),
          `p50 ${shown(result.latency.p50, 'ms')}, p99 ${shown(result.latency.p99, 'ms')} vus du client`,
          `p99 ${shown(percentile(times, 0.99), 'ms')} de temps serveur`,
          `${shown(((processorOf(site.process.pid) - before) / total) * 1e6, 'µs')} de processeur par réponse, client non compris`,
          `${shown(result.throughput.total / total / 1000, 'ko')} par réponse`,
        ].join(' ; '),
        aim,
      );
    };
    // A site that has been open for a while: what a search runs through has been compiled.
    await load(10, 15_000);
    await serverTimes();
    // One alone waits for each answer before it asks again: that is a time, not what the site can answer.
    await measure('API, 1 client', 'p99 serveur < 5 ms', 1, 4_000);
    await measure('API, 10 clients', AIM, 10, 10_000);
    await measure('API, 50 clients', AIM, 50, 10_000);
    const ofAllSorts = paths.map((one, round) => `${one}${MORE[round % MORE.length] ?? ''}`);
    await load(10, 5_000, ofAllSorts);
    await serverTimes();
    await measure('API, 10 clients, questions de toutes sortes', AIM, 10, 10_000, ofAllSorts);
    await weigh(site.url, paths, add);
    await drawTiles(site.url, spots, add);
    await serverTimes();

    const joined = await openDatabase(settings, 'command', console.log);
    if (!joined.ok) throw new Error(joined.error);
    const db = createDatabase(createPool(joined.value.url, 2));
    await changeOne(site.url, db, spots(3), add);

    // The questions begin with the build, and are about as many as it lasts.
    await serverTimes();
    await sql`select pg_notify('mille_jours_changes', 'directory-hours')`.execute(db);
    const result = await load(10, Math.round((4_000 * count) / 200_000));
    add(
      'API, 10 clients, pendant une construction entière',
      `p99 ${shown(result.latency.p99, 'ms')} vu du client, au plus ${shown(result.latency.max, 'ms')} ; p99 ${shown(percentile(await serverTimes(), 0.99), 'ms')} de temps serveur`,
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

const AIM = '3 000 req/s, p99 serveur < 5 ms';

/** What is asked besides, question after question: nothing, words, hours, every filter. */
const MORE = [
  '',
  '&q=accueil%20enfants',
  '&open=now',
  '&kind=maternite,pmi,centre-perinatal&stage=premiers-mois&audience=parents,deuil&mode=sur-place&language=fr,en&access=poussette&cost=gratuit,rembourse',
];

/** How many bytes an answer is on the wire, for somebody who takes it compressed as every browser does. */
const bytesOf = (address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once('end', () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(address))));
    }).once('error', reject);
  });

const weigh = async (url: string, paths: readonly string[], add: Add): Promise<void> => {
  const weights: number[] = [];
  for (const one of paths) weights.push(await bytesOf(url + one));
  add('une page de 20 résultats, compressée, au plus', shown(Math.max(...weights) / 1000, 'ko'), '20 ko');
};

/** From the country to the street, one in two with a filter. */
const drawTiles = async (url: string, spots: Spots, add: Add): Promise<void> => {
  const tiles = Array.from({ length: 450 }, (_, round) => {
    const { lat, lon } = spots(round);
    const z = 4 + (round % 15);
    const angle = (lat * Math.PI) / 180;
    const [x, y] = [(lon / 360 + 0.5) * 2 ** z, ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z];
    return `/tiles/offers/${z}/${Math.floor(x)}/${Math.floor(y)}.mvt${round % 2 === 0 ? '' : '?priority=2'}`;
  });
  const times: number[] = [];
  let heaviest = 0;
  for (const tile of ['/tiles/offers/0/0/0.mvt', ...tiles]) {
    const before = performance.now();
    const bytes = await bytesOf(url + tile);
    times.push(performance.now() - before);
    heaviest = Math.max(heaviest, bytes);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  add('tuiles, dessinées une première fois', `p50 ${shown(p50, 'ms')}, p99 ${shown(p99, 'ms')}`);
  add('tuile la plus lourde, compressée', shown(heaviest / 1000, 'ko'), '50 ko');
};

const changeOne = async (
  url: string,
  db: ReturnType<typeof createDatabase>,
  { lat, lon }: { lat: number; lon: number },
  add: Add,
): Promise<void> => {
  const first = async (): Promise<{ id: number; name: string }> =>
    (await (await fetch(`${url}/api/v1/offers?near=${lat},${lon}&radius=30&limit=1`)).json()).offers[0];
  const { id, name } = await first();
  await sql`update offer set shown = replace(shown, ${name}, 'Nom changé'), changed_in = pg_current_xact_id()
    where id = ${id}`.execute(db);
  const announced = performance.now();
  await sql`select pg_notify('mille_jours_changes', 'directory')`.execute(db);
  while ((await first()).name !== 'Nom changé') await new Promise((resolve) => setTimeout(resolve, 2));
  add('un changement arrive dans les réponses', shown(performance.now() - announced, 'ms'), '2 000 ms');
};
