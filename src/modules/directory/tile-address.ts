import type { TileAddress } from './search/tile.ts';

/** The address of a tile from the three parts of its path. Only digits are a number: `1e3` is not. */
export const readTileAddress = ({ z, x, y }: Readonly<Record<'z' | 'x' | 'y', string>>): TileAddress => ({
  z: whole(z),
  x: whole(x),
  y: whole(y),
});

const whole = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN);
