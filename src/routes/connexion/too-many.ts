import type { Refusal } from '#platform/result.ts';

/** Said to whoever tries too often, or whose mailbox received enough. */
export const tooMany = (retryAfterSeconds: number): Refusal => {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return {
    code: 'too_many_sign_ins',
    message: `Il y a eu beaucoup d’essais. Recommencez dans ${minutes === 1 ? 'une minute' : `${minutes} minutes`} ; un message déjà reçu reste bon.`,
  };
};
