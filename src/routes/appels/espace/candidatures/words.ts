/** Where an application stands, as its holder reads it. */
export const fileWords = {
  absent: '',
  draft: 'non déposée',
  deposited: 'déposée',
  incomplete: 'complément demandé',
  admissible: 'recevable',
  inadmissible: 'déposée',
  evaluating: 'en cours d’examen',
  evaluated: 'en cours d’examen',
  deliberated: 'en cours d’examen',
  notified: 'réponse reçue',
  withdrawn: 'retirée',
  lapsed: 'non déposée à temps',
  converted: 'devenue une candidature',
  closed: 'close',
} as const;

/** What a file is. */
export const kindWords = { full: 'Candidature', intent: 'Lettre d’intention' } as const;

/** What somebody does in a file. */
export const roleWords = { signatory: 'vous signez', writer: 'vous écrivez', reader: 'vous lisez' } as const;

/** One line for a file of one’s structure that is not open: « Lettre d’intention 3, Association Exemple : déposée ». */
export const structureLine = ({
  kind,
  number,
  structure,
  status,
}: {
  readonly kind: keyof typeof kindWords;
  readonly number: number;
  readonly structure: string;
  readonly status: keyof typeof fileWords;
}): string => `${kindWords[kind]} ${number}, ${structure} : ${fileWords[status]}`;

/** One line for a file in a list: « Candidature 12, Association Exemple : non déposée ». */
export const fileLine = ({
  kind,
  number,
  holder,
  status,
  role,
}: {
  readonly kind: keyof typeof kindWords;
  readonly number: number;
  readonly holder: string;
  readonly status: keyof typeof fileWords;
  readonly role: keyof typeof roleWords;
}): string => {
  const what = `${kindWords[kind]} ${number}${holder ? `, ${holder}` : ''}`;
  return `${what} : ${fileWords[status]} · ${roleWords[role]}`;
};
