import { createHash } from 'node:crypto';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical } from '#platform/server/journal/chain.ts';
import type { Frozen } from '../../application/deposit.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import '../tables.ts';

/** Keeps what was deposited, for ever (I-8): the database itself refuses that it changes. `number`: from 1. */
export const keepSnapshot = async (
  { db, actor }: PersonContext,
  application: string,
  number: number,
  content: SnapshotContent,
  { snapshot, sha256, at }: Frozen,
): Promise<void> => {
  await db
    .insertInto('call_snapshot')
    .values({
      ...{ id: snapshot, application, number, content: JSON.stringify(content), sha256 },
      ...{ made_by: actor.account, made_at: Temporal.Instant.from(at) },
    })
    .execute();
};

/** SHA-256 (hexadecimal) of the only way to write a content. */
export const hashOfContent = (content: SnapshotContent): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

/** What was deposited of an application, in order. For whoever may read it: ask first. */
export const snapshotsOf = async ({ db }: Pick<Context, 'db'>, application: string) => {
  const rows = await db
    .selectFrom('call_snapshot')
    .select(['id', 'number', 'content', 'sha256', 'made_at'])
    .where('application', '=', application)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ ...row, content: row.content as SnapshotContent }));
};
