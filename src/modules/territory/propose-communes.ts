interface Answer {
  readonly communes: readonly {
    readonly code: string;
    readonly name: string;
    readonly postcodes: readonly string[];
    readonly former_name?: string;
    readonly departement: { readonly name: string };
  }[];
}

const isAnswer = (answer: unknown): answer is Answer =>
  typeof answer === 'object' && answer !== null && 'communes' in answer && Array.isArray(answer.communes);

/** Turns the answer of `/api/v1/communes` into the propositions of a field. What is not such an answer proposes nothing. */
export const proposeCommunes = (answer: unknown) =>
  isAnswer(answer)
    ? answer.communes.map((commune) => ({
        value: commune.code,
        label: commune.name,
        detail: [commune.former_name, commune.postcodes[0], commune.departement.name].filter(Boolean).join(' · '),
      }))
    : [];
