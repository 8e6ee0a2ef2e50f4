import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** To be raised when the file below changes in shape, so that the next build makes it again. */
const FORMAT = 1;

/** Lands of France with an outline of their own in Natural Earth. The other overseas départements are part of France. */
const french = new Set([
  ...['France', 'St-Martin', 'St-Barthélemy', 'New Caledonia', 'Fr. Polynesia', 'Wallis and Futuna Is.'],
  'St. Pierre and Miquelon',
]);

/** Around French lands, in degrees: west, south, east, north. Elsewhere the coarsest outlines do. */
const boxes: readonly (readonly [number, number, number, number])[] = [
  [-12, 34, 20, 60],
  [-67, 10, -50, 20],
  [-60, 0, -48, 8],
  [40, -25, 60, -8],
  [-62, 42, -50, 52],
  [158, -26, 180, -10],
  [-180, -30, -130, -5],
];

/**
 * Writes the outlines of the lands into `target`, as the map draws them without any network: French lands fine, their
 * neighbours less, the rest of the world coarse. Does nothing when the file is there and up to date.
 * Source: Natural Earth (public domain) through `world-atlas`.
 */
export const prepareMap = (target: string): boolean => {
  const version = `${FORMAT} ${worldAtlasVersion()}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(`{"version":${JSON.stringify(version)}`))
    return false;
  const fine = countries('countries-10m', 6e-5).filter(({ properties }) => french.has(String(properties?.name)));
  const middle = countries('countries-50m', 1e-2).filter(
    (country) => !french.has(String(country.properties?.name)) && boxes.some((box) => touches(country, box)),
  );
  const near = new Set(middle.map(({ properties }) => properties?.name));
  const far = countries('countries-110m', 0).filter(
    ({ properties }) => !french.has(String(properties?.name)) && !near.has(properties?.name),
  );
  const lands: FeatureCollection & { version: string } = {
    version,
    type: 'FeatureCollection',
    features: [
      ...fine.map((country) => told(country, 'france', 3)),
      ...middle.map((country) => told(country, 'near', 2)),
      ...far.map((country) => told(country, 'far', 1)),
    ],
  };
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(`${target}.part`, JSON.stringify(lands));
  renameSync(`${target}.part`, target);
  return true;
};

const require = createRequire(import.meta.url);

/**
 * Writes into `target` the style of the base map that an operator may choose instead of ours (`BASE_MAP`): « désaturée »,
 * which `carte-facile` (IGN, Apache-2.0) recommends under data. The library itself is made for MapLibre 5 and carries
 * controls that we do not use: only its style is taken out of it, here, and it never reaches a browser.
 */
export const prepareBaseMap = (target: string): void => {
  const sandbox: { maplibregl: object; CarteFacile?: { mapStyles: { desaturated: object } } } = { maplibregl: {} };
  const library = path.join(path.dirname(require.resolve('carte-facile')), 'carte-facile.js');
  runInNewContext(readFileSync(library, 'utf8'), sandbox);
  const style = sandbox.CarteFacile?.mapStyles.desaturated;
  if (!style) throw new Error('carte-facile has no style « désaturée » any more');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(`${target}.part`, JSON.stringify(style));
  renameSync(`${target}.part`, target);
};

const worldAtlasVersion = (): string =>
  String(
    (JSON.parse(readFileSync(require.resolve('world-atlas/package.json'), 'utf8')) as { version: string }).version,
  );

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** The countries of a file, without the bends smaller than `detail` (square degrees). */
const countries = (file: string, detail: number): Feature[] => {
  const atlas = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}.json`), 'utf8')) as Atlas;
  const simple = detail === 0 ? atlas : simplify(presimplify(atlas), detail);
  return feature(simple, simple.objects.countries).features;
};

const told = ({ geometry }: Feature, land: 'france' | 'near' | 'far', decimals: number): Feature => ({
  type: 'Feature',
  properties: { land },
  geometry: rounded(geometry, decimals),
});

const rounded = (geometry: Geometry, decimals: number): Geometry => {
  const scale = 10 ** decimals;
  const round = (rings: Position[][]): Position[][] =>
    rings
      .map((ring) => ring.map((position) => position.map((degrees) => Math.round(degrees * scale) / scale)))
      // An island that became a point or a line is drawn no more.
      .filter((ring) => new Set(ring.map(String)).size > 3);
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: round(geometry.coordinates) };
  if (geometry.type === 'MultiPolygon') {
    return { ...geometry, coordinates: geometry.coordinates.map(round).filter((rings) => rings.length > 0) };
  }
  return geometry;
};

const touches = ({ geometry }: Feature, [west, south, east, north]: (typeof boxes)[number]): boolean => {
  const inside = ([lon = 0, lat = 0]: Position): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
  if (geometry.type === 'Polygon') return geometry.coordinates.flat().some(inside);
  return geometry.type === 'MultiPolygon' && geometry.coordinates.flat(2).some(inside);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) prepareMap('static/map/outlines.json');
