import { ok, type Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { decideConvert } from '../../application/instruct.ts';
import { asOne } from '../calls.ts';
import { applicationRow, memberRole, noSuchApplication, takeStep } from './application-stream.ts';
import { startApplication } from './start.ts';

/**
 * Makes an application of a letter of intent that was deposited: a draft begins with all that the letter said, and with its
 * members. Returns the id of the draft. Refused once the call is closed.
 */
export const convertLetter = (context: PersonContext, letter: string): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const { db } = inside;
    if ((await memberRole(inside, letter)) === undefined) return noSuchApplication;
    const row = await applicationRow(inside, letter);
    if (!row) return noSuchApplication;
    const started = await startApplication(inside, row.call, { kind: 'full', letter });
    if (!started.ok) return started;
    const application = started.value;
    const done = await takeStep(inside, letter, 'convert', (state) => decideConvert(state, application));
    if (!done.ok) return done;
    await db
      .insertInto('call_application_part')
      .columns(['application', 'part', 'version', 'content', 'written_by', 'written_at'])
      .expression(
        db
          .selectFrom('call_application_part')
          .select(({ val }) => [
            val(application).as('application'),
            ...(['part', 'version', 'content', 'written_by', 'written_at'] as const),
          ])
          .where('application', '=', letter),
      )
      .execute();
    await db
      .insertInto('call_application_member')
      .columns(['application', 'email', 'role', 'invited_by', 'invited_at'])
      .expression(
        db
          .selectFrom('call_application_member')
          .select(({ val }) => [
            val(application).as('application'),
            ...(['email', 'role', 'invited_by', 'invited_at'] as const),
          ])
          .where('application', '=', letter)
          .where('email', '!=', inside.actor.email),
      )
      .execute();
    const { siren, holder, title, asked_cents, total_cents, axes, territories } = row;
    await db
      .updateTable('call_application')
      .set({ siren, holder, title, asked_cents, total_cents, axes, territories })
      .where('id', '=', application)
      .execute();
    return ok(application);
  });
