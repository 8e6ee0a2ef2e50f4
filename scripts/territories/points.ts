import { distanceKm, type Point } from '#modules/territory/index.ts';
import type { Place } from './places.ts';
import { pointsByHand } from './points-by-hand.ts';

/** What is needed of a commune to place it. */
export interface CommuneToPlace {
  readonly code: string;
  readonly name: string;
  readonly departement: string;
  readonly epci: string | undefined;
  readonly postcodes: readonly string[];
  /** Of an arrondissement: the city it is part of. */
  readonly partOf: string | undefined;
}

export interface PlacedPoint extends Point {
  readonly precision: 'located' | 'postcode' | 'epci' | 'manual';
  /** Nineteen points out of twenty are nearer than this to the middle of their commune. */
  readonly uncertaintyKm: number;
}

/**
 * A point for every commune, by the first of these that answers: the place of GeoNames with its code (`located`), the
 * list made by hand (`manual`), the mean of the located communes of the same postcode (`postcode`), of the same EPCI
 * (`epci`). Throws when a commune is left without a point: the list by hand must then grow.
 *
 * Uncertainties were measured against the points inside the communes of IGN's Admin Express: 19 out of 20 located ones
 * are within 3 km, 19 out of 20 guessed by postcode within 13 km, by EPCI within 31 km. Overseas, communes are wider.
 */
export const placeCommunes = (
  communes: readonly CommuneToPlace[],
  places: readonly Place[],
): Map<string, PlacedPoint> => {
  const points = new Map<string, PlacedPoint>();
  const byCode = Map.groupBy(places, (place) => place.commune);
  for (const commune of communes) {
    const place = bestPlace(commune, byCode) ?? byName(commune, places);
    const hand = pointsByHand[commune.code];
    if (place) points.set(commune.code, located(commune, place));
    else if (hand) points.set(commune.code, { ...round(hand), precision: 'manual', uncertaintyKm: hand.uncertaintyKm });
  }

  for (const code of misplaced(communes, points)) points.delete(code);

  const seen = locatedIn(communes, points);
  const byPostcode = group(seen, (commune) => commune.postcodes);
  const byEpci = group(seen, (commune) => (commune.epci ? [commune.epci] : []));
  const pointsOf = (neighbours: Iterable<CommuneToPlace>): Point[] =>
    [...new Set(neighbours)].flatMap((neighbour) => points.get(neighbour.code) ?? []);
  const guessed = communes
    .filter((commune) => !points.has(commune.code))
    .map((commune): [string, PlacedPoint] => {
      const samePostcode = pointsOf(commune.postcodes.flatMap((postcode) => byPostcode.get(postcode) ?? []));
      const sameEpci = pointsOf(byEpci.get(commune.epci ?? '') ?? []);
      const guess = samePostcode.length > 0 ? samePostcode : sameEpci;
      if (guess.length === 0) throw new Error(`${commune.code} ${commune.name} has no point: add it by hand`);
      const precision = samePostcode.length > 0 ? 'postcode' : 'epci';
      return [commune.code, { ...round(mean(guess)), precision, uncertaintyKm: uncertainty(commune, precision) }];
    });
  return new Map([...points, ...guessed]);
};

const locatedIn = (communes: readonly CommuneToPlace[], points: ReadonlyMap<string, PlacedPoint>): CommuneToPlace[] =>
  communes.filter((commune) => points.get(commune.code)?.precision === 'located' && !commune.partOf);

/** In the mainland no true place was found farther than this from all the located communes of its own EPCI. */
const FARTHEST_FROM_OWN_EPCI_KM = 35;

/** Codes of the mainland's communes that GeoNames puts in another corner of France: 3 of them in 2023. */
const misplaced = (communes: readonly CommuneToPlace[], points: ReadonlyMap<string, PlacedPoint>): string[] => {
  const mainland = locatedIn(communes, points).filter((commune) => commune.departement.length === 2);
  const byEpci = group(mainland, (commune) => (commune.epci ? [commune.epci] : []));
  return mainland.flatMap((commune) => {
    const own = points.get(commune.code);
    const others = (byEpci.get(commune.epci ?? '') ?? []).filter((other) => other !== commune);
    const far = others.every((other) => {
      const point = points.get(other.code);
      return own && point && distanceKm(own, point) > FARTHEST_FROM_OWN_EPCI_KM;
    });
    return far && others.length > 0 ? [commune.code] : [];
  });
};

/**
 * Several places share a code when a city has parts, or when GeoNames is mistaken (Marseille's code is also on a hamlet):
 * the seat first, then the place with the commune's own name, then the largest.
 */
const bestPlace = (commune: CommuneToPlace, byCode: ReadonlyMap<string | undefined, Place[]>): Place | undefined => {
  if (commune.partOf) {
    const number = /(\d+)e/.exec(commune.name)?.[1] ?? '';
    const city = commune.name.split(' ')[0];
    return byCode.get(commune.partOf)?.find((place) => place.name === `${city} ${number.padStart(2, '0')}`);
  }
  return byCode
    .get(commune.code)
    ?.toSorted((a, b) => rank(a, commune) - rank(b, commune) || b.population - a.population)[0];
};

const rank = (place: Place, commune: CommuneToPlace): number =>
  place.feature === 'PPLC' || place.feature.startsWith('PPLA')
    ? 0
    : bareName(place.name) === bareName(commune.name)
      ? 1
      : 2;

/** Overseas, where GeoNames often has no INSEE code: by country and name. */
const byName = (commune: CommuneToPlace, places: readonly Place[]): Place | undefined => {
  const country = countryOf[commune.departement];
  return country === undefined
    ? undefined
    : places.find((place) => place.country === country && bareName(place.name) === bareName(commune.name));
};

const countryOf: Readonly<Record<string, string>> = {
  '975': 'PM',
  '976': 'YT',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
};

/** The name without accents, capitals and signs. */
const bareName = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const located = (commune: CommuneToPlace, place: Place): PlacedPoint => ({
  ...round(place),
  precision: 'located',
  uncertaintyKm: uncertainty(commune, 'located'),
});

const kilometres = { located: 3, postcode: 13, epci: 31 } as const;
const kilometresOverseas = { located: 13, postcode: 20, epci: 31 } as const;
/** Guyane: 22 communes on 84 000 km². */
const kilometresInGuyane = { located: 85, postcode: 85, epci: 120 } as const;

const uncertainty = (commune: CommuneToPlace, precision: keyof typeof kilometres): number => {
  if (commune.partOf) return 4;
  if (commune.departement === '973') return kilometresInGuyane[precision];
  return (commune.departement.length === 3 ? kilometresOverseas : kilometres)[precision];
};

const mean = (points: readonly Point[]): Point => ({
  lat: points.reduce((sum, point) => sum + point.lat, 0) / points.length,
  lon: points.reduce((sum, point) => sum + point.lon, 0) / points.length,
});

/** A ten-thousandth of a degree is eleven metres: more would be a pretence. */
const round = ({ lat, lon }: Point): Point => ({ lat: Number(lat.toFixed(4)), lon: Number(lon.toFixed(4)) });

const group = (communes: readonly CommuneToPlace[], keys: (commune: CommuneToPlace) => readonly string[]) => {
  const groups = new Map<string, CommuneToPlace[]>();
  for (const commune of communes)
    for (const key of keys(commune)) {
      const members = groups.get(key);
      if (members) members.push(commune);
      else groups.set(key, [commune]);
    }
  return groups;
};
