import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { finished, pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { lightHouse } from '#house/house.ts';
import { importers } from '#house/imports.ts';
import { DIRECTORY_TOPIC, offersIndex } from '#modules/directory/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { listenToChanges } from '#platform/server/database/changes.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { keepIndexes } from '#platform/server/indexes.ts';
import { readSettings } from '#platform/server/settings.ts';
import { type Measure, shown } from './bench.ts';

const ROWS = 100_000;

/** How long a large file takes to enter the directory, in what memory, and how soon it is found. */
export default async (): Promise<Measure> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-import-'));
  // A database of its own, so that the operator's is not touched.
  const read = readSettings({ DATA_DIR: path.join(folder, 'data'), LOG_LEVEL: 'warn' });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const settings = read.value;
  const database = await openDatabase(settings, 'command', console.log);
  if (!database.ok) throw new Error(database.error);
  const { url } = database.value;
  await prepareDatabase(url, settings);
  const house = await lightHouse(settings, url, { work: false });
  const context = house.context({ kind: 'system' });
  try {
    const codes = context.indexes.get(territoryIndex).communes.map(({ code }) => code as string);
    const file = path.join(folder, 'finess.csv');
    await writeRegister(file, codes);
    const copied = await bareCopy(url, file);

    const first = await timed(context, 'finess', file);
    const again = await timed(context, 'finess', file);
    const followed = await untilFound(context, url, folder);
    return {
      name: 'Importer un fichier',
      method: `FINESS de ${ROWS.toLocaleString('fr-FR')} établissements à garder, inventés, un par commune tour à tour, sans coordonnées et sans géocodeur en ligne ; base embarquée neuve. Tas de Node après ramassage, toutes les 10 000 lignes. COPY : les mêmes octets dans une table de 32 colonnes de texte, sans index. Index : tenu par des connexions à part, comme dans un autre processus, pendant un import de 500 lignes.`,
      rows: [
        { label: 'premier import', value: `${shown(ROWS / first.seconds, 'lignes/s')} (${shown(first.seconds, 's')})` },
        {
          label: 'le même fichier, une seconde fois',
          value: `${shown(ROWS / again.seconds, 'lignes/s')} (${shown(again.seconds, 's')})`,
        },
        { label: 'COPY nu', value: `${shown(ROWS / copied, 'lignes/s')} (${shown(copied, 's')})` },
        { label: 'tas de Node après 20 000 lignes', value: shown((first.heaps[1] ?? 0) / 2 ** 20, 'Mio') },
        {
          label: 'tas de Node après 100 000 lignes',
          value: shown((first.heaps.at(-1) ?? 0) / 2 ** 20, 'Mio'),
          aim: 'le même',
        },
        { label: 'mémoire du processus, au plus', value: shown(first.rss / 2 ** 20, 'Mio') },
        { label: 'import de 500 lignes', value: shown(followed.imported, 'ms') },
        {
          label: 'dans l’index, après l’annonce de la transaction',
          value: shown(followed.lag, 'ms'),
          aim: '< 2 000 ms',
        },
      ],
    };
  } finally {
    await house.close();
    await database.value.close();
    rmSync(folder, { recursive: true });
  }
};

const timed = async (context: Context, source: string, file: string, mapping?: string) => {
  const heaps: number[] = [];
  let rss = 0;
  const importer = importers({}).find((known) => known.source === source);
  const say = (): void => {
    collectGarbage();
    const { heapUsed, rss: resident } = process.memoryUsage();
    heaps.push(heapUsed);
    rss = Math.max(rss, resident);
  };
  const before = performance.now();
  const report = await importer?.run(context, file, { dryRun: false, say, ...(mapping ? { mapping } : {}) });
  if (!report?.ok) throw new Error(report?.error);
  return { seconds: (performance.now() - before) / 1_000, heaps, rss };
};

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

/** The lag between the commit of a batch, when it is announced, and the moment an index of another process answers with it. */
const untilFound = async (context: Context, url: string, folder: string) => {
  process.env.DATABASE_URL = url;
  const pool = createPool(url, 4);
  const db = createDatabase(pool);
  const changes = listenToChanges(url, () => {});
  try {
    const indexes = keepIndexes([territoryIndex, offersIndex], db, changes, context.log);
    await indexes.ready();
    let told = 0;
    changes.on(DIRECTORY_TOPIC, () => {
      told = performance.now();
    });
    const before = indexes.get(offersIndex).version;
    const file = path.join(folder, 'places.csv');
    const mapping = path.join(folder, 'mapping.yaml');
    writeFileSync(
      mapping,
      'source: { id: bench, titre: Lieux du banc d’essai }\nconstantes: { type: pmi, code_insee: 35238 }\n',
    );
    writeFileSync(file, ['id;nom', ...Array.from({ length: 500 }, (_, at) => `${at};Lieu ${at}`)].join('\n'));
    const imported = timed(context, 'lieux', file, mapping);
    while (indexes.get(offersIndex).version === before) await new Promise((resolve) => setTimeout(resolve, 1));
    const lag = performance.now() - told;
    return { imported: (await imported).seconds * 1_000, lag };
  } finally {
    await changes.stop();
    await db.destroy();
  }
};

const writeRegister = async (file: string, codes: readonly string[]): Promise<void> => {
  const out = createWriteStream(file);
  const done = finished(out);
  out.write('finess;etalab;111;2026-05-12\n');
  for (let at = 0; at < ROWS; at += 1) {
    const code = codes[(at * 7_919) % codes.length] ?? '35238';
    const departement = code.startsWith('97') ? `9${'?ABCD'[Number(code[2])] ?? 'F'}` : code.slice(0, 2);
    const number = `${code.slice(0, 2)}${String(at).padStart(7, '0')}`;
    const row = [
      'structureet',
      number,
      '350000002',
      `PMI NUMERO ${at}`,
      '',
      '',
      '',
      String((at % 90) + 1),
      'R',
      'DU PORT',
      '',
      '',
    ];
    const more = [
      code.slice(2),
      departement,
      '',
      `${code.slice(0, 2)}000 VILLE`,
      `0299${String(100_000 + at)}`,
      '',
      '223',
    ];
    out.write(`${[...row, ...more, 'Protection Maternelle et Infantile', ...Array(12).fill('')].join(';')}\n`);
  }
  out.end();
  await done;
};

/** Seconds to copy the same bytes into a table without any thought. */
const bareCopy = async (url: string, file: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create table bare (${Array.from({ length: 32 }, (_, at) => `c${at} text`).join(', ')})`);
    const before = performance.now();
    const copy = client.query(copyFrom(`copy bare from stdin with (format csv, delimiter ';', header)`));
    await pipeline(createReadStream(file), copy);
    return (performance.now() - before) / 1_000;
  } finally {
    await client.end();
  }
};
