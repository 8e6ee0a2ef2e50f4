import { keepZeros, roomFor, rowsInBox } from './candidates.ts';
import { type OfferFilters, testsOf } from './filters.ts';
import { timesOf } from './moments.ts';
import type { Segment } from './segment.ts';
import type { Box } from './sphere.ts';

/** Address of a square of the map, as all web maps number them. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** What is drawn: one offer, or several together. `x` and `y` go from 0 to 4096 within the tile. */
export interface TilePoint {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** Whether all of them are at one place, or at one stop: one point on the ground, with one page. */
  readonly alone: boolean;
  /** Of several, the first met. */
  readonly segment: Segment;
  readonly row: number;
}

/** Side of a tile in its own unit. */
export const EXTENT = 4096;
/** Up to this zoom what is close together is drawn together; beyond, a house is not its neighbour. */
const LAST_CLUSTERED = 16;
/** A side of a tile is cut in so many cells: 64 pixels each on a screen. */
const CELLS = 8;
/** More points than this in one tile help nobody. */
const MOST_POINTS = 1000;

/** Whether an address is one of a tile that exists. */
export const isTile = ({ z, x, y }: TileAddress): boolean =>
  [z, x, y].every(Number.isInteger) && z >= 0 && z <= 18 && Math.min(x, y) >= 0 && Math.max(x, y) < 2 ** z;

/**
 * What a tile shows of the offers that pass the filters. Offers of one cell are drawn as one point in their middle, with
 * their number: reckoned on demand, so that any filter has its own map and nothing is kept up to date beside the index.
 */
export const tilePoints = (
  segments: readonly Segment[],
  tile: TileAddress,
  filters: OfferFilters,
  now: Temporal.Instant,
): TilePoint[] => {
  const testsFor = testsOf(segments, filters, timesOf(now, filters.opening));
  const scale = 2 ** tile.z;
  const clustered = tile.z <= LAST_CLUSTERED;
  const cells = new Map<number | string, Cell>();
  for (const segment of segments) {
    const rows = roomFor(segment);
    let left = rowsInBox(segment, boundsOf(tile), rows);
    if (segment.dead) left = keepZeros(segment.dead, rows, left);
    for (const test of testsFor(segment)) left = test.keep(rows, left);
    const { coords } = segment.kd;
    for (let rank = 0; rank < left; rank += 1) {
      const row = rows[rank] ?? 0;
      const x = (mercatorX(coords[2 * row] ?? 0) * scale - tile.x) * EXTENT;
      const y = (mercatorY(coords[2 * row + 1] ?? 0) * scale - tile.y) * EXTENT;
      if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue;
      // The services of one place, or of one stop, are one point.
      const site = segment.sites[row] ?? 0;
      const key = clustered
        ? Math.floor((x * CELLS) / EXTENT) * CELLS + Math.floor((y * CELLS) / EXTENT)
        : `${site || -(segment.ids[row] ?? 0)} ${x} ${y}`;
      const cell = cells.get(key);
      if (cell) {
        cell.alone &&= site !== 0 && site === cell.site && x === cell.at[0] && y === cell.at[1];
        cell.x += x;
        cell.y += y;
        cell.count += 1;
      } else if (clustered || cells.size < MOST_POINTS) {
        cells.set(key, { x, y, count: 1, alone: true, site, at: [x, y], segment, row });
      }
    }
  }
  return [...cells.values()].map(({ x, y, count, alone, segment, row }) => ({
    ...{ x: Math.round(x / count), y: Math.round(y / count), count, alone, segment, row },
  }));
};

/** The offers of one square, or of one place: `x` and `y` are sums, `at` is where the first is. */
interface Cell {
  x: number;
  y: number;
  count: number;
  alone: boolean;
  readonly site: number;
  readonly at: readonly [x: number, y: number];
  readonly segment: Segment;
  readonly row: number;
}

/** West to east, from 0 to 1 over the whole world. */
export const mercatorX = (lon: number): number => lon / 360 + 0.5;

/** North to south, from 0 to 1. */
export const mercatorY = (lat: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return Math.min(1, Math.max(0, 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI));
};

/** The box of a tile, in degrees. */
export const boundsOf = ({ z, x, y }: TileAddress): Box => {
  const scale = 2 ** z;
  const latAt = (row: number): number => (360 / Math.PI) * Math.atan(Math.exp((1 - (2 * row) / scale) * Math.PI)) - 90;
  return { west: (x / scale - 0.5) * 360, east: ((x + 1) / scale - 0.5) * 360, north: latAt(y), south: latAt(y + 1) };
};
