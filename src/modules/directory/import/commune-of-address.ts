import { type Commune, distanceKm, foldPlaceName } from '#modules/territory/index.ts';

/** What the territory's index offers, as far as addresses need it. */
export interface Communes {
  readonly communes: readonly Commune[];
  commune(code: string): Commune | undefined;
  arrondissementsOf(code: Commune['code']): readonly Commune[];
  nearest(
    centre: { readonly lat: number; readonly lon: number },
    options?: { limit?: number; maxKm?: number },
  ): readonly { readonly item: Commune }[];
}

export interface AddressHints {
  readonly insee?: string | null | undefined;
  readonly postcode?: string | null | undefined;
  readonly city?: string | undefined;
  readonly lat?: number | null | undefined;
  readonly lon?: number | null | undefined;
}

/** How a commune was found; `nearest`: only by the point, and perhaps the next one. */
export type FoundCommune =
  | { readonly commune: Commune; readonly by: 'code' | 'postcode' | 'name' | 'nearest' }
  | { readonly commune: undefined; readonly reason: string };

/**
 * Finds the commune of today of an address: by its INSEE code, former codes included; by its postcode and its name, as
 * registers write it (« ST MALO CEDEX ») ; by its name in the département of a CEDEX postcode; by its point alone when
 * nothing else is said. Paris, Lyon and Marseille become the arrondissement of the postcode.
 */
export const prepareCommuneOfAddress = (index: Communes): ((hints: AddressHints) => FoundCommune) => {
  const byPostcode = new Map<string, Commune[]>();
  const byName = new Map<string, Commune[]>();
  for (const commune of index.communes) {
    if (commune.partOf === null) byName.set(keyOf(commune.name), [...(byName.get(keyOf(commune.name)) ?? []), commune]);
    for (const postcode of commune.postcodes) byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), commune]);
  }

  const within = (commune: Commune, postcode: string | null | undefined): Commune =>
    index.arrondissementsOf(commune.code).find(({ postcodes }) => postcodes.includes(postcode ?? '')) ?? commune;

  return ({ insee, postcode, city, lat, lon }) => {
    const coded = insee ? index.commune(insee) : undefined;
    if (coded) return { commune: within(coded, postcode), by: 'code' };
    const name = keyOf(city ?? '');
    const sharing = (byPostcode.get(postcode ?? '') ?? []).filter(({ partOf }) => partOf === null);
    const named = sharing.find((commune) => keyOf(commune.name) === name);
    if (named) return { commune: within(named, postcode), by: 'postcode' };
    if (sharing.length === 1 && sharing[0]) return { commune: within(sharing[0], postcode), by: 'postcode' };
    const prefix = departementOfPostcode(postcode ?? '');
    const anywhere = byName.get(name) ?? [];
    const namesakes = anywhere.filter(({ departement }) => prefix === '' || departement.startsWith(prefix));
    if (namesakes.length === 1 && namesakes[0]) return { commune: within(namesakes[0], postcode), by: 'name' };

    const point = lat != null && lon != null ? { lat, lon } : undefined;
    if (point) {
      // A mistaken postcode is set right by the name and the point together.
      const near = [sharing, namesakes, anywhere]
        .map((candidates) => nearestOf(candidates, point))
        .find((candidate) => candidate && distanceKm(candidate, point) <= MOST_KM);
      if (near) return { commune: near, by: 'postcode' };
      const around = index.nearest(point, { limit: 1, maxKm: MOST_KM })[0];
      if (around && name === '' && !postcode) return { commune: around.item, by: 'nearest' };
    }
    return { commune: undefined, reason: reasonOf({ insee, postcode, city }, sharing.length) };
  };
};

/** A point farther than this from a commune's own is not in it. */
const MOST_KM = 25;

const nearestOf = (communes: readonly Commune[], point: { lat: number; lon: number }): Commune | undefined =>
  communes.toSorted((a, b) => distanceKm(a, point) - distanceKm(b, point))[0];

/** `ST MALO CEDEX 4`, `PARIS 12EME ARRONDISSEMENT`, `VERTEUIL S/CHARENTE` as the index's names are folded. */
const keyOf = (city: string): string =>
  foldPlaceName(
    city
      .replace(/\bs\/\s?/gi, 'sur ')
      .replace(/\bcedex\b.*$/i, '')
      .replace(/\(.*\)/, ''),
  )
    .replace(/^(paris|lyon|marseille) \d+e?r?( arrondissement)?$/, '$1')
    .replace(/^(?:le|la|les|l) /, '');

/** Corsica's postcodes begin with 20, overseas ones with three digits. */
const departementOfPostcode = (postcode: string): string => {
  if (!/^\d{5}$/.test(postcode)) return '';
  if (/^9[78]/.test(postcode)) return postcode.slice(0, 3);
  return postcode.startsWith('20') ? '2' : postcode.slice(0, 2);
};

const reasonOf = ({ insee, postcode, city }: AddressHints, sharing: number): string => {
  if (!insee && !postcode && !city)
    return 'rien ne dit la commune : ni code INSEE, ni code postal, ni nom, ni coordonnées';
  if (sharing > 1)
    return `le code postal ${postcode} est celui de ${sharing} communes : écrivez le nom ou le code INSEE`;
  const told = [
    insee && `code INSEE ${insee}`,
    postcode && `code postal ${postcode}`,
    city && `« ${city.slice(0, 60)} »`,
  ];
  return `la commune est introuvable (${told.filter(Boolean).join(', ')})`;
};
