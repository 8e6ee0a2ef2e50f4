import { expect, test } from 'vitest';
import type { Context } from '#platform/server/context.ts';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { signedIn } from '#testing/person.ts';
import { again, moderatorOf, professionalsHouse, register } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import type { Typed } from '../free-place.ts';
import { closeFreePlaces, freePlacesNear, ownFreePlaces, publishFreePlaces } from './free-places.ts';
import { ownPlaces } from './own-places.ts';
import { respiteRetention } from './retention.ts';

// The house's clock stands at 21 November 2026, 11:00 in Paris.
const typed = (changed: Partial<Typed> = {}): Typed => ({
  ...{ day: '2026-11-23', part: 'matin', ages: ['un-an'], count: '2', urgent: false, note: '' },
  ...changed,
});
const rennes = { lat: 48.11, lon: -1.68 };
const day = (text: string) => Temporal.PlainDate.from(text);
const week = { spot: rennes, km: 30, from: day('2026-11-21'), to: day('2026-11-27') };

const structure = async (changed: Parameters<typeof register>[1] = {}) => {
  const house = await professionalsHouse();
  const owner = await house.as('creche@exemple.fr');
  const id = await register(owner, changed);
  const [place] = await ownPlaces(house.context, id);
  return { ...house, owner: await again(owner), id, place: place?.id ?? -1 };
};

const published = async (who: PersonContext, id: string, place: number, changed: Partial<Typed> = {}) => {
  const done = await publishFreePlaces(who, id, place, typed(changed));
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};

const seen = async (context: Context, asked: Partial<Parameters<typeof freePlacesNear>[1]> = {}) =>
  (await freePlacesNear(context, { ...week, ...asked })).map((found) => `${found.day} ${found.part} ${found.count}`);

