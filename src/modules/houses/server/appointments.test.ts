import { expect, it } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { newSecret } from '#platform/server/identity/secret.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { addReceiving, hoursForm, openedHouse } from '#testing/houses.ts';
import { killedAtEach } from '#testing/killed.ts';
import { site as origin } from '#testing/professionals.ts';
import { form } from '#testing/registration.ts';
import { cancelAppointment, readAppointment, takeAppointment } from './appointments.ts';
import { housesRetention } from './retention.ts';
import { decideHouse } from './run-house.ts';
import { openSlots } from './slots.ts';
import { addHours, endHours, removeMember } from './team.ts';
import { closeDay, orderAppointment, readTeamDay } from './team-day.ts';

const person = (name: string, more: Readonly<Record<string, string>> = {}) =>
  form({ name, contact: `${name.toLowerCase()}@exemple.fr`, ...more });
const day = (iso: string) => Temporal.PlainDate.from(iso);

/** A Maison of Rennes with a midwife on Tuesdays, and how one asks for her times. */
const house = async () => {
  const opened = await openedHouse();
  const received = await addReceiving(opened, 'Sage-femme');
  const take = (start: string, who: FormData, hours = received.hours) =>
    takeAppointment(opened.context, opened.slug, { hours, start }, who, origin);
  const freeOn = async (iso: string) =>
    (await openSlots(opened.context, opened.house))
      .filter(({ start }) => start.toPlainDate().equals(iso))
      .map(({ start }) => start.toPlainTime().toString().slice(0, 5));
  const mailsTo = (name: string) => opened.context.posted.filter(({ to }) => to === `${name}@exemple.fr`);
  const counts = () => opened.context.db.selectFrom('house_appointment_count').selectAll().execute();
  return { ...opened, ...received, take, freeOn, mailsTo, counts };
};

const codes = (tried: { readonly ok: boolean; readonly error?: readonly { readonly code: string }[] }) =>
  tried.error?.map(({ code }) => code) ?? [];

