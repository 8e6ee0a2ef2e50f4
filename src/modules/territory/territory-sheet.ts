import { keepPerVersion } from '#platform/keep.ts';
import type { Commune, Departement } from './commune.ts';
import { type CommunesPage, communesPage } from './communes-page.ts';
import { clockSentence, holidaySentences, pointSentence } from './sentences.ts';
import {
  calendarFacts,
  communeRow,
  epciRow,
  type Fact,
  fact,
  inhabitants,
  type Link,
  linkTo,
  number,
  populationFact,
  postcodesFact,
  type Row,
  seatFact,
  wayTo,
} from './sheet-facts.ts';
import { formatTerritory, type Territory, territoryPath } from './territory-code.ts';
import type { TerritoryIndex } from './territory-index.ts';
import { timeZoneOfCommune } from './time-zone.ts';

/** What the page of a territory shows, in French. */
export interface TerritorySheet {
  readonly name: string;
  /** « en Bretagne » */
  readonly locative: string;
  /** « Région », « Communauté de communes » */
  readonly nature: string;
  readonly trail: readonly Link[];
  readonly facts: readonly Fact[];
  /** Short lists: départements of a region, intercommunal bodies, arrondissements, neighbours. */
  readonly lists: readonly { readonly title: string; readonly rows: readonly Row[] }[];
  /** The communes, by page; absent where the parts are listed otherwise. */
  readonly communes: CommunesPage | undefined;
}

export interface SheetOptions {
  /** Today in Paris: the time of other places is compared with it. */
  readonly today: Temporal.PlainDate;
  /** Keeps the communes whose name holds these words. */
  readonly words: string;
  /** From 1. A page beyond the last shows the last. */
  readonly page: number;
}

/** The sheet of a territory; nothing when it does not exist. */
export const territorySheet = (
  index: TerritoryIndex,
  territory: Territory,
  options: SheetOptions,
): TerritorySheet | undefined => {
  const described = index.describe(territory);
  if (!described) return undefined;
  const { today, words, page } = options;
  return kept(index, [formatTerritory(territory), today.toString(), page, words].join(' '), () => ({
    ...described,
    ...sheets[territory.kind](index, territory.code, options),
  }));
};

const kept = keepPerVersion<TerritoryIndex, TerritorySheet>(300);

type Part = Omit<TerritorySheet, 'name' | 'locative'>;

const home: Link = { href: '/territoires', label: 'Territoires' };

const regionSheet = (index: TerritoryIndex, code: string, { today }: SheetOptions): Part => {
  const departements = index.departements.filter(({ region }) => region === code);
  const communes = departements.flatMap((departement) => communesOf(index, departement));
  return {
    nature: 'Région',
    trail: [home],
    facts: [
      ...seatFact(index, index.region(code)?.seat),
      populationFact(communes),
      { term: 'Communes', detail: number.format(communes.length) },
      ...calendarFacts(departements, today),
    ],
    lists: [
      {
        title: departements.length > 1 ? 'Les départements' : 'Le département',
        rows: departements.map((departement) => ({
          href: territoryPath({ kind: 'departement', code: departement.code }),
          title: departement.name,
          detail: inhabitants(communesOf(index, departement)),
        })),
      },
    ],
    communes: undefined,
  };
};

const departementSheet = (index: TerritoryIndex, code: string, options: SheetOptions): Part => {
  const departement = index.departement(code);
  if (!departement) throw new Error(`département ${code} has no sheet`);
  const communes = communesOf(index, departement);
  const region = isCollectivity(departement) ? undefined : index.region(departement.region);
  const present = new Set(communes.map((commune) => commune.epci));
  const epcis = index.epcis.filter((epci) => present.has(epci.code));
  return {
    nature: region ? 'Département' : 'Collectivité d’outre-mer',
    trail: [home, ...wayTo(region && linkTo({ kind: 'region', code: region.code }, region.name))],
    facts: [
      ...(region ? [fact('Région', linkTo({ kind: 'region', code: region.code }, region.name))] : []),
      ...seatFact(index, departement.seat),
      populationFact(communes),
      { term: 'Communes', detail: number.format(communes.length) },
      ...calendarFacts([departement], options.today),
    ],
    lists: listOf(
      'Les intercommunalités',
      epcis.map((epci) => epciRow(epci)),
    ),
    communes: communesPage(communes, options),
  };
};

