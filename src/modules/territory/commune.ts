import type { CommuneCode, DepartementCode, EpciCode, RegionCode } from './territory-code.ts';

/**
 * How the point of a commune is known. `imported`: from an official file that the operator brought. `located`: the town
 * itself, by GeoNames. `manual`: by hand, from the map. `postcode`, `epci`: the middle of the known communes of the same
 * postcode or of the same intercommunal body.
 */
export type PointPrecision = 'imported' | 'located' | 'manual' | 'postcode' | 'epci';

/** A commune of today, or an arrondissement of Paris, Lyon or Marseille. */
export interface Commune {
  readonly code: CommuneCode;
  readonly name: string;
  /** Of an arrondissement: its city. */
  readonly partOf: CommuneCode | null;
  readonly departement: DepartementCode;
  readonly region: RegionCode;
  /** Nobody's on four islands, in the overseas collectivities. */
  readonly epci: EpciCode | null;
  readonly postcodes: readonly string[];
  /** Municipal population; null where nobody lives all year. */
  readonly population: number | null;
  readonly lat: number;
  readonly lon: number;
  readonly precision: PointPrecision;
  /** Nineteen points out of twenty are nearer than this to the middle of their commune. */
  readonly uncertaintyKm: number;
}

export interface Epci {
  readonly code: EpciCode;
  /** « Communauté de communes du Pays de Fayence » */
  readonly name: string;
  /** « communauté de communes », « communauté d’agglomération », « communauté urbaine » or « métropole » */
  readonly nature: string;
  readonly population: number;
}

export interface Departement {
  readonly code: DepartementCode;
  readonly name: string;
  readonly region: RegionCode;
  readonly seat: CommuneCode;
}

export interface Region {
  readonly code: RegionCode;
  readonly name: string;
  readonly seat: CommuneCode;
}
