import type { ColumnType } from 'kysely';
import type { PointPrecision } from '../commune.ts';

/** Written as text, read as they are. Codes are INSEE's, and SIREN for the EPCI. */
export interface TerritoryTables {
  region: { code: string; name: string; seat: string };
  departement: { code: string; name: string; region: string; seat: string };
  epci: { code: string; name: string; nature: string; population: number };
  /** Communes of today, and the arrondissements of Paris, Lyon and Marseille (`part_of` is then their city). */
  commune: {
    code: string;
    name: string;
    part_of: string | null;
    departement: string;
    epci: string | null;
    postcodes: string[];
    population: number | null;
    lat: number;
    lon: number;
    precision: PointPrecision;
    uncertainty_km: number;
  };
  /** `commune` is today's. The name is not always known; the code may still be in use by today's commune. */
  former_commune: { code: string; name: string | null; commune: string; kind: string };
  /** Points brought by an import: they win over those of `commune` and outlive a reload of the reference data. */
  commune_point: { code: string; lat: number; lon: number; source: string; uncertainty_km: number };
  /** One row: the fingerprint of the reference data that the tables hold. */
  territory_reference: { single: ColumnType<boolean, boolean | undefined, never>; fingerprint: string };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends TerritoryTables {}
}
