import { randomUUID } from 'node:crypto';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { type ApplicationState, inadmissibleReasons } from '../../application/application.ts';
import {
  decideAdmissible,
  decideAskCompletion,
  decideCancelCompletion,
  decideChangeCompletion,
  decideClose,
  decideInadmissible,
} from '../../application/instruct.ts';
import { type OpenPart, openParts, partTitles } from '../../application/readable.ts';
import { kindOf } from '../../call-kind.ts';
import { readCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { wordsOf } from '../title.ts';
import { applicationRow, noSuchApplication, takeStep } from './application-stream.ts';
import { tellMembers } from './tell-members.ts';
import './instruction-tables.ts';

/** The longest motive of a completion. */
const MOST = 4_000;

interface Asked {
  readonly parts: readonly string[];
  readonly reason: string;
  readonly due: string;
  readonly origin: string | undefined;
}

/**
 * Asks the holder to complete some parts, before an instant, saying why: their members are told, and only these parts open.
 * What was deposited stands meanwhile.
 */
export const askCompletion = (context: PersonContext, application: string, asked: Asked): Promise<Result<void>> =>
  ask(context, application, 'askCompletion', asked);

/** Asks for something else, or for another day, in the place of what was asked and not answered: their members are told. */
export const changeCompletion = (context: PersonContext, application: string, asked: Asked): Promise<Result<void>> =>
  ask(context, application, 'changeCompletion', asked);

/** Asks for it no more: the deposit stands as it was, whatever was being written; its members are told. */
export const cancelCompletion = (
  context: PersonContext,
  application: string,
  { origin }: Pick<Asked, 'origin'>,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const done = await takeStep(inside, application, 'cancelCompletion', decideCancelCompletion);
    if (!done.ok) return done;
    await endRequests(inside, application);
    await tellMembers(inside, application, { what: 'completionCancelled', origin });
    return ok(undefined);
  });

const ask = (
  context: PersonContext,
  application: string,
  command: 'askCompletion' | 'changeCompletion',
  asked: Asked,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    const [id, now] = [randomUUID(), clock.now()];
    const reason = typedText(asked.reason);
    const parts = openParts.filter((part) => asked.parts.includes(part));
    const order = { id, due: asked.due, parts, reason: reason !== '' };
    const decide = command === 'askCompletion' ? decideAskCompletion : decideChangeCompletion;
    const done = await takeStep(inside, application, command, (state) =>
      reason.length > MOST ? refuse(tooLong) : decide(state, order, now),
    );
    if (!done.ok) return done;
    await endRequests(inside, application);
    const due = Temporal.Instant.from(asked.due);
    await db
      .insertInto('call_completion')
      .values({
        ...{ id, application, parts, reason, due, answered_at: null, cancelled_at: null },
        ...{ asked_by: actor.account, asked_at: now },
      })
      .execute();
    const titles = parts.map((part) => partTitles[part]);
    const what = command === 'askCompletion' ? 'completionAsked' : 'completionChanged';
    const news = { what, due: asked.due, parts: titles, reason } as const;
    await tellMembers(inside, application, { ...news, origin: asked.origin });
    return ok(undefined);
  });

/** Notes that what was asked and not answered is asked no more. */
const endRequests = async ({ db, clock }: PersonContext, application: string): Promise<void> => {
  await db
    .updateTable('call_completion')
    .set({ cancelled_at: clock.now() })
    .where('application', '=', application)
    .where('answered_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
};

/** Finds an application admissible. */
export const findAdmissible = (context: PersonContext, application: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await applicationRow(inside, application);
    const call = row && (await readCall(inside, row.call));
    if (!call) return noSuchApplication;
    const decide = (state: ApplicationState) => decideAdmissible(state, call.calendar, inside.clock.now());
    return settled(await takeStep(inside, application, 'findAdmissible', decide));
  });

/** Finds an application inadmissible, for national reasons or for a condition that the call published, with a motive. */
export const findInadmissible = (
  context: PersonContext,
  application: string,
  found: { readonly reasons: readonly string[]; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await applicationRow(inside, application);
    const call = row && (await readCall(inside, row.call));
    if (!call) return noSuchApplication;
    const { conditions = '' } = await wordsOf(inside, call, 'specification');
    const rules = { framed: kindOf(call.kind).framed, conditions: conditions !== '' };
    const text = await keepText(inside, found.text, 'reason');
    if (!text.ok) return text;
    const reasons = inadmissibleReasons.filter((reason) => found.reasons.includes(reason));
    const decide = (state: ApplicationState) => decideInadmissible(state, { reasons, text: text.value }, rules);
    return settled(await takeStep(inside, application, 'findInadmissible', decide));
  });

/** Closes a letter of intent without follow-up, saying why; its members are told. */
export const closeLetter = (
  context: PersonContext,
  application: string,
  { reason, origin }: { readonly reason: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const kept = await keepText(inside, reason, 'reason');
    if (!kept.ok) return kept;
    const done = await takeStep(inside, application, 'close', (state) => decideClose(state, kept.value));
    if (done.ok) await tellMembers(inside, application, { what: 'closed', origin });
    return settled(done);
  });

/** What was asked to be completed, the oldest first. For whoever may read the application: ask first. */
export const completionsOf = async ({ db }: Pick<Context, 'db'>, application: string) => {
  const rows = await db
    .selectFrom('call_completion')
    .select(['id', 'parts', 'reason', 'due', 'asked_at', 'answered_at', 'cancelled_at'])
    .where('application', '=', application)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, parts: row.parts as readonly OpenPart[] }));
};

/** Whether a part may be written now: each of a draft, and of an application to complete only those that were asked. */
export const partIsOpen = async (
  context: Pick<Context, 'db'>,
  id: string,
  { status, completion }: Pick<ApplicationState, 'status' | 'completion'>,
  part: OpenPart,
): Promise<boolean> => {
  if (status === 'draft') return true;
  if (status !== 'incomplete') return false;
  const asked = (await completionsOf(context, id)).find((one) => one.id === completion?.id);
  return asked?.parts.includes(part) ?? false;
};

const tooLong: Refusal = {
  code: 'too_long',
  field: 'reason',
  message: `C’est trop long : ${MOST} caractères au plus.`,
};

/** A part that no completion asks for. */
export const partClosed: Refusal = {
  code: 'part_closed',
  message: 'Cette partie n’est pas à compléter : elle reste telle qu’elle a été déposée.',
};
