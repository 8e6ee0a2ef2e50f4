import type { PartContent } from './content.ts';

export type Indicator = PartContent<'indicators'>['indicators'][number];

/** What an indicator measures, as one chooses it. */
export const kindWords = {
  means: 'Les moyens : ce qui est mis en place',
  output: 'La réalisation : ce qui a été fait',
  outcome: 'Le résultat : ce qui change pour les familles suivies',
  impact: 'L’impact : ce qui change dans la durée',
} as const satisfies Record<NonNullable<Indicator['kind']>, string>;

/**
 * What makes an indicator readable by somebody else, each with the advice given when it is missing (R-61: « la qualité de la
 * description des indicateurs d’impact proposés »). A target counts with its unit.
 */
const dimensions: readonly { readonly advice: string; readonly filled: (one: Indicator) => boolean }[] = [
  { advice: 'Dites ce qu’il mesure : moyens, réalisation, résultat ou impact.', filled: ({ kind }) => kind !== null },
  { advice: 'Dites sur qui il est mesuré.', filled: ({ population }) => population !== '' },
  { advice: 'Dites d’où l’on part, même si c’est zéro.', filled: ({ baseline }) => baseline !== null },
  {
    advice: 'Dites où l’on veut arriver, et dans quelle unité.',
    filled: ({ target, unit }) => target !== null && unit !== '',
  },
  { advice: 'Dites d’où viendra le chiffre.', filled: ({ source }) => source !== '' },
  { advice: 'Dites comment il sera relevé, et par qui.', filled: ({ method }) => method !== '' },
  { advice: 'Donnez le jour où il sera relevé.', filled: ({ due }) => due !== '' },
];

/** How many dimensions an indicator may fill. */
export const mostDimensions = dimensions.length;

/** How many of them are filled, from 0 to 7: advice to who writes, a fact for who reads, never a mark. */
export const filledDimensions = (one: Indicator): number => dimensions.filter(({ filled }) => filled(one)).length;

/** What an indicator does not say yet, in sentences. Nothing is compulsory but its title. */
export const indicatorAdvice = (one: Indicator): readonly string[] =>
  dimensions.filter(({ filled }) => !filled(one)).map(({ advice }) => advice);

/**
 * Advice on all the indicators of an application whose axes are `axes`: what each axis lacks, and whether what changes for
 * families is measured at all.
 */
export const indicatorsAdvice = (
  indicators: readonly Indicator[],
  axes: readonly { readonly number: number; readonly title: string }[],
): readonly string[] => {
  const bare = axes.filter(({ number }) => !indicators.some(({ axis }) => axis === number));
  const changes = indicators.some(({ kind }) => kind === 'outcome' || kind === 'impact');
  return [
    ...(indicators.length === 0 ? ['Décrivez au moins un indicateur.'] : []),
    ...(indicators.length > 0 && !changes
      ? ['Aucun indicateur ne mesure encore ce qui change pour les familles : un résultat, ou un impact.']
      : []),
    ...(indicators.length === 0 ? [] : bare).map(
      ({ number, title }) => `Aucun indicateur pour l’axe ${number} : ${title}.`,
    ),
  ];
};
