import { randomUUID } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { fold } from '#platform/text.ts';
import type { ApplicationState } from '../../application/application.ts';
import { applicationParts } from '../../application/content.ts';
import { decideCompletion, decideDeposit, type Frozen } from '../../application/deposit.ts';
import { decideWithdraw } from '../../application/instruct.ts';
import { severalAllowed } from '../../application/may-start.ts';
import { columnsOf } from '../../application/search-columns.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import { readCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { noteSnapshot } from '../selection/after-snapshot.ts';
import { wordsOf } from '../title.ts';
import { applicationRow, memberRole, noSuchApplication, takeStep } from './application-stream.ts';
import { readyToDeposit } from './deposit-setting.ts';
import { hashOfContent, keepSnapshot } from './snapshots.ts';
import { tellEvaluators } from './tell-evaluators.ts';
import { tellMembers } from './tell-members.ts';
import './instruction-tables.ts';

/** The button that was pressed. `receivedAt`: when the server received it, before it waited for anything; now, unless said. */
interface Pressed {
  readonly origin: string | undefined;
  readonly receivedAt?: Temporal.Instant;
}

/**
 * Deposits an application, all or nothing: the snapshot, the journal and the receipt to every member. The hour that counts
 * is the one at which the server received the request, whatever it had to wait for. Returns the id of the snapshot.
 */
export const depositApplication = (context: PersonContext, id: string, pressed: Pressed): Promise<Result<string>> =>
  freezeOne(context, id, 'deposit', pressed);

/** Sends what was asked to be completed: a new snapshot, besides the first. */
export const completeApplication = (context: PersonContext, id: string, pressed: Pressed): Promise<Result<string>> =>
  freezeOne(context, id, 'complete', pressed);

const freezeOne = (
  context: PersonContext,
  id: string,
  command: 'deposit' | 'complete',
  { origin, receivedAt = context.clock.now() }: Pressed,
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const row = await lockedFile(inside, id);
    if (!row) return noSuchApplication;
    const { content, setting } = await readyToDeposit(inside, row, receivedAt);
    const frozen: Frozen = { snapshot: randomUUID(), sha256: hashOfContent(content), at: receivedAt.toString() };
    const done = await takeStep(inside, id, command, (state) =>
      command === 'deposit'
        ? decideDeposit(content, setting, frozen)
        : decideCompletion(state, content, setting, frozen),
    );
    if (!done.ok) return done;
    await keepSnapshot(inside, id, done.value.snapshots.length, content, frozen);
    await keepColumns(inside, id, done.value, content);
    if (command === 'complete' && row.state.completion)
      await inside.db
        .updateTable('call_completion')
        .set({ answered_at: receivedAt })
        .where('id', '=', row.state.completion.id)
        .execute();
    await tellMembers(inside, id, { what: command === 'deposit' ? 'deposited' : 'completed', frozen, origin });
    await inside.jobs.enqueue(noteSnapshot, { application: id });
    return ok(frozen.snapshot);
  });

/** Takes back what was deposited, saying why; whoever was to evaluate it is told. What was deposited stays readable; nobody decides on it any more. */
export const withdrawApplication = (
  context: PersonContext,
  id: string,
  { reason, origin }: { readonly reason: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (!(await memberRole(inside, id))) return noSuchApplication;
    const kept = await keepText(inside, reason, 'reason');
    if (!kept.ok) return kept;
    const done = await takeStep(inside, id, 'withdraw', () => decideWithdraw(kept.value));
    if (done.ok) {
      await tellMembers(inside, id, { what: 'withdrawn', origin });
      await tellEvaluators(inside, id, origin);
    }
    return settled(done);
  });

/**
 * The application of a member, locked: its call first, so that it is neither cancelled nor decided meanwhile; then itself,
 * so that nobody writes in it. Where a company deposits one application only, one deposit at a time.
 */
const lockedFile = async (inside: PersonContext, id: string) => {
  if (!isUuid(id) || !(await memberRole(inside, id))) return undefined;
  const { db } = inside;
  const known = await applicationRow(inside, id);
  const call = known && (await readCall(inside, known.call));
  if (!known || !call) return undefined;
  const ofCall = db.selectFrom('call').select('id').where('id', '=', known.call);
  const one = severalAllowed(await wordsOf(inside, call, 'choices')) === 'no';
  await (one ? ofCall.forNoKeyUpdate() : ofCall.forShare()).execute();
  await db.selectFrom('call_application').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  return applicationRow(inside, id);
};

/** What lists search by, as the last snapshot says it. */
const keepColumns = async (
  { db }: PersonContext,
  id: string,
  { number }: ApplicationState,
  content: SnapshotContent,
): Promise<void> => {
  const columns = Object.assign({}, ...applicationParts.map((part) => columnsOf(part, content[part])));
  const { project, holder } = content;
  await db
    .updateTable('call_application')
    .set({
      ...{ ...columns, legal_form: holder.legal_form },
      words: fold(`${number} ${project.title} ${holder.name} ${holder.siret.slice(0, 9)} ${project.summary}`),
    })
    .where('id', '=', id)
    .execute();
};
