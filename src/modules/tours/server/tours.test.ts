import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { book, createSeries, readOwnSeries } from '#modules/agenda/server/index.ts';
import { saveRecords, serviceView } from '#modules/directory/server/index.ts';
import { emptyRegistration } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { bookingForm, seriesForm } from '#testing/agenda.ts';
import { again, professionalsHouse, publishedRow, site } from '#testing/professionals.ts';
import { form } from '#testing/registration.ts';
import { closeStop, endVehicle } from './end-stops.ts';
import { askToFollow, confirmFollow, readFollow, stopFollowing } from './follow.ts';
import { toursJobs } from './jobs.ts';
import { readRoundOf, stopView, vehicleView } from './public-views.ts';
import { toursRetention } from './retention.ts';
import { breakDown, cancelVisit, moveVisit, restoreVisit } from './steer.ts';
import { teamView } from './team-view.ts';
import { remindTomorrow, tellBatch } from './tell.ts';
import { tellChangedStop, tellEndedStops, tellOfStop } from './tell-stops.ts';
import { roundCalendar, roundFeed } from './tour-files.ts';
import { createVehicle, saveStop } from './vehicles.ts';

/** One house for all: each test has its own vehicle, and people of its own. It is Saturday 21 November 2026, 11:00 in Paris. */
let house: Awaited<ReturnType<typeof professionalsHouse>>;
let who: PersonContext;
let registration: string;

beforeAll(async () => {
  const ends: (() => Promise<void>)[] = [];
  house = await professionalsHouse((work) => ends.push(work));
  const started = await house.as('equipe@exemple.fr');
  registration = await publishedRow(started, 'L’équipe de l’Exemple');
  who = await again(started);
  return async () => {
    for (const end of ends) await end();
  };
}, 60_000);

