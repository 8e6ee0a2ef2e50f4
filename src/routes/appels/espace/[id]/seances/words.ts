/** Where a session stands, in words. */
export const sessionWords = {
  absent: '',
  convened: 'convoquée',
  opened: 'ouverte',
  closed: 'close, procès-verbal à signer',
  signed: 'procès-verbal signé',
} as const;

export const itemWords = { waiting: 'à traiter', open: 'en cours', done: 'traité', skipped: 'reporté' } as const;
