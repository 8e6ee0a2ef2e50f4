/** Where the decision on a file stands, in words. */
export const decisionSaid = (
  application: string,
  { status, corrections }: { readonly status: string; readonly corrections: readonly unknown[] },
  signed: boolean,
): string => {
  const corrected = corrections.length > 0 ? ', corrigée' : '';
  if (status === 'notified') return `notifiée${corrected}`;
  if (status === 'prepared') return `courrier prêt${corrected}`;
  if (status === 'released') return 'le lauréat a renoncé';
  if (status === 'written') return signed ? `signée${corrected}` : `à signer${corrected}`;
  if (application === 'deliberated') return 'à écrire';
  if (application === 'inadmissible') return 'irrecevable, courrier à préparer';
  return 'pas encore examinée en séance';
};
