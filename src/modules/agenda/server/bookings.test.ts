import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { agendaHouse, bookingForm, datesOf, publish, seriesForm } from '#testing/agenda.ts';
import { killedAtEach } from '#testing/killed.ts';
import { site } from '#testing/professionals.ts';
import { bookByPhone, orderBooking, readAttendance, readDates, writeToAll } from './attendance.ts';
import { acceptOffer, book, cancelBooking, newBookingSecret, readBookingPage } from './bookings.ts';
import { cancelDate, moveDate } from './change-date.ts';
import { closeSeries } from './close-series.ts';
import { offersJob } from './offers-job.ts';
import { readBookedDate } from './read-events.ts';
import { agendaRetention } from './retention.ts';
import { changeSeries } from './series.ts';
import { datesToCall } from './to-call.ts';

type House = Awaited<ReturnType<typeof agendaHouse>>;

/** A café of four places on one date. */
const cafe = async (more: Readonly<Record<string, string>> = {}) => {
  const house = await agendaHouse();
  const series = await publish(house.who, house.organisation, more);
  const [date = 0] = await datesOf(house.context, series);
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const context = { ...house.context, clock };
  const come = async (name: string, persons = 2, contact = `${name}@exemple.fr`) => {
    const booked = await book(
      context,
      date,
      bookingForm({ name, adults: '1', children: String(persons - 1), contact }),
      site,
    );
    if (!booked.ok) throw new Error(JSON.stringify(booked.error));
    return booked.value;
  };
  const mailsTo = (name: string) => house.context.posted.filter(({ to }) => to === `${name}@exemple.fr`);
  return { ...house, context, clock, series, date, come, mailsTo };
};

const takenOf = async ({ db }: House['context'], date: number): Promise<number> =>
  (await db.selectFrom('event_occurrence').select('taken').where('id', '=', date).executeTakeFirstOrThrow()).taken;

const lastLink = (text: string | undefined): string => /agenda\/inscription\/([\w-]{43})/.exec(text ?? '')?.[1] ?? '';

describe('booking without an account', () => {
  it('keeps the places, and tells by a message whose title says nothing', async () => {
    const { context, date, come, mailsTo } = await cafe();
    const { secret, state } = await come('sam');
    expect(state).toBe('confirmed');
    expect(await takenOf(context, date)).toBe(2);
    // Their page still says when and where while somebody reads the series again.
    await context.db.updateTable('event_series').set({ status: 'waiting' }).execute();
    expect(await readBookingPage(context, secret)).toMatchObject({ occurrence: date, series_status: 'waiting' });
    expect(await readBookedDate(context, date)).toMatchObject({ dayWords: 'mardi 24 novembre' });
    const [mail] = mailsTo('sam');
    expect(mail?.subject).toBe('Votre inscription du mardi 24 novembre');
    expect(mail?.text).not.toContain('Café des parents');
    expect(lastLink(mail?.text)).toBe(secret);
    expect(mail?.secret).toBe(true);
  });

  it('sent twice with the same form, is one booking', async () => {
    const { context, date } = await cafe();
    const secret = newBookingSecret();
    const send = () => book(context, date, bookingForm({ secret }), site);
    expect(await Promise.all([send(), send()])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await takenOf(context, date)).toBe(2);

    // Killed at any statement of another, no place is taken and no row is left.
    const other = bookingForm({ contact: 'nour@exemple.fr', secret: newBookingSecret() });
    const killed = await killedAtEach(
      context,
      (doomed) => book(doomed, date, other, site),
      async () => expect(await takenOf(context, date)).toBe(2),
    );
    expect([killed > 3, await takenOf(context, date)]).toEqual([true, 4]);
  });

  it.each([
    [{ adults: '40' }, 'bad_adults'],
    [{ contact: 'moi' }, 'bad_contact'],
  ])('refuses %j with a sentence, and takes nothing', async (more, code) => {
    const { context, date } = await cafe();
    expect(await book(context, date, bookingForm(more), site)).toMatchObject({ ok: false, error: [{ code }] });
    expect(await takenOf(context, date)).toBe(0);
  });

  it('refuses what is past, cancelled, elsewhere or unknown', async () => {
    const { context, clock, date, who } = await cafe();
    const code = async (id: number) => {
      const tried = await book(context, id, bookingForm(), site);
      return tried.ok ? 'ok' : tried.error[0]?.code;
    };
    expect(await code(999_999)).toBe('no_such_date');
    clock.moveTo('2026-11-24T08:31:00Z');
    expect(await code(date)).toBe('date_past');
    clock.moveTo('2026-11-21T10:00:00Z');
    await cancelDate(who, date, '');
    expect(await code(date)).toBe('date_cancelled');
    const open = await cafe({ booking: 'libre' });
    expect(await book(open.context, open.date, bookingForm(), site)).toMatchObject({
      ok: false,
      error: [{ code: 'not_here' }],
    });
  });

  it('without a waiting list, says how many places are left', async () => {
    const { context, date, come } = await cafe({ places: '3', waiting_list: '' });
    await come('ana');
    const said = async () => {
      const tried = await book(context, date, bookingForm(), site);
      return tried.ok ? 'ok' : tried.error[0]?.message;
    };
    expect(await said()).toBe('Il ne reste que 1 place : venez moins nombreux, ou choisissez une autre date.');
    await come('bob', 1);
    expect(await said()).toBe('C’est complet, et l’organisateur ne tient pas de liste d’attente.');
  });
});

