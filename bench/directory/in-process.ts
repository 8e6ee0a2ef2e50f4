import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import pg from 'pg';
import { connectionOptions } from '#platform/server/database/database.ts';
import type { OfferFilters } from '../../src/modules/directory/search/filters.ts';
import { nearestOffers } from '../../src/modules/directory/search/nearest.ts';
import { type OfferQuestion, searchOffers } from '../../src/modules/directory/search/search.ts';
import { buffersOf, openSegment, type Segment } from '../../src/modules/directory/search/segment.ts';
import { boxAround } from '../../src/modules/directory/search/sphere.ts';
import type { BuiltInThread } from '../../src/modules/directory/server/offers-index.ts';
import { weekNumber } from '../../src/modules/directory/week.ts';
import { micro, percentile, shown } from '../bench.ts';
import { type Add, now, type Spots } from './asked.ts';

/** Builds the index as the site does, then asks it questions beside the bare index. */
export const inProcess = async (url: string, expected: number, spots: Spots, add: Add): Promise<Segment> => {
  const built: BuiltInThread[] = [];
  // A million takes five times as long: fewer rounds keep the whole within its minutes.
  const large = expected > 200_000;
  for (let round = 0; round < (large ? 1 : 3); round += 1) built.push(await buildInThread(url));
  const median = (of: (one: BuiltInThread) => number): number => percentile(built.map(of), 0.5);
  const last = built.at(-1);
  if (!last) throw new Error('nothing was built');
  const { count } = last.data;
  add(
    'lecture de la base, dans le fil',
    shown(
      median(({ readMs }) => readMs),
      'ms',
    ),
  );
  add(
    'construction de l’index',
    shown(
      median(({ buildMs }) => buildMs),
      'ms',
    ),
    count === 200_000 ? '300 ms' : undefined,
  );
  const started = performance.now();
  const segment = openSegment(last.data);
  add('échange', micro(performance.now() - started));
  const bytes = buffersOf(last.data).reduce((sum, { byteLength }) => sum + byteLength, 0);
  add('mémoire de l’index', shown(bytes / 1e6, 'Mo'));

  const bare = await bareIndex(url);
  const box = (round: number) => boxAround(spots(round), 10);
  const ask = (round: number, filters: OfferFilters, more: Partial<OfferQuestion> = {}) =>
    searchOffers([segment], { where: { kind: 'box', ...box(round) }, filters, now, limit: 20, ...more });
  const around10 = (round: number) => ({ where: { kind: 'around', spot: spots(round), km: 10 } }) as const;
  const nearest = (round: number, filters: OfferFilters) =>
    nearestOffers([segment], spots(round), filters, now, 20, 1000);

  const inBox = 'index nu, boîte de 20 km et une priorité';
  const near = 'index nu, les 20 plus proches d’une priorité';
  const questions: Question[] = [
    { text: inBox, work: (round) => bare.inBox(box(round)) },
    {
      text: 'boîte de 20 km et une priorité',
      beside: inBox,
      aim: true,
      work: (round) => ask(round, { priorities: [2] }),
    },
    { text: 'boîte de 20 km, tous les filtres', beside: inBox, aim: true, work: (round) => ask(round, everyFilter) },
    {
      text: 'boîte de 20 km, tous les filtres, qui laissent passer la moitié',
      beside: inBox,
      work: (round) => ask(round, wide),
    },
    {
      text: 'rayon de 10 km et une priorité',
      beside: inBox,
      aim: true,
      work: (round) => ask(round, { priorities: [2] }, around10(round)),
    },
    { text: 'rayon de 10 km, sans filtre', beside: inBox, work: (round) => ask(round, {}, around10(round)) },
    {
      text: 'rayon de 10 km, ouvert maintenant',
      beside: inBox,
      work: (round) => ask(round, { opening: { when: 'now' } }, around10(round)),
    },
    {
      text: 'rayon de 10 km et deux mots',
      beside: inBox,
      work: (round) => ask(round, { text: 'accueil enfants' }, around10(round)),
    },
    {
      text: 'page : rayon de 10 km, par lieu, avec le compte de chaque filtre',
      beside: inBox,
      work: (round) => ask(round, {}, { ...around10(round), by: 'site', countFacets: true }),
    },
    { text: near, work: (round) => bare.nearest(spots(round)) },
    {
      text: 'les 20 plus proches d’une priorité',
      beside: near,
      aim: true,
      work: (round) => nearest(round, { priorities: [2] }),
    },
    {
      text: 'les 20 plus proches, ouverts maintenant',
      beside: near,
      aim: true,
      work: (round) => nearest(round, { opening: { when: 'now' } }),
    },
  ];
  compare(questions, large ? 4 : 12, add);
  return segment;
};

