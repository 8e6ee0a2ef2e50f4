import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { personByHttp, registerByHttp, signInByHttp } from '../e2e/process/person.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';

const ROUNDS = 30;
/** Milliseconds between two questions to a process. */
const STEP = 10;

/** How long after a moderator’s press each process of the site shows what was accepted. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const folders = [1, 2].map(() => mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-')));
  const [dataDir = '', otherData = ''] = folders;
  const open = { API_REQUESTS_PER_MINUTE: '1000000', TRUST_PROXY: '1' };
  const first = await startSite({ dataDir, settings: open });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', console.log);
  if (!joined.ok) throw new Error(joined.error);
  const db = createDatabase(createPool(joined.value.url, 2));
  const other = await startSite({ dataDir: otherData, settings: { ...open, DATABASE_URL: joined.value.url } });
  const rows: Measure['rows'][number][] = [];
  try {
    await sql`insert into moderation_policy (territory, review, set_at) values ('france', 'before', now())`.execute(db);
    let people = 0;
    const signIn = async (email: string) => {
      people += 1;
      const person = personByHttp(() => first.url, { 'x-forwarded-for': `10.0.0.${people}` });
      await signInByHttp(person, db, email);
      return person;
    };
    const moderator = await signIn('lectrice@exemple.example');
    await sql`insert into agency_grant (account, agency, role, scope, granted_at)
      select id, 'ministry', 'moderator', 'france', now() from account`.execute(db);
    const waits = { 'le processus où l’on accepte': [] as number[], 'l’autre processus': [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `Unique${String.fromCharCode(97 + (round % 26), 97 + Math.floor(round / 26))}`;
      const id = await registerByHttp(await signIn(`personne${round}@exemple.example`), { vous: { name } });
      const { rows: cases } = await sql<{ id: string }>`
        select id from moderation_case where registration = ${id}::uuid`.execute(db);
      const accepted = await moderator.post(`/professionnels/espace/moderation/${cases[0]?.id}?/decider`, {
        ...{ decision: 'accept', reason: '' },
      });
      if (accepted.status !== 303) throw new Error(`the decision was answered ${accepted.status}`);
      const answered = performance.now();
      const shows = async (url: string): Promise<number> => {
        while ((await (await fetch(`${url}/api/v1/offers?commune=35238&q=${name}`)).json()).total === 0) {
          await new Promise((resolve) => setTimeout(resolve, STEP));
        }
        return performance.now() - answered;
      };
      const [here, there] = await Promise.all([shows(first.url), shows(other.url)]);
      waits['le processus où l’on accepte'].push(here);
      waits['l’autre processus'].push(there);
    }
    for (const [label, times] of Object.entries(waits)) {
      const value = `p50 ${shown(percentile(times, 0.5), 'ms')}, au plus ${shown(Math.max(...times), 'ms')}`;
      rows.push({ label, value, aim: 'au plus < 2 000 ms' });
      console.log(label, '·', value);
    }
  } finally {
    await db.destroy();
    await joined.value.close();
    await other.stop();
    await first.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'Une inscription acceptée paraît dans chaque processus',
    method: `Deux processus du site sur une base. ${ROUNDS} fois : une inscription par HTTP, un modérateur l’accepte, et chaque processus est interrogé toutes les ${STEP} ms jusqu’à ce que l’API la rende. Le temps court depuis la réponse reçue par le modérateur.`,
    rows,
  };
};
