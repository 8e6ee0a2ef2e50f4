import type { Commune } from './commune.ts';
import { schoolHolidays } from './school-holidays.ts';

/** How well the point of a commune is known, in words. */
export const pointSentence = ({ precision, uncertaintyKm }: Pick<Commune, 'precision' | 'uncertaintyKm'>): string => {
  const near = `à ${kilometres(uncertaintyKm)} près`;
  return {
    imported: `Donné par un fichier officiel, ${near}.`,
    located: `Celui du bourg, ${near} du milieu de la commune.`,
    manual: `Placé à la main sur la carte, ${near}.`,
    postcode: `Estimé : le milieu des communes voisines de même code postal, ${near}.`,
    epci: `Estimé : le milieu des communes de la même intercommunalité, ${near}.`,
  }[precision];
};

/**
 * The time there, compared with the mainland's: « Heure de Paris », « Quand il est midi à Paris, il est 22 h ici ».
 * `today` matters where one of the two changes to summer time.
 */
export const clockSentence = (timeZone: string, today: Temporal.PlainDate): string => {
  if (timeZone === 'Europe/Paris') return 'Heure de Paris';
  const noon = today.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '12:00' });
  const there = noon.withTimeZone(timeZone);
  const day = { '-1': ' la veille', '0': '', '1': ' le lendemain' }[
    String(there.toPlainDate().since(noon.toPlainDate()).days)
  ];
  const minutes = there.minute === 0 ? '' : ` ${String(there.minute).padStart(2, '0')}`;
  return `Quand il est midi à Paris, il est ${there.hour} h${minutes} ici${day ?? ''}`;
};

/**
 * The school holidays followed in these départements, one sentence for each calendar: « Zone B (académies de Nantes et de
 * Rennes) », « Calendrier propre à l’académie de Corse ».
 */
export const holidaySentences = (departements: readonly string[]): string[] => {
  const calendars = Map.groupBy(departements.map(schoolHolidays), ({ zone }) => zone);
  return [...calendars].sort().flatMap(([zone, followed]) => {
    const academies = [...new Set(followed.flatMap(({ academie }) => academie ?? []))].sort().map(ofAcademie);
    if (zone !== 'own') {
      const all = list.format(academies);
      return `Zone ${zone} (${academies.length > 1 ? 'académies' : 'académie'} ${all})`;
    }
    const none = followed.some(({ academie }) => academie === undefined) ? ['Calendrier propre au territoire'] : [];
    return [...academies.map((academie) => `Calendrier propre à l’académie ${academie}`), ...none];
  });
};

/** « de Rennes », « d’Amiens », « de la Guadeloupe ». */
const ofAcademie = (name: string): string => {
  if (['Guadeloupe', 'Guyane', 'Martinique'].includes(name)) return `de la ${name}`;
  return /^[AEIOUÉ]/.test(name) ? `d’${name}` : `de ${name}`;
};

const list = new Intl.ListFormat('fr', { type: 'conjunction' });

/** « 3 km », « 1 500 km ». */
const kilometres = (value: number): string => `${twoDigits.format(value)} km`;

const twoDigits = new Intl.NumberFormat('fr-FR', { maximumSignificantDigits: 2 });
