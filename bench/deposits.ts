import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#house/database.ts';
import type { ApplicationEvent } from '#modules/calls/application/application.ts';
import { type ApplicationContent, applicationParts, emptyContent } from '#modules/calls/application/content.ts';
import { type CallState, noCall } from '#modules/calls/call.ts';
import { applicationStream } from '#modules/calls/server/application/application-stream.ts';
import { systemClock } from '#platform/clock.ts';
import { ok } from '#platform/result.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { accountOfEmail } from '#platform/server/identity/accounts.ts';
import { openSession } from '#platform/server/identity/sessions.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import { readSettings } from '#platform/server/settings.ts';
import { testContext } from '#testing/context.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';

/** BENCH_DEPOSITS=200 in each of the three rounds. */
const count = Number(process.env.BENCH_DEPOSITS ?? '200');

/** Two hundred holders who deposit in the last ten seconds, on two processes of one base: all or nothing for each. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const [dataDir, otherDir] = ['one', 'two'].map((name) => mkdtempSync(path.join(tmpdir(), `bench-deposits-${name}-`)));
  if (!dataDir || !otherDir) throw new Error('no folder');
  const first = await startSite({ dataDir });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', console.log);
  if (!joined.ok) throw new Error(joined.error);
  const second = await startSite({ dataDir: otherDir, settings: { DATABASE_URL: joined.value.url } });
  const db = createDatabase(createPool(joined.value.url, 8));
  const sites = [first.url, second.url];
  const rows: Measure['rows'][number][] = [];
  const add = (label: string, value: string, aim?: string): void => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  try {
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
      await verify(db, answers, round.closes);
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
  } finally {
    await db.destroy();
    await second.stop();
    await joined.value.close();
    await first.stop();
    for (const folder of [dataDir, otherDir]) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
  return {
    name: 'Les dépôts à l’heure limite',
    method: `Deux processus du site sur une même base embarquée, par HTTP sur la boucle locale ; ${count} personnes connectées, une candidature complète chacune. Un dépôt : lire les parties, juger, figer, écrire au journal, écrire le récépissé. Après chaque essai, la base est relue : déposée si et seulement si la réponse le disait, un instantané et un seul, aucun à l’heure limite ou après.`,
    rows,
  };
};

interface Holder {
  readonly id: string;
  readonly token: string;
}
interface Round {
  readonly closes: number;
  readonly holders: readonly Holder[];
}
interface Answer {
  readonly id: string;
  readonly ms: number;
  readonly deposited: boolean;
}

/** Each holder presses the button once, at their moment; odd ones on the other process. */
const deposits = async (
  sites: readonly string[],
  { holders: people }: Round,
  moment: () => number,
): Promise<{ readonly answers: readonly Answer[]; readonly lasted: number }> => {
  const began = performance.now();
  const answers = await Promise.all(
    people.map(async ({ id, token }, at): Promise<Answer> => {
      await sleep(Math.max(0, moment()));
      const site = sites[at % sites.length] ?? '';
      const before = performance.now();
      const response = await fetch(`${site}/appels/espace/candidatures/${id}/deposer?/deposer`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ sent: '1' }) },
        headers: { accept: 'text/html', origin: site, cookie: `mille-jours=${token}` },
      });
      await response.text();
      const deposited = response.status === 303 && (response.headers.get('location') ?? '').includes('recepisse');
      if (!deposited && response.status !== 400) throw new Error(`a deposit was answered ${response.status}`);
      return { id, deposited, ms: performance.now() - before };
    }),
  );
  return { answers, lasted: performance.now() - began };
};

/** What the base holds is what was answered, and nothing of it is late. */
const verify = async (db: Database, answers: readonly Answer[], closes: number): Promise<void> => {
  const known = await db
    .selectFrom('call_application as file')
    .leftJoin('call_snapshot as snapshot', 'snapshot.application', 'file.id')
    .select(['file.id', 'file.status', 'snapshot.number', 'snapshot.made_at'])
    .where(
      'file.id',
      'in',
      answers.map(({ id }) => id),
    )
    .execute();
  if (known.length !== answers.length) throw new Error('an application has two snapshots');
  for (const { id, deposited } of answers) {
    const row = known.find((one) => one.id === id);
    const whole = row?.status === 'deposited' && row.number === 1;
    const none = row?.status === 'draft' && row.number === null;
    if (deposited ? !whole : !none) throw new Error(`half a deposit: ${row?.status}`);
    if ((row?.made_at?.epochMilliseconds ?? 0) >= closes) throw new Error('a late deposit');
  }
};

