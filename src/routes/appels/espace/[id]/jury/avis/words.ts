/** Where an opinion stands, in a word. */
export const opinionWords = {
  asked: 'demandé',
  accepted: 'accepté, attendu',
  given: 'donné',
  refused: 'décliné',
  expired: 'délai passé',
  withdrawn: 'n’est plus demandé',
} as const;
