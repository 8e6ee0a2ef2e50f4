import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { distanceKm } from '#modules/territory/index.ts';
import { degreesOf, systemOf } from './projected.ts';

describe('a point in metres', () => {
  it.each([
    // By definition: where the false origin is, and a point of the equator on the meridian of each zone.
    ['lambert-93', 700_000, 6_600_000, 46.5, 3],
    ['utm-20N', 500_000, 0, 0, -63],
    ['utm-22N', 500_000, 0, 0, -51],
    ['utm-40S', 500_000, 10_000_000, 0, 57],
    ['utm-38S', 500_000, 10_000_000, 0, 45],
    ['utm-21N', 500_000, 0, 0, -57],
    ['utm-1S', 500_000, 10_000_000, 0, -177],
    // As PROJ reckons them (pyproj, EPSG 2154, 5490, 2972, 2975, 4471, 32621, 32701).
    ['lambert-93', 870_262.2, 6_571_540.8, 46.222286, 5.209181],
    ['lambert-93', 1_041_386, 6_297_465, 43.693793, 7.23564],
    ['utm-20N', 657_242.9, 1_795_384.4, 16.234004, -61.528737],
    ['utm-22N', 353_672.8, 544_349.1, 4.923467, -52.319727],
    ['utm-40S', 323_086.6, 7_679_599.8, -20.975711, 55.298207],
    ['utm-38S', 524_819.9, 8_587_194.7, -12.779886, 45.228678],
    ['utm-21N', 563_213.8, 5_180_306.8, 46.773315, -56.172013],
    ['utm-1S', 580_000, 8_530_000, -13.296107, -176.261407],
  ])('%s %d, %d is at %d, %d', (system, x, y, lat, lon) => {
    const point = degreesOf(x, y, system);
    expect(point?.lat).toBeCloseTo(lat, 5);
    expect(point?.lon).toBeCloseTo(lon, 5);
  });

  it('of a hospital is where other sources have it', () => {
    // Centre hospitalier de Fleyriat, Viriat: FINESS in metres, Eurostat in degrees.
    const point = degreesOf(870_262.2, 6_571_540.8, 'lambert-93');
    expect(point && distanceKm(point, { lat: 46.2222, lon: 5.20879 })).toBeLessThan(0.1);
  });

  it('goes there and back, anywhere in mainland France', () => {
    const lambert = '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m';
    const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(within(41, 51.2), within(-5.2, 9.6), (lat, lon) => {
        const [x = 0, y = 0] = proj4('WGS84', lambert, [lon, lat]);
        const back = degreesOf(x, y, 'lambert-93');
        expect(back?.lat).toBeCloseTo(lat, 5);
        expect(back?.lon).toBeCloseTo(lon, 5);
      }),
    );
  });

  it('that cannot be one is left', () => {
    expect(degreesOf(Number.NaN, 6_600_000, 'lambert-93')).toBeUndefined();
    expect(degreesOf(700_000, 6_600_000, 'inconnu')).toBeUndefined();
    expect(degreesOf(Number.POSITIVE_INFINITY, 0, 'utm-20N')).toBeUndefined();
  });
});

describe('the name of a system', () => {
  it.each([
    ['EPSG:2154 RGF93 / Lambert-93 (Métropole)', 'lambert-93'],
    ['LAMBERT_93', 'lambert-93'],
    ['EPSG:5490 RGAF09/UTM Zone 20N (Antilles)', 'utm-20N'],
    ['EPSG:4471 RGM04/UTM zone 38S (Mayotte)', 'utm-38S'],
    ['WGS84/UTM zone 21N (St-Pierre-et-Miquelon)', 'utm-21N'],
    ['WGS84/UTM zone 1S (Wallis-et-Futuna)', 'utm-1S'],
    ['UTM_N20', 'utm-20N'],
    ['UTM_S40', 'utm-40S'],
    ['EPSG:27572 NTF / Lambert zone II', undefined],
    ['WGS84/UTM zone 31N', undefined],
    ['', undefined],
  ])('%s is %s', (text, system) => {
    expect(systemOf(text)).toBe(system);
  });
});
