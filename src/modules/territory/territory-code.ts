import type { Brand } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** INSEE code of a commune or of an arrondissement: five signs, `35238`, `2A004`, `97411`. */
export type CommuneCode = Brand<string, 'CommuneCode'>;
/** SIREN of an intercommunal body (EPCI à fiscalité propre): nine digits. */
export type EpciCode = Brand<string, 'EpciCode'>;
/** INSEE code of a département, or of an overseas collectivity: `35`, `2A`, `974`, `988`. */
export type DepartementCode = Brand<string, 'DepartementCode'>;
/** INSEE code of a region, `53`, `04`; for an overseas collectivity, the same as its département code. */
export type RegionCode = Brand<string, 'RegionCode'>;

/**
 * One territory, of whatever kind. The kind is needed: 18 region codes are also département codes
 * (75 is Nouvelle-Aquitaine and Paris).
 */
export type Territory =
  | { readonly kind: 'region'; readonly code: RegionCode }
  | { readonly kind: 'departement'; readonly code: DepartementCode }
  | { readonly kind: 'epci'; readonly code: EpciCode }
  | { readonly kind: 'commune'; readonly code: CommuneCode };

export type TerritoryKind = Territory['kind'];

const shapes: Readonly<Record<TerritoryKind, RegExp>> = {
  region: /^(\d{2}|9[78]\d)$/,
  departement: /^(\d{2}|2[AB]|9[78]\d)$/,
  epci: /^\d{9}$/,
  commune: /^(\d{2}|2[AB])\d{3}$/,
};

export const isRegionCode = (text: string): text is RegionCode => shapes.region.test(text);
export const isDepartementCode = (text: string): text is DepartementCode => shapes.departement.test(text);
export const isEpciCode = (text: string): text is EpciCode => shapes.epci.test(text);
export const isCommuneCode = (text: string): text is CommuneCode => shapes.commune.test(text);

/**
 * Reads `region:84`, `departement:75`, `epci:243500139` or `commune:35238`. Refuses any other text. That the territory
 * exists is the index's to say.
 */
export const parseTerritory = (text: string): Result<Territory> => {
  const [kind = '', code = '', ...rest] = text.trim().split(':');
  const upper = code.toUpperCase();
  if (rest.length === 0) {
    if (kind === 'region' && isRegionCode(upper)) return ok({ kind, code: upper });
    if (kind === 'departement' && isDepartementCode(upper)) return ok({ kind, code: upper });
    if (kind === 'epci' && isEpciCode(upper)) return ok({ kind, code: upper });
    if (kind === 'commune' && isCommuneCode(upper)) return ok({ kind, code: upper });
  }
  return refuse(unreadable);
};

const unreadable: Refusal = {
  code: 'bad_territory',
  message: 'attend un territoire comme region:84, departement:75, epci:243500139 ou commune:35238',
};

/** The text that `parseTerritory` reads. */
export const formatTerritory = ({ kind, code }: Territory): string => `${kind}:${code}`;

const segments: Readonly<Record<TerritoryKind, string>> = {
  region: 'regions',
  departement: 'departements',
  epci: 'epci',
  commune: 'communes',
};

/** The word of the addresses that stands for a kind: `regions` → `region`. */
export const kindOfSegment = (segment: string): TerritoryKind | undefined =>
  (Object.keys(segments) as TerritoryKind[]).find((kind) => segments[kind] === segment);

/** Address of the page of a territory. A public contract: `/territoires/communes/35238`. */
export const territoryPath = ({ kind, code }: Territory): `/territoires/${string}` =>
  `/territoires/${segments[kind]}/${code}`;
