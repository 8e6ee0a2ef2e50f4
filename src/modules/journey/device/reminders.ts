import type { Moment } from './database.ts';

/** Where the registration of this device is kept: an address to push to, and hours. Never why. */
const ADDRESS = '/mon-parcours/rappels';

/** What leaves the device, and nothing else: how to reach this browser, and at which hours. */
export interface Registration {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** ISO instants, rounded to the hour. */
  readonly moments: readonly string[];
}

/**
 * Asks for the permission, then registers the hours. `false` when the person or the browser says no.
 * Throws when the network fails: nothing is registered then.
 */
export const startReminders = async (moments: readonly Moment[]): Promise<boolean> => {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const worker = await navigator.serviceWorker.ready;
  const { publicKey }: { publicKey: string } = await (await ask()).json();
  const subscription =
    (await worker.pushManager.getSubscription()) ??
    (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
  await send('PUT', registrationOf(subscription, moments));
  return true;
};

/** Tells the hours again after a change; does nothing where no reminder was asked for. */
export const updateReminders = async (moments: readonly Moment[]): Promise<void> => {
  const subscription = await currentSubscription();
  if (subscription) await send('PUT', registrationOf(subscription, moments)).catch(() => {});
};

/**
 * No reminder from now on. The device unsubscribes first, which needs no network of ours; the server is told when it can
 * be, and forgets by itself otherwise: a registration without a moment left is deleted.
 */
export const stopReminders = async (): Promise<void> => {
  const subscription = await currentSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  await send('DELETE', { endpoint: subscription.endpoint }).catch(() => {});
};

const currentSubscription = async (): Promise<PushSubscription | null> => {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
};

/** Rounded to the hour: fewer hours, fewer families that could be told apart by theirs. */
export const registrationOf = (
  subscription: Pick<PushSubscription, 'endpoint' | 'toJSON'>,
  moments: readonly Moment[],
): Registration => {
  const { keys } = subscription.toJSON();
  return {
    endpoint: subscription.endpoint,
    p256dh: keys?.p256dh ?? '',
    auth: keys?.auth ?? '',
    moments: [...new Set(moments.map(({ at }) => Temporal.Instant.from(at).round('hour').toString()))],
  };
};

/** One after the other: hours still on their way never arrive after the word that they must be forgotten. */
const send = (method: 'PUT' | 'DELETE', body: unknown): Promise<Response> => {
  const headers = { 'content-type': 'application/json' };
  const now = () => ask({ method, headers, body: JSON.stringify(body) });
  return navigator.locks ? navigator.locks.request(ADDRESS, now) : now();
};

const ask = async (init?: RequestInit): Promise<Response> => {
  const answer = await fetch(ADDRESS, init);
  if (!answer.ok) throw new Error(`reminders: ${answer.status}`);
  return answer;
};
