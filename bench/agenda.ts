import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { agendaView, book, eventsIndex, findEvents } from '#modules/agenda/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { createLogger } from '#platform/server/log.ts';
import { readSettings } from '#platform/server/settings.ts';
import { type Measure, percentile, shown, timeEach } from './bench.ts';

/** BENCH_SERIES=20000 series of fifty dates each. */
const count = Number(process.env.BENCH_SERIES ?? '20000');
const DATES = 50;

/** The agenda of a whole country: how fast a place and a day are searched, and how many may book one date in a second. */
export default async (): Promise<Measure> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-agenda-'));
  const read = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const database = await openDatabase(read.value, 'command', console.log);
  if (!database.ok) throw new Error(database.error);
  const { url, close } = database.value;
  try {
    await prepareDatabase(url, read.value);
    const db = createDatabase(createPool(url, 10));
    await fill(db);
    const territories = await territoryIndex.build(db);
    const building = performance.now();
    let events = await eventsIndex.build(db);
    const built = performance.now() - building;
    const context = contextOf(db, () => events, territories);

    const communes = territories.communes.filter(({ partOf }) => partOf === null);
    const asked = (round: number) => communes[(round * 7_919) % communes.length];
    const whens = ['ce week-end', 'mardi soir', 'demain', 'la semaine prochaine', undefined];
    const search = timeEach((round) => {
      const commune = asked(round);
      const when = whens[round % whens.length];
      if (!commune) return;
      findEvents(context, {
        place: { kind: 'territory', territory: { kind: 'commune', code: commune.code } },
        ...{ km: 20, limit: 20 },
        ...(when ? { when } : {}),
      });
    }, 2_000);
    const everywhere = timeEach(() => findEvents(context, { when: 'ce week-end', limit: 20 }), 200);
    const page: number[] = [];
    for (let round = 0; round < 300; round += 1) {
      const commune = asked(round);
      const query = new URLSearchParams({
        commune: commune?.name ?? '',
        code: commune?.code ?? '',
        quand: whens[round % 4] ?? '',
      });
      const before = performance.now();
      await agendaView(context, query);
      page.push(performance.now() - before);
    }
    await sql`update event_series set version = version + 1 where id = (select id from event_series limit 1)`.execute(
      db,
    );
    const refreshing = performance.now();
    events = (await eventsIndex.refresh?.(db, events, new Set())) ?? events;
    const refreshed = performance.now() - refreshing;
    const bookings = await bookOne(context);
    await db.destroy();
    return {
      name: 'L’agenda de tout un pays',
      method: `${count.toLocaleString('fr-FR')} séries de ${DATES} dates, soit ${(count * DATES).toLocaleString('fr-FR')}, dans les communes de France ; 2 000 recherches à 20 km d’une commune, sur cinq façons de dire quand, dans le processus ; la page lit ensuite les places qui restent dans la base embarquée. Inscriptions : 500 essais pour 10 places d’une même date, dix connexions d’un processus.`,
      rows: [
        { label: 'lieu et date, médiane', value: shown(percentile(search, 0.5), 'ms') },
        { label: 'lieu et date, 99 fois sur 100', value: shown(percentile(search, 0.99), 'ms'), aim: '< 10 ms' },
        {
          label: 'toute la France, « ce week-end », 99 fois sur 100',
          value: shown(percentile(everywhere, 0.99), 'ms'),
        },
        { label: 'la page et ses places, 99 fois sur 100', value: shown(percentile(page, 0.99), 'ms'), aim: '< 10 ms' },
        { label: 'lecture et construction de l’index', value: shown(built, 'ms') },
        { label: 'une série a changé : index à jour en', value: shown(refreshed, 'ms') },
        { label: 'inscriptions à une même date', value: shown(bookings.each, 'par seconde') },
        { label: 'places données pour dix', value: String(bookings.confirmed), aim: '10' },
      ],
    };
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const fill = async (db: Database): Promise<void> => {
  await sql`
    insert into event_series (slug, organisation, organisation_name, insee, departement, region, time_zone, status, fields, source, created_at, changed_at)
    select 'rendez-vous-' || rank, gen_random_uuid(), 'Association ' || rank, code, departement, '00', 'Europe/Paris', 'published',
      json_build_object('title', 'Rendez-vous ' || rank, 'summary', 'Un temps pour les parents', 'kind', 'cafe', 'mode', 'lieu',
        'place_name', 'Salle', 'line', '', 'insee', code, 'lat', lat, 'lon', lon, 'exact', true, 'place_page', null,
        'starts_at', '2026-01-05T09:30', 'minutes', 90, 'rrule', null, 'except', json_build_array(), 'besides', json_build_array(),
        'school', 'toujours', 'on_holidays', false, 'audiences', json_build_array('parents'), 'priorities', json_build_array(6),
        'languages', json_build_array(), 'access', json_build_array(), 'costs', json_build_array('gratuit'), 'cost_note', '',
        'age_from', null, 'age_to', null, 'company', 'avec', 'places', 10, 'booking', 'ici', 'booking_url', '',
        'waiting_list', true, 'phone', '', 'email', ''),
      'form', now(), now()
    from (
      select row_number() over () as rank, commune.code, departement, lat, lon
      from commune, generate_series(1, 10) as again
      where part_of is null order by md5(commune.code || again) limit ${count}
    ) as places`.execute(db);
  await sql`
    insert into event_occurrence (series, slot, local_start, starts_at, minutes)
    select id, at, at, at at time zone 'Europe/Paris', 90
    from (
      select id, date_trunc('day', now() at time zone 'UTC')
        + (1 + week * 7 + abs(hashtext(id::text)) % 7) * interval '1 day' + (8 + abs(hashtext(slug)) % 12) * interval '1 hour' as at
      from event_series, generate_series(0, ${DATES - 1}) as week
    ) as dates`.execute(db);
  await sql`analyze event_series`.execute(db);
  await sql`analyze event_occurrence`.execute(db);
};

const contextOf = (db: Database, events: () => unknown, territories: unknown): Context => ({
  ...{ db, clock: systemClock, actor: { kind: 'visitor' }, log: createLogger('silent') },
  indexes: {
    get: <T>({ name }: { readonly name: string }): T => (name === eventsIndex.name ? events() : territories) as T,
    states: () => ({}),
    ready: async () => {},
  },
  ...nothing,
  files: {
    put: async () => ({ ok: true, value: { bytes: 0, sha256: '' } }),
    get: async () => undefined,
    delete: async () => {},
  },
});

/** What writes nothing inside a transaction either. */
const nothing: Pick<Context, 'jobs' | 'mail'> = {
  jobs: {
    enqueue: async () => {},
    inside: () => nothing.jobs,
    overview: async () => ({ queues: [], dead: [] }),
    retry: async () => false,
  },
  mail: { post: async () => {}, inside: () => nothing.mail },
};

const bookOne = async (context: Context): Promise<{ each: number; confirmed: number }> => {
  const { id } = await context.db
    .selectFrom('event_occurrence')
    .select('id')
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const form = (at: number): FormData => {
    const made = new FormData();
    for (const [name, value] of Object.entries({ name: `P ${at}`, adults: '1', contact: `p${at}@exemple.fr` }))
      made.set(name, value);
    return made;
  };
  let [at, confirmed] = [0, 0];
  const bookNext = async (): Promise<void> => {
    while (at < 500) {
      at += 1;
      const end = await book(context, id, form(at), undefined);
      if (end.ok && end.value.state === 'confirmed') confirmed += 1;
    }
  };
  const before = performance.now();
  await Promise.all(Array.from({ length: 10 }, bookNext));
  const seconds = (performance.now() - before) / 1_000;
  return { each: 500 / seconds, confirmed };
};