const epciSheet = (index: TerritoryIndex, code: string, options: SheetOptions): Part => {
  const epci = index.epci(code);
  if (!epci) throw new Error(`EPCI ${code} has no sheet`);
  const communes = index.communesOf({ kind: 'epci', code: epci.code });
  const present = new Set(communes.map((commune) => commune.departement));
  const departements = index.departements.filter((departement) => present.has(departement.code));
  return {
    nature: upperFirst(epci.nature),
    trail: [home, ...departements.slice(0, 1).map(({ code, name }) => linkTo({ kind: 'departement', code }, name))],
    facts: [
      { term: 'Population', detail: `${number.format(epci.population)} habitants` },
      { term: 'Communes', detail: number.format(communes.length) },
      ...departements.map(({ code, name }, at) =>
        fact(at === 0 ? 'Département' : 'Aussi en partie', linkTo({ kind: 'departement', code }, name)),
      ),
      ...calendarFacts(departements, options.today),
      { term: 'SIREN', detail: epci.code },
    ],
    lists: [],
    communes: communesPage(communes, options),
  };
};

const communeSheet = (index: TerritoryIndex, code: string, { today }: SheetOptions): Part => {
  const commune = index.commune(code);
  if (!commune) throw new Error(`commune ${code} has no sheet`);
  const departement = index.departement(commune.departement);
  const region = departement && !isCollectivity(departement) ? index.region(commune.region) : undefined;
  const epci = commune.epci === null ? undefined : index.epci(commune.epci);
  const city = commune.partOf === null ? undefined : index.commune(commune.partOf);
  const links = {
    region: region && linkTo({ kind: 'region', code: region.code }, region.name),
    departement: departement && linkTo({ kind: 'departement', code: departement.code }, departement.name),
    city: city && linkTo({ kind: 'commune', code: city.code }, city.name),
  };
  const formerNames = index.formerNamesOf(commune.code);
  return {
    nature: city ? 'Arrondissement' : 'Commune',
    trail: [home, ...wayTo(links.region, links.departement, links.city)],
    facts: [
      ...(links.city ? [fact('Ville', links.city)] : []),
      ...(links.departement ? [fact(region ? 'Département' : 'Collectivité', links.departement)] : []),
      ...(links.region ? [fact('Région', links.region)] : []),
      ...(epci ? [fact('Intercommunalité', linkTo({ kind: 'epci', code: epci.code }, epci.name))] : []),
      populationFact([commune]),
      ...(commune.postcodes.length > 0 ? [postcodesFact(commune.postcodes)] : []),
      { term: 'Code INSEE', detail: commune.code },
      { term: 'Heure', detail: clockSentence(timeZoneOfCommune(commune), today) },
      { term: 'Vacances scolaires', detail: holidaySentences([commune.departement]) },
      { term: 'Position', detail: pointSentence(commune) },
      ...(formerNames.length > 0 ? [{ term: 'Réunit aussi', detail: formerNames.join(', ') }] : []),
    ],
    lists: [
      ...listOf(
        'Les arrondissements',
        index.arrondissementsOf(commune.code).map((part) => communeRow(part)),
      ),
      ...listOf(
        'Les communes voisines',
        index
          .nearest(commune, { limit: 7, maxKm: 50 })
          .filter(({ item }) => item.code !== commune.code && item.code !== commune.partOf)
          .slice(0, 6)
          .map(({ item }) => communeRow(item)),
      ),
    ],
    communes: undefined,
  };
};

const sheets = { region: regionSheet, departement: departementSheet, epci: epciSheet, commune: communeSheet };

/**
 * The territory whose page tells about this one: today's commune for a former code, the collectivity for its code as a
 * region. Nothing when it never existed.
 */
export const territoryToShow = (index: TerritoryIndex, territory: Territory): Territory | undefined => {
  if (territory.kind === 'commune') {
    const today = index.commune(territory.code);
    return today && { kind: 'commune', code: today.code };
  }
  const departement = territory.kind === 'region' ? index.departement(territory.code) : undefined;
  if (departement && isCollectivity(departement)) return { kind: 'departement', code: departement.code };
  return index.describe(territory) && territory;
};

/** In an overseas collectivity, region and département are one: it has one page, that of the département. */
const isCollectivity = ({ code, region }: Departement): boolean => (code as string) === region;

const communesOf = (index: TerritoryIndex, { code }: Departement): readonly Commune[] =>
  index.communesOf({ kind: 'departement', code });

const listOf = (title: string, rows: readonly Row[]): TerritorySheet['lists'] =>
  rows.length > 0 ? [{ title, rows }] : [];

const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
