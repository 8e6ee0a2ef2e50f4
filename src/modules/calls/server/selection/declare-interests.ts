import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import { decideInterest, type InterestOrder, type InterestRole, noInterest } from '../../selection/interests.ts';
import { settled } from '../call-stream.ts';
import { placeIn } from './file-access.ts';
import { interestOf, interestStream } from './interest-stream.ts';

/** One order of the actor on their own interests for a call. Refused to whoever has no part in its selection. */
export const orderOnOwn = async (context: PersonContext, call: string, order: InterestOrder): Promise<Result<void>> => {
  const place = await placeIn(context, call);
  if (!place) return refuse(noPart);
  const id = await ownRow(context, call);
  return settled(
    await withStream(context, interestStream, id, (state) =>
      decideInterest(state, order, { role: 'self' satisfies InterestRole, call }),
    ),
  );
};

/** The row of the actor’s interests for a call, made when they first answer. */
export const ownRow = async (context: PersonContext, call: string): Promise<string> => {
  const { db, actor, clock } = context;
  const known = await interestOf(context, call, actor.account);
  if (known) return known.id;
  await db
    .insertInto('call_interest')
    .values({
      ...{ call, account: actor.account, name: actor.name ?? actor.email, sirens: [] },
      ...{ state: JSON.stringify({ ...noInterest, call }), changed_at: clock.now() },
    })
    .onConflict((row) => row.columns(['call', 'account']).doNothing())
    .execute();
  const made = await interestOf(context, call, actor.account);
  if (!made) throw new Error('the row of interests was just written');
  return made.id;
};

const noPart: Refusal = {
  code: 'not_allowed',
  message: 'Vous n’avez pas de place dans le jury ni dans l’instruction de cet appel.',
};
