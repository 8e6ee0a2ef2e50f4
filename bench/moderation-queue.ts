import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { type PersonByHttp, personByHttp, registerByHttp, signInByHttp } from '../e2e/process/person.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';
import { takeServerTimes } from './directory/take-server-times.ts';

/** BENCH_CASES=50000 */
const count = Number(process.env.BENCH_CASES ?? '50000');
const ROUNDS = 100;
/** A page of the queue. */
const PAGE = 50;

/** The queue of moderators when 50 000 registrations wait: its pages by territory, and decisions. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const timesFile = path.join(dataDir, 'server-times.json');
  const site = await startSite({
    dataDir,
    settings: {
      ...{ TRUST_PROXY: '1', SERVER_TIMES: timesFile },
      NODE_OPTIONS: `--import=${path.resolve('bench/directory/server-time.ts')}`,
    },
  });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', console.log);
  if (!joined.ok) throw new Error(joined.error);
  const db = createDatabase(createPool(joined.value.url, 2));
  const rows: Measure['rows'][number][] = [];
  const add = (label: string, value: string, aim?: string): void => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  try {
    let people = 0;
    const signIn = async (email: string): Promise<PersonByHttp> => {
      people += 1;
      const person = personByHttp(() => site.url, { 'x-forwarded-for': `10.0.0.${people}` });
      await signInByHttp(person, db, email);
      return person;
    };
    await sql`insert into moderation_policy (territory, review, set_at) values ('france', 'before', now())`.execute(db);
    // The first page is of real ones, that can be decided on; each account begins a few.
    for (let number = 0; number < PAGE; number += 1) {
      await registerByHttp(await signIn(`modele${number}@exemple.example`));
    }
    await multiply(db);

    const queue = '/professionnels/espace/moderation';
    for (const scope of ['france', 'region:53', 'departement:35', 'epci:243500139', 'commune:35238']) {
      const email = `${scope.replace(':', '')}@exemple.example`;
      const moderator = await signIn(email);
      await sql`insert into agency_grant (account, agency, role, scope, granted_at)
        select id, ${scope === 'france' ? 'ministry' : 'departement'}, 'moderator', ${scope}, now()
        from account where email = ${email}`.execute(db);
      const read = async (address: string): Promise<string> => {
        const answer = await moderator.get(address);
        if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
        return answer.text();
      };
      const first = await read(queue);
      const next = /href="(\?apres=[^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&');
      for (const [name, address] of [
        ['première page', queue],
        ['page suivante', next ? queue + next : undefined],
      ] as const) {
        if (!address) continue;
        await takeServerTimes(site, timesFile);
        for (let round = 0; round < ROUNDS; round += 1) await read(address);
        const times = await takeServerTimes(site, timesFile);
        add(
          `${scope}, ${name}`,
          `p50 ${shown(percentile(times, 0.5), 'ms')}, p99 ${shown(percentile(times, 0.99), 'ms')} de temps serveur`,
          'p99 < 50 ms',
        );
      }
      if (scope !== 'france') continue;
      const cases = [...first.matchAll(/espace\/moderation\/([0-9a-f-]{36})"/g)].map(([, id]) => `${queue}/${id}`);
      for (const [name, act] of [
        ['ouvrir', (address: string) => read(address)],
        [
          'accepter, ce qui publie',
          async (address: string) => {
            const { status } = await moderator.post(`${address}?/decider`, { decision: 'accept', reason: '' });
            if (status !== 303) throw new Error(`${address}: ${status}`);
          },
        ],
      ] as const) {
        await takeServerTimes(site, timesFile);
        for (const address of cases) await act(address);
        const times = await takeServerTimes(site, timesFile);
        add(
          `${cases.length} demandes : ${name}`,
          `p50 ${shown(percentile(times, 0.5), 'ms')}, p99 ${shown(percentile(times, 0.99), 'ms')} de temps serveur`,
          'p99 < 200 ms',
        );
      }
    }
  } finally {
    await db.destroy();
    await joined.value.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    name: `La modération, ${count.toLocaleString('fr-FR')} demandes en attente`,
    method: `${PAGE} inscriptions faites par HTTP, dont l’une est multipliée en base, chacune dans une autre commune ; ${ROUNDS} lectures de chaque page, l’une après l’autre. Le temps serveur va de la requête reçue à la réponse finie, pris dans le serveur.`,
    rows,
  };
};

/** As many registrations that wait as wanted, like the one that was made, in communes of all of France. */
const multiply = async (db: Database): Promise<void> => {
  await sql`
    create temporary table copies as
    select n, gen_random_uuid() as registration, code, name, departement, epci,
      (select region from departement where code = home.departement) as region
    from generate_series(1, ${count - PAGE}::integer) n
    join (select *, row_number() over (order by code) - 1 as at from commune) home
      on home.at = (n * 7919::bigint) % (select count(*) from commune)`.execute(db);
  await sql`
    insert into registration (id, account, status, draft, revision, insee, epci, departement, region, created_at, changed_at, sent_at)
    select c.registration, r.account, r.status,
      jsonb_set(jsonb_set(r.draft::jsonb, '{name}', to_jsonb('Camille Exemple ' || n)), '{places,0,insee}', to_jsonb(code)),
      r.revision, code, c.epci, c.departement, c.region, r.created_at, r.changed_at, r.sent_at
    from copies c cross join (select * from registration limit 1) r`.execute(db);
  await sql`
    insert into moderation_case (kind, status, registration, proposed, before, insee, epci, departement, region, author, created_at)
    select m.kind, m.status, r.id, r.draft, m.before, r.insee, r.epci, r.departement, r.region, m.author,
      now() + n * interval '1 millisecond'
    from copies c join registration r on r.id = c.registration
    cross join (select * from moderation_case limit 1) m`.execute(db);
  await sql`analyze moderation_case`.execute(db);
  await sql`analyze registration`.execute(db);
};
