import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { lightHouse } from '#house/house.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { findDuplicatesJob } from '../src/modules/professionals/server/probable.ts';
import { type Measure, shown } from './bench.ts';
import { pointDrawer } from './directory/synthetic.ts';

/** BENCH_PLACES=200000 */
const count = Number(process.env.BENCH_PLACES ?? '200000');
/** One place in twenty is written twice. */
const DOUBLES = 20;

/** The nightly search for pages that may be one place, and the list that moderators read. */
export default async (): Promise<Measure> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-duplicates-'));
  const read = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const database = await openDatabase(read.value, 'command', console.log);
  if (!database.ok) throw new Error(database.error);
  const { url, close } = database.value;
  const rows: Measure['rows'][number][] = [];
  const add = (label: string, value: string, aim?: string): void => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  try {
    await prepareDatabase(url, read.value);
    const db = createDatabase(createPool(url, 1));
    await fill(db);
    const house = await lightHouse(read.value, url, { work: false });
    const context = house.context({ kind: 'system' });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    for (const night of ['première nuit', 'nuit suivante, rien n’a changé']) {
      delay.reset();
      delay.enable();
      const cpu = process.cpuUsage();
      const started = performance.now();
      await findDuplicatesJob.handle(context, {});
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      delay.disable();
      add(
        night,
        `${shown(seconds, 's')}, dont ${shown((user + system) / 1e6, 's')} de processeur, base non comprise`,
        '< 60 s',
      );
      add(
        `${night} : attente des autres`,
        `99 % ${shown(delay.percentile(99) / 1e6, 'ms')}, au plus ${shown(delay.max / 1e6, 'ms')}`,
        '99 % < 50 ms',
      );
    }
    const { rows: found } = await sql<{ pairs: number; doubles: number }>`
      select count(*)::integer as pairs, count(*) filter (where place_b - place_a = ${count}::integer)::integer as doubles
      from probable_duplicate`.execute(db);
    const doubles = Math.floor(count / DOUBLES);
    add('paires proposées', (found[0]?.pairs ?? 0).toLocaleString('fr-FR'));
    add(
      'lieux écrits deux fois, retrouvés',
      `${found[0]?.doubles.toLocaleString('fr-FR')} sur ${doubles.toLocaleString('fr-FR')}`,
    );
    await db.destroy();
    await house.close();
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: `Les lieux écrits deux fois, parmi ${count.toLocaleString('fr-FR')}`,
    method: [
      'Lieux inventés, tirés autour des communes selon leur population ; un sur vingt est écrit une seconde fois, en capitales, à quelques pas et sans téléphone.',
      'Le travail de la nuit, de la lecture à l’écriture des paires, base embarquée ; l’attente est celle de la boucle d’événements. Au plus 300 paires par commune sont proposées, les plus sûres : à Paris il en reste pour plus tard.',
    ].join(' '),
    rows,
  };
};

const fill = async (db: Database): Promise<void> => {
  const draw = pointDrawer(await territoryIndex.build(db), 2000);
  const first = ['Crèche', 'PMI', 'Centre social', 'Maternité', 'Ludothèque', 'Médiathèque', 'Relais petite enfance'];
  const kinds = ['creche', 'pmi', 'centre-social', 'maternite', 'ludotheque', 'bibliotheque', 'relais-petite-enfance'];
  const names = [
    'Tom Pouce',
    'des Lilas',
    'du Port',
    'Jean-Zay',
    'Pomme d’Api',
    'de la Gare',
    'Simone-Veil',
    'du Moulin',
  ];
  const streets = ['rue de la Mairie', 'avenue Voltaire', 'place du Marché', 'rue des Écoles', 'chemin du Moulin'];
  await sql`insert into directory_source (id, title, licence) values ('bench', 'Banc', 'Licence Ouverte 2.0')`.execute(
    db,
  );
  let batch: object[] = [];
  const write = async (): Promise<void> => {
    await sql`
      insert into place (id, source, source_ref, slug, name, kind, line, postcode, insee, lat, lon, precision, phone, provenance)
      select id, 'bench', id::text, 'banc-' || id, name, kind, line, postcode, insee, lat, lon, 'street', phone, '{}'
      from json_populate_recordset(null::place, ${JSON.stringify(batch)}::json)`.execute(db);
    batch = [];
  };
  for (let at = 0; at < count; at += 1) {
    const { commune, lat, lon, random } = draw();
    const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const kind = Math.floor(random() * kinds.length);
    const place = {
      ...{ id: 1_000_000 + at, name: `${first[kind]} ${one(names)} ${at % 97}`, kind: kinds[kind] },
      ...{ line: `${1 + Math.floor(random() * 120)} ${one(streets)}`, postcode: commune.postcodes[0] ?? null },
      ...{ insee: commune.code, lat, lon, phone: random() < 0.5 ? null : `02 ${String(at).padStart(8, '0')}` },
    };
    batch.push(place);
    // As another file writes it: in capitals, a few steps away, without a telephone.
    if (at % DOUBLES === 0) {
      const near = { lat: lat + (random() - 0.5) / 1_000, lon: lon + (random() - 0.5) / 1_000 };
      batch.push({ ...place, ...near, id: place.id + count, name: place.name.toUpperCase(), phone: null });
    }
    if (batch.length >= 5_000) await write();
  }
  if (batch.length > 0) await write();
  await sql`analyze place`.execute(db);
};