/** One to five values for each list, and open now. */
const everyFilter: OfferFilters = {
  ...{ priorities: [1, 2, 3, 4, 5], kinds: ['maternite', 'centre-perinatal', 'pmi'], stages: ['premiers-mois'] },
  ...{ audiences: ['futurs-parents', 'parents', 'deuil'], modes: ['sur-place'], languages: ['fr', 'en', 'ar'] },
  ...{ access: ['poussette'], costs: ['gratuit', 'rembourse'], opening: { when: 'now' } },
};

/** So many values that each list lets most offers pass: every filter is looked at for most of them. */
const wide: OfferFilters = {
  priorities: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  kinds: ['maternite', 'centre-perinatal', 'maison-de-naissance', 'pmi', 'consultation-infantile', 'sante-sexuelle'],
  ...{ stages: ['premiers-mois'], modes: ['sur-place'], access: ['poussette'] },
  audiences: ['futurs-parents', 'parents', 'familles-monoparentales', 'handicap', 'jumeaux', 'deuil', 'precarite'],
  languages: ['fr', 'en', 'ar', 'es', 'pt', 'it', 'de', 'tr', 'ru', 'uk'],
  ...{ costs: ['gratuit', 'rembourse', 'quotient-familial', 'adhesion', 'payant'], opening: { when: 'now' } },
};

interface Question {
  readonly text: string;
  readonly work: (round: number) => unknown;
  /** The text of what it is compared with. */
  readonly beside?: string;
  /** At most twice that. */
  readonly aim?: boolean;
}

const POINTS = 500;

/** Asks each question at every point, question after question, again and again; the first two sweeps are a warm-up. */
const compare = (questions: readonly Question[], sweeps: number, add: Add): void => {
  const samples = new Map(questions.map(({ text }) => [text, [] as number[]]));
  for (let sweep = -2; sweep < sweeps; sweep += 1) {
    for (const { text, work } of questions) {
      for (let round = 0; round < POINTS; round += 1) {
        const before = performance.now();
        work(round);
        if (sweep >= 0) samples.get(text)?.push(performance.now() - before);
      }
    }
  }
  const times = (text: string) => {
    const all = samples.get(text) ?? [];
    return { p50: percentile(all, 0.5), p99: percentile(all, 0.99), mean: all.reduce((a, b) => a + b, 0) / all.length };
  };
  for (const { text, beside, aim } of questions) {
    const one = times(text);
    const other = beside === undefined ? undefined : times(beside);
    const ratio = other
      ? `, × ${(one.p50 / other.p50).toFixed(1).replace('.', ',')} l’index nu (moyenne × ${(one.mean / other.mean).toFixed(1).replace('.', ',')})`
      : '';
    add(text, `${micro(one.p50)}${ratio}, p99 ${micro(one.p99)}`, aim ? '≤ 2 × l’index nu, p99 < 5 ms' : undefined);
  }
};

/** What the reference measured: a spatial index, a bit, and nothing else. */
const bareIndex = async (url: string) => {
  const client = new pg.Client(connectionOptions(url));
  await client.connect();
  const { rows } = await client.query<{ lat: number; lon: number; priorities: number }>(
    'select lat, lon, priorities from offer where not gone and lat is not null order by id',
  );
  await client.end();
  const tree = new KDBush(rows.length, 64, Float32Array);
  for (const { lat, lon } of rows) tree.add(lon, lat);
  tree.finish();
  const bits = Uint16Array.from(rows, ({ priorities }) => priorities);
  const passes = (row: number): boolean => ((bits[row] ?? 0) & 2) !== 0;
  return {
    inBox: ({ west, south, east, north }: ReturnType<typeof boxAround>): number => {
      let found = 0;
      for (const row of tree.range(west, south, east, north)) if (passes(row)) found += 1;
      return found;
    },
    nearest: ({ lat, lon }: { lat: number; lon: number }): number[] => around(tree, lon, lat, 20, 1000, passes),
  };
};

const buildInThread = (url: string): Promise<BuiltInThread> =>
  new Promise((resolve, reject) => {
    const firstWeek = weekNumber(Temporal.PlainDate.from('2026-11-16'));
    const thread = new Worker(path.resolve('src/modules/directory/server/build-thread.ts'), {
      workerData: { url, firstWeek },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
