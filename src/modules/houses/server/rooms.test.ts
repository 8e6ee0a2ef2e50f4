import { expect, test } from 'vitest';
import { openedHouse, registerHouse } from '#testing/houses.ts';
import { again } from '#testing/professionals.ts';
import type { RoomAsked } from '../room.ts';
import { addPartner, endPartner, nearbyStructures, partnersOf } from './partners.ts';
import { bookRoom, closeRoom, freeRoom, openRoom, roomsFor, usesBetween } from './rooms.ts';
import { decideHouse, houseToTell, tellHouse } from './run-house.ts';
import { unseenHousesJob } from './unseen-job.ts';

const at = (room: number, ...times: readonly string[]): RoomAsked => ({
  ...{ room, times: times.map((time) => Temporal.PlainDateTime.from(time)), minutes: 60 },
  ...{ purpose: 'permanence', holder: 'Équipe de la PMI' },
});
const always = [Temporal.Instant.from('2026-01-01T00:00Z'), Temporal.Instant.from('2028-01-01T00:00Z')] as const;

test('a room is lent to the team and to its partners, never twice at once', async () => {
  const { context, as, who, moderator, registration, site, house } = await openedHouse();
  expect((await openRoom(who, registration, { site, name: 'Salle bleue', seats: '12' })).ok).toBe(true);
  expect(await openRoom(who, registration, { site, name: 'Salle bleue', seats: '12' })).toMatchObject({
    error: { code: 'same_room' },
  });
  expect(await openRoom(who, registration, { site, name: 'Salle', seats: '0' })).toMatchObject({
    error: { code: 'bad_seats' },
  });
  const [room] = await roomsFor(who, registration);
  const id = room?.id ?? 0;
  expect(room).toMatchObject({ name: 'Salle bleue', seats: 12, own: true });
  const uses = async () => (await usesBetween(context, [id], ...always)).map(({ local_start }) => String(local_start));

  // A partner who is registered here books too; a stranger does not.
  const begun = await as('caf@exemple.fr');
  const partner = await registerHouse(begun, { name: 'Caf de l’Exemple' });
  const other = await again(begun);
  expect(await roomsFor(other, partner)).toEqual([]);
  expect(await bookRoom(other, partner, at(id, '2026-11-24T09:00'))).toMatchObject({ error: { code: 'no_such_room' } });
  expect((await nearbyStructures(context, { insee: '35238', registration })).map(({ name }) => name)).toEqual([
    'Caf de l’Exemple',
  ]);
  expect((await addPartner(who, registration, { name: '', registration: partner })).ok).toBe(true);
  expect((await addPartner(who, registration, { name: '', registration: partner })).ok).toBe(true);
  expect(await partnersOf(context, house)).toHaveLength(1);
  expect(await roomsFor(other, partner)).toMatchObject([{ id, own: false }]);
  // Nobody books in the name of another.
  expect((await bookRoom(other, registration, at(id, '2026-11-24T09:00'))).ok).toBe(false);

  // Ten at once, from both sides, for times that overlap: one has it.
  const tries = await Promise.all(
    Array.from({ length: 10 }, (_, turn) => {
      const asked = at(id, `2026-11-24T09:${String(turn * 5).padStart(2, '0')}`);
      return turn % 2 === 0 ? bookRoom(who, registration, asked) : bookRoom(other, partner, asked);
    }),
  );
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await uses()).toHaveLength(1);
  // The next one begins when the first has ended; a repetition is taken whole or not at all.
  expect((await bookRoom(who, registration, at(id, '2026-11-24T12:00'))).ok).toBe(true);
  expect((await bookRoom(other, partner, at(id, '2026-11-24T13:00'))).ok).toBe(true);
  const clash = await bookRoom(who, registration, at(id, '2026-11-17T12:30', '2026-11-24T12:30', '2026-12-01T12:30'));
  expect(clash).toMatchObject({ error: { code: 'room_taken', message: expect.stringContaining('24 novembre') } });
  expect(await uses()).toHaveLength(3);

  // The table refuses by itself what no code would have looked at.
  const [taken] = await usesBetween(context, [id], ...always);
  const twice = context.db
    .insertInto('house_room_use')
    .values({
      ...{ room: id, local_start: '2026-11-24T09:30', starts_at: taken?.starts_at ?? always[0] },
      ...{ ends_at: taken?.ends_at ?? always[1], purpose: 'autre', holder: 'x', booked_by: registration },
      batch: crypto.randomUUID(),
    })
    .execute();
  await expect(twice).rejects.toThrow('house_room_once');

  // Who booked frees, and those that follow of the same gesture; the Maison frees anything; another partner nothing.
  expect((await bookRoom(other, partner, at(id, '2027-01-05T09:00', '2027-01-12T09:00', '2027-01-19T09:00'))).ok).toBe(
    true,
  );
  const find = async (start: string) =>
    (await usesBetween(context, [id], ...always)).find(({ local_start }) => String(local_start).startsWith(start))
      ?.id ?? '';
  const noon = await find('2026-11-24T12');
  expect((await freeRoom(other, partner, { room: id, use: noon, following: false })).ok).toBe(false);
  expect((await freeRoom(other, partner, { room: id, use: await find('2027-01-12'), following: true })).ok).toBe(true);
  expect((await uses()).filter((start) => start.startsWith('2027'))).toEqual(['2027-01-05T09:00:00']);
  expect((await freeRoom(who, registration, { room: id, use: await find('2027-01-05'), following: false })).ok).toBe(
    true,
  );
  // Whoever had taken it is told what was taken back, by the Maison alone.
  const told = () => context.posted.filter(({ subject }) => subject === 'Une salle n’est plus retenue');
  expect(told().map(({ to }) => to)).toEqual(['caf@exemple.fr']);
  expect(told()[0]?.text).toMatch(/Salle bleue[\s\S]*mardi 5 janvier/);
  // Twice is once.
  expect((await freeRoom(who, registration, { room: id, use: noon, following: false })).ok).toBe(true);
  expect((await freeRoom(who, registration, { room: id, use: noon, following: false })).ok).toBe(true);
  expect(await uses()).toHaveLength(2);

  // Nor does one that is no longer online, until it is again.
  const online = async (status: 'published' | 'draft') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', partner).execute();
  await online('draft');
  expect(await roomsFor(other, partner)).toEqual([]);
  await online('published');

  // What is taken back with the Maison itself is told too: it closes, or parents see it no more, or one of its sites closes.
  const lost = async (taken: number, take: () => Promise<unknown>): Promise<(string | boolean | undefined)[]> => {
    const before = told().length;
    expect((await bookRoom(other, partner, at(taken, '2027-03-02T09:00'))).ok).toBe(true);
    await take();
    expect((await roomsFor(other, partner)).map((one) => one.id)).not.toContain(taken);
    expect((await usesBetween(context, [taken], ...always)).filter((use) => use.booked_by === partner)).toEqual([]);
    return told()
      .slice(before)
      .map(({ to, text }) => /mardi 2 mars/.test(text) && to);
  };
  expect((await bookRoom(who, registration, at(id, '2026-11-24T18:00'))).ok).toBe(true);
  const first = (await houseToTell(who, registration))?.chosen ?? [];
  const { place } = await context.db
    .selectFrom('house_site')
    .select('place')
    .where('id', '=', site)
    .executeTakeFirstOrThrow();
  const another = await context.db
    .selectFrom('place')
    .select('id')
    .where('id', '!=', place ?? 0)
    .executeTakeFirstOrThrow();
  const second = { house, place: another.id, service: null, name: 'Annexe', insee: '35238', position: 1 };
  const { id: annex } = await context.db
    .insertInto('house_site')
    .values({ ...second, time_zone: 'Europe/Paris', closed_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  expect((await openRoom(who, registration, { site: annex, name: 'Salle verte', seats: '8' })).ok).toBe(true);
  const green = (await roomsFor(who, registration)).find(({ name }) => name === 'Salle verte')?.id ?? 0;
  const only = { words: '', sites: first };
  expect(await lost(green, () => tellHouse(who, registration, only))).toEqual(['caf@exemple.fr']);
  expect(await lost(id, () => decideHouse(who, registration, 'close'))).toEqual(['caf@exemple.fr']);
  expect((await decideHouse(moderator, registration, 'open')).ok).toBe(true);
  const seen = async (status: 'published' | 'draft') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', registration).execute();
  const hidden = lost(id, async () => {
    await seen('draft');
    await unseenHousesJob.handle(context, {});
  });
  expect(await hidden).toEqual(['caf@exemple.fr']);
  await seen('published');
  // What its own team had taken waits for it.
  expect((await usesBetween(context, [id], ...always)).filter((use) => use.booked_by !== registration)).toEqual([]);
  expect(await uses()).toContain('2026-11-24T18:00:00');
  expect((await bookRoom(other, partner, at(id, '2026-11-24T15:00'))).ok).toBe(true);

  // A partner that ends books no more; what it had booked stays. A room that closes is freed.
  const [named] = await partnersOf(context, house);
  expect((await endPartner(who, registration, named?.id ?? '')).ok).toBe(true);
  expect((await bookRoom(other, partner, at(id, '2027-02-02T09:00'))).ok).toBe(false);
  expect(await uses()).toContain('2026-11-24T15:00:00');
  const sent = told().length;
  expect((await closeRoom(other, partner, id)).ok).toBe(false);
  expect((await closeRoom(who, registration, id)).ok).toBe(true);
  expect(await uses()).toEqual([]);
  expect(
    told()
      .slice(sent)
      .map(({ to }) => to),
  ).toEqual(['caf@exemple.fr']);
  expect(told().at(-1)?.text).toMatch(/mardi 24 novembre/);
  expect(await roomsFor(who, registration)).toEqual([]);
});
