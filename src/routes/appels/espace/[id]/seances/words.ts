/** Where a session stands, in words. */
export const sessionWords = {
  absent: '',
  convened: 'convoquée',
  opened: 'ouverte',
  closed: 'close, et son procès-verbal à signer',
  signed: 'close, et son procès-verbal signé',
  cancelled: 'annulée',
} as const;

export const itemWords = { waiting: 'à traiter', open: 'en cours', done: 'traité', skipped: 'reporté' } as const;
