import type { Context } from '#platform/server/context.ts';
import type { AgreementState } from '../../after/agreement.ts';
import { type Held, heldBy, nothingHeld } from '../../after/held.ts';
import './tables.ts';

/** What the agreement of an application holds of each envelope. For whoever decides on it, under the lock of its call. */
export const heldOf = async ({ db }: Pick<Context, 'db'>, application: string): Promise<Held> => {
  const row = await db
    .selectFrom('call_agreement')
    .select('state')
    .where('application', '=', application)
    .executeTakeFirst();
  return row ? heldBy(row.state as AgreementState) : nothingHeld;
};
