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
import { startSite } from '../../scripts/start-site.ts';

/** Two processes of the site on one base, and the base itself; all given back at the end. */
export const onTwoProcesses = async <T>(work: (sites: readonly string[], db: Database) => Promise<T>): Promise<T> => {
  const folders = ['one', 'two'].map((name) => mkdtempSync(path.join(tmpdir(), `mille-jours-deposits-${name}-`)));
  const [dataDir = '', otherDir = ''] = folders;
  const first = await startSite({ dataDir });
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', () => {});
  if (!joined.ok) throw new Error(joined.error);
  const second = await startSite({ dataDir: otherDir, settings: { DATABASE_URL: joined.value.url } });
  const db = createDatabase(createPool(joined.value.url, 8));
  try {
    return await work([first.url, second.url], db);
  } finally {
    await db.destroy();
    await second.stop();
    await joined.value.close();
    await first.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
};

/** Who deposits: their application, complete, and their session. */
interface Holder {
  readonly id: string;
  readonly token: string;
}
/** The people of one call, and when it closes (milliseconds of the epoch). */
export interface Round {
  readonly closes: number;
  readonly holders: readonly Holder[];
}
/** What one of them was told, and after how long. */
export interface Answer {
  readonly id: string;
  readonly ms: number;
  readonly deposited: boolean;
}

/** Each holder presses the button once, after so many milliseconds; odd ones on the other process. */
export const deposits = async (
  sites: readonly string[],
  { holders: people }: Round,
  moment: (at: number) => number,
): Promise<{ readonly answers: readonly Answer[]; readonly lasted: number }> => {
  const began = performance.now();
  const answers = await Promise.all(
    people.map(async ({ id, token }, at): Promise<Answer> => {
      await sleep(Math.max(0, moment(at)));
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

/** What the base holds is what was answered, whole or absent, and nothing of it is late: the troubles, none if all is well. */
export const troublesOf = async (db: Database, answers: readonly Answer[], closes: number): Promise<string[]> => {
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
  const troubles = known.length === answers.length ? [] : ['an application has two snapshots, or none is left of it'];
  for (const { id, deposited } of answers) {
    const row = known.find((one) => one.id === id);
    const whole = row?.status === 'deposited' && row.number === 1;
    const none = row?.status === 'draft' && row.number === null;
    if (deposited ? !whole : !none) troubles.push(`half a deposit: ${row?.status}, ${row?.number}`);
    if ((row?.made_at?.epochMilliseconds ?? 0) >= closes) troubles.push('a late deposit');
  }
  return troubles;
};

/** A call that closes in so many seconds, and people who signed in with an application ready. */
export const holders = async (db: Database, people: number, seconds: number): Promise<Round> => {
  const context = testContext(db, { clock: systemClock });
  const now = systemClock.now();
  const id = crypto.randomUUID();
  // The people are made first: the time that is left begins after.
  const known: { email: string; account: string; token: string }[] = [];
  for (let at = 0; at < people; at += 1) {
    const email = `porteur-${at}-${id.slice(0, 8)}@exemple.example`;
    const account = await accountOfEmail(context, email);
    known.push({ email, account, token: (await openSession(context, account, { device: 'essai' })).token });
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
