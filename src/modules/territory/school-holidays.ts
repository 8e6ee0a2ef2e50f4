/** Whose calendar of school holidays a place follows. */
export interface SchoolHolidays {
  /** `own`: Corse and the territories overseas, which set their own calendar. */
  readonly zone: 'A' | 'B' | 'C' | 'own';
  /** « Rennes »; absent in the collectivities that are in no académie of their own. */
  readonly academie: string | undefined;
}

/**
 * The zone of school holidays of a département or an overseas collectivity.
 * Zones: arrêté du 15 décembre 2020 fixant le calendrier scolaire (MENE2032706A). Own calendars: articles D. 521-6 and
 * D. 521-7 of the Code de l’éducation. Départements of each académie: article R. 222-2 of the same.
 */
export const schoolHolidays = (departement: string): SchoolHolidays => {
  for (const [zone, academies] of entries(zones))
    for (const [academie, departements] of Object.entries(academies))
      if (departements.split(' ').includes(departement)) return { zone, academie };
  return { zone: 'own', academie: undefined };
};

const zones: Readonly<Record<SchoolHolidays['zone'], Readonly<Record<string, string>>>> = {
  A: {
    Besançon: '25 39 70 90',
    Bordeaux: '24 33 40 47 64',
    'Clermont-Ferrand': '03 15 43 63',
    Dijon: '21 58 71 89',
    Grenoble: '07 26 38 73 74',
    Limoges: '19 23 87',
    Lyon: '01 42 69',
    Poitiers: '16 17 79 86',
  },
  B: {
    'Aix-Marseille': '04 05 13 84',
    Amiens: '02 60 80',
    Lille: '59 62',
    'Nancy-Metz': '54 55 57 88',
    Nantes: '44 49 53 72 85',
    Nice: '06 83',
    Normandie: '14 27 50 61 76',
    'Orléans-Tours': '18 28 36 37 41 45',
    Reims: '08 10 51 52',
    Rennes: '22 29 35 56',
    Strasbourg: '67 68',
  },
  C: {
    Créteil: '77 93 94',
    Montpellier: '11 30 34 48 66',
    Paris: '75',
    Toulouse: '09 12 31 32 46 65 81 82',
    Versailles: '78 91 92 95',
  },
  own: {
    Corse: '2A 2B',
    Guadeloupe: '971',
    Martinique: '972',
    Guyane: '973',
    'La Réunion': '974',
    Mayotte: '976',
  },
};

const entries = <K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] => Object.entries(record) as [K, V][];
