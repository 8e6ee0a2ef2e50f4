import { ok, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import type { SelectionFacts } from '../../decide-selection.ts';
import { issueCodes, issueOf } from '../../selection/decision.ts';
import { messageWaits } from '../after/ministry.ts';
import { commandCall, noSuchCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import '../after/tables.ts';
import { allocated, lockedCall } from './decisions.ts';
import { fileAccess } from './file-access.ts';
import { askForLetters } from './send-letters.ts';
import './decision-tables.ts';

/** Begins the selection, fixes the results, has them notified, or ends the call. */
export const moveSelection = (
  context: PersonContext,
  call: string,
  order: { readonly command: 'startSelection' | 'fixResults' | 'notifyResults' | 'finish'; readonly reason: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const state = await lockedCall(inside, call);
    if (!state) return refuse(noSuchCall);
    const reason = await keepText(inside, order.reason, 'reason');
    if (!reason.ok) return reason;
    const { command } = order;
    const asked = command === 'finish' ? { command } : { command, ...(reason.value ? { reason: reason.value } : {}) };
    const access = await fileAccess(inside, call);
    const done = await commandCall(inside, call, asked, undefined, {
      ...(await selectionFacts(inside, call)),
      countable: access.open && access.recused.size === 0,
      message: command === 'notifyResults' ? await messageWaits(inside, call, state, access) : 'ready',
    });
    if (!done.ok) return done;
    if (command === 'notifyResults') await askForLetters(inside, call);
    return ok(undefined);
  });

/** Adds money to an envelope of a published call. */
export const topUpEnvelope = (
  context: PersonContext,
  call: string,
  topUp: { readonly envelope: string; readonly origin: string; readonly cents: number },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (!(await lockedCall(inside, call))) return refuse(noSuchCall);
    const order = { command: 'topUp' as const, ...topUp, origin: oneLine(topUp.origin) };
    return settled(await commandCall(inside, call, order));
  });

/** Where the selection of a call stands, all files counted. */
export const selectionFacts = async (
  { db }: Pick<PersonContext, 'db'>,
  call: string,
): Promise<Omit<SelectionFacts, 'message' | 'countable'>> => {
  const files = await db
    .selectFrom('call_application')
    .leftJoin('call_decision', 'call_decision.application', 'call_application.id')
    .select(({ fn }) => [
      ...(['call_application.status', 'call_decision.status as decided', 'call_decision.signed', 'issue'] as const),
      fn.countAll<number>().as('count'),
    ])
    .where('call_application.call', '=', call)
    .where('kind', '=', 'full')
    .groupBy(['call_application.status', 'call_decision.status', 'call_decision.signed', 'issue'])
    .execute();
  const sessions = await db
    .selectFrom('call_session')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .where('call', '=', call)
    .groupBy('status')
    .execute();
  const count = (rows: readonly { readonly count: number }[]): number => rows.reduce((sum, row) => sum + row.count, 0);
  const toDecide = ['deposited', 'incomplete', 'admissible', 'evaluating', 'evaluated', 'deliberated'];
  const gives = issueCodes.filter((code) => issueOf(code).gives);
  return {
    incomplete: count(files.filter(({ status }) => status === 'incomplete')),
    undecided: count(
      files.filter(
        ({ status, decided, signed }) => (toDecide.includes(status) && !signed) || (decided === 'written' && !signed),
      ),
    ),
    minutes: {
      signed: count(sessions.filter(({ status }) => status === 'signed')),
      unsigned: count(sessions.filter(({ status }) => status !== 'signed' && status !== 'cancelled')),
    },
    laureates: count(
      files.filter(({ issue, decided }) => issue !== null && gives.includes(issue) && decided !== 'released'),
    ),
    allocated: await allocated({ db }, call),
    unwritten: count(
      files.filter(
        ({ status, decided }) =>
          decided === 'written' || (status === 'inadmissible' && (decided === null || decided === 'absent')),
      ),
    ),
    untold: count(
      files.filter(
        ({ status, decided, signed }) =>
          (toDecide.includes(status) && !signed) ||
          decided === 'written' ||
          decided === 'prepared' ||
          (status === 'inadmissible' && decided !== 'notified'),
      ),
    ),
    underway: await underwayIn({ db }, call),
  };
};

/**
 * Projects that received money and whose agreement has not ended; of those without one, nobody knows that they ended. And
 * technical supports that no decision concluded.
 */
const underwayIn = async ({ db }: Pick<PersonContext, 'db'>, call: string): Promise<number> => {
  const supports = await db
    .selectFrom('call_decision')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('call', '=', call)
    .where('issue', '=', 'support')
    .where('status', '!=', 'released')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('call_allocation')
            .select('call_allocation.envelope')
            .whereRef('call_allocation.application', '=', 'call_decision.application'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return supports.count + (await helpedIn({ db }, call));
};

const helpedIn = async ({ db }: Pick<PersonContext, 'db'>, call: string): Promise<number> =>
  (
    await db
      .selectFrom('call_decision')
      .leftJoin('call_agreement', 'call_agreement.application', 'call_decision.application')
      .select(({ fn }) => fn.count<number>('call_decision.application').as('count'))
      .where('call_decision.call', '=', call)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('call_allocation')
            .select('call_allocation.envelope')
            .whereRef('call_allocation.application', '=', 'call_decision.application'),
        ),
      )
      .where(({ eb, or }) =>
        or([eb('call_agreement.status', 'is', null), eb('call_agreement.status', 'not in', ['closed', 'terminated'])]),
      )
      .executeTakeFirstOrThrow()
  ).count;
