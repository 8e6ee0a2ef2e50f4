import { openHouse } from '#house/open.ts';
import { catalogue } from '#modules/initiatives/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { type Measure, percentile, shown, timeEach } from './bench.ts';

/** How long a search among the projects takes inside the process: words, filters, place, counts of every facet. */
export default async (): Promise<Measure> => {
  const opened = await openHouse(console.log);
  if (!opened.ok) throw new Error(opened.error.join(' '));
  const { context, close } = opened.value;

  const start = performance.now();
  const all = catalogue(context);
  const built = performance.now() - start;
  const bordeaux = context.indexes.get(territoryIndex).commune('33063');
  const none = { words: '', priorities: [], themes: [], regions: [], departements: [], calls: [] };
  // One word of each title, right or with a letter missing, so that the tolerance to mistakes is paid for too.
  const typed = all.entries.flatMap(({ initiative }) => {
    const word = initiative.title.split(/[^\p{L}]+/u).sort((a, b) => b.length - a.length)[0] ?? '';
    return [word, `${word.slice(0, 2)}${word.slice(3)}`];
  });
  const words = timeEach((round) => all.search({ ...none, words: typed[round % typed.length] ?? '' }), 2_000);
  const filtered = timeEach((round) => all.search({ ...none, departements: round % 2 ? ['33'] : ['974'] }), 2_000);
  const near = timeEach(() => bordeaux && all.search({ ...none, near: { point: bordeaux, radiusKm: 100 } }), 2_000);
  await close();
  return {
    name: 'Chercher parmi les projets',
    method: `${all.entries.length} projets, 2 000 recherches de chaque sorte dans le processus, tous les décomptes compris. Les mots : le plus long de chaque titre, juste une fois, avec une lettre oubliée l’autre fois.`,
    rows: [
      { label: 'par un mot, médiane', value: shown(percentile(words, 0.5), 'ms') },
      { label: 'par un mot, 99 fois sur 100', value: shown(percentile(words, 0.99), 'ms'), aim: '< 5 ms' },
      { label: 'par un département, 99 fois sur 100', value: shown(percentile(filtered, 0.99), 'ms') },
      { label: 'autour d’une commune, 99 fois sur 100', value: shown(percentile(near, 0.99), 'ms') },
      { label: 'préparation, une fois', value: shown(built, 'ms') },
    ],
  };
};
