/** A point on Earth in decimal degrees (WGS 84). */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Mean radius of the Earth, in kilometres (IUGG). */
const EARTH_RADIUS_KM = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Distance as the crow flies, in kilometres (haversine on a sphere: within 0.6 % of the real one). */
export const distanceKm = (a: Point, b: Point): number => {
  const halfLat = radians(b.lat - a.lat) / 2;
  const halfLon = radians(b.lon - a.lon) / 2;
  const chord = Math.sin(halfLat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/** One item and how far it is. */
export interface Near<T> {
  readonly item: T;
  readonly distanceKm: number;
}

/** Finds the items around `centre`, nearest first, at most `limit` of them (20) and none farther than `maxKm`. */
export type Nearest<T> = (centre: Point, options?: { limit?: number; maxKm?: number }) => Near<T>[];

/**
 * Prepares the search of the items around a point: they are put in order of latitude, and read from the centre's towards
 * north and south until the difference of latitude alone is more than the farthest found.
 */
export const prepareNearest = <T extends Point>(items: readonly T[]): Nearest<T> => {
  const byLatitude = items.toSorted((a, b) => a.lat - b.lat);

  return (centre, { limit = 20, maxKm = Number.POSITIVE_INFINITY } = {}) => {
    const found: Near<T>[] = [];
    let farthest = maxKm;
    /** False when this item and all those beyond it are too far. */
    const consider = (item: T | undefined): boolean => {
      if (!item || EARTH_RADIUS_KM * Math.abs(radians(item.lat - centre.lat)) > farthest) return false;
      const distance = distanceKm(centre, item);
      if (distance > farthest) return true;
      const at = found.findLastIndex((other) => other.distanceKm <= distance) + 1;
      found.splice(at, 0, { item, distanceKm: distance });
      if (found.length > limit) found.pop();
      if (found.length === limit) farthest = Math.min(maxKm, found.at(-1)?.distanceKm ?? maxKm);
      return true;
    };
    let north = firstFrom(byLatitude, centre.lat);
    let south = north - 1;
    for (let [up, down] = [true, true]; up || down; north += 1, south -= 1) {
      up &&= consider(byLatitude[north]);
      down &&= consider(byLatitude[south]);
    }
    return found;
  };
};

/** Where the first item of this latitude or more stands. */
const firstFrom = (byLatitude: readonly Point[], latitude: number): number => {
  let [low, high] = [0, byLatitude.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((byLatitude[middle]?.lat ?? 0) < latitude) low = middle + 1;
    else high = middle;
  }
  return low;
};