describe('the waiting list', () => {
  it('offers a freed place to the first, for a limited time, then to the next', async () => {
    const { context, clock, date, come, mailsTo } = await cafe();
    const [first, , third] = [await come('ana'), await come('bob'), await come('cleo'), await come('dan')];
    expect(third?.state).toBe('waiting');
    expect(mailsTo('cleo').map(({ subject }) => subject)).toEqual(['Liste d’attente du mardi 24 novembre']);
    expect(await cancelBooking(context, first.secret, site)).toEqual({ ok: true, value: 'now' });
    expect(await takenOf(context, date)).toBe(4);
    const offer = mailsTo('cleo').at(-1);
    expect(offer?.subject).toBe('Une place pour vous, le mardi 24 novembre');
    expect(mailsTo('dan')).toHaveLength(1);
    // Half a day later nobody confirmed: the next.
    clock.moveTo('2026-11-21T23:00:00Z');
    const offers = offersJob({ ORIGIN: site });
    await offers.handle(context, {});
    await offers.handle(context, {});
    expect(mailsTo('dan').map(({ subject }) => subject)).toHaveLength(2);
    expect(await acceptOffer(context, lastLink(offer?.text), site)).toMatchObject({
      ok: false,
      error: { code: 'too_late' },
    });
    const second = lastLink(mailsTo('dan').at(-1)?.text);
    expect(await acceptOffer(context, second, site)).toMatchObject({ ok: true });
    expect(await acceptOffer(context, second, site)).toMatchObject({ ok: true });
    expect(await readBookingPage(context, second)).toMatchObject({ state: 'confirmed', name: 'dan' });
    // Their first page goes on answering.
    expect(await readBookingPage(context, third?.secret ?? '')).toMatchObject({ state: 'lapsed' });
    expect(await takenOf(context, date)).toBe(4);
  });

  it('never goes over the places, whoever comes, cancels and waits', async () => {
    const { context, date, come } = await cafe();
    const all = [];
    for (const [at, persons] of [2, 1, 3, 1, 2, 1, 1].entries()) all.push(await come(`p${at}`, persons));
    for (const { secret } of [all[1], all[0], all[3]].filter((one) => one !== undefined)) {
      await cancelBooking(context, secret, site);
      expect(await takenOf(context, date)).toBeLessThanOrEqual(4);
    }
    const held = await context.db
      .selectFrom('event_booking')
      .select('persons')
      .where('state', 'in', ['confirmed', 'offered'])
      .execute();
    expect(held.reduce((sum, { persons }) => sum + persons, 0)).toBe(await takenOf(context, date));
  });

  it('receives without a word what one person asks for over what one person needs, under whatever names', async () => {
    const { context, date, come } = await cafe({ places: '20', waiting_list: '' });
    const names = ['ana', 'bea', 'cleo', 'dora'];
    const all = [];
    for (const [at, name] of names.entries()) all.push(await come(name, 4, `sam+${at}@exemple.fr`));
    expect(all.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'waiting', 'waiting']);
    expect((await come('eli', 4)).state).toBe('confirmed');
    // A place that they free is theirs again, and no more.
    await cancelBooking(context, all[0]?.secret ?? '', site);
    const pages = await Promise.all(all.map(({ secret }) => readBookingPage(context, secret)));
    expect(pages.map((page) => page?.state)).toEqual(['cancelled', 'confirmed', 'offered', 'waiting']);
    expect(await takenOf(context, date)).toBe(12);
  });

  it('leaving it is quiet, and does not say that it frees a place', async () => {
    const { context, date, come, mailsTo } = await cafe({ places: '1' });
    await come('ana', 1);
    const { secret } = await come('bob', 1);
    expect(await cancelBooking(context, secret, site)).toMatchObject({ ok: true });
    expect(await takenOf(context, date)).toBe(1);
    expect(mailsTo('bob').at(-1)?.text).toContain('vous n’attendez plus de place');
  });

  it('comes before who arrives when places are added, and nobody takes the place of a date that is cancelled', async () => {
    const { context, who, series, date, come, mailsTo } = await cafe({ places: '2' });
    for (const [name, state] of [
      ['ana', 'confirmed'],
      ['bob', 'waiting'],
      ['cleo', 'waiting'],
    ] as const)
      expect((await come(name)).state).toBe(state);
    expect((await changeSeries(who, series, 1, seriesForm({ places: '4' }))).ok).toBe(true);
    expect((await come('dan')).state).toBe('waiting');
    const states = async () =>
      (await readAttendance(who, series, date))?.bookings.map(({ name, state }) => `${name} ${state}`);
    expect(await states()).toEqual(['ana confirmed', 'bob offered', 'cleo waiting', 'dan waiting']);
    expect((await changeSeries(who, series, 2, seriesForm({ places: '6' }))).ok).toBe(true);
    await offersJob({ ORIGIN: site }).handle(context, {});
    await offersJob({ ORIGIN: site }).handle(context, {});
    expect(await states()).toEqual(['ana confirmed', 'bob offered', 'cleo offered', 'dan waiting']);
    expect([await takenOf(context, date), mailsTo('cleo').length]).toEqual([6, 2]);
    await cancelDate(who, date, '');
    const offer = mailsTo('cleo').find(({ subject }) => subject.startsWith('Une place'));
    expect(await acceptOffer(context, lastLink(offer?.text), site)).toMatchObject({
      error: { code: 'date_cancelled' },
    });
  });
});

