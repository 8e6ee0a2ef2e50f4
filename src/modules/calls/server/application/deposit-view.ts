import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { completionRefusals, depositRefusals } from '../../application/deposit.ts';
import { differenceOf, type PartDifference } from '../../application/difference.ts';
import { type ReadablePart, readable } from '../../application/readable.ts';
import { receiptNumber } from '../../application/receipt.ts';
import type { FrozenPiece } from '../../application/snapshot.ts';
import { callWords } from '../call-view.ts';
import { readTexts } from '../rows.ts';
import { applicationRow, memberRole } from './application-stream.ts';
import { readyToDeposit } from './deposit-setting.ts';
import { completionsOf } from './instruction.ts';
import { namesIn } from './names.ts';
import { snapshotsOf } from './snapshots.ts';

/** What one deposit or completion froze, as it is read, with what it changed in the one before. */
export interface SnapshotView {
  readonly id: string;
  readonly number: number;
  readonly sha256: string;
  /** ISO instant. */
  readonly at: string;
  readonly parts: readonly ReadablePart[];
  readonly attachments: readonly FrozenPiece[];
  readonly changes: readonly PartDifference[];
}

/** An application of the actor’s before and after its deposit: exactly what would be deposited, and all that was. */
export const depositView = async (context: PersonContext, id: string) => {
  const role = await memberRole(context, id);
  const row = role && (await applicationRow(context, id));
  if (!row) return undefined;
  const now = context.clock.now();
  const { call, content, setting } = await readyToDeposit(context, row, now);
  const words = await callWords(context, call);
  const names = namesIn(context, words);
  const { attachments } = content;
  const { reason } = row.state;
  return {
    ...{ id, role, row, call, words, now, number: receiptNumber(call.slug, row.number) },
    parts: readable(content, attachments, names),
    refusals:
      row.status === 'draft'
        ? depositRefusals(content, setting)
        : row.status === 'incomplete'
          ? completionRefusals(content, setting)
          : [],
    snapshots: await snapshotViews(context, id, names),
    completions: await completionsOf(context, id),
    reason: reason ? (await readTexts(context, [reason])).get(reason) : undefined,
  };
};

/** The snapshots of an application as they are read, each with what it changed. For whoever may read it: ask first. */
export const snapshotViews = async (
  context: PersonContext,
  id: string,
  names: ReturnType<typeof namesIn>,
): Promise<readonly SnapshotView[]> => {
  const read = (await snapshotsOf(context, id)).map(({ content, made_at, ...row }) => ({
    ...{ ...row, at: made_at.toString(), attachments: content.attachments },
    parts: readable(content, content.attachments, names),
  }));
  return read.map((one, at) => {
    const before = read[at - 1];
    return { ...one, changes: before ? differenceOf(before.parts, one.parts) : [] };
  });
};
