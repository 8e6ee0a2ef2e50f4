/** In what quality somebody sits: funders and operators are told apart in the decision. */
export const jurorQualities = {
  funder: 'Financeur',
  operator: 'Opérateur',
  partner: 'Partenaire',
  expert: 'Expert ou experte',
  user: 'Usager, usagère',
} as const;
export type JurorQuality = keyof typeof jurorQualities;

/** Who votes, who gives an opinion. */
export const voices = { deliberative: 'Voix délibérative', consultative: 'Voix consultative' } as const;
export type Voice = keyof typeof voices;

/** What a jury is, in the words of the journal. */
export interface JuryState {
  readonly members: readonly {
    readonly id: string;
    readonly quality: JurorQuality;
    readonly voice: Voice;
    readonly group: string;
    readonly sits: boolean;
  }[];
  readonly president: string | null;
  /** Acts for the president on the files from which they are recused. */
  readonly delegate: string | null;
  /** Id of the row that names the existing body that the jury is. */
  readonly body: string | null;
  /** The recommended actors who were left out, and the row that says why. */
  readonly settled: { readonly leftOut: readonly string[]; readonly motive: string | null } | null;
}

export const noJury: JuryState = { members: [], president: null, delegate: null, body: null, settled: null };