describe('a link to cancel', () => {
  it('forged or cut does nothing; replayed says that it was done', async () => {
    const { context, date, come } = await cafe();
    const { secret } = await come('sam');
    for (const bad of ['', 'x', newBookingSecret(), secret.slice(1), `${secret}'; drop table`]) {
      expect(await cancelBooking(context, bad, site)).toMatchObject({ ok: false, error: { code: 'no_such_booking' } });
      expect(await readBookingPage(context, bad)).toBeUndefined();
    }
    expect(await cancelBooking(context, secret, site)).toEqual({ ok: true, value: 'now' });
    expect(await cancelBooking(context, secret, site)).toEqual({ ok: true, value: 'before' });
    expect(await takenOf(context, date)).toBe(0);
  });
});

describe('the organiser', () => {
  it('sees who comes and who waits, writes down who calls, and ticks who came', async () => {
    const { context, who, series, date, come } = await cafe();
    await come('ana');
    expect(await bookByPhone(who, date, bookingForm({ name: 'Bea', contact: '0600000000' }), site)).toMatchObject({
      ok: true,
    });
    await come('cleo');
    const list = await readAttendance(who, series, date);
    expect(list?.bookings.map(({ name, state, contact_kind }) => [name, state, contact_kind])).toEqual([
      ['ana', 'confirmed', 'email'],
      ['Bea', 'confirmed', 'phone'],
      ['cleo', 'waiting', 'email'],
    ]);
    expect(await readDates(who, series)).toMatchObject([{ id: date, taken: 4, waiting: 1 }]);
    const bea = list?.bookings[1]?.id ?? '';
    expect(await orderBooking(who, date, bea, 'came', site)).toMatchObject({ ok: true });
    expect(await orderBooking(who, date, bea, 'cancel', site)).toMatchObject({ ok: true });
    expect((await readAttendance(who, series, date))?.bookings.map(({ state }) => state)).toEqual([
      'confirmed',
      'cancelled',
      'offered',
    ]);
    expect(await takenOf(context, date)).toBe(4);
  });

  it('writes to all who come, and is told whom to call', async () => {
    const { who, organisation, series, date, come, mailsTo } = await cafe();
    const ana = await come('ana');
    await come('bea', 2, '0600000000');
    await come('cleo');
    await come('dan', 2, '0611111111');
    await come('eve', 2, '0622222222');
    expect(await writeToAll(who, date, ' ', 'a')).toMatchObject({ ok: false, error: { field: 'words' } });
    // A second touch is the same message; the same words another day, from another form, are not.
    const write = (form: string, words = 'Entrez par la cour.') => writeToAll(who, date, words, form);
    for (const told of await Promise.all([write('a'), write('a')]))
      expect(told).toEqual({ ok: true, value: { sent: 1, toCall: 1 } });
    expect(mailsTo('ana')).toHaveLength(2);
    expect([(await write('b')).ok, (await write('a', 'Par la rue.')).ok]).toEqual([true, true]);
    expect(await write('c')).toMatchObject({ ok: false, error: { code: 'enough_today' } });
    expect((await write('b')).ok).toBe(true);
    expect(mailsTo('ana')).toHaveLength(4);
    expect(mailsTo('ana').at(-1)).toMatchObject({ subject: 'Un message pour le mardi 24 novembre' });
    expect(mailsTo('cleo')).toHaveLength(1);
    // Nothing is sent to a telephone: the organiser sees whom to call, for what, and ticks it.
    const calls = async (): Promise<string[]> => {
      const all = (await readAttendance(who, series, date))?.bookings ?? [];
      return all.flatMap(({ name, to_call }) => (to_call ? [`${name} ${to_call}`] : []));
    };
    const bea = (await readAttendance(who, series, date))?.bookings.find(({ name }) => name === 'bea');
    expect(await calls()).toEqual(['bea written']);
    expect(await datesToCall(who, organisation)).toMatchObject([{ id: date, people: 1 }]);
    expect(await orderBooking(who, date, bea?.id ?? '', 'called', site)).toMatchObject({ ok: true });
    expect([await calls(), await datesToCall(who, organisation)]).toEqual([[], []]);
    expect(await datesToCall({ ...who, actor: { ...who.actor, memberships: [] } }, organisation)).toEqual([]);
    // A freed place is offered in order, by mail or by telephone; confirmed, there is nothing left to tell.
    expect(await cancelBooking(who, ana.secret, site)).toMatchObject({ ok: true });
    expect([await calls(), mailsTo('cleo').length]).toEqual([[], 2]);
    expect(await orderBooking(who, date, bea?.id ?? '', 'cancel', site)).toMatchObject({ ok: true });
    expect(await calls()).toEqual(['dan offered']);
    const dan = (await readAttendance(who, series, date))?.bookings.find(({ name }) => name === 'dan');
    expect(await orderBooking(who, date, dan?.id ?? '', 'confirm', site)).toMatchObject({ ok: true });
    expect(await calls()).toEqual([]);
    const moved = await moveDate(who, date, { day: '25/11/2026', hour: '10h', words: '' });
    expect([moved, await calls()]).toEqual([{ ok: true, value: { toCall: 2 } }, ['dan moved', 'eve moved']]);
    expect(await cancelDate(who, date, '')).toEqual({ ok: true, value: { toCall: 2 } });
    expect(await calls()).toEqual(['dan closed', 'eve closed']);
  });

  it('cancels: everybody who comes or waits is told, once', async () => {
    const { who, date, come, mailsTo } = await cafe();
    for (const name of ['ana', 'bob', 'cleo']) await come(name);
    expect(await cancelDate(who, date, 'La salle est inondée.')).toEqual({ ok: true, value: { toCall: 0 } });
    expect(await cancelDate(who, date, '')).toEqual({ ok: true, value: { toCall: 0 } });
    for (const name of ['ana', 'bob', 'cleo']) {
      expect(
        mailsTo(name)
          .map(({ subject }) => subject)
          .slice(1),
      ).toEqual(['Annulation du mardi 24 novembre']);
      expect(mailsTo(name).at(-1)?.text).toContain('La salle est inondée.');
    }
  });

  it('closes a whole series: everybody who was booked is told', async () => {
    const { context, who, series, come, mailsTo } = await cafe({ repeat: 'semaine', until: '15/12/2026' });
    await come('ana');
    expect(await closeSeries(who, series)).toMatchObject({ ok: true });
    expect(mailsTo('ana').at(-1)?.subject).toBe('Annulation du mardi 24 novembre');
    expect(
      await context.db.selectFrom('event_occurrence').select('id').where('status', '=', 'cancelled').execute(),
    ).toHaveLength(1);
  });

  it.each([
    [{ day: '20/11/2026', hour: '9h' }, 'past_day'],
    [{ day: '21/11/2026', hour: '10h' }, 'past_hour'],
    [{ day: '30/02/2027', hour: '9h' }, 'bad_day'],
    [{ day: '25/11/2026', hour: 'tôt' }, 'bad_hour'],
    [{ day: '25/11/2026', hour: '18h30' }, undefined],
  ])('moves a date to %j: %s', async (to, code) => {
    const { context, who, date, come, mailsTo } = await cafe();
    await come('ana');
    const moved = await moveDate(who, date, { ...to, words: '' });
    expect(moved.ok ? undefined : moved.error.code).toBe(code);
    if (code) return;
    const row = await context.db
      .selectFrom('event_occurrence')
      .selectAll()
      .where('id', '=', date)
      .executeTakeFirstOrThrow();
    expect(row.starts_at.toString()).toBe('2026-11-25T17:30:00Z');
    expect(mailsTo('ana').at(-1)?.text).toContain('mercredi 25 novembre, de 18\u00a0h\u00a030 à 20\u00a0h');
  });

  it('is the only one: nobody else reads or changes a date', async () => {
    const { as, series, date, come } = await cafe();
    await come('ana');
    const other = await as('autre@exemple.fr');
    expect(await readAttendance(other, series, date)).toBeUndefined();
    for (const tried of [
      await cancelDate(other, date, ''),
      await writeToAll(other, date, 'x', 'a'),
      await orderBooking(other, date, '', 'came', site),
    ]) {
      expect(tried).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    }
  });
});

