/** The state of a registration, for who keeps it. */
export const registrationWords = {
  draft: 'Commencée, pas encore envoyée',
  waiting: 'Envoyée, relue avant de paraître',
  published: 'En ligne',
  refused: 'Refusée',
  closed: 'Retirée',
} as const;

/** A claim, for the team that made it. */
export const claimWords = {
  absent: '',
  waiting: 'Demande envoyée, pas encore décidée',
  published: 'Votre équipe tient cette fiche',
  accepted: 'Votre équipe tient cette fiche',
  refused: 'Demande refusée',
  withdrawn: 'Demande retirée',
  undone: 'Votre équipe ne tient plus cette fiche',
} as const;

/** A case before the moderators: what is asked, and where it stands. */
export const caseWords = {
  kinds: {
    registration: 'Inscription',
    correction: 'Correction proposée',
    claim: 'Demande de tenir une fiche',
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
