import type { Amounts } from '../selection/allocation.ts';
import type { AgreementState } from './agreement.ts';
import { paidOf } from './payment.ts';

/** What the agreement of a laureate holds of each envelope, whatever its decision becomes (I-3). */
export interface Held {
  /** It is written and not ended: nothing is released meanwhile. */
  readonly live: boolean;
  readonly amounts: Amounts;
}

export const nothingHeld: Held = { live: false, amounts: {} };

/**
 * While an agreement lives: what its terms in force give on each line. Once it ended: what was paid, less what was given
 * back. No text says which line a refund is of: a line is freed only of what cannot come from the others.
 */
export const heldBy = ({ status, inForce, payments, refund }: AgreementState): Held => {
  if (status === 'absent') return nothingHeld;
  if (status !== 'closed' && status !== 'terminated')
    return { live: true, amounts: Object.fromEntries((inForce?.lines ?? []).map(({ key, cents }) => [key, cents])) };
  const back = refund.received.reduce((sum, { cents }) => sum + cents, 0);
  const all = paidOf(payments);
  const amounts: Record<string, number> = {};
  for (const key of new Set(payments.map((one) => one.key))) {
    const paid = paidOf(payments.filter((one) => one.key === key));
    const kept = paid - Math.max(0, back - (all - paid));
    if (kept > 0) amounts[key] = kept;
  }
  return { live: false, amounts };
};
