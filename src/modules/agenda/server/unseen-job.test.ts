import { expect, it } from 'vitest';
import { agendaHouse, bookingForm, datesOf, publish } from '#testing/agenda.ts';
import { site } from '#testing/professionals.ts';
import { book } from './bookings.ts';
import { openSeriesOf, unseenSeriesJob } from './unseen-job.ts';

it('closes what an organisation that is not seen any more told, and keeps nothing that it wrote once it closed for good', async () => {
  const { context, who, as, organisation } = await agendaHouse();
  const phone = { phone: '06 39 98 00 01', email: 'camille@exemple.fr' };
  const series = await publish(who, organisation, { ...phone, cost_note: 'Deux euros' });
  const past = await publish(who, organisation, phone);
  await context.db
    .updateTable('event_series')
    .set({ status: 'withdrawn', reason: 'Non' })
    .where('id', '=', past)
    .execute();
  const [date = 0] = await datesOf(context, series);
  expect(await book(context, date, bookingForm(), site)).toMatchObject({ ok: true });
  const told = () => context.posted.filter(({ subject }) => subject.startsWith('Annulation')).length;
  const rows = () =>
    context.db
      .selectFrom('event_series')
      .select(['id', 'status', 'organisation_name as name', 'reason', 'fields', 'version'])
      .orderBy('created_at')
      .execute();
  const become = (status: 'refused' | 'closed') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', organisation).execute();
  expect((await openSeriesOf(who, organisation)).length).toBe(2);
  expect(await openSeriesOf(await as('autre@exemple.fr'), organisation)).toEqual([]);

  const before = await rows();
  await unseenSeriesJob.handle(context, {});
  expect(await rows()).toEqual(before);

  await become('refused');
  await unseenSeriesJob.handle(context, {});
  await unseenSeriesJob.handle(context, {});
  expect((await rows()).map(({ status }) => status).sort()).toEqual(['closed', 'withdrawn']);
  expect((await rows()).every(({ name, fields }) => name !== '' && fields.phone !== '')).toBe(true);
  expect(told()).toBe(1);

  await become('closed');
  await unseenSeriesJob.handle(context, {});
  const after = await rows();
  expect(after.map(({ name, reason }) => [name, reason])).toEqual([
    ['', null],
    ['', null],
  ]);
  for (const { fields } of after) {
    expect(fields).toMatchObject({
      title: '',
      summary: '',
      line: '',
      phone: '',
      email: '',
      cost_note: '',
      minutes: 90,
    });
  }
  expect(after.map(({ status }) => status).sort()).toEqual(['closed', 'withdrawn']);
  await unseenSeriesJob.handle(context, {});
  expect(await rows()).toEqual(after);
  expect(told()).toBe(1);
});
