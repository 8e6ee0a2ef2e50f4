import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { lightHouse } from '#house/house.ts';
import { makeExports } from '#modules/directory/server/index.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { type Measure, shown } from './bench.ts';

/** BENCH_OFFERS=200000 */
const count = Number(process.env.BENCH_OFFERS ?? '200000');

/** The open files of the directory: how fast they are made, in how much memory, and whether others wait meanwhile. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-exports-'));
  const read = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const database = await openDatabase(read.value, 'command', console.log);
  if (!database.ok) throw new Error(database.error);
  const { url, close } = database.value;
  const rows: Measure['rows'][number][] = [];
  try {
    await prepareDatabase(url, read.value);
    const db = createDatabase(createPool(url, 1));
    await fill(db);
    await db.destroy();
    const house = await lightHouse(read.value, url, { work: false });
    const context = house.context({ kind: 'system' });
    global.gc?.();
    const before = process.memoryUsage().rss;
    let highest = before;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss);
    }, 50);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const made = await makeExports(context, 'https://mille-jours.example');
    const seconds = (performance.now() - started) / 1_000;
    delay.disable();
    clearInterval(watch);
    const records = made?.files.reduce((sum, file) => sum + file.records, 0) ?? 0;
    const bytes = made?.files.reduce((sum, file) => sum + file.plainBytes, 0) ?? 0;
    rows.push(
      { label: 'durée', value: shown(seconds, 's'), aim: '< 300 s' },
      { label: 'enregistrements', value: records.toLocaleString('fr-FR') },
      { label: 'par seconde', value: shown(records / seconds, '/s'), aim: '> 5 000 /s' },
      { label: 'octets, sans compression', value: shown(bytes / 1e6, 'Mo') },
      { label: 'mémoire en plus', value: shown((highest - before) / 1e6, 'Mo'), aim: '< 300 Mo' },
      { label: 'attente des autres, 99 %', value: shown(delay.percentile(99) / 1e6, 'ms'), aim: '< 50 ms' },
    );
    for (const row of rows) console.log(row.label, row.value);
    await house.close();
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'Les fichiers ouverts',
    method: `${count.toLocaleString('fr-FR')} offres inventées, chacune avec son lieu, son service et ses mots, pour mille organismes ; base embarquée, fichiers dans un dossier, sur la même machine. Huit fichiers, compressés. La mémoire est la plus haute vue toutes les 50 ms, moins celle d’avant ; l’attente est celle de la boucle d’événements.`,
    rows,
  };
};

const words =
  'Une équipe vous reçoit avec votre enfant, sans jugement, pour parler de ce qui va et de ce qui inquiète. ';

const fill = async (db: Database): Promise<void> => {
  const said = '{"name": {"source": "bench", "on": "2026-01-01"}, "hours": {"source": "bench", "on": "2026-01-01"}}';
  await sql`insert into directory_source (id, title, licence) values ('bench', 'Banc', 'Licence Ouverte 2.0')`.execute(
    db,
  );
  await sql`
    insert into organisation (id, source, source_ref, name, siret, provenance)
    select 10000000 + n, 'bench', n, 'Organisme ' || n, '12345678901234', ${said}::json
    from generate_series(1, 1000) n`.execute(db);
  await sql`
    insert into place (id, source, source_ref, slug, organisation_id, name, kind, line, postcode, insee, lat, lon,
      precision, phone, website, hours, access, provenance)
    select 20000000 + n, 'bench', n, 'banc-' || n, 10000001 + n % 1000, 'Lieu ' || n, 'pmi', n || ' rue de la Mairie',
      '35000', code, lat, lon, 'street', '02 00 00 00 00', 'https://lieu.example/' || n,
      'Mo-Fr 09:00-12:30,13:30-17:00; Sa 10:00-12:00', '{poussette,plain-pied}', ${said}::json
    from generate_series(1, ${count}::integer) n
    join (select code, lat, lon, row_number() over () - 1 as at from commune limit 30000) communes on at = n % 30000
  `.execute(db);
  await sql`
    insert into service (id, source, source_ref, slug, organisation_id, name, kind, summary, description, priorities,
      audiences, stage_from, stage_to, modes, bookings, costs, languages, phone, provenance)
    select 30000000 + n, 'bench', n, 'banc-' || n, 10000001 + n % 1000, 'Consultations ' || n, 'pmi', ${words}::text,
      ${words.repeat(4)}::text, '{2,4}', '{parents,futurs-parents}', -40, 156, '{sur-place}', '{rendez-vous}', '{gratuit}',
      '{fr,en}', '02 00 00 00 00', ${said}::json
    from generate_series(1, ${count}::integer) n`.execute(db);
  await sql`
    insert into placement (id, service_id, place_id)
    select 40000000 + n, 30000000 + n, 20000000 + n from generate_series(1, ${count}::integer) n`.execute(db);
  await sql`
    insert into offer (id, placement_id, service_id, place_id, kind, priorities, audiences, modes, access, languages, costs,
      stage_from, stage_to, time_zone, terms, shown)
    select 50000000 + n, 40000000 + n, 30000000 + n, 20000000 + n, 3, 10, 3, 1, 3, 1, 1, -40, 156, 'Europe/Paris', '', '{}'
    from generate_series(1, ${count}::integer) n`.execute(db);
  for (const table of ['place', 'service', 'placement', 'offer', 'organisation']) {
    await sql`analyze ${sql.table(table)}`.execute(db);
  }
};
