import { describe, expect, it } from 'vitest';
import { agendaHouse, bookingForm, publish, seriesForm } from '#testing/agenda.ts';
import { moderatorOf, site } from '#testing/professionals.ts';
import { book } from './bookings.ts';
import { acceptSeries, closeSeries } from './close-series.ts';
import { makeOccurrences, makeOccurrencesJob } from './occurrences.ts';
import { ownSeries, readOwnSeries } from './own-series.ts';
import { changeSeries, createSeries } from './series.ts';
import { datesToCall } from './to-call.ts';

const datesOf = async (context: Awaited<ReturnType<typeof agendaHouse>>['context'], series: string) =>
  (
    await context.db
      .selectFrom('event_occurrence')
      .select(['local_start', 'starts_at', 'status'])
      .where('series', '=', series)
      .orderBy('local_start')
      .execute()
  ).map(
    ({ local_start, starts_at }) => `${local_start.toString().slice(0, 16)} ${starts_at.toString().slice(11, 16)}Z`,
  );

describe('a series', () => {
  it('is published with its dates, at the hour of its place through the change of hour', async () => {
    const { context, who, organisation } = await agendaHouse();
    const id = await publish(who, organisation, { day: '20/03/2027', repeat: 'semaine', until: '04/04/2027' });
    expect(await datesOf(context, id)).toEqual([
      '2027-03-20T09:30 08:30Z',
      '2027-03-27T09:30 08:30Z',
      '2027-04-03T09:30 07:30Z',
    ]);
    expect(await ownSeries(who, organisation)).toMatchObject([{ id, status: 'published' }]);
  });

  it('in La Réunion keeps the time of La Réunion', async () => {
    const { context, who, organisation } = await agendaHouse();
    const id = await publish(who, organisation, { commune: 'Saint-Denis', code: '97411' });
    expect(await datesOf(context, id)).toEqual(['2026-11-24T09:30 05:30Z']);
  });

  it('is made a year ahead, night after night, and telling it again changes nothing', async () => {
    const { context, who, organisation } = await agendaHouse();
    const id = await publish(who, organisation, { repeat: 'semaine', until: '30/06/2028' });
    const before = await datesOf(context, id);
    expect(before.at(-1)).toContain('2027-11-16');
    const version = async () =>
      (await context.db.selectFrom('event_series').select('version').where('id', '=', id).executeTakeFirstOrThrow())
        .version;
    const was = await version();
    await makeOccurrencesJob.handle(context, {});
    expect(await datesOf(context, id)).toEqual(before);
    expect(await version()).toBe(was);
  });

  it('changes with its form; a date with somebody booked stays, and who changed it meanwhile is not overwritten', async () => {
    const { context, who, organisation } = await agendaHouse();
    const id = await publish(who, organisation, { repeat: 'semaine', until: '08/12/2026' });
    const { id: date } = await context.db
      .selectFrom('event_occurrence')
      .select('id')
      .where('local_start', '=', Temporal.PlainDateTime.from('2026-12-01T09:30'))
      .executeTakeFirstOrThrow();
    expect(await book(context, date, bookingForm(), site)).toMatchObject({ ok: true });
    const changed = await changeSeries(who, id, 1, seriesForm({ repeat: 'semaine', until: '08/12/2026', hour: '10h' }));
    expect(changed).toMatchObject({ ok: true, value: { kept: 1 } });
    expect((await datesOf(context, id)).map((date) => date.slice(0, 16))).toEqual([
      '2026-11-24T10:00',
      '2026-12-01T09:30',
      '2026-12-01T10:00',
      '2026-12-08T10:00',
    ]);
    expect(await changeSeries(who, id, 1, seriesForm())).toMatchObject({
      ok: false,
      error: [{ code: 'changed_meanwhile' }],
    });

    // Elsewhere: whoever is booked is told where, once, and who left a telephone is to be called.
    const phone = bookingForm({ name: 'Ali', contact: '0639980001' });
    expect(await book(context, date, phone, site)).toMatchObject({ ok: true });
    const told = () => context.posted.filter(({ text }) => text.includes('Le lieu a changé'));
    const weekly = { repeat: 'semaine', until: '08/12/2026', hour: '10h' };
    expect((await changeSeries(who, id, 2, seriesForm({ ...weekly, title: 'Un autre titre' }))).ok).toBe(true);
    expect(told()).toEqual([]);
    expect((await changeSeries(who, id, 3, seriesForm({ ...weekly, place_name: 'Médiathèque' }))).ok).toBe(true);
    expect(told().map(({ to, subject }) => [to, subject])).toEqual([
      ['sam@exemple.fr', 'Changement pour le mardi 1er décembre'],
    ]);
    expect(told()[0]?.text).toContain('mardi 1er décembre, de 9 h 30 à 11 h\nMédiathèque, 1 rue de l’Exemple, Rennes');
    expect((await datesToCall(who, organisation)).map((row) => [row.id, row.people])).toEqual([[date, 1]]);
  });

  it('is nobody else’s to change', async () => {
    const { who, as, organisation } = await agendaHouse();
    const id = await publish(who, organisation);
    const other = await as('autre@exemple.fr');
    expect(await readOwnSeries(other, id)).toBeUndefined();
    expect(await createSeries(other, organisation, seriesForm())).toMatchObject({
      ok: false,
      error: [{ code: 'not_allowed' }],
    });
    expect(await closeSeries(other, id)).toMatchObject({ ok: false });
    expect(await closeSeries(other, id, 'parce que')).toMatchObject({ ok: false });
  });

  it('is withdrawn with a reason by who moderates the territory, and waits before it comes back', async () => {
    const { context, who, as, organisation } = await agendaHouse();
    const id = await publish(who, organisation);
    const moderator = await as('moderation@exemple.fr', moderatorOf('departement:35'));
    expect(await closeSeries(moderator, id, ' ')).toMatchObject({ ok: false, error: { code: 'reason_missing' } });
    expect(await closeSeries(moderator, id, 'Le lieu est fermé.')).toMatchObject({ ok: true });
    expect(await readOwnSeries(who, id)).toMatchObject({ status: 'withdrawn', reason: 'Le lieu est fermé.' });
    expect(await changeSeries(who, id, 1, seriesForm({ title: 'Café' }))).toMatchObject({
      ok: true,
      value: { status: 'waiting' },
    });
    const again = (revision: number) => changeSeries(who, id, revision, seriesForm({ title: 'Café' }));
    expect(await again(2)).toMatchObject({ ok: true, value: { status: 'waiting' } });
    expect(await closeSeries(who, id)).toMatchObject({ ok: true });
    expect(await again(3)).toMatchObject({ ok: true, value: { status: 'waiting' } });
    expect(await acceptSeries(who, id)).toMatchObject({ ok: false });
    expect(await acceptSeries(moderator, id)).toMatchObject({ ok: true });
    expect(await readOwnSeries(who, id)).toMatchObject({ status: 'published', reason: null });
    const events = await context.db
      .selectFrom('journal_event')
      .select('type')
      .where('stream', '=', `agenda/${id}`)
      .orderBy('version')
      .execute();
    expect(events.map(({ type }) => type)).toEqual([
      'SeriesPublished-V1',
      'SeriesWithdrawn-V1',
      'SeriesChanged-V1',
      'SeriesChanged-V1',
      'SeriesClosed-V1',
      'SeriesChanged-V1',
      'SeriesAccepted-V1',
    ]);
  });

  it('that depends on school holidays gets its dates when the calendar is known', async () => {
    const { who, context, organisation } = await agendaHouse();
    const id = await publish(who, organisation, { repeat: 'semaine', until: '30/01/2027', school: 'hors' });
    const { periods } = {
      periods: [
        { from: '2026-10-18', to: '2026-11-01' },
        { from: '2026-12-20', to: '2027-01-03' },
      ],
    };
    await makeOccurrences(context, id, { B: { known_until: '2027-01-20', periods } });
    expect(await readOwnSeries(who, id)).toMatchObject({ waitingDates: 1 });
    expect((await datesOf(context, id)).map((date) => date.slice(5, 10))).toEqual([
      '11-24',
      '12-01',
      '12-08',
      '12-15',
      '01-05',
      '01-12',
      '01-19',
    ]);
  });
});
