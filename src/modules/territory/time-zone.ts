import type { Commune } from './commune.ts';

/** IANA name of the time zone of a commune: `Europe/Paris`, `Indian/Reunion`, `Pacific/Marquesas`. */
export const timeZoneOfCommune = ({ code, departement }: Pick<Commune, 'code' | 'departement'>): string =>
  communes[code] ?? timeZoneOfDepartement(departement);

/**
 * IANA name of the time zone of a département or an overseas collectivity; where it has several (Polynésie française,
 * Terres australes), that of most of its people. A region of several départements is always in the mainland.
 */
export const timeZoneOfDepartement = (departement: string): string => departements[departement] ?? 'Europe/Paris';

/** Source: the zones of the IANA time zone database, https://data.iana.org/time-zones/tzdb/zone.tab */
const departements: Readonly<Record<string, string>> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '984': 'Indian/Kerguelen',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
  // Eight hours behind UTC all year; the database has no name for it (the sign of `Etc` zones is inverted).
  '989': 'Etc/GMT+8',
};

const marquesas = 'Pacific/Marquesas';

/** Communes that do not keep the time of their collectivity. */
const communes: Readonly<Record<string, string>> = {
  '98414': 'Antarctica/DumontDUrville',
  // Juan de Nova, Europa and Bassas da India are in the Mozambique Channel, as Mayotte.
  '98415': 'Indian/Mayotte',
  '98718': marquesas, // Fatu-Hiva
  '98723': marquesas, // Hiva-Oa
  '98731': marquesas, // Nuku-Hiva
  '98746': marquesas, // Tahuata
  '98756': marquesas, // Ua-Huka
  '98757': marquesas, // Ua-Pou
  '98719': 'Pacific/Gambier',
};
