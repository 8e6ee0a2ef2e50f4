import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form } from '#testing/registration.ts';
import { overlap, readHours, slotsOf } from './hours.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const choices = { sites: ['site'], members: ['member'] };
const today = day('2026-11-21');
const typed = (more: Readonly<Record<string, string>> = {}) =>
  form({
    ...{
      site: 'site',
      member: 'member',
      mode: 'sur-place',
      day: '24/11/2026',
      hour: '9h30',
      minutes: '45',
      slots: '3',
    },
    ...more,
  });

const read = (more: Readonly<Record<string, string>> = {}, kind: 'appointments' | 'permanence' = 'appointments') =>
  readHours(typed(more), kind, choices, today);

describe('the form of hours', () => {
  it('says who receives, where, and each time of the week', () => {
    const told = read({ repeat: 'semaine', until: '31/12/2026', except: '01/12/2026' });
    expect(told).toMatchObject({ ok: true, value: { member: 'member', minutes: 45, slots: 3, holder: '' } });
    if (!told.ok) return;
    expect(slotsOf(told.value, '35', day('2026-11-23'), day('2026-12-09')).map(String)).toEqual([
      ...['2026-11-24T09:30:00', '2026-11-24T10:15:00', '2026-11-24T11:00:00'],
      ...['2026-12-08T09:30:00', '2026-12-08T10:15:00', '2026-12-08T11:00:00'],
    ]);
  });

  it.each([
    [{ member: 'somebody else' }, 'bad_member'],
    [{ site: 'elsewhere' }, 'bad_site'],
    [{ mode: 'visio', link: 'javascript:alert(1)' }, 'bad_link'],
    [{ minutes: '0' }, 'bad_minutes'],
    [{ slots: '400' }, 'bad_slots'],
    [{ hour: '23h', slots: '2' }, 'bad_slots'],
    [{ day: '20/11/2026' }, 'bad_day'],
    [{ day: '31/02/2027' }, 'bad_day'],
    [{ repeat: 'semaine' }, 'bad_until'],
  ])('refuses %j by its field', (more, code) => {
    expect(read(more)).toMatchObject({ ok: false, error: [{ code }] });
  });

  it('of a permanence asks who holds it, and takes no appointment', () => {
    expect(read({}, 'permanence')).toMatchObject({ ok: false, error: [{ code: 'bad_holder' }] });
    const told = read({ holder: 'Caf de l’Exemple', words: 'Vos droits' }, 'permanence');
    expect(told).toMatchObject({ ok: true, value: { member: '', holder: 'Caf de l’Exemple', slots: 1 } });
  });
});

describe('slots', () => {
  const weekly = (rrule: string | null, starts_at: string, besides: string[] = []) => ({
    ...{ times: { starts_at, rrule, except: [], besides }, minutes: 30, slots: 2 },
  });

  it('leave public holidays out, those of the département, unless the day was given by hand', () => {
    // Friday 25 December 2026; 20 December is a holiday in La Réunion only.
    const fridays = weekly('FREQ=WEEKLY;BYDAY=FR', '2026-12-18T09:00');
    expect(slotsOf(fridays, '35', day('2026-12-24'), day('2026-12-27'))).toEqual([]);
    expect(
      slotsOf(
        { ...fridays, times: { ...fridays.times, besides: ['2026-12-25'] } },
        '35',
        day('2026-12-24'),
        day('2026-12-27'),
      ),
    ).toHaveLength(2);
    const sundays = weekly('FREQ=WEEKLY;BYDAY=SU', '2026-12-13T09:00');
    expect(slotsOf(sundays, '974', day('2026-12-20'), day('2026-12-21'))).toEqual([]);
    expect(slotsOf(sundays, '35', day('2026-12-20'), day('2026-12-21'))).toHaveLength(2);
  });

  it('come at the same hour on both sides of a change of hour, and on 29 February', () => {
    const saturdays = weekly('FREQ=WEEKLY;BYDAY=SA,SU', '2026-10-24T09:00');
    const hours = slotsOf(saturdays, '35', day('2026-10-24'), day('2026-10-26')).map((time) =>
      time.toPlainTime().toString(),
    );
    expect(hours).toEqual(['09:00:00', '09:30:00', '09:00:00', '09:30:00']);
    const leap = weekly(null, '2028-02-29T10:00');
    expect(slotsOf(leap, '35', day('2028-02-28'), day('2028-03-01')).map(String)).toEqual([
      ...['2028-02-29T10:00:00', '2028-02-29T10:30:00'],
    ]);
  });

  it('of the same hours never overlap one another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 1, max: 24 }), (minutes, slots) => {
        const times = slotsOf(
          { ...weekly(null, '2026-11-24T00:00'), minutes, slots },
          '35',
          day('2026-11-24'),
          day('2026-11-25'),
        );
        const stretches = times.map((time) => ({
          starts: time.toZonedDateTime('Indian/Reunion').toInstant(),
          minutes,
        }));
        return stretches.every((one, at) => stretches.every((other, rank) => overlap(one, other) === (at === rank)));
      }),
    );
  });
});
