import { randomUUID } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type ApplicationKind, noApplication } from '../../application/application.ts';
import { mayStart } from '../../application/may-start.ts';
import type { CallState } from '../../call.ts';
import { noSuchCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { wordsOf } from '../title.ts';
import { takeStep } from './application-stream.ts';

/**
 * Starts an application, or a letter of intent, in an open call; whoever starts it signs it. Its number is the next one of
 * the call, given under the lock of the call. `letter`: the letter of intent that it comes from. Returns its id.
 */
export const startApplication = (
  context: PersonContext,
  call: string,
  { kind, letter = null }: { readonly kind: ApplicationKind; readonly letter?: string | null },
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    if (!isUuid(call)) return refuse(noSuchCall);
    const row = await db.selectFrom('call').select('state').where('id', '=', call).forNoKeyUpdate().executeTakeFirst();
    const state = row?.state as CallState | undefined;
    if (state?.publishedAt == null) return refuse(noSuchCall);
    const alive = await countSigned(inside, call, kind);
    // A letter that becomes an application was counted already.
    const started = letter ? 0 : await countStarted(inside, call);
    const may = mayStart(state, await wordsOf(inside, state, 'choices'), { kind, started, alive, now: clock.now() });
    if (!may.ok) return may;
    const { last } = await db
      .selectFrom('call_application')
      .select(({ fn }) => fn.max('number').as('last'))
      .where('call', '=', call)
      .executeTakeFirstOrThrow();
    const [id, number, at] = [randomUUID(), (last ?? 0) + 1, clock.now()];
    await db
      .insertInto('call_application')
      .values({
        ...{
          id,
          call,
          number,
          kind,
          status: 'draft',
          siren: '',
          holder: '',
          title: '',
          asked_cents: 0,
          total_cents: 0,
        },
        ...{ axes: [], territories: [], started_by: actor.account, started_at: at, changed_at: at },
        ...{ deposited_at: null, state: JSON.stringify(noApplication) },
      })
      .execute();
    await db
      .insertInto('call_application_member')
      .values({ application: id, email: actor.email, role: 'signatory', invited_by: actor.account, invited_at: at })
      .execute();
    const taken = await takeStep(inside, id, 'start', () =>
      ok([{ type: 'ApplicationStarted-V1', data: { call, kind, number, letter } }]),
    );
    return taken.ok ? ok(id) : taken;
  });

/** How many files the actor started in a call, of any kind, whatever became of them. */
const countStarted = async ({ db, actor }: PersonContext, call: string): Promise<number> => {
  const { started } = await db
    .selectFrom('call_application')
    .select(({ fn }) => fn.countAll<number>().as('started'))
    .where('call', '=', call)
    .where('started_by', '=', actor.account)
    .executeTakeFirstOrThrow();
  return started;
};

/** How many of a kind the actor signs in a call: drafts, and what was deposited and not taken back. */
const countSigned = async ({ db, actor }: PersonContext, call: string, kind: ApplicationKind): Promise<number> => {
  const { signed } = await db
    .selectFrom('call_application')
    .innerJoin('call_application_member as member', 'member.application', 'call_application.id')
    .select(({ fn }) => fn.countAll<number>().as('signed'))
    .where('call', '=', call)
    .where('kind', '=', kind)
    .where('member.email', '=', actor.email)
    .where('member.role', '=', 'signatory')
    .where('status', 'not in', ['withdrawn', 'lapsed', 'converted', 'closed'])
    .executeTakeFirstOrThrow();
  return signed;
};
