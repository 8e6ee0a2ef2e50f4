/** What somebody answers before writing; empty: nothing yet. */
export interface EligibilityAnswers {
  /** The number of an axis, or `aucun`. */
  readonly axis: string;
  /** `oui`, `non` or `incertain`. */
  readonly structure: string;
  readonly place: string;
  /** What the place that was typed means for this call. */
  readonly places:
    | { readonly state: 'found' | 'outside' | 'unknown' }
    | { readonly state: 'several'; readonly choices: readonly { readonly label: string }[] }
    | undefined;
}

/** What a call asks: an axis where it chose some, a structure that may sign where its deposits ask for one, a place always. */
export interface EligibilityAsked {
  readonly axis: boolean;
  readonly structure: boolean;
  /** The name of its territory. */
  readonly where: string;
}

/** The answer to one question. `good`: undefined while nothing was answered. */
export interface EligibilityVerdict {
  readonly key: 'axis' | 'place' | 'structure';
  readonly good: boolean | undefined;
  readonly said: string;
}

/**
 * Whether a project may be retained, question by question: only those that its call asks, for a deposit asks no more. An axis
 * a place in the territory, a structure that may sign an agreement.
 */
export const eligibility = (answers: EligibilityAnswers, asked: EligibilityAsked): readonly EligibilityVerdict[] => [
  ...(asked.axis ? [axisVerdict(answers)] : []),
  placeVerdict(answers, asked),
  ...(asked.structure ? [structureVerdict(answers)] : []),
];

const axisVerdict = ({ axis }: EligibilityAnswers): EligibilityVerdict => {
  if (axis === '') return { key: 'axis', ...unanswered };
  return axis === 'aucun'
    ? {
        ...{ key: 'axis', good: false },
        said: 'Un projet qui ne se rattache à aucun axe de cet appel ne peut pas être retenu.',
      }
    : { key: 'axis', good: true, said: 'Votre projet se rattache à un axe de cet appel.' };
};

const placeVerdict = ({ place, places }: EligibilityAnswers, { where }: EligibilityAsked): EligibilityVerdict => {
  if (!places) return { key: 'place', ...unanswered };
  const said = {
    found: `Ce lieu est dans le territoire de l’appel (${where}).`,
    outside: `Ce lieu n’est pas dans le territoire de l’appel (${where}).`,
    unknown: `Nous ne connaissons pas « ${place} » : écrivez le nom d’une commune, d’une intercommunalité ou d’un département.`,
  };
  if (places.state !== 'several') return { key: 'place', good: places.state === 'found', said: said[places.state] };
  const names = places.choices.slice(0, 6).map(({ label }) => label);
  return {
    ...{ key: 'place', good: false },
    said: `Plusieurs lieux portent ce nom : ${names.join(', ')}. Écrivez l’un d’eux en entier.`,
  };
};

const structureVerdict = ({ structure }: EligibilityAnswers): EligibilityVerdict => {
  if (structure === '') return { key: 'structure', ...unanswered };
  if (structure === 'oui')
    return { key: 'structure', good: true, said: 'Une structure qui peut signer une convention porte le projet.' };
  return {
    ...{ key: 'structure', good: false },
    said:
      structure === 'non'
        ? 'Sans une structure qui peut recevoir une subvention par une convention, le projet ne peut pas être retenu. Une autre structure peut le porter.'
        : 'À vérifier avant de déposer : statuts, ou délibération. Vous pouvez commencer à écrire.',
  };
};

const unanswered = { good: undefined, said: '' } as const;
