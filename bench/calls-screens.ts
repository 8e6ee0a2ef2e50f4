import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDemonstration } from '#house/demonstration/load.ts';
import { emailOf, type PersonCode } from '#house/demonstration/people.ts';
import { openHouse } from '#house/open.ts';
import type { Database } from '#platform/server/database/database.ts';
import { type PersonByHttp, personByHttp, signInByHttp } from '../e2e/process/person.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { type StartedSite, startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';
import { takeServerTimes } from './directory/take-server-times.ts';

const ROUNDS = 10;
/** Of one screen, how many different addresses are read: twelve files have the same page. */
const MOST_ADDRESSES = 2;

/** Everybody who has something to do in a call of the demonstration. */
const readers: readonly PersonCode[] = [
  ...(['ministere', 'ars', 'dreets-bretagne', 'ars-normandie', 'caf-landes', 'ars-landes'] as const),
  ...(['porteuse', 'porteuse-landes', 'presidence', 'juree', 'experte'] as const),
];

interface Screen {
  readonly person: PersonByHttp;
  readonly address: string;
}

/** Each screen of calls for projects that somebody can reach from link to link, read by who reaches it. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const timesFile = path.join(dataDir, 'server-times.json');
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: 'error', DATABASE_URL: '' });
  const house = await openHouse(() => {});
  if (!house.ok) throw new Error(house.error.join(' '));
  const loaded = await loadDemonstration(house.value.context);
  await house.value.close();
  if (!loaded.ok) throw new Error(loaded.error.message);

  const site = await startSite({
    dataDir,
    settings: {
      ...{ SERVER_TIMES: timesFile, NODE_OPTIONS: `--import=${path.resolve('bench/directory/server-time.ts')}` },
      ...{ SIGN_INS_PER_QUARTER_HOUR: '100000', FORMS_PER_QUARTER_HOUR: '100000' },
    },
  });
  try {
    const joined = await openHouse(() => {});
    if (!joined.ok) throw new Error(joined.error.join(' '));
    const screens = await walk(site, joined.value.context.db);
    await joined.value.close();
    const measured: { route: string; times: number[] }[] = [];
    for (const [route, addresses] of screens) {
      for (const { person, address } of addresses) await read(person, address);
      await takeServerTimes(site, timesFile);
      for (let round = 0; round < ROUNDS; round += 1)
        for (const { person, address } of addresses) await read(person, address);
      measured.push({ route, times: await takeServerTimes(site, timesFile) });
    }
    const pages = measured.filter(({ route }) => !isFile(route));
    const files = measured.filter(({ route }) => isFile(route));
    return {
      name: 'Les écrans des appels à projets, chacun',
      method: `La démonstration : trois appels à trois stades, lus par ${readers.length} personnes. Chaque écran est atteint de lien en lien par qui y a droit ; au plus ${MOST_ADDRESSES} adresses par écran, lues ${ROUNDS} fois l’une après l’autre. Le temps serveur va de la requête reçue à la réponse finie, pris dans le serveur.`,
      rows: [
        ...summed(pages, 'écrans', 'p95 < 50 ms'),
        ...summed(files, 'fichiers (CSV, tableur, PDF)', 'p95 < 2 000 ms'),
      ],
    };
  } finally {
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** One line for each screen, the slowest first, after the worst of all. */
const summed = (
  measured: readonly { route: string; times: number[] }[],
  what: string,
  aim: string,
): Measure['rows'] => {
  const lines = measured
    .map(({ route, times }) => ({ route, p50: percentile(times, 0.5), p95: percentile(times, 0.95) }))
    .sort((one, other) => other.p95 - one.p95);
  const [worst] = lines;
  return [
    ...(worst ? [{ label: `${lines.length} ${what}, le plus lent`, value: `p95 ${shown(worst.p95, 'ms')}`, aim }] : []),
    ...lines.map(({ route, p50, p95 }) => ({
      label: route,
      value: `p50 ${shown(p50, 'ms')}, p95 ${shown(p95, 'ms')}`,
    })),
  ];
};

const isFile = (route: string): boolean => /\/liste$|\.(pdf|ics|xml|csv)$|\/pieces\/…$/.test(route);

/** From link to link, each person from the spaces of calls: the addresses of each screen. */
const walk = async (site: StartedSite, db: Database): Promise<Map<string, Screen[]>> => {
  const screens = new Map<string, Screen[]>();
  for (const code of readers) {
    const person = personByHttp(() => site.url);
    await signInByHttp(person, db, emailOf(code));
    // Grows while it is walked: each page adds the addresses it leads to.
    const seen = new Set(['/appels', '/appels/espace', '/appels/espace/candidatures']);
    for (const address of seen) {
      const answer = await person.get(address);
      const body = await answer.text();
      if (answer.status !== 200) continue;
      const route = routeOf(address);
      const known = screens.get(route) ?? [];
      if (known.length < MOST_ADDRESSES) screens.set(route, [...known, { person, address }]);
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
      for (const [, link = ''] of body.matchAll(/href="(\/appels[^"#?]*)/g)) seen.add(link);
    }
  }
  if (screens.size === 0) throw new Error('no screen was reached');
  return screens;
};

/** What is one screen, whatever file it shows: `/appels/espace/…/candidatures/…`. */
const routeOf = (address: string): string =>
  address
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    .replace(/\/\d+(?=\/|$)/g, '/…')
    .replace(/^\/appels\/(?!espace|cadre|qui-organise|flux|calendrier)[^/]+/, '/appels/…');

const read = async (person: PersonByHttp, address: string): Promise<void> => {
  const answer = await person.get(address);
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
  await answer.arrayBuffer();
};
