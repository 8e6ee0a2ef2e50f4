import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { setMember } from '#platform/server/identity/members.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { openedHouse } from '#testing/houses.ts';
import { again } from '#testing/professionals.ts';
import { DAYS_TO_SEND, halfDayOf, type Tap } from '../counter.ts';
import { count, countedBetween, readTaps } from './counter.ts';
import { counterRetention } from './counter-retention.ts';
import { readAttendanceOfMonth, readDesk } from './desk.ts';
import { addPartner, endPartner, partnersOf } from './partners.ts';

// The house's clock stands at 21 November 2026, 11:00 in Paris.
const tapAt = (site: string, more: Partial<Tap> = {}): Tap => ({
  ...{ key: crypto.randomUUID(), site, question: 'who', answer: 'parent', day: '2026-11-21', half: 'matin' },
  ...{ undone: false, ...more },
});
const november = [new Temporal.PlainDate(2026, 11, 1), new Temporal.PlainDate(2026, 11, 30)] as const;

test('a welcome desk: each touch once, taken back once, whoever sends it again, and nothing about anybody', async () => {
  const { context, as, who, registration, site, house } = await openedHouse();
  const total = async () =>
    (await countedBetween(context, [site], ...november)).reduce((all, { taps }) => all + taps, 0);
  const outcomes = async (...taps: readonly (Tap | undefined)[]) => {
    const done = await count(who, registration, taps);
    return done.ok ? done.value : done.error.code;
  };

  // The same touch from ten connections at once, as a device that hears no answer sends it again.
  const first = tapAt(site);
  const sent = await Promise.all(Array.from({ length: 10 }, () => outcomes(first)));
  expect(sent.flat().filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(await total()).toBe(1);

  // Different touches on the same button at once, all counted.
  await Promise.all(Array.from({ length: 10 }, () => outcomes(tapAt(site))));
  expect(await total()).toBe(11);

  // Taken back, by several at once; sent again afterwards, it stays taken back.
  const taken = await Promise.all(Array.from({ length: 5 }, () => outcomes({ ...first, undone: true })));
  expect(taken.flat().filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(await outcomes(first)).toEqual(['known']);
  expect(await total()).toBe(10);

  // Taken back before it arrives: it never counts.
  const late = tapAt(site);
  expect(await outcomes({ ...late, undone: true }, late)).toEqual(['done', 'known']);
  expect(await total()).toBe(10);

  // What is of no counter here, to come, or too old is refused, and the others count.
  const today = Temporal.PlainDate.from('2026-11-21');
  expect(
    await outcomes(
      tapAt(crypto.randomUUID()),
      tapAt(site, { answer: 'enceinte' }),
      tapAt(site, { question: 'name', answer: 'Camille' }),
      tapAt(site, { day: '2026-11-22' }),
      tapAt(site, { day: today.subtract({ days: DAYS_TO_SEND + 1 }).toString() }),
      undefined,
      tapAt(site, { day: today.subtract({ days: DAYS_TO_SEND }).toString() }),
    ),
  ).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'refused', 'done']);

  // Anybody of the team counts, a reader too; nobody else does.
  const reader = await as('accueil@exemple.fr');
  expect((await count(reader, registration, [tapAt(site)])).ok).toBe(false);
  await setMember(context, registration, reader.actor.account, 'reader');
  const welcome = await again(reader);
  expect(await count(welcome, registration, [tapAt(site)])).toEqual({ ok: true, value: ['done'] });
  // And no more once they left, whatever their page says.
  await context.db.deleteFrom('membership').where('account', '=', reader.actor.account).execute();
  expect((await count(welcome, registration, [tapAt(site)])).ok).toBe(false);

  // A partner is an answer, by its number: its name is no part of what is counted.
  expect((await addPartner(who, registration, { name: 'Centre social de l’Exemple', registration: '' })).ok).toBe(true);
  expect((await addPartner(welcome, registration, { name: 'Autre', registration: '' })).ok).toBe(false);
  expect((await addPartner(who, registration, { name: 'ecrire@exemple.fr', registration: '' })).ok).toBe(false);
  const [partner] = await partnersOf(context, house);
  const sentTo = tapAt(site, { question: 'to', answer: `partenaire:${partner?.id}` });
  expect(await outcomes(sentTo)).toEqual(['done']);
  expect((await endPartner(who, registration, partner?.id ?? '')).ok).toBe(true);
  // A desk that has not heard of it yet still counts; the others no longer show it.
  expect(await outcomes({ ...sentTo, key: crypto.randomUUID() })).toEqual(['done']);

  const desk = await readDesk(who, registration, null);
  expect(desk?.today.get('who/parent')).toBe(11);
  expect(
    desk?.questions.find(({ code }) => code === 'to')?.answers.some(({ code }) => code.startsWith('partenaire')),
  ).toBe(false);
  const month = await readAttendanceOfMonth(who, registration, { site: null, month: '2026-11' });
  expect(month?.counted.map(({ day, question, taps }) => `${day} ${question} ${taps}`).sort()).toEqual([
    '2026-11-07 who 1',
    '2026-11-21 to 2',
    '2026-11-21 who 11',
  ]);
  expect(await readAttendanceOfMonth(reader, registration, { site: null, month: null })).toBeUndefined();

  // The touches are forgotten a month after; what they add up to stays.
  const later = { ...context, clock: fixedClock('2027-01-15T10:00:00Z') };
  await applyRetention(later, counterRetention);
  expect(await context.db.selectFrom('house_tap').select('key').execute()).toEqual([]);
  expect(await total()).toBe(14);
});

test('the half-day is that of the site, and nothing finer is kept', () => {
  const moment = Temporal.Instant.from('2026-11-21T10:59:59Z');
  expect(halfDayOf(moment, 'Europe/Paris')).toEqual({ day: '2026-11-21', half: 'matin' });
  expect(halfDayOf(moment.add({ seconds: 1 }), 'Europe/Paris').half).toBe('apres-midi');
  expect(halfDayOf(moment, 'Indian/Reunion').half).toBe('apres-midi');
  expect(halfDayOf(Temporal.Instant.from('2026-11-21T23:30:00Z'), 'Pacific/Noumea')).toEqual({
    ...{ day: '2026-11-22', half: 'matin' },
  });
});

test('what a device sends is read touch by touch: one that nobody can read does not lose the others', () => {
  const good = tapAt(crypto.randomUUID());
  expect(readTaps({ taps: [good, { key: 1 }, null, { ...good, day: 'hier' }] })).toEqual([
    good,
    undefined,
    undefined,
    undefined,
  ]);
  expect(readTaps({ taps: Array.from({ length: 51 }, () => good) })).toBeUndefined();
  expect(readTaps(undefined)).toBeUndefined();
  expect(readTaps('<b>')).toBeUndefined();
});
