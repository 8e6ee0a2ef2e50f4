import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, shown } from './bench.ts';

const addresses = [
  '/',
  '/aide',
  '/initiatives',
  '/initiatives?q=creche&region=53',
  '/priorites/3',
  '/territoires/communes/35238',
  '/api/v1/communes?q=ren',
  '/api/v1/initiatives?priority=4',
];

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
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    const pid = site.process.pid ?? 0;
    const rest = memory(pid);
    const rows: { label: string; value: string; aim?: string }[] = [
      {
        label: 'premier démarrage, construction faite, base à créer',
        value: shown(first.startedIn / 1000, 's'),
        aim: '60 s',
      },
      { label: 'démarrage suivant, première page lue', value: shown(firstPage / 1000, 's'), aim: '5 s' },
      { label: 'mémoire au repos : application', value: shown(rest.node, 'Mo') },
      { label: 'mémoire au repos : base', value: shown(rest.database, 'Mo') },
      { label: 'mémoire au repos : ensemble', value: shown(rest.node + rest.database, 'Mo'), aim: '300 Mo' },
    ];
    for (const address of addresses) {
      const load = (amount: number) => autocannon({ url: site.url + address, connections: 4, amount });
      await load(300);
      const cpu = processorSeconds(pid);
      const result = await load(2_000);
      const each = ((processorSeconds(pid) - cpu) * 1000) / 2_000;
      if (result['2xx'] !== 2_000) throw new Error(`${address} answered ${JSON.stringify(result.statusCodeStats)}`);
      rows.push({
        label: `processeur par requête, ${address}`,
        value: `${shown(each, 'ms')} (p99 ${shown(result.latency.p99, 'ms')})`,
        aim: '1 ms',
      });
    }
    await site.stop();
    return {
      name: 'Démarrage, mémoire, rendu des pages',
      method:
        'Un site neuf sur sa propre base. Mémoire : somme des parts proportionnelles (PSS) après 15 s de repos. Rendu : 300 requêtes de mise en route puis 2 000 sur 4 connexions ; temps processeur du processus de l’application, journal compris, compté par le noyau.',
      rows,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
