/** Somewhere, in degrees. */
export interface Spot {
  readonly lon: number;
  readonly lat: number;
}

/** A point of a square of a hundred, from its top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left empty around what is drawn. */
const MARGIN = 8;

/**
 * How a territory is put on a square of a hundred, as large as it goes and in its own shape: an east-west degree is shorter
 * the farther from the equator. `all`: everything that must be inside; alone, a point is in the middle.
 */
export const squareOf = (all: readonly Spot[]): ((spot: Spot) => Point) => {
  const lats = all.map(({ lat }) => lat);
  const [south, north] = [least(lats), -least(lats.map((lat) => -lat))];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const xs = all.map(({ lon }) => lon * shrink);
  const [west, east] = [least(xs), -least(xs.map((x) => -x))];
  const size = Math.max(east - west, north - south) || 1;
  const scale = (100 - 2 * MARGIN) / size;
  return ({ lon, lat }) => ({
    x: round(50 + (lon * shrink - (west + east) / 2) * scale),
    y: round(50 - (lat - (south + north) / 2) * scale),
  });
};

/** The smallest convex outline around points, in order; the points themselves when there are two or fewer. */
export const outlineOf = (points: readonly Point[]): readonly Point[] => {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (along: readonly Point[]): Point[] => {
    const kept: Point[] = [];
    for (const point of along) {
      while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
};

/** The size of a mark on the map: its area goes with how many it stands for. */
export const radiusOf = (count: number): number => round(Math.min(12, 2 + Math.sqrt(count) * 1.5));

const turn = (a: Point | undefined, b: Point | undefined, c: Point): number =>
  a && b ? (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) : 0;

const least = (numbers: readonly number[]): number => numbers.reduce((min, one) => Math.min(min, one), Infinity);
const round = (number: number): number => Math.round(number * 10) / 10;