it('takes an appointment without an account: one person for one time, and a link that frees it', async () => {
  const { context, take, freeOn, mailsTo, member, site, who, registration, slug, hours } = await house();
  expect(await freeOn('2026-11-24')).toEqual(['09:00', '09:30', '10:00', '10:30']);

  // Twelve at once, by as many connections as there are: one has it, the others are told.
  const asked = await Promise.all(Array.from({ length: 12 }, (_, at) => take('2026-11-24T09:00', person(`Sam${at}`))));
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  expect(asked.flatMap(codes)).toEqual(Array(11).fill('slot_taken'));
  expect(await freeOn('2026-11-24')).toEqual(['09:30', '10:00', '10:30']);

  // The same form sent twice is one appointment, and its page is the same.
  const secret = newSecret();
  const twice = await Promise.all([1, 2].map(() => take('2026-11-24T10:00', person('Nour', { secret }))));
  expect(twice).toEqual([1, 2].map(() => ({ ok: true, value: { secret } })));
  expect(mailsTo('nour')).toHaveLength(1);
  const [mail] = mailsTo('nour');
  expect(mail?.subject).toBe('Votre rendez-vous du mardi 24 novembre');
  for (const told of ['Sage-femme', 'Maison de l’Exemple', 'rue de l’Exemple']) expect(mail?.text).not.toContain(told);
  expect(mail?.text).toContain(`${origin}/maisons/rendez-vous/${secret}`);
  expect(mail?.secret).toBe(true);
  expect(await readAppointment(context, secret)).toMatchObject({ state: 'booked', role: 'Sage-femme', toCome: true });

  // Other hours of the same person, that overlap those that are taken, are not offered then.
  const more = hoursForm({ member, site, hour: '9h15', minutes: '20', slots: '1', mode: 'telephone' });
  expect(await addHours(who, registration, 'appointments', more)).toMatchObject({ ok: true });
  expect(await freeOn('2026-11-24')).toEqual(['09:30', '10:30']);
  expect(await freeOn('2026-12-01')).toContain('09:15');

  // By telephone, a number is asked.
  const byPhone = await context.db
    .selectFrom('house_hours')
    .select('id')
    .where('mode', '=', 'telephone')
    .executeTakeFirstOrThrow();
  expect(codes(await take('2026-12-01T09:15', person('Lou'), byPhone.id))).toEqual(['bad_contact']);
  expect(await take('2026-12-01T09:15', form({ name: 'Lou', contact: '06 00 00 00 01' }), byPhone.id)).toMatchObject({
    ok: true,
  });

  // A link that is forged changes nothing; the true one frees the time, once.
  expect(await cancelAppointment(context, newSecret())).toMatchObject({ ok: false });
  expect(await cancelAppointment(context, secret)).toEqual({ ok: true, value: undefined });
  expect(await cancelAppointment(context, secret)).toEqual({ ok: true, value: undefined });
  expect(mailsTo('nour')).toHaveLength(2);
  expect(await freeOn('2026-11-24')).toContain('10:00');

  for (const [start, who_, code] of [
    ['2026-11-24T09:10', person('Max'), 'slot_taken'],
    ['2026-11-24', person('Max'), 'slot_taken'],
    ['2026-11-17T09:00', person('Max'), 'slot_taken'],
    ['2026-12-08T09:00', person('www.exemple.fr'), 'bad_name'],
    ['2026-12-08T09:00', form({ name: '', contact: 'moi' }), 'bad_name'],
  ] as const)
    expect(codes(await take(start, who_))).toContain(code);
  // Killed at any statement, nothing of it is left; the same form sent again is one appointment, told once.
  const again = person('Ines', { secret: newSecret() });
  const kept = () => context.db.selectFrom('house_appointment').select('id').where('name', '=', 'Ines').execute();
  const killed = await killedAtEach(
    context,
    (doomed) => takeAppointment(doomed, slug, { hours, start: '2026-12-08T09:30' }, again, origin),
    async () => expect(await kept()).toEqual([]),
  );
  expect(killed).toBeGreaterThan(3);
  expect(await take('2026-12-08T09:30', again)).toMatchObject({ ok: true });
  expect(await kept()).toHaveLength(1);

  // One contact does not fill a month.
  for (const at of ['09:00', '09:30', '10:00', '10:30']) {
    const tried = await take(`2026-12-15T${at}`, person('Beaucoup'));
    expect(codes(tried)).toEqual(at === '10:30' ? ['too_many'] : []);
  }
});

