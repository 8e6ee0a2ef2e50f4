import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import {
  beginByHttp,
  type PersonByHttp,
  personByHttp,
  registerByHttp,
  sendStepByHttp,
  signInByHttp,
  stepsByHttp,
} from '../e2e/process/person.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, processorOf, shown } from './bench.ts';

/** BENCH_REGISTRATIONS=10000 */
const count = Number(process.env.BENCH_REGISTRATIONS ?? '10000');
/** The first of them open every page; the others send the forms only, which is what writes. */
const WITH_PAGES = Math.min(200, count);
const AT_ONCE = 8;
/** BENCH_MINUTES=30 for all of them. After that many, the rest is reckoned from what was done, and said to be. */
const MOST_MINUTES = Number(process.env.BENCH_MINUTES ?? '0.5');

interface Commune {
  readonly code: string;
  readonly name: string;
  readonly postcodes: readonly string[];
}

/** Professionals who sign in and register, through HTTP, while a parent searches. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const site = await startSite({ dataDir, settings: { TRUST_PROXY: '1', API_REQUESTS_PER_MINUTE: '1000000' } });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', console.log);
  if (!joined.ok) throw new Error(joined.error);
  const db = createDatabase(createPool(joined.value.url, AT_ONCE));
  const rows: Measure['rows'][number][] = [];
  const add = (label: string, value: string, aim?: string): void => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  try {
    const communes = await populousCommunes(db);
    const until = performance.now() + MOST_MINUTES * 60_000;
    const parent = searchMeanwhile(site.url);
    const before = processorOf(site.process.pid);
    let done = 0;
    const times: number[] = [];
    const run = async (last: number, register: (person: PersonByHttp, changed: Changed) => Promise<unknown>) => {
      const [first, started] = [done, performance.now()];
      let next = done;
      const worker = async (): Promise<void> => {
        for (let number = next; number < last && performance.now() < until; number = next) {
          next += 1;
          const began = performance.now();
          // Each behind an address of their own, as people are.
          const person = personByHttp(() => site.url, {
            'x-forwarded-for': `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
          });
          await signInByHttp(person, db, `professionnelle${number}@exemple.example`);
          await register(person, changesOf(number, communes));
          times.push(performance.now() - began);
          done += 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const seconds = (performance.now() - started) / 1_000;
      return { registered: done - first, seconds };
    };

    const pages = await run(WITH_PAGES, registerByHttp);
    add(
      `${pages.registered.toLocaleString('fr-FR')} personnes, chaque page ouverte`,
      `${shown(pages.seconds, 's')}, soit ${shown(pages.registered / pages.seconds, '/s')} ; de la connexion à l’envoi, p50 ${shown(percentile(times, 0.5), 'ms')}, p99 ${shown(percentile(times, 0.99), 'ms')}`,
    );
    times.length = 0;
    const forms = await run(count, sendForms);
    if (forms.registered > 0) {
      add(
        `${forms.registered.toLocaleString('fr-FR')} autres, formulaires seuls`,
        `${shown(forms.seconds, 's')}, soit ${shown(forms.registered / forms.seconds, '/s')} ; p50 ${shown(percentile(times, 0.5), 'ms')}, p99 ${shown(percentile(times, 0.99), 'ms')}`,
      );
    }
    const seconds = pages.seconds + forms.seconds;
    const { registered, seconds: during } = forms.registered > 0 ? forms : pages;
    add(
      `${count.toLocaleString('fr-FR')} inscriptions`,
      done === count
        ? `${shown(seconds / 60, 'min')}, toutes faites`
        : `${shown((seconds + (count - done) / (registered / during)) / 60, 'min')} au rythme mesuré, ${done.toLocaleString('fr-FR')} faites`,
      '< 60 min',
    );
    const processor = processorOf(site.process.pid) - before;
    add('processeur du site par inscription, base non comprise', shown((processor / done) * 1_000, 'ms'));
    const waits = await parent();
    add(
      'recherche d’un parent pendant ce temps',
      `p50 ${shown(percentile(waits, 0.5), 'ms')}, p99 ${shown(percentile(waits, 0.99), 'ms')} vus du client`,
      'p99 < 200 ms',
    );
    const { rows: kept } = await sql<{ published: number; offers: number }>`
      select (select count(*) from registration where status = 'published') as published,
        (select count(distinct p.source_ref) from offer o join place p on p.id = o.place_id
          where not o.gone and p.source_ref like '%-%-%-%-%/%') as offers`.execute(db);
    add(
      'en base : inscriptions en ligne, lieux que l’on trouve',
      `${kept[0]?.published}, ${kept[0]?.offers} pour ${done}`,
    );
  } finally {
    await db.destroy();
    await joined.value.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    name: 'Inscriptions de professionnels, par HTTP',
    method: `Le site construit et sa base embarquée, sur la même machine que les clients : ${AT_ONCE} personnes à la fois, chacune derrière sa propre adresse et avec sa propre session, entrée par le code de son message. Une inscription : deux formulaires pour se connecter, un pour commencer, cinq étapes, l’envoi, qui la publie et donne l’attestation. Communes tirées parmi les 2 000 plus peuplées. Arrêté après ${shown(MOST_MINUTES * 60, 's')} ; une recherche de parent toutes les 100 ms.`,
    rows,
  };
};

type Changed = Readonly<Record<string, Readonly<Record<string, string>>>>;

const changesOf = (number: number, communes: readonly Commune[]): Changed => {
  const commune = communes[(number * 7919) % communes.length];
  if (!commune) throw new Error('no commune');
  return {
    vous: { name: `Camille Exemple ${number}` },
    lieux: {
      ...{ 'places-0-commune': commune.name, 'places-0-insee': commune.code },
      ...{ 'places-0-postcode': commune.postcodes[0] ?? '', travels: number % 2 ? 'epci' : '' },
    },
  };
};

/** The forms without their pages: how often the draft was changed is known to who changes it alone. */
const sendForms = async (person: PersonByHttp, changed: Changed): Promise<void> => {
  const id = await beginByHttp(person);
  let revision = 0;
  for (const [step, fields] of [...stepsByHttp, ['envoi', {}] as const]) {
    revision += 1;
    const { status } = await sendStepByHttp(person, id, step, { ...fields, ...changed[step] }, String(revision));
    if (status !== 303) throw new Error(`${step}: ${status}`);
  }
};

const populousCommunes = async (db: Database): Promise<readonly Commune[]> =>
  db
    .selectFrom('commune')
    .select(['code', 'name', 'postcodes'])
    .where('part_of', 'is', null)
    .where('population', 'is not', null)
    .orderBy('population', 'desc')
    .limit(2_000)
    .execute();

/** Asks the same search again and again. Returns how to end, which answers the milliseconds of each. */
const searchMeanwhile = (url: string) => {
  const waits: number[] = [];
  let going = true;
  const searching = (async () => {
    while (going) {
      const before = performance.now();
      await (await fetch(`${url}/api/v1/offers?near=48.11,-1.68&radius=20`)).arrayBuffer();
      waits.push(performance.now() - before);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return async (): Promise<number[]> => {
    going = false;
    await searching;
    return waits;
  };
};