it('who books while the series changes or closes keeps their date, or is told; who comes just after is refused', async () => {
  const { context, who, series, date, mailsTo } = await cafe();
  /** Begins the second when the first has done its work and not committed; lets the first end once the second waits for it. */
  const overlap = async <A, B>(first: (inside: Context) => Promise<A>, second: () => Promise<B>): Promise<[A, B]> => {
    const [done, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const one = inTransaction<A>(context, async (inside) => {
      const value = await first(inside);
      done.resolve();
      await end.promise;
      return value;
    });
    await done.promise;
    let over = false;
    const two = second().finally(() => {
      over = true;
    });
    const waits = async () =>
      (
        await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          context.db,
        )
      ).rows.length > 0;
    while (!over && !(await waits()));
    end.resolve();
    return Promise.all([one, two]);
  };
  const books = (name: string) => (inside: Context) =>
    book(inside, date, bookingForm({ name, contact: `${name}@exemple.fr` }), site);
  const later = () => changeSeries(who, series, 1, seriesForm({ hour: '10h' }));
  expect(await overlap(books('ana'), later)).toMatchObject([{ ok: true }, { ok: true, value: { kept: 1 } }]);
  expect(await readAttendance(who, series, date)).toMatchObject({ bookings: [{ name: 'ana', state: 'confirmed' }] });
  const closes = (inside: Context) => closeSeries({ ...who, ...inside, actor: who.actor }, series);
  expect(await overlap(books('bob'), () => closes(who))).toMatchObject([{ ok: true }, { ok: true }]);
  for (const name of ['ana', 'bob']) expect(mailsTo(name).at(-1)?.subject).toBe('Annulation du mardi 24 novembre');
  // Open again at ten: nobody has booked that date when it closes.
  expect((await changeSeries(who, series, 2, seriesForm({ hour: '10h' }))).ok).toBe(true);
  const [, other = 0] = await datesOf(context, series);
  const comes = () => book(context, other, bookingForm({ name: 'cleo', contact: 'cleo@exemple.fr' }), site);
  expect(await overlap(closes, comes)).toMatchObject([{ ok: true }, { ok: false, error: [{ code: 'not_here' }] }]);
});

