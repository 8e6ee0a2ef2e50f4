import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '#house/database.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { readSettings } from '#platform/server/settings.ts';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';
import {
  beginByHttp,
  personByHttp,
  registerByHttp,
  revisionByHttp,
  sendStepByHttp,
  signInByHttp,
  stepsByHttp,
} from './person.ts';

/** Registrations over HTTP, on the site as it runs: hostile words, two processes, and a process that is killed. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-registration-'));
let site: StartedSite;
beforeAll(async () => {
  site = await startSite({ dataDir });
}, 120_000);
afterAll(async () => {
  await site.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});
const here = () => site.url;

/** Works on the database of the running site, and lets it go: it may die with the site. */
const inDatabase = async <T>(work: (db: Database, url: string) => Promise<T>): Promise<T> => {
  const settings = readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const joined = await openDatabase(settings.value, 'command', () => {});
  if (!joined.ok) throw new Error(joined.error);
  const db = createDatabase(createPool(joined.value.url, 1));
  try {
    return await work(db, joined.value.url);
  } finally {
    await db.destroy();
    await joined.value.close();
  }
};

const signedIn = async (email: string, at = here) => {
  const person = personByHttp(at);
  await inDatabase((db) => signInByHttp(person, db, email));
  return person;
};

/** Makes somebody who has signed in a moderator of a territory. */
const entrust = (email: string, scope: string): Promise<unknown> =>
  inDatabase((db) =>
    sql`insert into agency_grant (account, agency, role, scope, granted_at)
      select id, 'departement', 'moderator', ${scope}, now() from account where email = ${email}`.execute(db),
  );

const caseOf = async (registration: string): Promise<string> => {
  const { id } = await inDatabase((db) =>
    db.selectFrom('moderation_case').select('id').where('registration', '=', registration).executeTakeFirstOrThrow(),
  );
  return `/professionnels/espace/moderation/${id}`;
};

const label = (registration: string): Promise<string> =>
  inDatabase(async (db) => {
    const { token } = await db
      .selectFrom('attestation')
      .select('token')
      .where('registration', '=', registration)
      .executeTakeFirstOrThrow();
    return `/label/${token}`;
  });

