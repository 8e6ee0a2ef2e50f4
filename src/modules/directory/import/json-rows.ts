import { cleanText, numberOf } from './clean.ts';
import { createScanner, type JsonItem } from './json-items.ts';
import { columnKey, type Row } from './row.ts';
import { decodeBytes, withoutMark } from './text-lines.ts';

/**
 * The objects of a JSON array, or of the arrays of a JSON object (`features`, `data`…), one at a time, however large the
 * file. Nested objects give columns named after their path, `adresse.codePostal`; the `properties` of a GeoJSON feature
 * stand at the first level, beside `geometry_lon` and `geometry_lat` of its point.
 *
 * An object that is badly written costs itself alone: reading goes on from the next line of the same indent, or, when
 * objects stand one behind the other, from the next that begins with the same name.
 */
export async function* jsonRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const scanner = createScanner();
  for await (const chunk of withoutMark(chunks)) {
    const { items, trouble } = scanner.push(chunk);
    yield* items.map(rowOf);
    if (trouble) throw trouble;
  }
  const { items, trouble } = scanner.end();
  yield* items.map(rowOf);
  if (trouble) throw trouble;
}

const rowOf = ({ line, bytes }: JsonItem): Row => {
  const text = decodeBytes(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) throw new TypeError('not an object');
    return { line, cells: flatten(value) };
  } catch {
    const start = text.slice(0, 4_000);
    // What it is about, read from what is left of it: the first of each name, as what follows may be of the next objects.
    const cells = [...start.matchAll(/"([^"\\]{1,60})"\s*:\s*(?:"([^"\\\n]{1,200})"|(-?\d[\d.]*))/g)].reverse();
    return {
      line,
      cells: new Map(
        cells.map(([, name = '', quoted, number]) => [columnKey(name), cleanText(quoted ?? number ?? '')]),
      ),
      broken: 'cet objet JSON est mal écrit (guillemet, virgule ou accolade)',
    };
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const flatten = (value: Record<string, unknown>): Map<string, string> => {
  const cells = new Map<string, string>();
  const put = (path: string, child: unknown, depth: number): void => {
    if (isObject(child)) {
      if (depth < 6) for (const [name, deeper] of Object.entries(child)) put(`${path} ${name}`, deeper, depth + 1);
    } else cells.set(columnKey(path), cleanText(textOf(child)));
  };
  const isFeature = value.type === 'Feature';
  for (const [name, child] of Object.entries(value)) {
    if (isFeature && name === 'properties' && isObject(child)) {
      for (const [property, deeper] of Object.entries(child)) put(property, deeper, 1);
    } else if (isFeature && name === 'geometry') {
      const [lon, lat] = pointOf(child);
      cells.set('geometry_lon', lon);
      cells.set('geometry_lat', lat);
    } else put(name, child, 0);
  }
  return cells;
};

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (Array.isArray(value))
    return value
      .filter((item) => typeof item !== 'object')
      .map(String)
      .join(';');
  return String(value);
};

/** Of a point only, in numbers or in texts: a building drawn as a polygon is found by its address. */
const pointOf = (geometry: unknown): readonly [string, string] => {
  if (!isObject(geometry) || geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) return ['', ''];
  const [lon, lat] = geometry.coordinates.map((value) => numberOf(textOf(value)));
  return lon === undefined || lat === undefined ? ['', ''] : [String(lon), String(lat)];
};