it('bookings are erased a week after the date', async () => {
  const { context, clock, come } = await cafe();
  await come('ana');
  const left = async () => (await context.db.selectFrom('event_booking').select('id').execute()).length;
  clock.moveTo('2026-12-01T08:00:00Z');
  await applyRetention(context, agendaRetention);
  expect(await left()).toBe(1);
  clock.moveTo('2026-12-01T09:00:00Z');
  await applyRetention(context, agendaRetention);
  expect(await left()).toBe(0);
});

it('five hundred people from two processes for ten places: ten are confirmed, the others wait in their order', async () => {
  const { context, date } = await cafe({ places: '10' });
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(context.db);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${rows[0]?.name}`;
  const run = async (name: string): Promise<string[]> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      'src/testing/book-many.ts',
      url.href,
      String(date),
      '250',
      name,
    ]);
    return JSON.parse(stdout) as string[];
  };
  const ends = (await Promise.all([run('nord'), run('sud')])).flat();
  expect(Object.groupBy(ends, (end) => end).confirmed).toHaveLength(10);
  expect(Object.groupBy(ends, (end) => end).waiting).toHaveLength(490);
  expect(await takenOf(context, date)).toBe(10);
  const line = await context.db.selectFrom('event_booking').select(['state', 'rank']).orderBy('rank').execute();
  expect(line.map(({ state }) => state)).toEqual([...Array(10).fill('confirmed'), ...Array(490).fill('waiting')]);
}, 300_000);
