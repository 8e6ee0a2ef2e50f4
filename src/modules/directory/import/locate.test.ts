import { describe, expect, it, test } from 'vitest';
import { type Commune, distanceKm } from '#modules/territory/index.ts';
import { FARTHEST_KM, placeAddress } from './locate.ts';

/** A commune of nowhere in particular, whose point we may err on by so many kilometres. */
const communeWith = (uncertaintyKm: number): Commune =>
  ({ code: '35238', name: 'Rennes', lat: 48.11, lon: -1.68, uncertaintyKm, partOf: null }) as Commune;

/** A point so many kilometres to the north of the commune's. */
const north = (km: number) => ({ lat: 48.11 + km / distanceKm({ lat: 48, lon: 0 }, { lat: 49, lon: 0 }), lon: -1.68 });

const place = (told: Parameters<typeof placeAddress>[0], commune: Commune) =>
  placeAddress(told, { commune, by: 'code' }, undefined, undefined);

describe('coordinates that came with the row', () => {
  it.each([
    [0, 24.9, true],
    [0, 25.1, false],
    [3, 27.9, true],
    [3, 28.1, false],
  ])('when we err by %d km and they are %d km away, are kept: %s', async (uncertainty, km, kept) => {
    expect(FARTHEST_KM).toBe(25);
    const point = north(km);
    const placed = await place({ line: 'Le Bourg', ...point, precision: 'manual' }, communeWith(uncertainty));
    if (!('address' in placed)) throw new Error(placed.reason);
    expect(placed.address).toMatchObject(
      kept ? { ...point, precision: 'manual' } : { lat: null, precision: 'commune' },
    );
    expect(placed.remarks).toEqual(kept ? [] : [`coordonnées à ${Math.round(km)} km de Rennes, écartées`]);
  });

  it.each([
    ['in metres', { lat: 6_789_400, lon: 351_900 }],
    ['at the pole of another world', { lat: 90.1, lon: 0 }],
    ['by half', { lat: 48.11, lon: null }],
  ])('%s are left, and told', async (_, point) => {
    const placed = await place(point, communeWith(0));
    expect(placed).toMatchObject({
      address: { lat: null, lon: null },
      remarks: [expect.stringMatching(/hors du globe/)],
    });
  });
});

test('a row whose commune is not known is refused with its reason', async () => {
  const placed = await placeAddress(
    { ...north(0) },
    { commune: undefined, reason: 'introuvable' },
    undefined,
    undefined,
  );
  expect(placed).toEqual({ reason: 'introuvable' });
});
