/** Degrees, WGS 84. */
export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** A point on a sphere of radius 1. */
export const unitVector = (lat: number, lon: number): { x: number; y: number; z: number } => {
  const [phi, lambda] = [lat * RADIANS, lon * RADIANS];
  const level = Math.cos(phi);
  return { x: level * Math.cos(lambda), y: level * Math.sin(lambda), z: Math.sin(phi) };
};

/**
 * The square of the chord through the Earth, its radius being 1, for a distance on the ground; and back, in whole metres.
 * It grows with the distance, and comparing chords costs no trigonometry.
 */
export const chordOf = (km: number): number => (2 * Math.sin((km * 1000) / EARTH_METRES / 2)) ** 2;
export const metresOf = (chord: number): number =>
  Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord) / 2)));

/** A box as one or, when it crosses the date line, two that do not. */
export const partsOf = (box: Box): readonly Box[] =>
  box.west <= box.east
    ? [box]
    : [
        { ...box, east: 180 },
        { ...box, west: -180 },
      ];

/** The middle of a box, on the other side of the date line where that is so. */
export const middleOf = ({ west, south, east, north }: Box): Spot => {
  const lon = (west + (west <= east ? east : east + 360)) / 2;
  return { lat: (south + north) / 2, lon: lon > 180 ? lon - 360 : lon };
};

/** The box that holds a circle. Cut at the poles and at the date line, which no French land crosses. */
export const boxAround = ({ lat, lon }: Spot, km: number): Box => {
  const high = km / ((EARTH_METRES / 1000) * RADIANS);
  const wide = high / Math.max(0.01, Math.cos(Math.min(89, Math.abs(lat) + high) * RADIANS));
  return {
    west: Math.max(-180, lon - wide),
    east: Math.min(180, lon + wide),
    south: Math.max(-90, lat - high),
    north: Math.min(90, lat + high),
  };
};