it('tells everybody when the team cannot receive, and forgets them some days after', async () => {
  const { context, take, freeOn, mailsTo, counts, who, as, registration, member, hours, moderator } = await house();
  await take('2026-11-24T09:00', person('Sam'));
  await take('2026-11-24T09:30', form({ name: 'Lou', contact: '0600000001' }));
  await take('2026-12-01T09:00', person('Nour'));
  await take('2026-12-08T09:00', person('Alix'));

  const today = await readTeamDay(who, registration, day('2026-11-24'));
  expect(today.map(({ name, state }) => `${name} ${state}`)).toEqual(['Sam booked', 'Lou booked']);
  const stranger = await as('ailleurs@exemple.fr');
  expect(await readTeamDay(stranger, registration, day('2026-11-24'))).toEqual([]);
  expect(await readTeamDay(moderator, registration, day('2026-11-24'))).toEqual([]);
  const [sam] = today;
  expect(await orderAppointment(stranger, registration, sam?.id ?? '', 'close')).toMatchObject({ ok: false });

  // Who does not receive that day: the time is offered no more, one is written to, the other is to be called.
  const absence = { member, day: '2026-11-24', words: 'Je suis en formation.' };
  expect(await closeDay(stranger, registration, absence)).toMatchObject({ ok: false });
  expect(await closeDay(who, registration, absence)).toEqual({ ok: true, value: { sent: 1, toCall: 1 } });
  expect(await closeDay(who, registration, absence)).toEqual({ ok: true, value: { sent: 0, toCall: 0 } });
  expect(await freeOn('2026-11-24')).toEqual([]);
  expect(mailsTo('sam').at(-1)).toMatchObject({ subject: 'Annulation du mardi 24 novembre', secret: true });
  expect(mailsTo('sam').at(-1)?.text).toContain('Je suis en formation.');
  const left = await readTeamDay(who, registration, day('2026-11-24'));
  expect(left.map(({ name, state }) => `${name} ${state}`)).toEqual(['Lou closed']);
  expect(codes(await removeMember(who, registration, member))).toEqual(['expected']);

  // Who came is counted, without anybody; said twice, once.
  const [nour] = await readTeamDay(who, registration, day('2026-12-01'));
  for (const order of ['absent', 'came', 'came'] as const)
    expect(await orderAppointment(who, registration, nour?.id ?? '', order)).toMatchObject({ ok: true });
  const ended = await Promise.all([endHours(who, registration, hours), take('2026-12-15T09:00', person('Max'))]);
  expect(ended[0]).toMatchObject({ ok: true });
  // Whichever came first, nobody is left with a time that nobody keeps.
  const kept = await context.db.selectFrom('house_appointment').select('name').where('state', '=', 'booked').execute();
  expect(kept).toEqual([]);
  expect(await freeOn('2026-12-22')).toEqual([]);
  expect(mailsTo('alix').at(-1)).toMatchObject({ subject: 'Annulation du mardi 8 décembre' });
  const [november, december] = (await counts()).sort((a, b) => a.month.toString().localeCompare(b.month.toString()));
  expect(november).toMatchObject({ mode: 'sur-place', booked: 2, closed: 2, cancelled: 0, came: 0 });
  expect(december).toMatchObject({ came: 1, absent: 0 });

  expect(await decideHouse(who, registration, 'close')).toMatchObject({ ok: true });
  expect(codes(await take('2026-12-22T09:00', person('Max')))).toEqual(['house_gone']);
  const later = { ...context, clock: fixedClock('2026-12-02T09:00:00Z') };
  await applyRetention(later, housesRetention);
  const names = async () =>
    (await context.db.selectFrom('house_appointment').select('name').orderBy('starts_at').execute()).map(
      ({ name }) => name,
    );
  expect((await names()).slice(0, 2)).toEqual(['Nour', 'Alix']);
  await applyRetention({ ...context, clock: fixedClock('2027-01-08T09:00:00Z') }, housesRetention);
  expect(await names()).toEqual([]);
  expect(await counts()).toHaveLength(2);
});

it('reckons by the clock of the place: a morning of La Réunion is over when Paris wakes', async () => {
  const opened = await openedHouse({ commune: 'Saint-Denis', insee: '97411', postcode: '97400' });
  const { hours } = await addReceiving(opened, 'Puéricultrice');
  const at = (now: string) => ({ ...opened.context, clock: fixedClock(now) });
  // 24 November, 5:00 in Paris and 8:00 in Saint-Denis: at two hours' notice the first that is left is at 10:00.
  const [first] = await openSlots(at('2026-11-24T04:00:00Z'), opened.house);
  expect(first).toMatchObject({ timeZone: 'Indian/Reunion' });
  expect([first?.start.toString(), first?.startsAt.toString()]).toEqual([
    '2026-11-24T10:00:00',
    '2026-11-24T06:00:00Z',
  ]);
  const taken = await takeAppointment(
    at('2026-11-24T04:00:00Z'),
    opened.slug,
    { hours, start: '2026-11-24T10:00' },
    person('Sam'),
    origin,
  );
  expect(taken).toMatchObject({ ok: true });
  const secret = taken.ok ? taken.value.secret : '';
  expect(await readAppointment(at('2026-11-24T05:59:00Z'), secret)).toMatchObject({ toCome: true });
  expect(await cancelAppointment(at('2026-11-24T06:00:00Z'), secret)).toMatchObject({
    ok: false,
    error: { code: 'appointment_past' },
  });
});
