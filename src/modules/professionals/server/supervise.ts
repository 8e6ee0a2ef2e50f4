import { z } from 'zod';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { readAccounts } from '#platform/server/identity/accounts.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { attestationWords } from '../attestation.ts';
import { longest } from '../draft.ts';
import { commandAttestation } from './attestations.ts';
import { keepReason, reasonTooLong } from './cases.ts';
import { confirmOwn } from './fresh/own.ts';
import { scopeOf } from './located.ts';
import { noSuchRegistration } from './registrations.ts';

/** What a holder does with an attestation of theirs. */
export type HolderCommand = 'giveUp' | 'renew';

/** The holder gives the attestation up, or confirms that all is still true and has it for another year. */
export const commandOwnAttestation = (
  context: PersonContext,
  registration: string,
  command: HolderCommand,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'attestation.request', { organisation: registration });
    if (!allowed.ok) return allowed;
    const row = await findLiving(inside, registration);
    if (!row) return refuse(noSuchRegistration);
    const done = await commandAttestation(inside, row.id, { command, role: 'holder' });
    if (!done.ok) return done;
    if (command === 'renew') await confirmOwn(inside, registration);
    return ok(undefined);
  });

/** What a moderator does with an attestation that was given. */
export type ModeratorCommand = 'dispute' | 'clear' | 'withdraw';

/**
 * A moderator of the territory disputes, clears or withdraws an attestation, with a reason that its holders receive. The
 * public page and the badge say the new state at once.
 */
export const commandAttestationOf = (
  context: PersonContext,
  registration: string,
  command: ModeratorCommand,
  reason: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    if (!isUuid(registration)) return refuse(noSuchRegistration);
    const row = await findLiving(inside, registration);
    if (!row) return refuse(noSuchRegistration);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const action = command === 'withdraw' ? 'attestation.withdraw' : 'attestation.decide';
    const allowed = await authorise(inside, action, { territory: scopeOf(row) }, covers);
    if (!allowed.ok) return allowed;
    if ([...reason].length > longest.words) return refuse(reasonTooLong);
    const told = reason.trim() === '' ? undefined : await keepReason(inside, reason.trim());
    const order = { command, role: 'moderator', ...(told === undefined ? {} : { reason: told }) } as const;
    const done = await commandAttestation(inside, row.id, order);
    if (!done.ok) return done;
    const [holder] = await readAccounts(inside, [row.account]);
    if (holder) {
      const { title, text } = attestationWords[done.value.status];
      await inside.mail.post({
        to: holder.email,
        subject: title,
        text: [
          'Bonjour,',
          '',
          `${title}. ${text}`,
          ...(reason.trim() ? ['', 'Leur message :', reason.trim()] : []),
        ].join('\n'),
      });
    }
    return ok(undefined);
  });

const findLiving = ({ db }: Context, registration: string) =>
  db
    .selectFrom('attestation')
    .innerJoin('registration', 'registration.id', 'attestation.registration')
    .select(['attestation.id', 'registration.insee', 'registration.account'])
    .where('registration.id', '=', registration)
    .where('attestation.status', '!=', 'withdrawn')
    .executeTakeFirst();

/** Every night: writes down the attestations whose year has passed. Their pages say so from midnight on, job or not. */
export const expireAttestations = defineJob({
  name: 'professionals.expire-attestations',
  data: z.object({}),
  purpose: 'Note les attestations arrivées à leur terme.',
  every: '41 1 * * *',
  handle: async (context) => {
    const today = todayIn(context.clock, 'Europe/Paris');
    const due = await context.db
      .selectFrom('attestation')
      .select('id')
      .where('status', 'in', ['given', 'disputed'])
      .where('until', '<', today)
      .orderBy('id')
      .execute();
    for (const { id } of due) await commandAttestation(context, id, { command: 'expire', role: 'system' });
  },
});
