import { readFileSync } from 'node:fs';
import type {
  Commune,
  CommuneCode,
  Departement,
  DepartementCode,
  Epci,
  EpciCode,
  PointPrecision,
  Region,
  RegionCode,
  TerritoryRows,
} from '#modules/territory/index.ts';

/** The rows of a prepared file of `reference/`, by column name. For tests that hold for the whole of France. */
export const referenceRows = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(`reference/${file}.tsv`, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i] ?? '', value])));
};

/** The communes of France without a database, each with the region of its département. */
export const referenceCommunes = (): Commune[] => {
  const regionOf = new Map(referenceRows('departements').map(({ code, region = '' }) => [code, region]));
  return referenceRows('communes').map(
    (row): Commune => ({
      code: row.code as CommuneCode,
      name: row.name ?? '',
      partOf: orNull(row.part_of) as CommuneCode | null,
      departement: row.departement as DepartementCode,
      region: regionOf.get(row.departement) as RegionCode,
      epci: orNull(row.epci) as EpciCode | null,
      postcodes: row.postcodes?.slice(1, -1).split(',').filter(Boolean) ?? [],
      population: orNull(row.population) === null ? null : Number(row.population),
      lat: Number(row.lat),
      lon: Number(row.lon),
      precision: row.precision as PointPrecision,
      uncertaintyKm: Number(row.uncertainty_km),
    }),
  );
};

/** All the territories of France without a database, as the tables would give them. */
export const referenceTerritories = (): TerritoryRows => ({
  communes: referenceCommunes(),
  regions: referenceRows('regions').map(
    ({ code, name = '', seat }): Region => ({ code: code as RegionCode, name, seat: seat as CommuneCode }),
  ),
  departements: referenceRows('departements').map(
    ({ code, name = '', region, seat }): Departement => ({
      ...{ code: code as DepartementCode, name },
      ...{ region: region as RegionCode, seat: seat as CommuneCode },
    }),
  ),
  epcis: referenceRows('epci').map(
    ({ code, name = '', nature = '', population }): Epci => ({
      ...{ code: code as EpciCode, name, nature, population: Number(population) },
    }),
  ),
  formers: referenceRows('former-communes').map(({ code = '', name, commune = '' }) => ({
    ...{ code, name: orNull(name), commune },
  })),
});

/** `\N` stands for nothing. */
export const orNull = (value: string | undefined): string | null =>
  value === undefined || value === '\\N' ? null : value;
