import { createHash } from 'node:crypto';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical } from '#platform/server/journal/chain.ts';
import { type ApplicationContent, emptyContent } from '../../application/content.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import '../tables.ts';

/** Keeps what was deposited at an instant, for ever (I-8). What it gives is what the journal says of it. */
export const freeze = async (
  { db, actor }: PersonContext,
  application: string,
  content: SnapshotContent,
  at: Temporal.Instant,
): Promise<{ readonly snapshot: string; readonly sha256: string; readonly at: string }> => {
  const known = await db
    .selectFrom('call_snapshot')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('application', '=', application)
    .executeTakeFirst();
  const snapshot = crypto.randomUUID();
  const sha256 = hashOfContent(content);
  await db
    .insertInto('call_snapshot')
    .values({
      ...{ id: snapshot, application, number: (known?.last ?? 0) + 1, content: JSON.stringify(content), sha256 },
      ...{ made_by: actor.account, made_at: at },
    })
    .execute();
  return { snapshot, sha256, at: at.toString() };
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

/** A draft as it stands, each part that nobody wrote being empty. For whoever may read it: ask first. */
export const draftContent = async ({ db }: Pick<Context, 'db'>, application: string): Promise<ApplicationContent> => {
  const rows = await db
    .selectFrom('call_application_part')
    .select(['part', 'content'])
    .where('application', '=', application)
    .execute();
  return { ...emptyContent, ...Object.fromEntries(rows.map(({ part, content }) => [part, content])) };
};
