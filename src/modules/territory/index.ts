export type { Commune, Departement, Epci, PointPrecision, Region } from './commune.ts';
export { type CommuneAsked, communeAsked, nameWithDepartement } from './commune-asked.ts';
export type { CommunesPage } from './communes-page.ts';
export { type Completion, MOST_COMPLETIONS } from './completion.ts';
export { aboveOf, coversIn } from './covers.ts';
export { distanceKm, type Point } from './distance.ts';
export { inCommune, inDepartement, inEpci, inRegion } from './locative.ts';
export { foldPlaceName } from './place-name.ts';
export { proposeCommunes } from './propose-communes.ts';
export { type SchoolCalendar, schoolCalendarEnd, schoolDay, type ZoneHolidays } from './school-calendar.ts';
export { type SchoolHolidays, schoolHolidays } from './school-holidays.ts';
export { type Meant, territoriesMeant } from './territory-asked.ts';
export {
  type CommuneCode,
  type DepartementCode,
  type EpciCode,
  formatTerritory,
  isCommuneCode,
  isDepartementCode,
  isEpciCode,
  isRegionCode,
  kindOfSegment,
  parseTerritory,
  type RegionCode,
  type Territory,
  type TerritoryKind,
  territoryPath,
} from './territory-code.ts';
export { buildTerritoryIndex, type TerritoryIndex, type TerritoryRows } from './territory-index.ts';
export { type TerritorySheet, territorySheet, territoryToShow } from './territory-sheet.ts';
export { timeZoneOfCommune, timeZoneOfDepartement } from './time-zone.ts';
