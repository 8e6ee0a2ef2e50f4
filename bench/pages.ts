import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pages } from '../e2e/pages.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';
import { load } from './pages/load.ts';

/** What browser tests walk through, then other faces of the same pages and what pages call of the API. */
const addresses = [
  ...pages,
  '/s-informer?q=sommeil',
  '/articles/accidents-de-la-maison',
  '/livret',
  '/livret?moment=grossesse',
  '/l-essentiel',
  '/l-essentiel/1',
  '/depistage',
  '/depistage/imprimer',
  '/depistage/professionnels',
  '/integrer',
  '/integrer/cadre/depistage',
  '/initiatives?q=creche&region=53',
  '/initiatives?near=bordeaux&radius=200',
  '/territoires?q=saint',
  '/api/v1/communes?q=ren',
  '/api/v1/initiatives?priority=4',
];

/** Requests of one measure, and measures of one page: their median is told, as a neighbour may disturb one. */
const REQUESTS = 200;
const MEASURES = 3;

/** Requests of one page before it is measured: until then its own code is still being compiled, which is counted too. */
const WARM_UP = 300;

/** Processor seconds used so far by a process: user and system, from the kernel's own count (10 ms steps). */
const processorSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** Proportional memory of a process and of all its descendants, in MB: shared pages are counted once. */
const memory = (root: number): { node: number; database: number } => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [
          [
            Number(pid),
            Number(
              readFileSync(`/proc/${pid}/stat`, 'utf8')
                .replace(/^.*\) /s, '')
                .split(' ')[1],
            ),
          ] as const,
        ];
      } catch {
        return [];
      }
    });
  const below = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  const pss = (pid: number): number => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1000;
    } catch {
      return 0;
    }
  };
  return { node: pss(root), database: below(root).reduce((sum, pid) => sum + pss(pid), 0) };
};

/** Status of an address. Those that lead elsewhere or nowhere are not measured. */
const ask = async (url: string): Promise<number> => {
  const response = await fetch(url, { redirect: 'manual' });
  await response.arrayBuffer();
  return response.status;
};

/** The site gives back what it no longer needs within twenty seconds (src/platform/server/rest.ts). */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25_000));

/** Start, memory at rest, then processor time of each page. One run on one site, since each needs the one before. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const settings = { API_REQUESTS_PER_MINUTE: '10000000', LOG_LEVEL: 'info' };
  try {
    const first = await startSite({ dataDir, settings });
    await fetch(first.url);
    await first.stop();
    const before = performance.now();
    const site = await startSite({ dataDir, settings });
    await (await fetch(site.url)).text();
    const firstPage = performance.now() - before;
    await rest();
    const pid = site.process.pid ?? 0;
    const calm = memory(pid);
    const rows: { label: string; value: string; aim?: string }[] = [
      {
        label: 'premier démarrage, construction faite, base à créer',
        value: shown(first.startedIn / 1000, 's'),
        aim: '60 s',
      },
      { label: 'démarrage suivant, première page lue', value: shown(firstPage / 1000, 's'), aim: '5 s' },
      { label: 'mémoire au repos : application', value: shown(calm.node, 'Mo') },
      { label: 'mémoire au repos : base', value: shown(calm.database, 'Mo') },
      { label: 'mémoire au repos : ensemble', value: shown(calm.node + calm.database, 'Mo'), aim: '300 Mo' },
    ];
    const open = [];
    for (const address of addresses) if ((await ask(site.url + address)) === 200) open.push(address);
    // A site that has been open for a while: what every page shares has already been compiled.
    for (const address of open) await load(site.url + address, 100);
    for (const address of open) {
      await load(site.url + address, WARM_UP);
      const samples: number[] = [];
      let slowest = 0;
      for (let measure = 0; measure < MEASURES; measure += 1) {
        const cpu = processorSeconds(pid);
        const times = await load(site.url + address, REQUESTS);
        samples.push(((processorSeconds(pid) - cpu) * 1000) / REQUESTS);
        slowest = Math.max(slowest, percentile(times, 0.99));
      }
      rows.push({
        label: `processeur par requête, ${address}`,
        value: `${shown(percentile(samples, 0.5), 'ms')} (p99 ${shown(slowest, 'ms')})`,
        aim: '1 ms',
      });
    }
    await rest();
    const after = memory(pid);
    rows.push({ label: 'mémoire au repos, après ces requêtes', value: shown(after.node + after.database, 'Mo') });
    await site.stop();
    return {
      name: 'Démarrage, mémoire, rendu des pages',
      method: `Un site neuf sur sa propre base. Mémoire : somme des parts proportionnelles (PSS) après 25 s de repos. Rendu : chaque page ${100 + WARM_UP} fois pour la mise en route, puis trois mesures de ${REQUESTS} requêtes sur 4 connexions, dont voici la médiane ; temps processeur du processus de l’application, journal compris, compté par le noyau. Le client ne demande pas de compression : elle se fait dans d’autres fils et coûte de 0,3 à 0,6 ms de plus par page.`,
      rows,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
