import { randomInt } from 'node:crypto';
import { todayIn } from '#platform/clock.ts';
import { ok, type Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type AttestationCommand,
  type AttestationEvent,
  type AttestationRole,
  type AttestationState,
  decideAttestation,
  evolveAttestation,
  noAttestation,
} from '../attestation.ts';
import './tables.ts';

const attestationStream: StreamDefinition<AttestationState, AttestationEvent> = {
  name: 'attestation',
  initial: noAttestation,
  evolve: evolveAttestation,
  project: async ({ db, clock }, id, { status, until, reason }, events) => {
    const gives = events.some(({ data }) => data.command === 'give');
    await db
      .updateTable('attestation')
      .set({ status, until, reason, ...(gives ? { given_on: todayIn(clock, 'Europe/Paris').toString() } : {}) })
      .where('id', '=', id)
      .execute();
  },
};

/** One command on one attestation, in a transaction. Whether the actor has that role is the caller’s to know. */
export const commandAttestation = (
  context: Context,
  id: string,
  order: { readonly command: AttestationCommand; readonly role: AttestationRole; readonly reason?: string },
): Promise<Result<AttestationState>> =>
  withStream(context, attestationStream, id, (state) =>
    decideAttestation(state, { ...order, today: todayIn(context.clock, 'Europe/Paris') }),
  );

/** The attestation of a registration that is not withdrawn. */
export const livingAttestation = ({ db }: Context, registration: string) =>
  db
    .selectFrom('attestation')
    .selectAll()
    .where('registration', '=', registration)
    .where('status', '!=', 'withdrawn')
    .executeTakeFirst();

/**
 * Asks for the attestation of a registration that is sent, and gives it at once when `give`. One that is living already is
 * left as it is, unless it had been refused.
 */
export const askForAttestation = async (
  context: Context,
  registration: string,
  { give }: { readonly give: boolean },
): Promise<Result<void>> => {
  const living = await livingAttestation(context, registration);
  const id = living?.id ?? (await newAttestation(context, registration));
  if (!living || living.status === 'refused') {
    const asked = await commandAttestation(context, id, { command: 'request', role: 'holder' });
    if (!asked.ok) return asked;
  }
  if (give && (!living || living.status === 'refused' || living.status === 'requested')) {
    const given = await commandAttestation(context, id, { command: 'give', role: 'system' });
    if (!given.ok) return given;
  }
  return ok(undefined);
};

const newAttestation = async ({ db }: Context, registration: string): Promise<string> => {
  const { id } = await db
    .insertInto('attestation')
    .values({ registration, token: newToken(), status: 'requested', until: null, given_on: null, reason: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Read aloud and typed from a poster: no letter that looks like another. 16 of 31 signs: 79 bits, not to be guessed. */
const signs = '23456789abcdefghjkmnpqrstuvwxyz';
const newToken = (): string => Array.from({ length: 16 }, () => signs[randomInt(signs.length)]).join('');

/** Whether a text may be a token: anything else is not looked up. */
export const looksLikeToken = (text: string): boolean => /^[2-9a-hjkmnp-z]{16}$/.test(text);
