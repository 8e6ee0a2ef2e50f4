import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { todayIn } from '../../clock.ts';
import { type AccountId, type Context, inTransaction } from '../context.ts';
import { passkeyAddedMail } from './mails.ts';
import type { PersonContext } from './require-person.ts';
import { hashOf } from './secret.ts';
import './tables.ts';

const minutes = 5;
/** EdDSA, ES256, RS256 (COSE): what every device of today knows. */
const algorithms = [-8, -7, -257];
/** More than anybody has, few enough for a list. */
const mostKeys = 20;

/**
 * The question for a new passkey, for the browser's `navigator.credentials`. The key must be able to find the account by
 * itself and to know its owner (finger, face, code): it replaces everything else.
 */
export const askNewPasskey = async (context: PersonContext, url: URL) => {
  const { actor } = context;
  const known = await listPasskeys(context);
  const options = await generateRegistrationOptions({
    rpName: 'Mille jours',
    supportedAlgorithmIDs: algorithms,
    rpID: url.hostname,
    userName: actor.email,
    userDisplayName: actor.name ?? actor.email,
    userID: new TextEncoder().encode(actor.account),
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(context, options.challenge, actor.account);
  return options;
};

/** Adds the passkey that answered. Its owner is told by mail: a way in was added. Returns nothing. */
export const addPasskey = async (
  context: PersonContext,
  url: URL,
  answer: string,
  typedName: string,
): Promise<Result<void>> => {
  const name =
    typedName
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 60) || 'Clé d’accès';
  const read = readAnswer(newKey, answer);
  if (!read) return refuse(notUnderstood);
  const { transports, ...response } = read.response;
  const verified = await verifiedOrNothing(() =>
    verifyRegistrationResponse({
      response: { ...read, response, clientExtensionResults: {} },
      supportedAlgorithmIDs: algorithms,
      expectedChallenge: (challenge) => takeChallenge(context, challenge, context.actor.account),
      expectedOrigin: url.origin,
      expectedRPID: url.hostname,
    }),
  );
  if (!verified?.verified) return refuse(notUnderstood);
  const { credential } = verified.registrationInfo;
  return inTransaction(context, async ({ db, clock, mail }) => {
    const known = await db
      .selectFrom('account_passkey')
      .select('id')
      .where('account', '=', context.actor.account)
      .execute();
    if (known.length >= mostKeys) return refuse(tooMany);
    const added = await db
      .insertInto('account_passkey')
      .values({
        ...{
          id: credential.id,
          account: context.actor.account,
          name,
          counter: credential.counter,
          created_at: clock.now(),
        },
        public_key: Buffer.from(credential.publicKey).toString('base64url'),
        transports: transports.join(' '),
      })
      .onConflict((same) => same.column('id').doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 1n) return refuse(notUnderstood);
    await mail.post({ to: context.actor.email, ...passkeyAddedMail(name) });
    return ok(undefined);
  });
};

/** The question for whoever signs in, without saying who: the device proposes the accounts it knows. */
export const askPasskey = async (context: Context, url: URL) => {
  const options = await generateAuthenticationOptions({ rpID: url.hostname, userVerification: 'required' });
  await keepChallenge(context, options.challenge, undefined);
  return options;
};

/** Whose passkey answered. Each question is answered once. */
export const proveByPasskey = async (context: Context, url: URL, answer: string): Promise<Result<AccountId>> => {
  const read = readAnswer(usedKey, answer);
  if (!read) return refuse(notUnderstood);
  const key = await context.db
    .selectFrom('account_passkey')
    .select(['id', 'account', 'public_key', 'counter'])
    .where('id', '=', read.id)
    .executeTakeFirst();
  const verified = await verifiedOrNothing(() =>
    verifyAuthenticationResponse({
      response: { ...read, clientExtensionResults: {} },
      expectedChallenge: (challenge) => takeChallenge(context, challenge, undefined),
      expectedOrigin: url.origin,
      expectedRPID: url.hostname,
      credential: {
        id: read.id,
        publicKey: new Uint8Array(Buffer.from(key?.public_key ?? '', 'base64url')),
        counter: key?.counter ?? 0,
      },
    }),
  );
  if (!key || !verified?.verified) return refuse(notUnderstood);
  await context.db
    .updateTable('account_passkey')
    .set({ counter: verified.authenticationInfo.newCounter, used_on: todayIn(context.clock, 'Europe/Paris') })
    .where('id', '=', key.id)
    .execute();
  return ok(key.account as AccountId);
};

/** The passkeys of a person, the newest first. */
export const listPasskeys = ({ db, actor }: PersonContext) =>
  db
    .selectFrom('account_passkey')
    .select(['id', 'name', 'created_at', 'used_on'])
    .where('account', '=', actor.account)
    .orderBy('created_at', 'desc')
    .execute();

/** Removes one passkey of the person; somebody else's is never touched. */
export const removePasskey = async ({ db, actor }: PersonContext, id: string): Promise<void> => {
  await db.deleteFrom('account_passkey').where('account', '=', actor.account).where('id', '=', id).execute();
};

const keepChallenge = async ({ db, clock }: Context, challenge: string, account: string | undefined): Promise<void> => {
  const expires_at = clock.now().add({ minutes });
  await db
    .insertInto('account_challenge')
    .values({ challenge_hash: hashOf(challenge), account: account ?? null, expires_at })
    .execute();
};

/** Whether we asked this, of this person or of nobody in particular; true once. */
const takeChallenge = async (
  { db, clock }: Context,
  challenge: string,
  account: string | undefined,
): Promise<boolean> => {
  const taken = await db
    .deleteFrom('account_challenge')
    .where('challenge_hash', '=', hashOf(challenge))
    .returning(['account', 'expires_at'])
    .executeTakeFirst();
  return (
    taken !== undefined &&
    taken.account === (account ?? null) &&
    Temporal.Instant.compare(taken.expires_at, clock.now()) > 0
  );
};

/** The library throws for whatever does not fit: a wrong origin, an old question, a broken answer. All are refusals. */
const verifiedOrNothing = async <T>(verify: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await verify();
  } catch (error) {
    if (isTroubleOfOurs(error)) throw error;
    return undefined;
  }
};

/** Errors of the database carry a code, and must not pass for a wrong key. */
const isTroubleOfOurs = (error: unknown): boolean => typeof error === 'object' && error !== null && 'severity' in error;

/** What the browser sends, in both cases. Binary parts are base64url; the library reads what is in them. */
const part = z.string().regex(/^[\w-]{1,20000}$/);
const common = { id: part, rawId: part, type: z.literal('public-key') };
const newKey = z.object({
  ...common,
  response: z.object({
    clientDataJSON: part,
    attestationObject: part,
    transports: z.array(z.string()).max(10).default([]),
  }),
});
const usedKey = z.object({
  ...common,
  response: z.object({ clientDataJSON: part, authenticatorData: part, signature: part }),
});

const readAnswer = <T>(shape: z.ZodType<T>, answer: string): T | undefined => {
  try {
    return shape.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
};

const notUnderstood: Refusal = {
  code: 'passkey_refused',
  message: 'La clé d’accès n’a pas été reconnue. Essayez de nouveau, ou connectez-vous par message.',
};
const tooMany: Refusal = {
  code: 'too_many_passkeys',
  message: `Votre compte a déjà ${mostKeys} clés d’accès. Retirez-en une d’abord.`,
};
