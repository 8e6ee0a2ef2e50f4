import type { Point } from '../distance.ts';
import type { TerritoryIndex } from '../territory-index.ts';
import type { Geocoder } from './geocoder.ts';

/**
 * The point of an address at its door or in its street, only as the address base found it in that very commune: our own
 * communes say no more than the commune does. Undefined when it is not found.
 */
export const pointOfAddress = async (
  geocoder: Geocoder,
  territories: TerritoryIndex,
  { line, postcode, insee }: { readonly line: string; readonly postcode: string; readonly insee: string },
): Promise<(Point & { readonly precision: 'housenumber' | 'street' }) | undefined> => {
  const commune = territories.commune(insee);
  if (!commune || line === '') return undefined;
  const [answer] = await geocoder.find([line, postcode, commune.name].filter(Boolean).join(' '), {
    ...{ near: commune, limit: 1 },
  });
  const here = answer?.from === 'ban' && (answer.commune === commune.code || answer.commune === commune.partOf);
  if (!here || (answer.kind !== 'housenumber' && answer.kind !== 'street')) return undefined;
  return { lat: answer.lat, lon: answer.lon, precision: answer.kind };
};
