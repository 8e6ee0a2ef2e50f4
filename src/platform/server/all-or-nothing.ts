import { type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';

/**
 * A command of several steps in one transaction: a refusal at any of them undoes what the steps before wrote. To be called
 * outside any other transaction.
 */
export const allOrNothing = async <T, E>(
  context: Context,
  work: (inside: Context) => Promise<Result<T, E>>,
): Promise<Result<T, E>> => {
  let refused: { readonly error: E } | undefined;
  try {
    return await inTransaction(context, async (inside) => {
      const result = await work(inside);
      if (result.ok) return result;
      refused = result;
      throw turnedBack;
    });
  } catch (error) {
    if (error === turnedBack && refused) return refuse(refused.error);
    throw error;
  }
};

/** Not an accident: how a transaction is told to undo itself. */
const turnedBack = new Error('refused');
