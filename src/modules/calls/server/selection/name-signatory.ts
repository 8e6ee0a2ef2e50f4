import { randomUUID } from 'node:crypto';
import { readEmail, unreadableEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { applicationRow, noSuchApplication, takeStep } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { titleOf } from '../title.ts';
import { sendLettersJob } from './send-letters.ts';

/** Of some applications, those that nobody signs any more: there is nobody to write to. */
export const unsignedAmong = async (
  { db }: Pick<Context, 'db'>,
  applications: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (applications.length === 0) return new Set();
  const rows = await db
    .selectFrom('call_application_member')
    .select('application')
    .where('application', 'in', applications)
    .where('role', '=', 'signatory')
    .execute();
  const signed = new Set(rows.map(({ application }) => application));
  return new Set(applications.filter((id) => !signed.has(id)));
};

/**
 * Names the mailbox that signs an application that nobody signs any more; by who instructs it. They are told, and the letters
 * that waited for somebody to write to leave.
 */
export const nameSignatory = (
  context: PersonContext,
  application: string,
  asked: { readonly email: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { db, actor, clock } = inside;
    const row = await applicationRow(inside, application);
    const call = row && (await readCall(inside, row.call));
    if (!row || !call) return noSuchApplication;
    const email = readEmail(asked.email);
    if (!email) return refuse(unreadableEmail);
    // One after the other: two named at once would leave two signatures.
    await db.selectFrom('call_application').select('id').where('id', '=', application).forNoKeyUpdate().execute();
    const known = await db
      .selectFrom('call_application_member')
      .select('id')
      .where('application', '=', application)
      .where('email', '=', email)
      .executeTakeFirst();
    const member = known?.id ?? randomUUID();
    const signs = !(await unsignedAmong(inside, [application])).has(application);
    const done = await takeStep(inside, application, 'nameSignatory', () =>
      signs ? refuse(somebodySigns) : ok([{ type: 'SignatureHandedOver-V1', data: { member } }]),
    );
    if (!done.ok) return done;
    await db
      .insertInto('call_application_member')
      .values({ id: member, application, email, role: 'signatory', invited_by: actor.account, invited_at: clock.now() })
      .onConflict((before) => before.columns(['application', 'email']).doUpdateSet({ role: 'signatory' }))
      .execute();
    await inside.mail.post({
      ...{ to: email, subject: 'Vous signez une candidature' },
      text: [
        ...['Bonjour,', '', 'La personne qui signait une candidature à cet appel à projets n’est plus là.'],
        ...['Les organisateurs vous désignent pour la signer :', await titleOf(inside, call), ''],
        ...['Connectez-vous avec cette adresse pour l’ouvrir :'],
        `${asked.origin ?? ''}/appels/espace/candidatures/${application}`,
      ].join('\n'),
    });
    await inside.jobs.enqueue(sendLettersJob, { call: row.call }, { key: row.call });
    return ok(undefined);
  });

const somebodySigns: Refusal = {
  code: 'signs_already',
  field: 'email',
  message: 'Quelqu’un signe déjà cette candidature.',
};
