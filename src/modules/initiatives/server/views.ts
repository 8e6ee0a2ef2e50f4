import { formatNumber } from '#messages/format.ts';
import { priorityOf } from '#modules/priorities/server/index.ts';
import { nameWithDepartement, type TerritoryIndex, territoryPath } from '#modules/territory/index.ts';
import { callTitles } from '../call-family.ts';
import { initiativePath } from '../initiative.ts';
import type { Found } from '../search.ts';
import type { Catalogue, Entry } from './catalogue.ts';

/** A project in a list. */
export interface ProjectCard {
  readonly href: string;
  readonly title: string;
  readonly holder: string;
  /** « Angers (Maine-et-Loire) », « 8 départements », « Lieu non précisé ». */
  readonly where: string;
  /** « à 12 km » */
  readonly distance: string | undefined;
  readonly summary: string;
  readonly priorities: readonly string[];
}

/** What the card of a project shows. */
export const projectCard = (territories: TerritoryIndex, { item, distanceKm }: Found<Entry>): ProjectCard => ({
  href: initiativePath(item.initiative.slug),
  title: item.initiative.title,
  holder: item.initiative.holder,
  where: whereOf(territories, item),
  distance: distanceKm === undefined ? undefined : distanceInWords(distanceKm),
  summary: item.initiative.summary,
  priorities: item.initiative.priorities.map((number) => priorityOf(number).title),
});

/** Several cards, without distance. */
export const projectCards = ({ territories }: Catalogue, entries: readonly Entry[]): ProjectCard[] =>
  entries.map((item) => projectCard(territories, { item, distanceKm: undefined }));

/** « sur place », « à 800 m » would claim more than the points know: under a kilometre, one says so. */
const distanceInWords = (km: number): string => {
  if (km < 1) return 'à moins de 1 km';
  return `à ${formatNumber('fr', Math.round(km))} km`;
};

/** Where a project is, in a few words. */
export const whereOf = (territories: TerritoryIndex, { initiative, place }: Entry): string => {
  const commune = place?.kind === 'commune' ? territories.commune(place.code) : undefined;
  if (commune) return nameWithDepartement(commune, territories);
  if (place) return place.name;
  const { departements, regions } = initiative;
  if (departements.length > 3) return `${departements.length} départements`;
  const names =
    departements.length > 0
      ? departements.map((code) => territories.departement(code)?.name ?? code)
      : regions.map((code) => territories.region(code)?.name ?? code);
  return names.length > 0 ? names.join(', ') : 'Lieu non précisé';
};

export interface Link {
  readonly href: string;
  readonly label: string;
}

/** The territories of a project, smallest first, each with its page. */
export const territoryLinks = (territories: TerritoryIndex, { initiative, place }: Entry): Link[] => {
  const commune = place?.kind === 'commune' ? territories.commune(place.code) : undefined;
  const epci = place?.epci ? territories.epci(place.epci) : undefined;
  const departements = initiative.departements.flatMap((code) => territories.departement(code) ?? []);
  const regions = initiative.regions.flatMap((code) => territories.region(code) ?? []);
  return [
    ...(commune ? [{ href: territoryPath({ kind: 'commune', code: commune.code }), label: commune.name }] : []),
    ...(epci ? [{ href: territoryPath({ kind: 'epci', code: epci.code }), label: epci.name }] : []),
    // Overseas, the département and the region bear the same name.
    ...departements.map(({ code, name }) => ({
      href: territoryPath({ kind: 'departement', code }),
      label: regions.some((region) => region.name === name) ? `${name} (département)` : name,
    })),
    ...regions.map(({ code, name }) => ({
      href: territoryPath({ kind: 'region', code }),
      label: departements.some((departement) => departement.name === name) ? `${name} (région)` : name,
    })),
  ];
};

/** The calls of a project, in words. */
export const callsInWords = ({ initiative }: Entry): string[] => {
  const titles = initiative.calls.map((call) => callTitles[call].title);
  return titles.length > 0 || initiative.chosenIn ? titles : [callTitles['hors-appel'].title];
};

/** « Aucun projet », « 1 projet », « 12 projets ». */
export const countOfProjects = (count: number): string =>
  count === 0 ? 'Aucun projet' : `${formatNumber('fr', count)} projet${count > 1 ? 's' : ''}`;
