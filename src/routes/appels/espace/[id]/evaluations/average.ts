import type { Average } from '#modules/calls/index.ts';

const figures = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

/** An average as one says it, out of the points of the grid; no mark is no mark, never zero. */
export const averageSaid = (average: Average | undefined, most: number | null): string =>
  average ? `${figures.format(average.sum / average.count)} sur ${most ?? '?'}` : 'pas de note';

/** From the least to the most, and of how many evaluations. */
export const spreadSaid = (average: Average | undefined): string =>
  average
    ? `${average.count} note${average.count > 1 ? 's' : ''}, de ${figures.format(average.least)} à ${figures.format(average.most)}`
    : '';

/** Where an evaluation stands, in a word. */
export const evaluationWords = {
  todo: 'à faire',
  submitted: 'remise',
  reopened: 'rouverte',
  declined: 'rendue sans évaluation',
  unassigned: 'reprise',
} as const;
