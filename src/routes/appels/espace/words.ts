/** Where a call stands, in a word. */
export const statusWords = {
  absent: '',
  drafting: 'en rédaction',
  submitted: 'en relecture',
  published: 'publié',
  cancelled: 'annulé',
  selecting: 'en sélection',
  decided: 'résultats arrêtés, pas encore notifiés',
  notified: 'résultats notifiés',
  finished: 'achevé',
} as const;

/** Where a declaration stands. */
export const declarationWords = {
  absent: 'pas encore déclaré',
  draft: 'préparé, pas encore envoyé',
  sent: 'déclaré',
  withdrawn: 'retiré',
} as const;

/** Who calls, in a regional call. */
export const configurationWords = {
  ars: 'L’ARS seule',
  dreets: 'La DREETS seule',
  joint: 'L’ARS et la DREETS ensemble, un seul appel',
} as const;