test('script and markup in every field are shown as they were typed, on every page', async () => {
  const person = await signedIn('hostile@exemple.example');
  const hostile = (name: string): string =>
    `=1+1 <script>alert("${name}")</script><img src=x onerror=alert(1)> "' </title></textarea></script>${'{{7*7}}'}`;
  const registration = await registerByHttp(person, {
    vous: { name: hostile('who'), profession: 'autre', professionWords: hostile('profession') },
    lieux: {
      'places-0-name': hostile('place'),
      'places-0-line': hostile('line'),
      'places-0-more': hostile('more'),
    },
    services: { 'services-0-name': hostile('service'), 'services-0-summary': hostile('summary') },
    priorites: { 'words-2': hostile('words') },
    public: { website: 'https://exemple.example/"><script>alert(1)</script>', 'website-public': 'on' },
  });
  const { place, service } = await inDatabase(async (db) => ({
    place: await db
      .selectFrom('place')
      .select('slug')
      .where('source_ref', 'like', `${registration}%`)
      .executeTakeFirst(),
    service: await db
      .selectFrom('service')
      .select('slug')
      .where('source_ref', 'like', `${registration}%`)
      .executeTakeFirst(),
  }));
  const badge = await label(registration);
  const list = '/api/v1/offers?commune=35238&radius=1';
  await vi.waitFor(async () => expect(await (await fetch(here() + list)).text()).toContain('alert'), 60_000);
  const pages = [
    ...stepsByHttp.map(([step]) => `/professionnels/inscription/${registration}/${step}`),
    `/professionnels/inscription/${registration}/envoi`,
    ...['/professionnels/inscription', '/professionnels/espace', `/professionnels/espace/${registration}`],
    ...[badge, `${badge}/affiche`, `/integrer/cadre${badge}`, '/mon-compte', `/mon-compte/equipe/${registration}`],
    ...[`/lieux/${place?.slug}`, `/services/${service?.slug}`, `/professionnels/espace/corriger?lieu=${place?.slug}`],
    ...['/autour-de-moi?commune=35238', '/autour-de-moi/liste?commune=35238', '/integrer/cadre/liste?commune=35238'],
  ];
  const moderator = await signedIn('lectrice@exemple.example');
  await entrust('lectrice@exemple.example', 'departement:35');
  const theirs = ['/professionnels/espace/moderation', await caseOf(registration)];
  let shown = 0;
  for (const address of [...pages, ...theirs]) {
    const answer = await (theirs.includes(address) ? moderator : person).get(address);
    const html = await answer.text();
    expect.soft([address, answer.status < 500]).toEqual([address, true]);
    expect.soft(address + (/<(script|img)[^>]*>?[^<]{0,20}alert/.exec(html)?.[0] ?? '')).toBe(address);
    if (html.includes('alert(')) shown += 1;
  }
  expect(shown).toBeGreaterThan(10);
  const badgeImage = await (await person.get(`${badge}/badge.svg`)).text();
  expect(badgeImage).not.toContain('<script');
  // In a spreadsheet, a cell that begins as a formula begins with an apostrophe.
  const csv = await (await fetch(`${here()}/api/v1/offers.csv?commune=35238`)).text();
  expect(csv).toContain('alert');
  expect(csv).not.toMatch(/(^|[;"\n])=1\+1/);
});

test('what a moderator accepts in one process appears in every process', async () => {
  const url = await inDatabase(async (_db, database) => database);
  const otherData = mkdtempSync(path.join(tmpdir(), 'mille-jours-registration-other-'));
  const other = await startSite({ dataDir: otherData, settings: { DATABASE_URL: url } });
  try {
    const moderator = await signedIn('pmi@exemple.example');
    await entrust('pmi@exemple.example', 'departement:29');
    await inDatabase((db) =>
      sql`insert into moderation_policy (territory, review, set_at) values ('departement:29', 'before', now())`.execute(
        db,
      ),
    );
    // Written through the other process, decided through this one.
    const person = await signedIn('brest@exemple.example', () => other.url);
    const registration = await registerByHttp(person, {
      lieux: { 'places-0-commune': 'Brest', 'places-0-insee': '29019', 'places-0-postcode': '29200', travels: '' },
    });
    const found = async (origin: string): Promise<number> =>
      (await (await fetch(`${origin}/api/v1/offers?commune=29019&q=entretiens`)).json()).total;
    for (const each of [site, other]) expect(await found(each.url)).toBe(0);
    const accepted = await moderator.post(`${await caseOf(registration)}?/decider`, { decision: 'accept', reason: '' });
    expect(accepted.status).toBe(303);
    for (const each of [site, other]) await vi.waitFor(async () => expect(await found(each.url)).toBe(1), 60_000);
  } finally {
    await other.stop();
    rmSync(otherData, { recursive: true, force: true });
  }
});

test('kill −9 at any point of a registration: what was acknowledged is there, nothing is half, and one goes on', async () => {
  const email = 'tenace@exemple.example';
  const restart = async (): Promise<void> => {
    await site.stop('SIGKILL');
    site = await startSite({ dataDir });
  };
  const person = await signedIn(email);
  const registration = await beginByHttp(person);

  // Between two forms: the session, the draft and what was answered are there.
  const [you, ...others] = stepsByHttp;
  if (!you) throw new Error('a registration has steps');
  expect((await sendStepByHttp(person, registration, you[0], you[1], '1')).status).toBe(303);
  await restart();
  expect(await revisionByHttp(person, registration, you[0])).toBe('2');
  expect(await (await person.get(`/professionnels/inscription/${registration}/vous`)).text()).toContain(
    'Camille Exemple',
  );

  // While a form arrives: it is kept whole or not at all, and sending it again is all that one has to do.
  for (const [at, [step, fields]] of others.entries()) {
    const before = Number(await revisionByHttp(person, registration, step));
    expect(before).toBe(at + 2);
    const sending = sendStepByHttp(person, registration, step, fields, String(before)).catch(() => undefined);
    if (at % 2 === 0) {
      // Somewhere on its way in, in the transaction, or on the way back: whatever the machine makes of it.
      await Promise.race([sending, sleep(at * 4)]);
      await restart();
    }
    const acknowledged = (await sending)?.status === 303;
    const after = Number(await revisionByHttp(person, registration, step));
    if (acknowledged) expect(after).toBe(before + 1);
    else expect([before, before + 1]).toContain(after);
    if (after === before) {
      expect((await sendStepByHttp(person, registration, step, fields, String(before))).status).toBe(303);
    }
  }

  // While it is sent: either the draft, or everything that sending does.
  const traces = () =>
    inDatabase(async (db) => {
      const count = async (query: ReturnType<typeof sql<{ count: number }>>): Promise<number> =>
        (await query.execute(db)).rows[0]?.count ?? -1;
      const { status } = await db
        .selectFrom('registration')
        .select('status')
        .where('id', '=', registration)
        .executeTakeFirstOrThrow();
      expect((await verifyJournal(db)).troubles).toEqual([]);
      return {
        status,
        cases: await count(sql`select count(*) from moderation_case where registration = ${registration}::uuid`),
        attestations: await count(sql`select count(*) from attestation where registration = ${registration}::uuid`),
        places: await count(sql`select count(*) from place where source_ref like ${`${registration}/%`}`),
        offers: await count(sql`
          select count(*) from offer join place on place.id = offer.place_id where source_ref like ${`${registration}/%`}`),
        messages: await count(
          sql`select count(*) from mail_outbox where recipient = ${email} and subject like '%inscription%'`,
        ),
      };
    });
  const draft = { status: 'draft', cases: 0, attestations: 0, places: 0, offers: 0, messages: 0 };
  const whole = { status: 'published', cases: 1, attestations: 1, places: 1, offers: 1, messages: 1 };
  expect(await traces()).toEqual(draft);
  for (const milliseconds of [2, 12, 40]) {
    const sending = sendStepByHttp(person, registration, 'envoi', {}, '6').catch(() => undefined);
    await Promise.race([sending, sleep(milliseconds)]);
    await restart();
    const acknowledged = (await sending)?.status === 303;
    const now = await traces();
    expect(acknowledged ? [whole] : [draft, whole]).toContainEqual(now);
    if (now.status === 'published') break;
  }
  expect((await sendStepByHttp(person, registration, 'envoi', {}, '6')).status).toBe(303);
  expect(await traces()).toEqual(whole);
  expect((await person.get(await label(registration))).status).toBe(200);
  await vi.waitFor(
    async () =>
      expect(await (await fetch(`${here()}/api/v1/offers?commune=35238&q=entretiens`)).text()).toContain('Camille'),
    60_000,
  );
}, 300_000);

test('kill −9 at any point of a booking: a place is taken whole or not at all, and sending again is all that one has to do', async () => {
  const restart = async (): Promise<void> => {
    await site.stop('SIGKILL');
    site = await startSite({ dataDir });
  };
  const organiser = await signedIn('animatrice@exemple.example');
  const organisation = await registerByHttp(organiser);
  const soon = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 20 }).toString();
  const published = await organiser.post(`/professionnels/espace/agenda/nouveau?organisme=${organisation}`, {
    ...{ organisation, title: 'Café des parents', kind: 'cafe', mode: 'lieu', commune: 'Rennes', code: '35238' },
    ...{ day: soon, hour: '9h30', minutes: '90', booking: 'ici', places: '2', waiting_list: 'on' },
  });
  expect(published.status).toBe(303);
  const { id, slug } = await inDatabase((db) =>
    db
      .selectFrom('event_occurrence as date')
      .innerJoin('event_series as series', 'series.id', 'date.series')
      .select(['date.id', 'series.slug'])
      .where('series.organisation', '=', organisation)
      .executeTakeFirstOrThrow(),
  );
  const parent = personByHttp(here);
  const secretOf = async (): Promise<string> =>
    /name="secret" value="([\w-]{43})"/.exec(await (await parent.get(`/agenda/${slug}/${id}`)).text())?.[1] ?? '';
  const traces = () =>
    inDatabase(async (db) => {
      const { taken } = await db
        .selectFrom('event_occurrence')
        .select('taken')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const bookings = await db
        .selectFrom('event_booking')
        .select(['name', 'state', 'persons'])
        .where('occurrence', '=', id)
        .orderBy('rank')
        .execute();
      const held = bookings.filter(({ state }) => state === 'confirmed' || state === 'offered');
      // Whatever happened, the count is that of who holds a place, and each was told as often as their state changed.
      expect(taken).toBe(held.reduce((sum, { persons }) => sum + persons, 0));
      expect(taken).toBeLessThanOrEqual(2);
      const told = await db
        .selectFrom('mail_outbox')
        .select('recipient')
        .where('recipient', 'like', 'venue-%')
        .execute();
      return { states: bookings.map(({ name, state }) => `${name} ${state}`), told: told.length };
    });
  const sendKilled = async (post: () => Promise<Response>, milliseconds: number): Promise<boolean> => {
    const sending = post().catch(() => undefined);
    await Promise.race([sending, sleep(milliseconds)]);
    await restart();
    return (await sending)?.status === 303;
  };

  const secret = await secretOf();
  const ana = { secret, name: 'ana', adults: '1', children: '1', contact: 'venue-ana@exemple.example' };
  const book = (fields: Readonly<Record<string, string>>) => parent.post(`/agenda/${slug}/${id}`, fields);
  const [none, whole] = [
    { states: [], told: 0 },
    { states: ['ana confirmed'], told: 1 },
  ];
  for (const milliseconds of [3, 20]) {
    const acknowledged = await sendKilled(() => book(ana), milliseconds);
    expect(acknowledged ? [whole] : [none, whole]).toContainEqual(await traces());
  }
  expect((await book(ana)).status).toBe(303);
  expect(await traces()).toEqual(whole);
  const bob = {
    secret: await secretOf(),
    name: 'bob',
    adults: '1',
    children: '0',
    contact: 'venue-bob@exemple.example',
  };
  expect((await book(bob)).status).toBe(303);
  const line = { states: ['ana confirmed', 'bob waiting'], told: 2 };
  expect(await traces()).toEqual(line);

  // Somebody cancels: the place is free and offered to the next, or nothing was done.
  const offered = { states: ['ana cancelled', 'bob offered'], told: 4 };
  const cancel = () => parent.post(`/agenda/inscription/${secret}?/annuler`, {});
  await sendKilled(cancel, 8);
  expect([line, offered]).toContainEqual(await traces());
  expect((await cancel()).status).toBe(200);
  expect(await traces()).toEqual(offered);
  expect(await (await parent.get(`/agenda/inscription/${bob.secret}`)).text()).toContain('Une place s’est libérée');
}, 300_000);

test('a moderator has a territory verified: one message, one button without signing in, and parents read the day', async () => {
  const moderator = await signedIn('campagne@exemple.example');
  await entrust('campagne@exemple.example', 'departement:06');
  const chosen = { territoire: 'departement:06', type: 'maison-1000-jours', priorite: '' };
  const preview = await moderator.get(`/professionnels/espace/campagnes?${new URLSearchParams(chosen)}`);
  expect(await preview.text()).toContain('Lancer la campagne');
  const started = await moderator.post('/professionnels/espace/campagnes', chosen);
  expect(started.status).toBe(303);
  const dashboard = new URL(started.headers.get('location') ?? '', here()).pathname;
  const elsewhere = await signedIn('campagne-ailleurs@exemple.example');
  expect((await elsewhere.get('/professionnels/espace/campagnes')).status).toBe(403);
  expect((await elsewhere.get(dashboard)).status).toBe(404);

  const message = () =>
    inDatabase((db) =>
      db
        .selectFrom('mail_outbox')
        .select(['body', 'recipient'])
        .where('recipient', '=', '1000joursnice@departement06.fr')
        .where('unsubscribe', 'is not', null)
        .execute(),
    );
  await vi.waitFor(async () => expect(await message()).toHaveLength(1), { timeout: 60_000, interval: 500 });
  const [mail] = await message();
  const address = /\/professionnels\/a-jour\/[\w-]{43}$/m.exec(mail?.body ?? '')?.[0] ?? '';

  // Whoever reads the mail has no account, and a program that opens the link uses nothing up.
  const reader = personByHttp(here);
  const [first, second] = [await reader.get(address), await reader.get(address)];
  expect([first.status, second.status]).toEqual([200, 200]);
  const page = await second.text();
  expect(page).toContain('Maison des Alpes-Maritimes');
  const fiche = /name="fiche" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? '';
  expect((await reader.post(`${address}?/exact`, { fiche })).status).toBe(303);
  const again = await reader.post(`${address}?/exact`, { fiche });
  expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('C’est déjà répondu')]);

  const place = await reader.get('/lieux/maison-des-alpes-maritimes-des-1000-premiers-jours');
  // It may be tomorrow by now.
  expect(await place.text()).toMatch(/Vérifié (aujourd’hui|hier)/);
  await vi.waitFor(
    async () => {
      const list = await reader.get('/autour-de-moi?code=06088&kind=maison-1000-jours');
      expect(await list.text()).toMatch(/Vérifié (aujourd’hui|hier)/);
    },
    { timeout: 60_000, interval: 200 },
  );
  const offers = await (await reader.get('/api/v1/offers?commune=06088&kind=maison-1000-jours')).json();
  expect(offers.offers[0].checked_on).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(await (await moderator.get(dashboard)).text()).toContain('Toujours exact');

  // A mail programme stops the messages by itself, from no page; nothing else is open to such a sending.
  const bare = (path: string) =>
    fetch(here() + path, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  expect((await bare(`${address}?/silence`)).status).toBe(403);
  expect((await bare(`${address}/desabonnement`)).status).toBe(204);
  expect((await bare(`/professionnels/a-jour/${'x'.repeat(43)}/desabonnement`)).status).toBe(404);
  expect(await (await reader.get(address)).text()).toContain('Nous n’écrirons plus à cette adresse');
});
