import type { AccountId, Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import './application/attachment-tables.ts';
import { exportAfter, forgetInAfter } from './after/rights-after.ts';
import './application/instruction-tables.ts';
import { passSignatures } from './application/pass-signature.ts';
import './application/tables.ts';
import './national-tables.ts';
import './selection/decision-tables.ts';
import { exportSelection, forgetInSelection } from './selection/rights.ts';
import './tables.ts';

/** What a person wrote in calls: their remarks, and the calls to which their mailbox was invited. */
export const exportCalls = async (context: PersonContext) => {
  const { db, actor } = context;
  return {
    ...(await exportAfter(context)),
    ...(await exportSelection(context)),
    remarks: await db
      .selectFrom('call_remark')
      .select(['section', 'text', 'written_at'])
      .where('author', '=', actor.account)
      .orderBy('written_at')
      .execute(),
    // Motives, whatever they are of: a decision, a session that is cancelled, an evaluation that is given back.
    motives: await db
      .selectFrom('call_text')
      .select(['text', 'written_at'])
      .where('written_by', '=', actor.account)
      .orderBy('written_at')
      .orderBy('id')
      .execute(),
    nationalReadings: await db
      .selectFrom('call_national_reading')
      .select(['edition', 'read_until'])
      .where('account', '=', actor.account)
      .orderBy('edition')
      .execute(),
    invitations: await db
      .selectFrom('call_partner')
      .innerJoin('call', 'call.id', 'call_partner.call')
      .select(['call.slug', 'organisation', 'tasks', 'invited_at'])
      .where('email', '=', actor.email)
      .execute(),
    applications: await db
      .selectFrom('call_application_member as member')
      .innerJoin('call_application', 'call_application.id', 'member.application')
      .innerJoin('call', 'call.id', 'call_application.call')
      .select(['call.slug', 'call_application.title', 'call_application.status', 'member.role', 'member.invited_at'])
      .where('member.email', '=', actor.email)
      .execute(),
    recommendations: await db
      .selectFrom('call_recommendation')
      .select(['text', 'status', 'written_at'])
      .where('author', '=', actor.account)
      .orderBy('written_at')
      .execute(),
    attachments: await db
      .selectFrom('call_attachment')
      .select(['piece', 'name', 'bytes', 'added_at'])
      .where('added_by', '=', actor.account)
      .orderBy('added_at')
      .execute(),
    deposits: await db
      .selectFrom('call_snapshot')
      .select(['number', 'content', 'sha256', 'made_at'])
      .where('made_by', '=', actor.account)
      .orderBy('made_at')
      .execute(),
    completions: await db
      .selectFrom('call_completion')
      .select(['parts', 'reason', 'due', 'asked_at'])
      .where('asked_by', '=', actor.account)
      .orderBy('asked_at')
      .execute(),
    parts: await db
      .selectFrom('call_application_part')
      .select(['part', 'content', 'written_at'])
      .where('written_by', '=', actor.account)
      .execute(),
  };
};

/** Forgets the mailbox and the name of a person: what was decided stays, in the name of nobody. What they signed alone passes on. */
export const forgetInCalls = async (context: Context, account: AccountId): Promise<void> => {
  const { db } = context;
  const known = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
  await forgetInAfter(context, account);
  await forgetInSelection(context, account, known?.email ?? null);
  if (known?.email) {
    await passSignatures(context, known.email);
    await db.deleteFrom('call_partner').where('email', '=', known.email).execute();
    await db.deleteFrom('call_application_member').where('email', '=', known.email).execute();
  }
  await db.deleteFrom('call_application_presence').where('account', '=', account).execute();
  await db.deleteFrom('call_national_reading').where('account', '=', account).execute();
  for (const table of ['call_remark', 'call_recommendation'] as const)
    await db.updateTable(table).set({ author_name: 'Compte effacé' }).where('author', '=', account).execute();
};
