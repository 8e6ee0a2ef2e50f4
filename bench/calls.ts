import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { personByHttp, signInByHttp } from '../e2e/process/person.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type CallState, noCall } from '../src/modules/calls/call.ts';
import { noInterest } from '../src/modules/calls/selection/interests.ts';
import { type Measure, percentile, shown } from './bench.ts';
import { takeServerTimes } from './directory/take-server-times.ts';

/** BENCH_APPLICATIONS=5000 */
const count = Number(process.env.BENCH_APPLICATIONS ?? '5000');
const ROUNDS = 40;
const region = 'region:53';

/** A call that received 5 000 applications: its list, its scenarios, its exports, the cover page of who instructs it. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const timesFile = path.join(dataDir, 'server-times.json');
  const site = await startSite({
    dataDir,
    settings: { SERVER_TIMES: timesFile, NODE_OPTIONS: `--import=${path.resolve('bench/directory/server-time.ts')}` },
  });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', console.log);
  if (!joined.ok) throw new Error(joined.error);
  const db = createDatabase(createPool(joined.value.url, 2));
  const rows: Measure['rows'][number][] = [];
  const email = 'ars@exemple.example';
  const agent = personByHttp(() => site.url);
  try {
    await signInByHttp(agent, db, email);
    const call = await fill(db, email);
    const space = `/appels/espace/${call}`;
    const measure = async (label: string, aim: string, rounds: number, addresses: readonly string[]): Promise<void> => {
      const read = async (address: string): Promise<void> => {
        const answer = await agent.get(address);
        if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
        await answer.arrayBuffer();
      };
      for (const address of addresses) await read(address);
      await takeServerTimes(site, timesFile);
      for (let round = 0; round < rounds; round += 1) for (const address of addresses) await read(address);
      const times = await takeServerTimes(site, timesFile);
      const value = `p50 ${shown(percentile(times, 0.5), 'ms')}, p95 ${shown(percentile(times, 0.95), 'ms')} de temps serveur`;
      rows.push({ label, value, aim });
      console.log(label, '·', value);
    };
    const list = `${space}/candidatures`;
    await measure('liste, première page', 'p95 < 50 ms', ROUNDS, [list]);
    await measure('liste filtrée', 'p95 < 50 ms', ROUNDS / 4, [
      ...[
        `${list}?etat=deposited&axe=2&tri=asked&sens=desc`,
        `${list}?q=maison+rennes`,
        `${list}?territoire=departement:35`,
      ],
      ...[`${list}?de=10000&a=20000&tri=holder`, `${list}?page=40`],
    ]);
    await measure('scénarios comptés côte à côte', 'p95 < 100 ms', ROUNDS, [`${space}/scenarios`]);
    await measure('le classement sous les enveloppes', 'p95 < 50 ms', ROUNDS, [
      ...[`${space}/evaluations/classement`, `${space}/evaluations/classement?page=20`],
    ]);
    await measure('qui évalue quoi', 'p95 < 50 ms', ROUNDS, [`${space}/evaluations`, `${space}/evaluations?page=50`]);
    await measure('ce qui m’attend', 'p95 < 50 ms', ROUNDS, ['/appels/espace']);
    await measure('la liste en CSV', 'p95 < 2 000 ms', 5, [`${list}/liste?format=csv`]);
    await measure('la liste pour un tableur', 'p95 < 2 000 ms', 3, [`${list}/liste?format=xlsx`]);
  } finally {
    await db.destroy();
    await joined.value.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    name: `Un appel à projets, ${count.toLocaleString('fr-FR')} candidatures`,
    method: `Un appel commun à l’ARS et à la DREETS en Bretagne, ses candidatures écrites en base : déposées, recevables ou, pour quatre sur cinq, évaluées deux fois par un jury de huit personnes ; chacune dans une commune, trois scénarios de 300 projets. Lus par une personne qui instruit et qui est déportée d’une candidature sur cent ; ${ROUNDS} lectures de chaque page, l’une après l’autre. Le temps serveur va de la requête reçue à la réponse finie, pris dans le serveur.`,
    rows,
  };
};

/** The call and all that it received, instructed by the person of this mailbox. Returns its id. */
const fill = async (db: Database, email: string): Promise<string> => {
  const { id: account } = await db
    .selectFrom('account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  await sql`insert into agency_grant (account, agency, role, scope, granted_at)
    values (${account}, 'ars', 'administrator', ${region}, now())`.execute(db);
  const state: CallState = {
    ...{ ...noCall, status: 'published', slug: 'bretagne-2021', frame: { edition: '2021', version: 1 } },
    ...{ configuration: 'joint', agencies: ['ars', 'dreets'], territory: region, axes: [1, 2, 3] },
    calendar: {
      ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
      ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
    },
    money: {
      envelopes: [
        { funder: 'ARS', agency: 'ars', line: 'FIR', cents: 10_000_000_00, topUps: [] },
        { funder: 'DREETS', agency: 'dreets', line: 'P304-17', cents: 5_000_000_00, topUps: [] },
      ],
      ...{ pooled: false, shown: false },
    },
    publishedAt: '2021-05-20T08:00:00Z',
  };
  const { rows } = await sql<{ id: string }>`
    insert into call (slug, kind, edition, territory, agencies, status, opens_at, closes_at, published_at, changed_at, state)
    values (${state.slug}, 'regional', '2021', ${region}, '{ars,dreets}', 'published', '2021-06-01T07:00:00Z',
      '2021-07-15T14:00:00Z', '2021-05-20T08:00:00Z', now(), ${JSON.stringify(state)}) returning id`.execute(db);
  const call = rows[0]?.id ?? '';
  await sql`
    insert into call_application (call, number, kind, status, siren, holder, title, asked_cents, total_cents, axes,
      territories, legal_form, words, started_by, started_at, deposited_at, changed_at, state)
    select ${call}, n, 'full', case n % 10 when 0 then 'deposited' when 1 then 'admissible' else 'evaluated' end, (100000000 + n)::text,
      'Association de ' || home.name || ' ' || n, 'Une maison des parents à ' || home.name, 1000000 + n * 311 % 3000000,
      5000000, array[1 + n % 3], array['commune:' || home.code], case when n % 5 = 0 then 'Commune' else 'Association' end,
      n || ' une maison des parents a ' || lower(home.name) || ' association', ${account}, now(), now(), now(),
      json_build_object('status', 'deposited', 'kind', 'full', 'call', ${call}::text, 'number', n, 'snapshots', '[]'::json)
    from generate_series(1, ${count}::integer) n
    join (select commune.code, commune.name, row_number() over (order by commune.code) - 1 as at from commune
      join departement on departement.code = commune.departement where departement.region = '53') home
      on home.at = n * 7 % 1000`.execute(db);
  const recused = await sql<{ id: string }>`select id from call_application where number % 100 = 0`.execute(db);
  const aside = { stand: 'recused', kind: 'job', reason: null, grounds: [] };
  const interest = {
    ...{ ...noInterest, status: 'declared', call, answer: 'recusal' },
    files: Object.fromEntries(recused.rows.map(({ id }) => [id, aside])),
  };
  await sql`insert into call_interest (call, account, name, sirens, state, changed_at)
    values (${call}, ${account}, 'Camille Exemple', '{}', ${JSON.stringify(interest)}, now())`.execute(db);
  await evaluateAll(db, call, account);
  for (const [at, name] of ['Par rang', 'Par département', 'Prudent'].entries()) {
    await sql`
      with scenario as (
        insert into call_scenario (call, name, proposed, version, written_by, changed_at)
        values (${call}, ${name}, ${at === 0}, 1, ${account}, now()) returning id)
      insert into call_scenario_item (scenario, application, amounts)
      select scenario.id, call_application.id, json_build_object('FIR', 2000000, 'P304-17', 1000000)
      from scenario, call_application where number % 2 = 1 and number % 16 in (${at * 4 + 1}::integer, ${at * 4 + 3}::integer)
      limit 300`.execute(db);
  }
  await sql`analyze call_application, call_evaluation`.execute(db);
  return call;
};

/** A jury of eight, and two evaluations handed in on each file whose evaluations are closed, in points and in words. */
const evaluateAll = async (db: Database, call: string, account: string): Promise<void> => {
  const criteria = [10, 10].map((points, at) => ({ rule: null, title: `Critère ${at + 1}`, points }));
  const { rows } = await sql<{ id: string }>`
    insert into call_words (call, section, content, sha256, written_by, written_at)
    values (${call}, 'grid', ${JSON.stringify({ criteria })}, '', ${account}, now()) returning id`.execute(db);
  await sql`
    update call set state = jsonb_set(state::jsonb, '{words,grid}', ${JSON.stringify({ id: rows[0]?.id, sha256: '' })}::jsonb)
    where id = ${call}`.execute(db);
  await sql`
    insert into call_juror (call, name, email, organisation, siren, represents, quality, voice, partner_group, invited_by,
      invited_at)
    select ${call}, 'Personne ' || n, 'juree' || n || '@exemple.example', 'Organisme ' || n, '', '{}', 'partner',
      'deliberative', '', ${account}, now() from generate_series(1, 8) n`.execute(db);
  await sql`
    insert into call_evaluation (call, application, juror, status, snapshot, marks, state, changed_at)
    select ${call}, file.id, juror.id, 'submitted', 1, json_build_object('conclusion', repeat('Solide. ', 40), 'criteria',
      json_build_array(json_build_object('points', number * 7 % 11, 'words', repeat('Parce que. ', 60)),
        json_build_object('points', number * 3 % 11, 'words', repeat('Parce que. ', 60)))), '{}', now()
    from call_application file
    join (select id, row_number() over (order by name) as at from call_juror where call = ${call}) juror
      on juror.at in (1 + number % 8, 1 + (number + 3) % 8)
    where file.call = ${call} and file.status = 'evaluated'`.execute(db);
};
