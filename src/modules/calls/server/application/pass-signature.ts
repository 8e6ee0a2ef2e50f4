import { ok } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { readCall } from '../call-stream.ts';
import { titleOf } from '../title.ts';
import { applicationRow, takeStep } from './application-stream.ts';

/**
 * Whoever signs applications and whose account is erased leaves each to who has written it for the longest, who is told. In
 * the transaction of the erasure, before the mailbox goes. Nobody writes it: nobody signs, and its organisers see it.
 */
export const passSignatures = async (context: Context, email: string): Promise<void> => {
  const { db, mail } = context;
  const house: Context = { ...context, actor: { kind: 'system' } };
  const signed = await db
    .selectFrom('call_application_member')
    .innerJoin('call_application', 'call_application.id', 'call_application_member.application')
    .select('call_application.id')
    .where('email', '=', email)
    .where('role', '=', 'signatory')
    .where('status', 'not in', ['lapsed', 'withdrawn', 'converted', 'closed'])
    .orderBy('call_application.id')
    .execute();
  for (const { id } of signed) {
    await db.selectFrom('call_application').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const next = await db
      .selectFrom('call_application_member')
      .select(['id', 'email'])
      .where('application', '=', id)
      .where('role', '=', 'writer')
      .where('email', '!=', email)
      .orderBy('invited_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    const row = next && (await applicationRow(house, id));
    const call = row && (await readCall(house, row.call));
    if (!next || !call) continue;
    const done = await takeStep(house, id, 'handOver', () =>
      ok([{ type: 'SignatureHandedOver-V1', data: { member: next.id } }]),
    );
    // The erasure happens whole or not at all: whoever acted at that very moment makes it begin again.
    if (!done.ok) throw new Error(done.error.code);
    await db.updateTable('call_application_member').set({ role: 'signatory' }).where('id', '=', next.id).execute();
    await mail.post({
      ...{ to: next.email, key: `call-signs/${id}/${next.id}`, subject: 'Vous signez une candidature' },
      text: [
        ...['Bonjour,', '', 'La personne qui signait une candidature à cet appel à projets a effacé son compte.'],
        ...['La signature vous revient, parce que vous l’écrivez :', await titleOf(house, call), ''],
        'Connectez-vous avec cette adresse pour l’ouvrir, ou pour remettre la signature à une autre personne.',
      ].join('\n'),
    });
  }
};
