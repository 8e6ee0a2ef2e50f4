import type { Database } from '#platform/server/database/database.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import type { Commune, Departement, Epci, Region } from '../commune.ts';
import type { CommuneCode, DepartementCode, EpciCode, RegionCode } from '../territory-code.ts';
import { buildTerritoryIndex, type TerritoryIndex, type TerritoryRows } from '../territory-index.ts';
import { TERRITORY_TOPIC } from './load.ts';
import './tables.ts';

/** The territories in memory: `context.indexes.get(territoryIndex).commune('35238')`. */
export const territoryIndex: IndexDefinition<TerritoryIndex> = {
  name: 'territory',
  topics: [TERRITORY_TOPIC],
  build: async (db) => buildTerritoryIndex(await readTerritories(db)),
};

const readTerritories = async (db: Database): Promise<TerritoryRows> => {
  const [regions, departements, epcis, communes, points, formers] = await Promise.all([
    db.selectFrom('region').selectAll().execute(),
    db.selectFrom('departement').selectAll().execute(),
    db.selectFrom('epci').selectAll().execute(),
    db.selectFrom('commune').selectAll().execute(),
    db.selectFrom('commune_point').select(['code', 'lat', 'lon', 'uncertainty_km']).execute(),
    db.selectFrom('former_commune').select(['code', 'name', 'commune']).execute(),
  ]);
  const regionOf = new Map(departements.map(({ code, region }) => [code, region]));
  const imported = new Map(points.map((point) => [point.code, point]));
  // The tables are filled from the official code by this module alone: their codes are of the right shape.
  return {
    formers,
    regions: regions as Region[],
    departements: departements as Departement[],
    epcis: epcis as Epci[],
    communes: communes.map((row): Commune => {
      const better = imported.get(row.code);
      return {
        code: row.code as CommuneCode,
        name: row.name,
        partOf: row.part_of as CommuneCode | null,
        departement: row.departement as DepartementCode,
        region: (regionOf.get(row.departement) ?? '') as RegionCode,
        epci: row.epci as EpciCode | null,
        postcodes: row.postcodes,
        population: row.population,
        lat: (better ?? row).lat,
        lon: (better ?? row).lon,
        precision: better ? 'imported' : row.precision,
        uncertaintyKm: (better ?? row).uncertainty_km,
      };
    }),
  };
};