/** A call that closes in so many seconds, and people who signed in with an application ready. */
const holders = async (db: Database, people: number, seconds: number): Promise<Round> => {
  const context = testContext(db, { clock: systemClock });
  const now = systemClock.now();
  const id = crypto.randomUUID();
  // The people are made first: the time that is left begins after.
  const known: { email: string; account: string; token: string }[] = [];
  for (let at = 0; at < people; at += 1) {
    const email = `porteur-${at}-${id.slice(0, 8)}@exemple.example`;
    const account = await accountOfEmail(context, email);
    known.push({ email, account, token: (await openSession(context, account, { device: 'bench' })).token });
  }
  const far = now.add({ hours: 24 });
  const call: CallState = {
    ...{ ...noCall, status: 'published', slug: `essai-${id.slice(0, 8)}`, kind: 'regional', configuration: 'joint' },
    ...{ frame: { edition: '2021', version: 1 }, agencies: ['ars', 'dreets'], territory: 'region:53', axes: [1, 2] },
    publishedAt: now.toString(),
    calendar: {
      ...{ zone: 'Europe/Paris', opensAt: now.subtract({ hours: 24 }).toString(), closesAt: far.toString() },
      ...{ juryOn: '2031-01-01', resultsOn: '2031-01-02', startsOn: '2031-01-03' },
    },
  };
  await db
    .insertInto('call')
    .values({
      ...{ id, slug: call.slug, kind: call.kind, edition: '2021', territory: call.territory, agencies: call.agencies },
      ...{ status: 'published', opens_at: now, closes_at: far, published_at: now, changed_at: now },
      state: JSON.stringify(call),
    })
    .execute();
  const files: Holder[] = [];
  for (const [at, { email, account, token }] of known.entries()) {
    files.push({ id: await draft(db, { call: id, number: at + 1, email, account }), token });
  }
  const closes = systemClock.now().add({ seconds }).round('millisecond');
  const state = { ...call, calendar: { ...call.calendar, closesAt: closes.toString() } };
  await db
    .updateTable('call')
    .set({ closes_at: closes, state: JSON.stringify(state) })
    .where('id', '=', id)
    .execute();
  return { closes: closes.epochMilliseconds, holders: files };
};

const draft = async (
  db: Database,
  {
    call,
    number,
    email,
    account,
  }: { readonly call: string; readonly number: number; readonly email: string; readonly account: string },
): Promise<string> => {
  const id = crypto.randomUUID();
  const at = systemClock.now();
  await db
    .insertInto('call_application')
    .values({
      ...{ id, call, number, kind: 'full', status: 'draft', siren: '', holder: '', title: '', asked_cents: 0 },
      ...{ total_cents: 0, axes: [], territories: [], started_by: account, started_at: at, deposited_at: null },
      ...{ changed_at: at, state: '{}' },
    })
    .execute();
  await db
    .insertInto('call_application_member')
    .values({ application: id, email, role: 'signatory', invited_by: account, invited_at: at })
    .execute();
  await db
    .insertInto('call_application_part')
    .values(
      applicationParts.map((part) => ({
        ...{ application: id, part, version: 1, content: JSON.stringify(content[part]) },
        ...{ written_by: account, written_at: at },
      })),
    )
    .execute();
  const started: ApplicationEvent = {
    type: 'ApplicationStarted-V1',
    data: { call, kind: 'full', number, letter: null },
  };
  await withStream(testContext(db, { clock: systemClock }), applicationStream, id, () => ok([started]));
  return id;
};

/** What an application says when nothing is missing. */
const content: ApplicationContent = {
  ...emptyContent,
  project: {
    title: 'Une maison des parents',
    summary: 'Un lieu ouvert à tous. '.repeat(80),
    change: 'Moins d’isolement.',
  },
  holder: {
    ...{ siret: '12345678200010', name: 'Association Exemple', legal_form: 'Association', commune: '35238' },
    ...{
      address: '1 rue de l’Exemple',
      can_sign: 'yes',
      phone: '',
      signatory_name: 'Camille',
      signatory_job: 'Présidence',
    },
  },
  territory: { territories: ['departement:35', 'commune:35238'], words: '' },
  axes: { axes: [1], words: '' },
  audience: { words: 'Les parents de tout-petits.', families: '120', stages: [] },
  calendar: { starts_on: '2031-10-01', ends_on: '2032-09-30', steps: [] },
  budget: {
    expenses: [{ label: 'Salaires', cents: 6_000_000 }],
    resources: [{ source: 'call', funder: '', status: 'asked', cents: 6_000_000, siren: '' }],
    in_kind: [],
  },
  indicators: {
    indicators: [
      {
        ...{ id: 'i1', axis: 1, title: 'Familles accueillies', kind: 'output', population: 'Familles', baseline: 0 },
        ...{ target: 120, unit: 'familles', source: 'Registre', method: 'Compter.', due: '2032-09-30' },
      },
    ],
  },
};
