/** The state of a registration, for who keeps it. */
export const registrationWords = {
  draft: 'Commencée, pas encore envoyée',
  waiting: 'Envoyée, relue avant de paraître',
  published: 'En ligne',
  refused: 'Refusée',
  closed: 'Retirée',
} as const;

/** A case before the moderators: what is asked, and where it stands. */
export const caseWords = {
  kinds: {
    registration: 'Inscription',
    correction: 'Correction proposée',
    claim: 'Fiche réclamée',
    duplicate: 'Doublon possible',
  },
  states: {
    absent: '',
    waiting: 'Attend, pas encore visible',
    published: 'Déjà visible, à relire',
    accepted: 'Acceptée',
    refused: 'Refusée',
    withdrawn: 'Remplacée ou retirée',
    undone: 'Reprise',
  },
} as const;
