import type { Commune, Departement, Epci } from './commune.ts';
import { clockSentence, holidaySentences } from './sentences.ts';
import { type Territory, territoryPath } from './territory-code.ts';
import type { TerritoryIndex } from './territory-index.ts';
import { timeZoneOfDepartement } from './time-zone.ts';

/** One line of facts on a sheet: a word, what it is, and where it leads. */
export interface Fact {
  readonly term: string;
  readonly detail: string | readonly string[];
  readonly href?: string | undefined;
}

/** A territory in a list. */
export interface Row {
  readonly href: string;
  readonly title: string;
  readonly detail?: string | undefined;
}

export interface Link {
  readonly href: string;
  readonly label: string;
}

export const populationFact = (communes: readonly Commune[]): Fact => ({
  term: 'Population',
  detail: inhabitants(communes),
});

export const seatFact = (index: TerritoryIndex, code: string | undefined): Fact[] => {
  const seat = index.commune(code ?? '');
  return seat ? [fact('Chef-lieu', linkTo({ kind: 'commune', code: seat.code }, seat.name))] : [];
};

/** Paris has twenty-one: beyond six they are told as a range. */
export const postcodesFact = (postcodes: readonly string[]): Fact => ({
  term: postcodes.length > 1 ? 'Codes postaux' : 'Code postal',
  detail: postcodes.length > 6 ? `${postcodes[0]} à ${postcodes.at(-1)}` : postcodes.join(', '),
});

/** The time and the school holidays there. `today` is that of Paris. */
export const calendarFacts = (departements: readonly Departement[], today: Temporal.PlainDate): Fact[] => [
  { term: 'Heure', detail: clockSentence(timeZoneOfDepartement(departements[0]?.code ?? ''), today) },
  { term: 'Vacances scolaires', detail: holidaySentences(departements.map(({ code }) => code)) },
];

export const fact = (term: string, { href, label }: Link): Fact => ({ term, detail: label, href });

export const linkTo = (territory: Territory, label: string): Link => ({ href: territoryPath(territory), label });

/** Larger territories first; a region of one département of its own name, as La Réunion, is said once. */
export const wayTo = (...links: readonly (Link | undefined)[]): Link[] =>
  links.filter((link) => link !== undefined).filter((link, at, all) => link.label !== all[at + 1]?.label);

export const communeRow = (commune: Commune): Row => ({
  href: territoryPath({ kind: 'commune', code: commune.code }),
  title: commune.name,
  detail: inhabitants([commune]),
});

export const epciRow = ({ code, name, population }: Epci): Row => ({
  href: territoryPath({ kind: 'epci', code }),
  title: name,
  detail: `${number.format(population)} habitants`,
});

/** « 1 234 habitants », of these communes together. */
export const inhabitants = (communes: readonly Commune[]): string => {
  const population = communes.reduce((sum, commune) => sum + (commune.population ?? 0), 0);
  if (population === 0) return 'Sans habitant permanent';
  return `${number.format(population)} ${population > 1 ? 'habitants' : 'habitant'}`;
};

/** Figures as French people write them: 1 234. */
export const number = new Intl.NumberFormat('fr-FR');
