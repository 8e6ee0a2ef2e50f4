import { sql } from 'kysely';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { asOne } from '../calls.ts';
import { forgetSlices, removeBytes } from './attachment-files.ts';
import { namedByDeposit } from './attachment-reading.ts';
import { mayWrite, noSuchAttachment } from './attachments.ts';
import './attachment-tables.ts';

/** Takes a file out of an application. Its bytes go too, unless a deposit names it: what was deposited stays as it was. */
export const removeAttachment = async (
  context: PersonContext,
  application: string,
  id: string,
): Promise<Result<void>> => {
  const left = await asOne(context, async (inside) => {
    const may = await mayWrite(inside, application);
    if (!may.ok) return may;
    const gone = isUuid(id)
      ? await inside.db
          .updateTable('call_attachment')
          .set({ left_at: inside.clock.now() })
          .where('id', '=', id)
          .where('application', '=', application)
          .where('left_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
      : undefined;
    return gone ? ok(await namedByDeposit(inside, application, id)) : noSuchAttachment;
  });
  if (!left.ok) return left;
  // A death here leaves it to the hourly work.
  if (!left.value) await erase(context, id);
  return ok(undefined);
};

const keyOf = ({ db }: Context, id: string) =>
  db.selectFrom('call_attachment').select(['id', 'application', 'slices']).where('id', '=', id).executeTakeFirst();

const erase = async (context: Context, id: string): Promise<void> => {
  const row = await keyOf(context, id);
  if (!row) return;
  await removeBytes(context, row);
  await context.db.deleteFrom('call_attachment').where('id', '=', id).execute();
};

const eraseSlices = async (context: Context, id: string): Promise<void> => {
  const row = await keyOf(context, id);
  if (row) await forgetSlices(context, row);
};

const undeposited = sql`not exists (
  select from call_snapshot as snapshot where snapshot.application = call_attachment.application
    and snapshot.content -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', call_attachment.id)))`;

/** How long what was written for a deposit that never came stays: as long as its files. */
export const lapsedRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'calls.draft-lapsed', table: 'call_application_part', age: { days: 30 } },
    column: lapsedAt('call_application_part'),
    ...{ what: 'Le texte d’une candidature qui n’a pas été déposée', since: 'après la clôture constatée' },
  }),
  retentionRule({ ends: 'event', table: 'call_application_part', until: 'Les autres, comme la candidature' }),
];

/** How long files stay. Those that a deposit names stay as the deposit does. */
export const attachmentRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'calls.attachment-receiving', table: 'call_attachment', column: 'added_at', erase },
    ...{ age: { days: 1 }, when: sql`status in ('receiving', 'arriving')` },
    ...{ what: 'Un fichier joint reçu à moitié', since: 'après le début de l’envoi' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'calls.attachment-slices', table: 'call_attachment', column: 'added_at' },
    ...{ age: { hours: 1 }, when: sql`sha256 is not null and cardinality(slices) > 0`, erase: eraseSlices },
    ...{
      what: 'Les morceaux d’un fichier qu’un arrêt a laissés après leur réunion',
      since: 'après le début de l’envoi',
    },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'calls.attachment-removed', table: 'call_attachment', column: 'left_at', erase },
    ...{ age: { hours: 1 }, when: undeposited },
    ...{ what: 'Un fichier retiré d’une candidature avant tout dépôt', since: 'après son retrait' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'calls.attachment-refused', table: 'call_attachment', column: 'added_at', erase },
    ...{ age: { days: 90 }, when: sql`status = 'refused' and ${undeposited}` },
    ...{ what: 'La trace d’un fichier que l’antivirus a refusé', since: 'après son envoi' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'calls.attachment-lapsed', table: 'call_attachment', erase, age: { days: 30 } },
    column: lapsedAt('call_attachment'),
    ...{ what: 'Un fichier d’une candidature qui n’a pas été déposée', since: 'après la clôture constatée' },
  }),
  retentionRule({ ends: 'event', table: 'call_attachment', until: 'Les autres, comme la candidature' }),
];

/** SQL: when the application of a row was found not to have been deposited. */
function lapsedAt(table: 'call_attachment' | 'call_application_part') {
  return sql`(select changed_at from call_application
    where call_application.id = ${sql.table(table)}.application and call_application.status = 'lapsed')`;
}