test('free places are seen by parents at once, the urgent ones first, and no more after one gesture', async () => {
  const { context, owner, id, place } = await structure();
  const monday = await published(owner, id, place);
  await published(owner, id, place, { day: '2026-11-25', part: 'soir', urgent: true, count: '1' });
  expect(await seen(context)).toEqual(['2026-11-25 soir 1', '2026-11-23 matin 2']);
  expect(await seen(context, { age: 'deux-ans' })).toEqual([]);
  expect(await seen(context, { spot: { lat: 45.76, lon: 4.88 } })).toEqual([]);
  expect(await seen(context, { to: day('2026-11-23') })).toEqual(['2026-11-23 matin 2']);
  const [found] = await freePlacesNear(context, week);
  expect(found).toMatchObject({ insee: '35238', slug: expect.stringContaining('cabinet'), phone: '02 99 00 00 00' });

  expect(await closeFreePlaces(owner, monday)).toEqual({ ok: true, value: undefined });
  expect(await closeFreePlaces(owner, monday)).toEqual({ ok: true, value: undefined });
  expect(await seen(context)).toEqual(['2026-11-25 soir 1']);
  const { count } = await context.db
    .selectFrom('journal_event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('stream', '=', `free-place/${monday}`)
    .executeTakeFirstOrThrow();
  expect(count).toBe(2);
});

test('what a structure said of a place it keeps no more is not shown, nor of one that is not online any more', async () => {
  const { context, owner, id, place } = await structure();
  await published(owner, id, place);
  const become = (status: 'refused' | 'published') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', id).execute();
  await become('refused');
  expect(await seen(context)).toEqual([]);
  await become('published');
  expect(await seen(context)).toEqual(['2026-11-23 matin 2']);
  // A place of somebody else, that the structure claimed, then gave back.
  await context.db.updateTable('place').set({ source_ref: 'autre/lieu' }).where('id', '=', place).execute();
  expect(await seen(context)).toEqual([]);
  const { id: case_id } = await context.db.selectFrom('moderation_case').select('id').executeTakeFirstOrThrow();
  const claimed = { entity: 'place' as const, entity_id: place, registration: id, case_id, since: context.clock.now() };
  await context.db.insertInto('listing_owner').values(claimed).execute();
  expect(await seen(context)).toEqual(['2026-11-23 matin 2']);
  await context.db.deleteFrom('listing_owner').execute();
  expect(await seen(context)).toEqual([]);
});

test('what is over today is not shown any more, by the clock of the place', async () => {
  const { context, owner, id, place } = await structure();
  await published(owner, id, place, { day: '2026-11-21', part: 'matin' });
  await published(owner, id, place, { day: '2026-11-21', part: 'soir' });
  expect(await seen(context)).toEqual(['2026-11-21 matin 2', '2026-11-21 soir 2']);
  const noon = { ...context, clock: { now: () => Temporal.Instant.from('2026-11-21T11:00:00Z') } };
  expect(await seen(noon)).toEqual(['2026-11-21 soir 2']);
  expect((await ownFreePlaces({ ...owner, clock: noon.clock }, id)).map(({ part }) => part)).toEqual(['soir']);
});

test('on an island, the day and the hour are those of the island', async () => {
  const lieux = form(
    { 'places-0-postcode': '97411', 'places-0-commune': 'Saint-Paul', 'places-0-insee': '97415' },
    stepForms.lieux,
  );
  const { context, owner, id, place } = await structure({ lieux });
  // 14:00 in La Réunion: the morning is over there, while it is eleven in Paris.
  const over = await publishFreePlaces(owner, id, place, typed({ day: '2026-11-21' }));
  expect(over).toMatchObject({ ok: false, error: [{ code: 'part_over' }] });
  await published(owner, id, place, { day: '2026-11-21', part: 'apres-midi' });
  expect(await seen(context, { spot: { lat: -21, lon: 55.27 } })).toEqual(['2026-11-21 apres-midi 2']);
});

test('only who writes for the structure publishes; a moderator of its territory closes, another does not', async () => {
  const { context, as, owner, id, place } = await structure();
  const stranger = await as('autre@exemple.fr');
  expect(await publishFreePlaces(stranger, id, place, typed())).toMatchObject({ error: [{ code: 'not_allowed' }] });
  const reader = await signedIn(context, 'lecture@exemple.fr');
  await setMember(context, id, reader.account, 'reader');
  const reading = await again({ ...context, actor: reader });
  expect(await publishFreePlaces(reading, id, place, typed())).toMatchObject({ error: [{ code: 'not_allowed' }] });
  expect(await publishFreePlaces(owner, id, place + 1, typed())).toMatchObject({ error: [{ code: 'not_own' }] });

  const told = await published(owner, id, place);
  for (const who of [stranger, reading, await as('loin@exemple.fr', moderatorOf('departement:974'))]) {
    expect(await closeFreePlaces(who, told)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  }
  expect(await ownFreePlaces(stranger, id)).toEqual([]);
  expect(await closeFreePlaces(await as('pmi@exemple.fr', moderatorOf('departement:35')), told)).toMatchObject({
    ok: true,
  });
  expect(await closeFreePlaces(owner, 'x')).toMatchObject({ error: { code: 'no_such_places' } });
});

test('a listing that is closed or sheltered shows nothing, and past days are forgotten after a month', async () => {
  const { context, owner, id, place } = await structure();
  await published(owner, id, place);
  await context.db.updateTable('place').set({ confidential: true }).where('id', '=', place).execute();
  expect([await seen(context), await ownPlaces(context, id)]).toEqual([[], []]);
  await context.db.updateTable('place').set({ confidential: false, state: 'closed' }).where('id', '=', place).execute();
  expect(await seen(context)).toEqual([]);

  const rows = () => context.db.selectFrom('free_place').select('id').execute();
  // The day ends at midnight in Paris.
  const nightOf = (instant: string) =>
    applyRetention({ ...context, clock: { now: () => Temporal.Instant.from(instant) } }, respiteRetention);
  await nightOf('2026-12-23T22:59:59Z');
  expect((await rows()).length).toBe(1);
  await nightOf('2026-12-23T23:00:00Z');
  expect(await rows()).toEqual([]);
});
