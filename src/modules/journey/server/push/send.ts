import type { Agent } from 'node:https';
import webpush from 'web-push';
import { z } from 'zod';
import type { Context } from '#platform/server/context.ts';
import { defineJob, type JobDefinition } from '#platform/server/jobs/jobs.ts';
import { pushKeys } from './keys.ts';

/** How long a push service may hold a message, in hours: moments are in the morning, nothing may come at night. */
const LIFETIME_HOURS = 4;
/** A moment that this server missed by more than this is dropped, for the same reason. */
const LATEST_HOURS = 2;
const TIMEOUT_MS = 10_000;
const AT_ONCE = 8;

interface Sender {
  /** Whom push services write to about this site: `mailto:…` or an https address. */
  readonly subject: string;
  /** Public address of the site, for the notice that a telephone shows without our worker. */
  readonly origin: string | undefined;
  /** For tests, which have certificates of their own. */
  readonly agent?: Agent;
}

/**
 * The message, the same for everyone and every reason. In the declarative form, which iOS shows even when the worker
 * cannot run; `mutable` lets the worker write the real sentence.
 */
export const neutralMessage = (origin: string | undefined): string =>
  JSON.stringify({
    web_push: 8030,
    notification: {
      ...{ title: 'Mille jours', body: 'Un moment pour vous.', lang: 'fr' },
      navigate: `${origin ?? ''}/mon-parcours`,
    },
    mutable: true,
  });

/**
 * Wakes the devices whose hour has come. A moment is taken away before it is sent: it may be lost, it never comes twice.
 * Devices that are gone, and those without a moment left, are forgotten.
 */
export const sendDueMoments = async (context: Context, sender: Sender): Promise<{ sent: number; gone: number }> => {
  const now = context.clock.now();
  const due = await context.db
    .deleteFrom('push_moment')
    .using('push_registration')
    .whereRef('push_registration.id', '=', 'push_moment.registration_id')
    .where('push_moment.at', '<=', now.toString())
    .returning(['push_moment.at', 'push_registration.id', 'endpoint', 'p256dh', 'auth'])
    .execute();
  const earliest = now.subtract({ hours: LATEST_HOURS });
  const timely = due.filter(({ at }) => Temporal.Instant.compare(Temporal.Instant.from(String(at)), earliest) >= 0);
  const devices = [...new Map(timely.map((row) => [row.id, row])).values()];
  const keys = devices.length > 0 ? await pushKeys(context) : undefined;
  let sent = 0;
  let gone = 0;
  for (let start = 0; keys && start < devices.length; start += AT_ONCE) {
    await Promise.all(
      devices.slice(start, start + AT_ONCE).map(async ({ id, endpoint, p256dh, auth }) => {
        const outcome = await wake({ endpoint, keys: { p256dh, auth } }, keys, sender);
        if (outcome === 'sent') sent += 1;
        if (outcome !== 'gone') return;
        gone += 1;
        await context.db.deleteFrom('push_registration').where('id', '=', id).execute();
      }),
    );
  }
  // Some services answer « received » for ever for a device that is gone: without a moment left, it is forgotten.
  await context.db
    .deleteFrom('push_registration')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('push_moment')
            .select('push_moment.at')
            .whereRef('push_moment.registration_id', '=', 'push_registration.id'),
        ),
      ),
    )
    .execute();
  return { sent, gone };
};

const wake = async (
  subscription: webpush.PushSubscription,
  { publicKey, privateKey }: Awaited<ReturnType<typeof pushKeys>>,
  { subject, origin, agent }: Sender,
): Promise<'sent' | 'gone' | 'failed'> => {
  try {
    await webpush.sendNotification(subscription, neutralMessage(origin), {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: LIFETIME_HOURS * 3_600,
      urgency: 'normal',
      topic: 'moment',
      timeout: TIMEOUT_MS,
      ...(agent ? { agent } : {}),
    });
    return 'sent';
  } catch (error) {
    return error instanceof webpush.WebPushError && [404, 410].includes(error.statusCode) ? 'gone' : 'failed';
  }
};

/** The job that wakes devices, every ten minutes. */
export const pushJobs = (settings: {
  readonly ORIGIN?: string | undefined;
  readonly CONTACT_EMAIL?: string | undefined;
}): readonly JobDefinition<Record<string, never>>[] => [
  defineJob({
    name: 'push.send',
    purpose: 'Réveiller les appareils dont l’heure de rappel est venue, par une phrase neutre.',
    data: z.strictObject({}),
    every: '*/10 * * * *',
    retries: 1,
    handle: async (context) => {
      const { sent, gone } = await sendDueMoments(context, {
        subject: settings.CONTACT_EMAIL ? `mailto:${settings.CONTACT_EMAIL}` : (settings.ORIGIN ?? 'https://localhost'),
        origin: settings.ORIGIN,
      });
      if (sent + gone > 0) context.log.info({ sent, gone }, 'devices woken');
    },
  }),
];
