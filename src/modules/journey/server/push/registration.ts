import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';

/** Hosts of the push services of browsers. A registration elsewhere is refused: this server posts to no stranger. */
export const pushServices: readonly RegExp[] = [
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /(^|\.)push\.apple\.com$/,
  /(^|\.)notify\.windows\.com$/,
];

const MOST_MOMENTS = 200;
const FURTHEST_DAYS = 400;
const key = z.string().regex(/^[\w-]{16,120}$/);

/** Exactly what a device may send: any other field is refused. */
const registrationSchema = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).max(1_000),
  p256dh: key,
  auth: key,
  moments: z.array(z.iso.datetime()).max(MOST_MOMENTS),
});

const unregistrationSchema = z.strictObject({ endpoint: z.url().max(1_000) });

/**
 * Keeps how to wake a device and at which hours, in place of what was kept of it before. Hours that are over, too far or
 * not round are refused; without an hour left, nothing is kept.
 */
export const register = async (
  context: Context,
  body: unknown,
  services: readonly RegExp[] = pushServices,
): Promise<Result<void>> => {
  const parsed = registrationSchema.safeParse(body);
  if (!parsed.success) return refuse(badRegistration(String(parsed.error.issues[0]?.path[0] ?? '')));
  const { endpoint, p256dh, auth, moments } = parsed.data;
  if (!services.some((service) => service.test(new URL(endpoint).hostname))) return refuse(badRegistration('endpoint'));
  const now = context.clock.now();
  const hours = [...new Set(moments)].map((moment) => Temporal.Instant.from(moment));
  if (!hours.every((hour) => isRound(hour) && isNear(hour, now))) return refuse(badRegistration('moments'));
  const id = idOf(endpoint);
  await inTransaction(context, async ({ db }) => {
    await db.deleteFrom('push_registration').where('id', '=', id).execute();
    const coming = hours.filter((hour) => Temporal.Instant.compare(hour, now) > 0);
    if (coming.length === 0) return;
    await db.insertInto('push_registration').values({ id, endpoint, p256dh, auth }).execute();
    await db
      .insertInto('push_moment')
      .values(coming.map((hour) => ({ registration_id: id, at: hour.toString() })))
      .execute();
  });
  return ok(undefined);
};

/** Forgets a device. Whether it was known is not told. */
export const unregister = async (context: Context, body: unknown): Promise<Result<void>> => {
  const parsed = unregistrationSchema.safeParse(body);
  if (!parsed.success) return refuse(badRegistration('endpoint'));
  await context.db.deleteFrom('push_registration').where('id', '=', idOf(parsed.data.endpoint)).execute();
  return ok(undefined);
};

const idOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url');

const isRound = (instant: Temporal.Instant): boolean => instant.epochMilliseconds % 3_600_000 === 0;

const isNear = (instant: Temporal.Instant, now: Temporal.Instant): boolean =>
  instant.epochMilliseconds - now.epochMilliseconds < FURTHEST_DAYS * 86_400_000;

const badRegistration = (field: string) => ({
  code: 'bad_registration',
  field,
  message: 'Cet enregistrement de rappels n’est pas complet ou n’est pas celui d’un navigateur connu.',
});
