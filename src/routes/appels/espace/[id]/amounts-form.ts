import { readCents } from '#modules/calls/index.ts';
import type { Result } from '#platform/result.ts';

/** Amounts of a form, one field for each envelope: `amount-FIR`. Empty ones are left out; the first unreadable is refused. */
export const readAmounts = (
  keys: readonly string[],
  text: (name: string) => string,
  prefix = 'amount-',
): Result<Readonly<Record<string, number>>> => {
  const amounts: Record<string, number> = {};
  for (const key of keys) {
    const cents = readCents(text(`${prefix}${key}`), `${prefix}${key}`);
    if (!cents.ok) return cents;
    if (cents.value) amounts[key] = cents.value;
  }
  return { ok: true, value: amounts };
};
