import { deposits, holders, onTwoProcesses, troublesOf } from '../e2e/process/deposits.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { type Measure, percentile, shown } from './bench.ts';

/** BENCH_DEPOSITS=200 in each of the three rounds. */
const count = Number(process.env.BENCH_DEPOSITS ?? '200');

/** Two hundred holders who deposit in the last ten seconds, on two processes of one base: all or nothing for each. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const rows: Measure['rows'][number][] = [];
  const add = (label: string, value: string, aim?: string): void => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  await onTwoProcesses(async (sites, db) => {
    await deposits(sites, await holders(db, 20, 60), () => 0);
    for (const [label, seconds, when] of [
      ['à un instant de leur choix dans les dix dernières secondes', 12, () => 1_500 + Math.random() * 9_500],
      ['tous au même instant', 60, () => 0],
      [
        'de part et d’autre de l’heure limite, à deux secondes près',
        8,
        (closes: number) => closes - Date.now() + (Math.random() - 0.5) * 4_000,
      ],
    ] as const) {
      const round = await holders(db, count, seconds);
      const { answers, lasted } = await deposits(sites, round, () => when(round.closes));
      const times = answers.map(({ ms }) => ms);
      const kept = answers.filter(({ deposited }) => deposited).length;
      const troubles = await troublesOf(db, answers, round.closes);
      if (troubles.length > 0) throw new Error(troubles.join('; '));
      const late = answers.length - kept;
      add(
        `${count} dépôts, ${label}`,
        [
          `${kept} déposés${late > 0 ? `, ${late} refusés` : ''}, chacun entier ou absent`,
          `p50 ${shown(percentile(times, 0.5), 'ms')}, p95 ${shown(percentile(times, 0.95), 'ms')}`,
          ...(seconds === 60 ? [shown((kept / lasted) * 1000, 'dépôts/s')] : []),
        ].join(' ; '),
        seconds === 12 ? 'p95 < 1 s' : undefined,
      );
    }
  });
  return {
    name: 'Les dépôts à l’heure limite',
    method: `Deux processus du site sur une même base embarquée, par HTTP sur la boucle locale ; ${count} personnes connectées, une candidature complète chacune. Un dépôt : lire les parties, juger, figer, écrire au journal, écrire le récépissé. Après chaque essai, la base est relue : déposée si et seulement si la réponse le disait, un instantané et un seul, aucun à l’heure limite ou après.`,
    rows,
  };
};
