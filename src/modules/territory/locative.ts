import type { Commune, Departement, Epci, Region } from './commune.ts';

/**
 * Where something is, in a département or a collectivity: « dans l’Ain », « en Ille-et-Vilaine », « à Mayotte ».
 * Feminine names take « en » where usage does (« en Gironde ») and « dans la » where it keeps the article (« dans la
 * Somme »); two rivers joined by « et » take « en »; plural and masculine names keep their article.
 */
export const inDepartement = ({ code, name }: Pick<Departement, 'code' | 'name'>): string =>
  written[code] ?? `${required(departementPrepositions.get(code), code)}${name}`;

/** Where something is, in a region: « en Bretagne », « dans les Hauts-de-France », « à La Réunion ». */
export const inRegion = ({ code, name }: Pick<Region, 'code' | 'name'>): string =>
  written[code] ?? `${required(regionPrepositions.get(code), code)}${name}`;

/** Where something is, in a commune: « à Rennes », « au Havre », « aux Lilas », « dans le 18e arrondissement de Paris ». */
export const inCommune = ({ code, name }: Pick<Commune, 'code' | 'name'>): string => {
  if (written[code]) return written[code];
  const arrondissement = /^(.+) (\d+er?) arrondissement$/.exec(name);
  if (arrondissement) return `dans le ${arrondissement[2]} arrondissement de ${arrondissement[1]}`;
  if (name.startsWith('Le ')) return `au ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `aux ${name.slice(4)}`;
  if (name.startsWith('Île-')) return `à l’${name}`;
  return `à ${name}`;
};

/** Where something is, in an intercommunal body: « dans la communauté de communes du Perche », « à Rennes Métropole ». */
export const inEpci = ({ name }: Pick<Epci, 'name'>): string => {
  if (/^(Communauté|Métropole) /.test(name)) return `dans la ${lowerFirst(name)}`;
  if (name.startsWith('Eurométropole ')) return `dans l’${lowerFirst(name)}`;
  return `à ${name}`;
};

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** Territories whose name changes after the preposition. */
const written: Readonly<Record<string, string>> = {
  '989': 'sur l’île de Clipperton',
  '98411': 'aux îles Saint-Paul et Nouvelle-Amsterdam',
  '98412': 'dans l’archipel des Kerguelen',
  '98413': 'dans l’archipel des Crozet',
  '98414': 'en Terre-Adélie',
  '98415': 'aux îles Éparses de l’océan Indien',
  '98901': 'sur l’île de Clipperton',
};

const byCode = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(table).flatMap(([preposition, codes]) =>
      codes.split(' ').map((code) => [code, preposition] as const),
    ),
  );

const collectivities = { 'à ': '975 977 978 986', 'en ': '987 988', 'dans les ': '984' } as const;

const departementPrepositions = byCode({
  'dans l’': '01 02 03 10 11 12 27 34 36 60 61 89',
  'dans le ': '14 15 18 25 29 30 32 39 45 46 56 59 62 63 67 68 69 81 83 84 90 94 95',
  'dans la ': '23 26 42 50 51 55 58 72 80 86',
  'dans les ': `04 05 06 08 13 22 40 64 65 66 78 79 88 92 ${collectivities['dans les ']}`,
  'en ':
    '07 09 16 17 19 21 24 28 2A 2B 31 33 35 37 38 41 43 44 47 48 49 52 53 54 57 70 71 73 74 76 77 82 85 87 91 93 ' +
    `971 972 973 ${collectivities['en ']}`,
  'à ': `75 974 976 ${collectivities['à ']}`,
});

const regionPrepositions = byCode({
  'en ': `01 02 03 11 24 27 28 53 75 76 84 93 94 ${collectivities['en ']}`,
  'dans les ': `32 52 ${collectivities['dans les ']}`,
  'dans le ': '44',
  'à ': `04 06 ${collectivities['à ']}`,
});

const required = (preposition: string | undefined, code: string): string => {
  if (preposition === undefined) throw new Error(`no preposition for ${code}: add it to the table`);
  return preposition;
};
