import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openHouse } from '#house/open.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { type Measure, percentile, shown, timeEach } from './bench.ts';

/** How long the completion of a commune takes inside the process, keystroke after keystroke. */
export default async (): Promise<Measure> => {
  const opened = await openHouse(console.log);
  if (!opened.ok) throw new Error(opened.error.join(' '));
  const { context, close } = opened.value;

  const before = memory();
  const start = performance.now();
  const index = await territoryIndex.build(context.db);
  const built = performance.now() - start;
  const weight = memory() - before;

  const typed = index.communes.filter((_, row) => row % 35 === 0).flatMap(({ name }) => beginnings(name));
  const times = timeEach((round) => index.complete(typed[round % typed.length] ?? ''), typed.length);
  const centres = index.communes.filter((_, row) => row % 70 === 0);
  const nearest = timeEach((round) => centres[round] && index.nearest(centres[round]), centres.length);
  await close();
  return {
    name: 'Trouver une commune',
    method: `Noms d’une commune sur 35, tapés lettre à lettre (${typed.length} frappes), dans le processus, réponse de 10 communes. Mémoire : tas de Node après ramassage, avant et après la construction.`,
    rows: [
      { label: 'une frappe, médiane', value: shown(percentile(times, 0.5), 'ms') },
      { label: 'une frappe, 99 fois sur 100', value: shown(percentile(times, 0.99), 'ms'), aim: '< 1 ms' },
      { label: 'une frappe, la plus lente', value: shown(Math.max(...times), 'ms') },
      { label: 'les 20 communes les plus proches, médiane', value: shown(percentile(nearest, 0.5), 'ms') },
      { label: 'lecture et construction de l’index', value: shown(built, 'ms') },
      { label: 'mémoire de l’index', value: shown(weight / 2 ** 20, 'Mio'), aim: '< 40 Mio' },
    ],
  };
};

/** `Rennes` → `R`, `Re`, … `Rennes`. */
const beginnings = (name: string): string[] => Array.from(name, (_, at) => name.slice(0, at + 1));

const memory = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};