const vehicle = async (name: string): Promise<number> => {
  const made = await createVehicle(
    who,
    registration,
    form({ name, service: `À bord de ${name}`, kind: 'micro-creche' }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.id;
};

const stopForm = (more: Readonly<Record<string, string>> = {}): FormData =>
  form({
    ...{ label: 'Place de la Mairie', commune: 'Loudéac', code: '22136', minutes: '120' },
    ...{ day: '21/11/2026', hour: '14h', repeat: 'semaine', until: '30/06/2027' },
    ...more,
  });

const stopOf = async (tour: number, more: Readonly<Record<string, string>> = {}): Promise<number> => {
  const saved = await saveStop(who, { registration, tour }, undefined, stopForm(more));
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return saved.value.id;
};

const at = (instant: string): Clock => ({ now: () => Temporal.Instant.from(instant) });

const commune = (code: string) => {
  const found = house.context.indexes.get(territoryIndex).commune(code);
  if (!found) throw new Error(code);
  return found.code;
};

const pageOf = async (tour: number, context: PersonContext = who) => {
  const round = await readRoundOf(context, `x-${tour}`);
  if (!round) throw new Error('no such vehicle');
  return { round, view: await vehicleView(context, round) };
};

const posted = (to: string) => house.context.posted.filter((mail) => mail.to === to);

/** Somebody who follows and confirmed, by the link of the message. */
const follower = async (email: string, asked: Parameters<typeof askToFollow>[1]): Promise<string> => {
  const done = await askToFollow(who, asked, email, site);
  if (!done.ok) throw new Error(done.error.message);
  const secret = /suivi\/([\w-]{43})/.exec(posted(email).at(-1)?.text ?? '')?.[1] ?? '';
  expect(await confirmFollow(who, secret)).toBe(true);
  return secret;
};

/** Runs the jobs that telling waits in, as often as asked: they may run twice. */
const tell = async (times = 1): Promise<void> => {
  const batches = house.context.enqueued.filter(({ name }) => name === 'tours.tell');
  for (let run = 0; run < times; run += 1)
    for (const { data } of batches) await tellBatch(house.context, (data as { batch: string }).batch, site);
};

describe('a vehicle kept by its team', () => {
  test('is found with its stops by date in words, in the directory too', async () => {
    const tour = await vehicle('Bus de Loudéac');
    const stop = await stopOf(tour);
    const { view } = await pageOf(tour);
    expect(view.path).toBe(`/bus/bus-de-loudeac-${tour}`);
    expect(view.visits[0]).toMatchObject({
      ...{ day: 'samedi 21 novembre', hours: 'de 14\u00a0h à 16\u00a0h', state: 'planned', isToday: true },
      ...{ where: 'Place de la Mairie, Loudéac', href: `${view.path}/${stop}` },
    });
    // The day after Christmas is a public holiday in Alsace and Moselle alone.
    const days = (await stopView(who, (await pageOf(tour)).round, stop))?.visits.map(({ day }) => day);
    expect(days).toContain('samedi 26 décembre');
    await house.context.reindex();
    const service = await serviceView(house.context, 'a-bord-de-bus-de-loudeac');
    expect(service?.stops[0]?.next[0]?.day).toBe('samedi 21 novembre');
  });

  test('is nobody else’s to see in the space, nor to steer', async () => {
    const tour = await vehicle('Bus fermé');
    const stop = await stopOf(tour);
    const stranger = await house.as('etrangere@exemple.fr');
    const other = await publishedRow(stranger, 'Une autre équipe');
    const outside = await again(stranger);
    expect(await teamView(outside, registration, tour)).toBeUndefined();
    for (const key of [
      { registration, tour },
      { registration: other, tour },
    ]) {
      const refused = await cancelVisit(outside, key, { stop, day: '2026-11-21' }, '');
      expect(refused.ok ? '' : refused.error.code).toBe('not_allowed');
      const saved = await saveStop(outside, key, stop, stopForm());
      expect(saved.ok).toBe(false);
    }
    expect((await pageOf(tour)).view.visits[0]?.state).toBe('planned');
  });

  test('cancels a visit: the page, the stop, the calendar and the directory say it at once', async () => {
    const tour = await vehicle('Bus annulé');
    const stop = await stopOf(tour);
    const done = await cancelVisit(who, { registration, tour }, { stop, day: '2026-11-21' }, 'Verglas.');
    expect(done.ok).toBe(true);
    const { view, round } = await pageOf(tour);
    expect(view.visits[0]).toMatchObject({ state: 'cancelled', changed: 'Annulé. Verglas.' });
    expect(view.visits[1]).toMatchObject({ day: 'samedi 28 novembre', state: 'planned' });
    expect((await stopView(who, round, stop))?.visits[0]?.state).toBe('cancelled');
    const calendar = roundCalendar(who, round, { origin: site, titled: false });
    expect(calendar).toContain('STATUS:CANCELLED');
    expect(calendar).not.toContain('Bus annulé');
    expect(roundFeed(who, round, site, `${site}/flux`)).toContain('Annulé. Verglas.');
    await house.context.reindex();
    expect((await serviceView(house.context, 'a-bord-de-bus-annule'))?.stops[0]?.next[0]?.day).toBe(
      'samedi 28 novembre',
    );

    expect((await cancelVisit(who, { registration, tour }, { stop, day: '2026-11-21' }, '')).ok).toBe(false);
    expect((await restoreVisit(who, { registration, tour }, { stop, day: '2026-11-21' })).ok).toBe(true);
    expect((await pageOf(tour)).view.visits[0]).toMatchObject({
      state: 'planned',
      changed: 'Maintenu\u00a0: il passe bien.',
    });
  });

  test('keeps a cancelled visit cancelled when the stop is saved again', async () => {
    const tour = await vehicle('Bus gardé');
    const stop = await stopOf(tour);
    await cancelVisit(who, { registration, tour }, { stop, day: '2026-11-28' }, '');
    expect((await saveStop(who, { registration, tour }, stop, stopForm({ label: 'Place neuve' }))).ok).toBe(true);
    const { view } = await pageOf(tour);
    expect(view.visits.find(({ on }) => on === '2026-11-28')).toMatchObject({
      state: 'cancelled',
      label: 'Place neuve',
    });
  });

  test('moves a visit: it leaves its day and comes at the other one', async () => {
    const tour = await vehicle('Bus déplacé');
    const stop = await stopOf(tour);
    const key = { registration, tour };
    const to = Temporal.PlainDateTime.from('2026-11-24T09:30');
    expect((await moveVisit(who, key, { stop, day: '2026-11-21' }, { to, reason: '' })).ok).toBe(true);
    const { view } = await pageOf(tour);
    expect(view.visits.slice(0, 3).map(({ day, hours, state, changed }) => [day, hours, state, changed])).toEqual([
      [
        'samedi 21 novembre',
        'de 14\u00a0h à 16\u00a0h',
        'moved',
        'Déplacé au mardi 24 novembre, de 9\u00a0h\u00a030 à 11\u00a0h\u00a030.',
      ],
      ['mardi 24 novembre', 'de 9\u00a0h\u00a030 à 11\u00a0h\u00a030', 'planned', undefined],
      ['samedi 28 novembre', 'de 14\u00a0h à 16\u00a0h', 'planned', undefined],
    ]);
    // One place, however many rows tell it.
    expect(view.stops).toHaveLength(1);
    const past = await moveVisit(who, key, { stop, day: '2026-11-28' }, { to: to.subtract({ days: 7 }), reason: '' });
    expect(past.ok ? '' : past.error.code).toBe('past_day');
  });

  test('moves a visit to another place: pages, who follows, and what is on board say where', async () => {
    const tour = await vehicle('Bus ailleurs');
    const stop = await stopOf(tour);
    const early = { place: `arret:${stop}`, day: '28/11/2026', hour: '14h30', minutes: '60' };
    const series = await createSeries(who, registration, seriesForm({ organisation: registration, ...early }));
    if (!series.ok) throw new Error(JSON.stringify(series.error));
    await follower('ailleurs@exemple.fr', { stop });
    const key = { registration, tour };
    const to = Temporal.PlainDateTime.from('2026-11-28T14:00');
    const place = { label: 'Salle des fêtes', line: null, insee: '22136' };
    const still = { label: 'Place de la Mairie', line: null, insee: '22136' };
    const same = await moveVisit(who, key, { stop, day: '2026-11-28' }, { to, place: still, reason: '' });
    expect(same.ok ? '' : same.error.code).toBe('same_time');
    const far = { ...place, insee: '97416' };
    const other = await moveVisit(who, key, { stop, day: '2026-11-28' }, { to, place: far, reason: '' });
    expect(other.ok ? '' : other.error.code).toBe('other_clock');
    expect((await moveVisit(who, key, { stop, day: '2026-11-28' }, { to, place, reason: 'Marché.' })).ok).toBe(true);
    const { view, round } = await pageOf(tour);
    const said = 'Déplacé\u00a0: samedi 28 novembre, de 14\u00a0h à 16\u00a0h, Salle des fêtes, Loudéac. Marché.';
    expect(view.visits.slice(1, 3).map(({ label, state, changed }) => [label, state, changed])).toEqual([
      ['Place de la Mairie', 'moved', said],
      ['Salle des fêtes', 'planned', undefined],
    ]);
    // The sheet of the stop says it too, though the other place is another sheet.
    expect((await stopView(who, round, stop))?.visits[1]?.changed).toBe(said);
    await tell();
    expect(posted('ailleurs@exemple.fr').at(-1)?.text).toContain('Désormais\u00a0: samedi 28 novembre');
    expect(posted('ailleurs@exemple.fr').at(-1)?.text).toContain('Salle des fêtes, Loudéac');
    const [date] = await who.db
      .selectFrom('event_occurrence')
      .select(['status', 'note'])
      .where('series', '=', series.value.id)
      .execute();
    expect(date).toEqual({
      status: 'planned',
      note: 'Rendez-vous à cet endroit\u00a0: Salle des fêtes, Loudéac. Marché.',
    });
  });

  test('stands where its address is, when the address base knows it, and in its commune otherwise', async () => {
    const key = { registration, tour: await vehicle('Bus situé') };
    const door = { label: '2 rue de l’Exemple', kind: 'housenumber', postcode: '22600', from: 'ban' } as const;
    const base = {
      find: async (text: string) =>
        text.startsWith('2 rue') ? [{ ...door, commune: commune('22136'), lat: 48.18, lon: -2.75 }] : [],
    };
    const saved = await saveStop(who, key, undefined, stopForm({ line: '2 rue de l’Exemple' }), base);
    if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    const where = () =>
      who.db
        .selectFrom('tour_stop')
        .select(['lat', 'lon', 'precision'])
        .where('id', '=', saved.value.id)
        .executeTakeFirstOrThrow();
    expect(await where()).toEqual({ lat: 48.18, lon: -2.75, precision: 'housenumber' });
    // Saved again without a base: what was found stays while the address does.
    await saveStop(who, key, saved.value.id, stopForm({ line: '2 rue de l’Exemple', hour: '15h' }));
    expect(await where()).toMatchObject({ lat: 48.18 });
    await saveStop(who, key, saved.value.id, stopForm({ line: 'Derrière l’église' }), base);
    expect(await where()).toEqual({ lat: null, lon: null, precision: 'none' });
  });

  test('breaks down: all that is left of today is cancelled, by the clock of each stop', async () => {
    const tour = await vehicle('Bus en panne');
    await stopOf(tour);
    // In Réunion it is 14:00: this visit is over, by its own clock alone.
    await stopOf(tour, { label: 'Front de mer', commune: 'Saint-Pierre', code: '97416', hour: '11h', minutes: '60' });
    await stopOf(tour, { label: 'Marché', hour: '17h' });
    const done = await breakDown(who, { registration, tour }, 'Le bus est en panne.');
    expect(done).toEqual({ ok: true, value: { visits: 2 } });
    const { view } = await pageOf(tour);
    expect(view.alerts.map(({ label, changed }) => [label, changed])).toEqual([
      ['Place de la Mairie', 'Annulé. Le bus est en panne.'],
      ['Marché', 'Annulé. Le bus est en panne.'],
    ]);
    const again = await breakDown(who, { registration, tour }, '');
    expect(again.ok ? '' : again.error.code).toBe('nothing_left_today');
  });

  test('takes with it what the agenda has on board, and moves it when it moves', async () => {
    const tour = await vehicle('Bus des ateliers');
    const stop = await stopOf(tour);
    const series = await createSeries(
      who,
      registration,
      seriesForm({
        organisation: registration,
        place: `arret:${stop}`,
        day: '28/11/2026',
        hour: '14h30',
        minutes: '60',
        repeat: 'semaine',
        until: '31/12/2026',
      }),
    );
    if (!series.ok) throw new Error(JSON.stringify(series.error));
    const dates = () =>
      who.db
        .selectFrom('event_occurrence')
        .select(['local_start', 'status'])
        .where('series', '=', series.value.id)
        .orderBy('slot')
        .execute();
    const key = { registration, tour };
    expect((await cancelVisit(who, key, { stop, day: '2026-11-28' }, 'Panne.')).ok).toBe(true);
    const to = Temporal.PlainDateTime.from('2026-12-06T10:00');
    expect((await moveVisit(who, key, { stop, day: '2026-12-05' }, { to, reason: '' })).ok).toBe(true);
    const [first, second, third] = await dates();
    expect(first?.status).toBe('cancelled');
    expect([second?.status, second?.local_start.toString()]).toEqual(['planned', '2026-12-06T10:30:00']);
    expect([third?.status, third?.local_start.toString()]).toEqual(['planned', '2026-12-12T14:30:00']);
    // What is on board begins before the visit: moved to a moment when that would be past, nothing moves.
    const early = { place: `arret:${stop}`, day: '12/12/2026', hour: '13h30', minutes: '60' };
    expect((await createSeries(who, registration, seriesForm({ organisation: registration, ...early }))).ok).toBe(true);
    const soon = Temporal.PlainDateTime.from('2026-12-11T11:15');
    const now = { ...who, clock: at('2026-12-11T10:00:00Z') };
    expect(await moveVisit(now, key, { stop, day: '2026-12-12' }, { to: soon, reason: '' })).toMatchObject({
      ok: false,
      error: { code: 'past_day' },
    });
    expect((await dates())[2]).toEqual(third);
    // What was cancelled with the visit comes back with it.
    expect((await restoreVisit(who, key, { stop, day: '2026-11-28' })).ok).toBe(true);
    expect((await dates())[0]?.status).toBe('planned');
    expect((await restoreVisit(who, key, { stop, day: '2026-12-05' })).ok).toBe(false);
    const own = await readOwnSeries(who, series.value.id);
    expect(own?.fields).toMatchObject({ mode: 'arret', place_page: `/bus/bus-des-ateliers-${tour}/${stop}`, stop });
  });

  test('takes with a whole stop what the agenda has on board: who is booked is told where, when, or that it is no more', async () => {
    const key = { registration, tour: await vehicle('Bus changé') };
    const stop = await stopOf(key.tour);
    const on = { ...{ organisation: registration, place: `arret:${stop}`, hour: '14h30', minutes: '60' } };
    const weekly = { ...on, day: '28/11/2026', repeat: 'semaine', until: '31/12/2026' };
    const series = await createSeries(who, registration, seriesForm(weekly));
    if (!series.ok) throw new Error(JSON.stringify(series.error));
    const dates = () =>
      who.db
        .selectFrom('event_occurrence')
        .select(['id', 'local_start', 'status'])
        .where('series', '=', series.value.id)
        .orderBy('slot')
        .execute();
    const [first] = await dates();
    const to = 'a-bord@exemple.fr';
    expect((await book(who, first?.id ?? 0, bookingForm({ contact: to }), site)).ok).toBe(true);
    const told = () => posted(to).slice(1);
    const save = async (more: Readonly<Record<string, string>>) => {
      expect((await saveStop(who, key, stop, stopForm(more))).ok).toBe(true);
    };

    await save({ note: 'Derrière la mairie' });
    expect(told()).toEqual([]);
    await save({ label: 'Gymnase', line: '2 rue de l’Exemple' });
    expect((await readOwnSeries(who, series.value.id))?.fields).toMatchObject({
      ...{ place_name: 'Bus changé, Gymnase', line: '2 rue de l’Exemple', stop, mode: 'arret' },
    });
    expect(told()).toHaveLength(1);
    expect(told()[0]?.text).toContain('Bus changé, Gymnase, 2 rue de l’Exemple, Loudéac');

    // It comes at another hour of the same days: so do they.
    const gym = { label: 'Gymnase', line: '2 rue de l’Exemple' };
    await save({ ...gym, hour: '17h' });
    expect((await dates())[0]).toMatchObject({ status: 'planned' });
    expect((await dates()).map(({ local_start }) => local_start.toString()).slice(0, 2)).toEqual([
      '2026-11-28T17:30:00',
      '2026-12-05T17:30:00',
    ]);
    expect(told()).toHaveLength(2);
    expect(told()[1]?.text).toContain('samedi 28 novembre, de 17\u00a0h\u00a030');

    // On other days: what was held on the old ones is no more.
    await save({ ...gym, hour: '17h', day: '24/11/2026' });
    expect([...new Set((await dates()).map(({ status }) => status))]).toEqual(['cancelled']);
    expect(told()).toHaveLength(3);
    expect(told()[2]?.text).toContain('annulé');
  });

  test('refuses what no bus may have, each by its field', async () => {
    const key = { registration, tour: await vehicle('Bus mal rempli') };
    const wrong = { label: '', minutes: '3', code: '', commune: 'Xyz', day: '31/02/2027', until: '' };
    const refused = await saveStop(who, key, undefined, stopForm(wrong));
    expect(refused.ok ? [] : refused.error.map(({ field }) => field).sort()).toEqual([
      'commune',
      'day',
      'label',
      'minutes',
    ]);
    const endless = await saveStop(who, key, undefined, stopForm({ until: '01/01/2080' }));
    expect(endless.ok ? '' : endless.error[0]?.code).toBe('bad_until');
    const past = await saveStop(who, key, undefined, stopForm({ day: '01/02/2026', repeat: 'une' }));
    expect(past.ok ? '' : past.error[0]?.code).toBe('bad_day');
    expect((await createVehicle(who, registration, form({ name: '', service: '' }))).ok).toBe(false);
  });
});

describe('whose tour it is', () => {
  test('an imported one is steered by the team that claimed its service', async () => {
    await saveRecords(house.context, { source: 'essai', on: null }, [
      {
        tour: { ref: 'importe', fields: { name: 'Bus importé' } },
        stops: [
          { ref: 'importe-1', fields: { label: 'Gare', insee: '22136', starts_at: '2026-11-21T15:00', minutes: 60 } },
        ],
        services: [{ ref: 'importe', fields: { name: 'À bord du bus importé', kind: 'itinerant' } }],
      },
    ]);
    const [service, stop] = [await idOf('service', 'importe'), await idOf('tour_stop', 'importe-1')];
    const tour = await idOf('tour', 'importe');
    const key = { registration, tour };
    expect((await cancelVisit(who, key, { stop, day: '2026-11-21' }, '')).ok).toBe(false);
    const { rows } = await sql<{ id: string }>`
      insert into moderation_case (kind, status, registration, proposed, before, insee, departement, region, created_at)
      values ('claim', 'accepted', ${registration}, '{}', '{}', '22136', '22', '53', now()) returning id`.execute(
      who.db,
    );
    await who.db
      .insertInto('listing_owner')
      .values({
        ...{ entity: 'service', entity_id: service, registration },
        ...{ case_id: rows[0]?.id ?? '', since: who.clock.now() },
      })
      .execute();
    expect((await cancelVisit(who, key, { stop, day: '2026-11-21' }, '')).ok).toBe(true);
    expect((await pageOf(tour)).view.visits[0]?.state).toBe('cancelled');
    // What is imported again says nothing of what a person said.
    await saveRecords(house.context, { source: 'essai', on: null }, [
      {
        tour: { ref: 'importe', fields: { name: 'Bus importé' } },
        stops: [{ ref: 'importe-1', fields: { label: 'Gare', except: [] } }],
        services: [],
      },
    ]);
    expect((await pageOf(tour)).view.visits[0]?.state).toBe('cancelled');
  });

  test('goes with the registration of its team, words and all', async () => {
    const started = await house.as('ephemere@exemple.fr');
    const other = await publishedRow(started, 'Une équipe éphémère');
    const gone = await again(started);
    const made = await createVehicle(gone, other, form({ name: 'Motunique', service: 'Motunique', kind: 'itinerant' }));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const saved = await saveStop(
      gone,
      { registration: other, tour: made.value.id },
      undefined,
      stopForm({ label: 'Motunique' }),
    );
    expect(saved.ok).toBe(true);
    await inTransaction(house.context, (inside) => emptyRegistration(inside, other));
    expect(await readRoundOf(who, `x-${made.value.id}`)).toBeUndefined();
    for (const table of ['tour', 'tour_stop', 'service', 'offer', 'organisation'] as const) {
      const { rows } = await sql`select from ${sql.table(table)} as t where t::text like '%Motunique%'`.execute(who.db);
      expect([table, rows.length]).toEqual([table, 0]);
    }
  });
});

const idOf = async (table: 'service' | 'tour' | 'tour_stop', ref: string): Promise<number> =>
  (await who.db.selectFrom(table).select('id').where('source_ref', '=', ref).executeTakeFirstOrThrow()).id;

describe('who asked to be told', () => {
  test('hears of nothing before confirming, and of each change once, whatever runs again', async () => {
    const tour = await vehicle('Bus suivi');
    const stop = await stopOf(tour);
    await askToFollow(who, { stop }, 'jamais@exemple.fr', site);
    const secret = await follower('parent@exemple.fr', { stop });
    const near = await follower('voisine@exemple.fr', { insee: '22136', tour });
    await follower('loin@exemple.fr', { insee: '35238' });
    await breakDown(who, { registration, tour }, 'Le bus est en panne.');
    await tell(2);
    const [, told, ...more] = posted('parent@exemple.fr');
    expect(more).toEqual([]);
    expect(told?.subject).toBe('Annulation du samedi 21 novembre');
    expect(told?.text).toContain('Place de la Mairie, Loudéac');
    expect(told?.text).toContain('Le mot de l’équipe\u00a0: Le bus est en panne.');
    expect(told?.unsubscribe).toMatch(/^https:\/\/mille-jours\.example\/bus\/suivi\/[\w-]{43}\/desabonnement$/);
    expect(posted('voisine@exemple.fr')).toHaveLength(2);
    expect(posted('loin@exemple.fr')).toHaveLength(1);
    expect(posted('jamais@exemple.fr')).toHaveLength(1);

    // Any link of any message stops, and nothing is left.
    await stopFollowing(who, /suivi\/([\w-]{43})/.exec(told?.text ?? '')?.[1] ?? '');
    expect(await readFollow(who, secret)).toBeUndefined();
    await stopFollowing(who, secret);
    expect(
      await who.db.selectFrom('tour_follow').select('id').where('email', '=', 'parent@exemple.fr').execute(),
    ).toEqual([]);
    expect((await readFollow(who, near))?.confirmed).toBe(true);
  });

  test('is told when a stop leaves the round, once, with what passes near instead', async () => {
    const tour = await vehicle('Bus écourté');
    const key = { registration, tour };
    const stop = await stopOf(tour);
    const kept = await stopOf(tour, { label: 'Gare', hour: '18h' });
    await follower('parti@exemple.fr', { stop });
    await follower('reste@exemple.fr', { stop: kept });
    await follower('autour@exemple.fr', { insee: '22136', tour });
    const early = { place: `arret:${stop}`, day: '28/11/2026', hour: '14h30', minutes: '60' };
    const series = await createSeries(who, registration, seriesForm({ organisation: registration, ...early }));
    if (!series.ok) throw new Error(JSON.stringify(series.error));
    expect((await closeStop(who, key, stop)).ok).toBe(true);
    for (let run = 0; run < 2; run += 1) await tellEndedStops(house.context, site);
    const [, told, ...more] = posted('parti@exemple.fr');
    expect(more).toEqual([]);
    expect(told?.subject).toBe('Du nouveau dans ce que vous suivez');
    expect(told?.text).toContain('Place de la Mairie, Loudéac\nBus écourté');
    expect(told?.text).toContain('samedi 21 novembre, de 18\u00a0h à 20\u00a0h\nGare, Loudéac\nBus écourté');
    expect(told?.text).toContain('votre demande est effacée');
    const followers = async () =>
      (
        await who.db
          .selectFrom('tour_follow')
          .select('email')
          .where('email', 'in', ['parti@exemple.fr', 'autour@exemple.fr', 'reste@exemple.fr'])
          .orderBy('email')
          .execute()
      ).map(({ email }) => email);
    expect(await followers()).toEqual(['autour@exemple.fr', 'reste@exemple.fr']);
    expect(posted('autour@exemple.fr')).toHaveLength(2);
    expect(posted('reste@exemple.fr')).toHaveLength(1);
    // What the agenda held there is cancelled with it.
    const [date] = await who.db
      .selectFrom('event_occurrence')
      .select('status')
      .where('series', '=', series.value.id)
      .execute();
    expect(date?.status).toBe('cancelled');

    // Then the whole vehicle ends, and stays so when the registration is published again.
    expect((await endVehicle(who, key)).ok).toBe(true);
    for (let run = 0; run < 2; run += 1) await tellEndedStops(house.context, site);
    expect(posted('reste@exemple.fr').at(-1)?.text).toContain('Gare, Loudéac\nBus écourté');
    expect(posted('reste@exemple.fr')).toHaveLength(2);
    expect(posted('autour@exemple.fr')).toHaveLength(3);
    expect(await followers()).toEqual([]);
    expect(await readRoundOf(who, `x-${tour}`)).toBeUndefined();
    expect((await endVehicle(who, key)).ok).toBe(false);
  });

  test('is told where a stop is now, or when it comes, and of nothing when neither changed', async () => {
    const tour = await vehicle('Bus qui bouge');
    const key = { registration, tour };
    const stop = await stopOf(tour);
    await follower('suit@exemple.fr', { stop });
    const waiting = () => house.context.enqueued.filter(({ name }) => name === 'tours.tell-stop');
    const before = waiting().length;
    await saveStop(who, key, stop, stopForm({ note: 'Derrière la mairie', until: '30/06/2028' }));
    expect(waiting()).toHaveLength(before);
    await saveStop(who, key, stop, stopForm({ label: 'Gymnase', hour: '16h' }));
    const [job] = waiting().slice(before);
    const { batch, was } = tellOfStop.data.parse(job?.data);
    for (let run = 0; run < 2; run += 1) await tellChangedStop(house.context, batch, was, site);
    const [, told, ...more] = posted('suit@exemple.fr');
    expect(more).toEqual([]);
    expect(told?.text).toContain('Avant\u00a0: Place de la Mairie, Loudéac\nDésormais\u00a0: Gymnase, Loudéac');
    expect(told?.text).toContain('samedi 21 novembre, de 16\u00a0h à 18\u00a0h');
  });

  test('is told the day before, once, when it is day there', async () => {
    const tour = await vehicle('Bus de la veille');
    const stop = await stopOf(tour, { commune: 'Saint-Pierre', code: '97416', hour: '9h' });
    await follower('reunion@exemple.fr', { stop });
    // 8:00 then 10:00 in Réunion, on Friday 27 November.
    await remindTomorrow({ ...house.context, clock: at('2026-11-27T04:00:00Z') }, site);
    expect(posted('reunion@exemple.fr')).toHaveLength(1);
    for (const now of ['2026-11-27T06:00:00Z', '2026-11-27T07:00:00Z'])
      await remindTomorrow({ ...house.context, clock: at(now) }, site);
    const [, told, ...more] = posted('reunion@exemple.fr');
    expect(more).toEqual([]);
    expect(told?.subject).toBe('Passage du samedi 28 novembre');
    expect(told?.text).toContain('samedi 28 novembre, de 9\u00a0h à 11\u00a0h');
  });

  test('is asked once a year whether to go on, and erased without an answer', async () => {
    const stop = await stopOf(await vehicle('Bus de l’an prochain'));
    await askToFollow(who, { stop }, 'oubli@exemple.fr', site);
    await follower('fidele@exemple.fr', { stop });
    const left = async (now: string): Promise<string[]> => {
      await applyRetention({ ...house.context, clock: at(now) }, toursRetention);
      const rows = await who.db
        .selectFrom('tour_follow')
        .select('email')
        .where('stop', '=', stop)
        .orderBy('email')
        .execute();
      return rows.map(({ email }) => email);
    };
    expect(await left('2026-11-24T09:59:00Z')).toEqual(['fidele@exemple.fr', 'oubli@exemple.fr']);
    expect(await left('2026-11-24T10:01:00Z')).toEqual(['fidele@exemple.fr']);
    const remind = toursJobs({ ORIGIN: site }).find(({ name }) => name === 'tours.remind');
    // At night in France: nothing else is told.
    for (const now of ['2027-10-21T01:00:00Z', '2027-10-23T01:00:00Z', '2027-10-23T02:00:00Z'])
      await remind?.handle({ ...house.context, clock: at(now) }, {});
    const subjects = posted('fidele@exemple.fr').map(({ subject }) => subject);
    expect(subjects).toEqual(['Confirmez votre demande', 'Souhaitez-vous continuer\u00a0?']);
    expect(await left('2027-11-20T10:00:00Z')).toHaveLength(1);
    expect(await left('2027-11-22T10:00:00Z')).toEqual([]);
  });

  test('gets the same answer and one message, whether the mailbox follows already or not', async () => {
    const stop = await stopOf(await vehicle('Bus discret'));
    await follower('deja@exemple.fr', { stop });
    expect(await askToFollow(who, { stop }, 'DEJA@exemple.fr', site)).toEqual(
      await askToFollow(who, { stop }, 'nouvelle@exemple.fr', site),
    );
    expect(await who.db.selectFrom('tour_follow').select('id').where('stop', '=', stop).execute()).toHaveLength(2);
    expect((await askToFollow(who, { stop: 2_000_000 }, 'a@exemple.fr', site)).ok).toBe(false);
    expect((await askToFollow(who, { insee: '00000' }, 'a@exemple.fr', site)).ok).toBe(false);
    expect((await askToFollow(who, { stop }, 'a@exemple.fr, b@exemple.fr', site)).ok).toBe(false);
    expect(await confirmFollow(who, 'x'.repeat(43))).toBe(false);
  });
});
