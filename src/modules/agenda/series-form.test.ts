import { describe, expect, it } from 'vitest';
import { form } from '#testing/registration.ts';
import { readSeriesForm } from './series-form.ts';

const today = Temporal.PlainDate.from('2026-11-21');
const rennes = { insee: '35238', lat: 48.11, lon: -1.68, exact: false, place_page: null };
const told = { title: 'Café des parents', day: '24/11/2026', hour: '9h30', minutes: '90', kind: 'cafe', mode: 'lieu' };
const read = (more: Readonly<Record<string, string>> = {}, place: typeof rennes | undefined = rennes) =>
  readSeriesForm(form({ ...told, ...more }), place, today);
const faults = (more: Readonly<Record<string, string>>, place?: typeof rennes): string[] => {
  const result = read(more, place);
  return result.ok ? [] : result.error.map(({ field = '' }) => field);
};
const dates = (more: Readonly<Record<string, string>>) => {
  const result = read(more);
  return result.ok && { starts_at: result.value.starts_at, rrule: result.value.rrule, besides: result.value.besides };
};

describe('the form of a rendez-vous', () => {
  it('once', () => {
    expect(dates({})).toEqual({ starts_at: '2026-11-24T09:30', rrule: null, besides: [] });
  });

  it('keeps no sign that a feed or the database could not hold', () => {
    const result = read({ title: 'Café\u0000 des\u0001\r\nparents', summary: 'Un\r\ndeux\u000b' });
    expect(result).toMatchObject({ value: { title: 'Café des parents', summary: 'Un\ndeux' } });
  });

  it('every week, on the days ticked', () => {
    expect(dates({ repeat: 'semaine', until: '2027-06-30', days: '4' })).toEqual({
      starts_at: '2026-11-26T09:30',
      rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270630T235959Z',
      besides: [],
    });
  });

  it('in odd weeks by their numbers, week 53 of 2026 included', () => {
    const odd = dates({ day: '01/01/2027', repeat: 'impaires', until: '31/03/2027' });
    expect(odd).toMatchObject({ starts_at: '2027-01-01T09:30', besides: ['2027-01-01'] });
  });

  it('the fourth Tuesday of each month; the last when there may be no fifth', () => {
    expect(dates({ repeat: 'mois', until: '30/06/2027' })).toMatchObject({
      rrule: 'FREQ=MONTHLY;BYDAY=4TU;UNTIL=20270630T235959Z',
    });
    expect(dates({ day: '31/12/2026', repeat: 'mois', until: '30/06/2027' })).toMatchObject({
      rrule: 'FREQ=MONTHLY;BYDAY=-1TH;UNTIL=20270630T235959Z',
    });
  });

  it('on 29 February', () => {
    expect(dates({ day: '29/02/2028' })).toMatchObject({ starts_at: '2028-02-29T09:30' });
    expect(faults({ day: '29/02/2027' })).toEqual(['day']);
  });

  it.each([
    [{ title: '' }, ['title']],
    [{ day: '21/11/2025' }, ['day']],
    [{ day: 'demain' }, ['day']],
    [{ hour: '25h' }, ['hour']],
    [{ minutes: '0' }, ['minutes']],
    [{ repeat: 'semaine' }, ['until']],
    [{ repeat: 'semaine', until: '01/01/2035' }, ['until']],
    [{ repeat: 'regle' }, ['repeat']],
    [{ except: 'Noël' }, ['except']],
    [{ booking: 'ailleurs', booking_url: 'javascript:alert(1)' }, ['booking_url']],
    [{ places: '0' }, ['places']],
    [{ age_from: '24', age_to: '6' }, ['age_to']],
    [{ email: 'pas une adresse' }, ['email']],
    [{ title: 'x'.repeat(91), day: '', hour: '' }, ['title', 'day', 'hour']],
  ])('refuses %j by its fields', (more, fields) => {
    expect(faults(more)).toEqual(fields);
  });

  it('refuses a commune that is not found', () => {
    const result = readSeriesForm(form(told), undefined, today);
    expect(result.ok ? [] : result.error.map(({ field }) => field)).toEqual(['commune']);
  });

  it('keeps HTML as the letters that it is', () => {
    const result = read({ title: '<b>Café</b>' });
    expect(result.ok && result.value.title).toBe('<b>Café</b>');
  });
});
