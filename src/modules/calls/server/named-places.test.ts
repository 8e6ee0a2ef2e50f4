import { expect, it } from 'vitest';
import { callsHouse } from '#testing/calls.ts';
import { namesOfPlaces, placesNamed } from './named-places.ts';

it('reads the territories that somebody named, each in what they may name, and shows them as they are read again', async () => {
  const { context } = await callsHouse();
  const read = (typed: string, within: 'region:53' | 'departement:40' = 'region:53') =>
    placesNamed(context, [within], typed, 'territories');

  expect(read('')).toEqual({ ok: true, value: [] });
  const named = 'Rennes\n ille et vilaine ;Rennes Métropole\n22278\nrennes';
  const scopes = ['commune:35238', 'departement:35', 'epci:243500139', 'commune:22278'] as const;
  expect(read(named)).toEqual({ ok: true, value: scopes });
  expect(read(namesOfPlaces(context, scopes))).toEqual({ ok: true, value: scopes });
  expect(read('departement:35')).toEqual({ ok: true, value: ['departement:35'] });

  const refused = (typed: string) => {
    const result = read(typed);
    return result.ok ? undefined : result.error;
  };
  expect(refused('Rennes\nDax')).toMatchObject({ code: 'territory_outside', field: 'territories' });
  expect(refused('Atlantide')).toMatchObject({ code: 'territory_unknown' });
  // Many begin so: they are proposed.
  expect(refused('Plou')).toMatchObject({ code: 'territory_several', message: expect.stringContaining('Plou') });

  // Somebody of two territories names a place of either.
  expect(placesNamed(context, ['region:53', 'departement:40'], 'Dax', 'other')).toEqual({
    ok: true,
    value: ['commune:40088'],
  });
});
