import { type Commune, distanceKm } from '#modules/territory/index.ts';
import type { PlacePrecision } from '../model.ts';
import type { FoundCommune } from './commune-of-address.ts';

/** The part of a row that says where it is. */
export interface Address {
  readonly line?: string | null;
  readonly postcode?: string | null;
  readonly insee?: string | null;
  readonly lat?: number | null;
  readonly lon?: number | null;
  readonly precision?: PlacePrecision;
}

/** An address found online. */
export interface FoundAddress {
  readonly lat: number;
  readonly lon: number;
  readonly kind: 'housenumber' | 'street' | 'locality' | 'municipality';
  readonly commune: string;
}

/** Farther than this from its commune's point, beyond what we may err ourselves, a point is mistaken. */
export const FARTHEST_KM = 25;

export interface Placed {
  readonly address: Required<Address>;
  readonly remarks: readonly string[];
}

/**
 * Places an address. Coordinates that came with the row are kept when they agree with the commune; else the address is
 * looked for; else only the commune is known, and its point is shown. `before`: what is stored of the same row, so that an
 * address that has not changed is not looked for again and stays where it was found. Refuses only when the commune cannot
 * be known.
 */
export const placeAddress = async (
  told: Address & { readonly doubtful?: boolean | undefined },
  found: FoundCommune,
  before: Address | undefined,
  find: ((text: string, near: Commune) => Promise<FoundAddress | undefined>) | undefined,
): Promise<Placed | { readonly reason: string }> => {
  const { commune } = found;
  if (!commune) return { reason: found.reason };
  const remarks: string[] = [];
  if (found.by === 'nearest') remarks.push(`commune déduite des coordonnées : ${commune.name}`);
  const base = { line: told.line ?? null, postcode: told.postcode ?? null, insee: commune.code as string };
  const given = pointOf(told, commune, remarks);
  if (given && !told.doubtful)
    return { address: { ...base, ...given, precision: told.precision ?? 'manual' }, remarks };

  const same = before && before.line === base.line && before.postcode === base.postcode && before.insee === base.insee;
  if (same && before.lat != null && before.lon != null && isFine(before.precision)) {
    const { lat, lon, precision = 'manual' } = before;
    return { address: { ...base, lat, lon, precision }, remarks };
  }
  if (base.line && find) {
    const answer = await find([base.line, base.postcode, commune.name].filter(Boolean).join(' '), commune);
    const agrees = answer && distanceKm(answer, commune) <= FARTHEST_KM + commune.uncertaintyKm;
    if (answer && agrees && answer.kind !== 'municipality') {
      const precision = answer.kind === 'housenumber' ? 'housenumber' : 'street';
      return { address: { ...base, lat: answer.lat, lon: answer.lon, precision }, remarks };
    }
  }
  // A point of which the file itself doubts is still nearer than the middle of the commune, and is shown as such.
  if (given) return { address: { ...base, ...given, precision: 'commune' }, remarks };
  return { address: { ...base, lat: null, lon: null, precision: 'commune' }, remarks };
};

const isFine = (precision: PlacePrecision | undefined): boolean =>
  precision === 'housenumber' || precision === 'street';

/** The point that came with the row, when it may be that of an address of the commune. */
const pointOf = (
  { lat, lon }: Address,
  commune: Commune,
  remarks: string[],
): { lat: number; lon: number } | undefined => {
  if (lat == null && lon == null) return undefined;
  if (lat == null || lon == null || Math.abs(lat) > 90 || Math.abs(lon) > 180) {
    remarks.push('coordonnées incomplètes ou hors du globe, laissées de côté');
    return undefined;
  }
  if (lat === 0 && lon === 0) return undefined;
  const limit = FARTHEST_KM + commune.uncertaintyKm;
  const away = distanceKm({ lat, lon }, commune);
  if (away <= limit) return { lat, lon };
  const swapped = Math.abs(lon) <= 90 && distanceKm({ lat: lon, lon: lat }, commune) <= limit;
  const hint = swapped ? ' (latitude et longitude semblent inversées)' : '';
  remarks.push(`coordonnées à ${Math.round(away).toLocaleString('fr-FR')} km de ${commune.name}, écartées${hint}`);
  return undefined;
};
