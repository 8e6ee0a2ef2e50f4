import type { Refusal } from '#platform/result.ts';

/** The refusals of a form as its page shows them: by field, and one sentence above. */
export const refusedSeries = (refusals: readonly Refusal[]) => ({
  message:
    refusals.find(({ field }) => field === undefined)?.message ??
    'Il reste quelque chose à corriger : c’est dit sous les lignes concernées. Rien n’est perdu.',
  errors: Object.fromEntries(refusals.map(({ field = '', message }) => [field, message])),
});
