import { z } from 'zod';
import { askJson } from '#platform/server/http/ask-json.ts';
import type { Logger } from '#platform/server/log.ts';
import { type Point, prepareNearest } from '../distance.ts';
import type { CommuneCode } from '../territory-code.ts';
import type { TerritoryIndex } from '../territory-index.ts';

/** A place found for a text. */
export interface GeocodeAnswer extends Point {
  /** « 8 Boulevard du Port 80000 Amiens » */
  readonly label: string;
  /** How fine it is: a door, a street, a locality or only the commune. */
  readonly kind: 'housenumber' | 'street' | 'locality' | 'municipality';
  readonly commune: CommuneCode;
  readonly postcode: string | undefined;
  /** Who answered: the online address base, or our own communes. */
  readonly from: 'ban' | 'local';
}

export interface Geocoder {
  /**
   * Places for an address or the name of a commune, best first; those around `near` before others. At most `limit`
   * (5 unless told, 20 at most). Never throws and never waits longer than the time-out: when the online base does not
   * answer well in time, our own communes answer.
   */
  find(text: string, options?: { near?: Point; limit?: number }): Promise<GeocodeAnswer[]>;
}

export interface GeocoderOptions {
  /** Address of a geocoder that speaks the BAN's format; none: our own communes only, and nothing leaves the server. */
  readonly url: string | undefined;
  /** The current index: read at each call, because it may be replaced. */
  readonly index: () => TerritoryIndex;
  readonly log: Logger;
  /** In milliseconds. 1 500 unless told. */
  readonly timeout?: number;
}

/**
 * A geocoder: online when an address is given (the public one is https://data.geopf.fr/geocodage/search), with our own
 * communes as the answer of last resort.
 */
export const createGeocoder = ({ url, index, log, timeout = 1_500 }: GeocoderOptions): Geocoder => ({
  find: async (text, { near, limit = 5 } = {}) => {
    const asked = { text: text.trim().slice(0, 200), near, limit: Math.max(1, Math.min(20, limit)) };
    // The base refuses a text of less than three signs.
    if (url !== undefined && asked.text.length >= 3) {
      const answers = await askBan(url, asked, timeout).catch((error: unknown) => {
        // Only the kind of trouble: the text is somebody's address, and an error may carry it.
        log.warn({ trouble: error instanceof Error ? error.name : 'unknown' }, 'geocoder did not answer');
        return [];
      });
      const known = answers.flatMap((answer) => withTodaysCommune(answer, index()));
      if (known.length > 0) return known;
    }
    return askIndex(index(), asked);
  },
});

interface Asked {
  readonly text: string;
  readonly near: Point | undefined;
  readonly limit: number;
}

const askBan = async (url: string, { text, near, limit }: Asked, timeout: number): Promise<GeocodeAnswer[]> => {
  const address = new URL(url);
  address.searchParams.set('q', text);
  address.searchParams.set('limit', String(limit));
  if (near) {
    address.searchParams.set('lat', String(near.lat));
    address.searchParams.set('lon', String(near.lon));
  }
  const { features } = answerOfBan.parse(await askJson(address, timeout));
  return features.slice(0, limit).map(({ geometry, properties }) => ({
    label: properties.label,
    kind: properties.type,
    commune: properties.citycode as CommuneCode,
    postcode: properties.postcode,
    lat: geometry.coordinates[1],
    lon: geometry.coordinates[0],
    from: 'ban',
  }));
};

/** GeocodeJSON as the BAN writes it; what we do not use is not looked at. */
const answerOfBan = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      geometry: z.object({
        type: z.literal('Point'),
        coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
      }),
      properties: z.object({
        label: z.string().min(1).max(300),
        type: z.enum(['housenumber', 'street', 'locality', 'municipality']),
        citycode: z.string().regex(/^(\d{2}|2[AB])\d{3}$/),
        postcode: z.string().max(10).optional(),
      }),
    }),
  ),
});

/** The base may still know a commune by its former code; one that we do not know at all is left out. */
const withTodaysCommune = (answer: GeocodeAnswer, index: TerritoryIndex): GeocodeAnswer[] => {
  const commune = index.commune(answer.commune);
  return commune ? [{ ...answer, commune: commune.code }] : [];
};

/**
 * Our own communes: the whole text, else the last words of an address (« 8 boulevard du Port, Amiens » → Amiens; a
 * postcode before the name narrows it), never less than one word.
 */
const askIndex = (index: TerritoryIndex, { text, near, limit }: Asked): GeocodeAnswer[] => {
  const words = text.split(/[\s,]+/).filter(Boolean);
  for (let start = 0; start < Math.min(words.length, 12); start += 1) {
    const found = index.complete(words.slice(start).join(' '), limit);
    if (found.length === 0) continue;
    const communes = found.map(({ commune }) => commune);
    const ordered = near ? prepareNearest(communes)(near, { limit }).map(({ item }) => item) : communes;
    return ordered.map((commune) => ({
      label: `${commune.name}${commune.postcodes[0] ? ` (${commune.postcodes[0]})` : ''}`,
      kind: 'municipality',
      commune: commune.code,
      postcode: commune.postcodes[0],
      lat: commune.lat,
      lon: commune.lon,
      from: 'local',
    }));
  }
  return [];
};
