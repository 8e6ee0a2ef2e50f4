import { kinds, labelOf } from '#modules/directory/index.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';

/** Where a campaign stands. */
export const campaignWords = {
  absent: '',
  running: 'En cours',
  stopped: 'Arrêtée',
  done: 'Tous les messages sont écrits',
} as const;

/** What a campaign is limited to, in words. */
export const chosenWords = (kind: string | null, priority: number | null): string[] => [
  ...(kind ? [labelOf(kinds, kind)] : []),
  ...(priority ? [`Priorité ${priority}, ${priorityTitle(priority)}`] : []),
];

/** What became of a listing. */
export const outcomeWords = {
  exact: 'Toujours exact',
  changed: 'Changée par qui la tient',
  silence: 'Pas encore de réponse',
  bounced: 'Le message est revenu : adresse morte',
  waiting: 'Message pas encore écrit',
  recent: 'Laissée : vérifiée ou demandée depuis moins d’un mois',
  silent: 'Laissée : ne veut plus de messages',
  refused: 'Injoignable : adresse morte',
  nobody: 'Injoignable : aucune adresse',
} as const;
