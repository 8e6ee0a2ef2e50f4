import { createECDH, randomBytes } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { expecting, keepFamily, view } from './device.ts';
import { hydrated } from './pages.ts';

/**
 * A headless Chromium has no push service to subscribe to. What a service would give is put in its place: an address and
 * the keys of a device. The worker is the real one, woken through the browser's own tools; the sending, encryption and
 * forgetting are in push.test.ts.
 */
const endpoint = 'https://fcm.googleapis.com/fcm/send/telephone-de-test';

const pretendService = async (page: Page): Promise<void> => {
  const p256dh = createECDH('prime256v1').generateKeys().toString('base64url');
  const auth = randomBytes(16).toString('base64url');
  await page.context().grantPermissions(['notifications']);
  await page.addInitScript(
    (device) => {
      let subscribed = sessionStorage.getItem('subscribed') === '1';
      const mark = (now: boolean) => {
        subscribed = now;
        sessionStorage.setItem('subscribed', now ? '1' : '0');
      };
      const subscription = {
        endpoint: device.endpoint,
        toJSON: () => ({ endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }),
        unsubscribe: async () => {
          mark(false);
          Object.assign(globalThis, { unsubscribed: true });
          return true;
        },
      };
      Object.assign(PushManager.prototype, {
        getSubscription: async () => (subscribed ? subscription : null),
        subscribe: async () => {
          mark(true);
          return subscription;
        },
      });
    },
    { endpoint, p256dh, auth },
  );
};

const subscribed = (page: Page): Promise<boolean> => page.evaluate(() => sessionStorage.getItem('subscribed') === '1');

interface Sent {
  readonly method: string;
  readonly body: { readonly moments?: readonly string[] } & Readonly<Record<string, unknown>>;
}

/** The bodies that leave the device for its registration. */
const registrations = (page: Page): Sent[] => {
  const sent: Sent[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/mon-parcours/rappels') && request.method() !== 'GET') {
      sent.push({ method: request.method(), body: request.postDataJSON() });
    }
  });
  return sent;
};

const askForReminders = async (page: Page): Promise<void> => {
  await view(page, 'reglages');
  // The first visit fetches all the pages that work without network: the browser has no worker to wake before.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole('button', { name: 'Recevoir des rappels' }).click();
  await expect(page.getByRole('button', { name: 'Ne plus recevoir de rappels' })).toBeVisible();
};

/** Wakes the worker with what the server sends, as a push service does. */
const wake = async (page: Page): Promise<void> => {
  const tools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  await tools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify({ web_push: 8030, notification: { title: 'Mille jours', body: 'Un moment pour vous.' } }),
  });
  await tools.detach();
};

/** What is shown on the telephone. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body }) => `${title} : ${body}`);
  });

const clear = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const notice of await registration.getNotifications()) notice.close();
  });

/** Brings the first moment that is kept to a minute ago. */
const bringMomentToNow = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('mille-jours');
        request.onsuccess = () => {
          const change = request.result.transaction('moments', 'readwrite');
          const shelf = change.objectStore('moments');
          const all = shelf.getAll();
          all.onsuccess = () => {
            const [first] = all.result as { at: string; sentence: string }[];
            shelf.put({ at: new Date(Date.now() - 60_000).toISOString(), sentence: first?.sentence });
            change.oncomplete = () => {
              request.result.close();
              resolve(first?.sentence ?? '');
            };
          };
        };
      }),
  );

test('what leaves the device is an address, two keys and hours of the morning, and nothing else', async ({ page }) => {
  await pretendService(page);
  await keepFamily(page);
  const sent = registrations(page);
  await askForReminders(page);
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  for (const { method, body } of sent) {
    expect(method).toBe('PUT');
    expect(Object.keys(body).sort()).toEqual(['auth', 'endpoint', 'moments', 'p256dh']);
    expect(body.endpoint).toBe(endpoint);
    expect(String(body.p256dh)).toMatch(/^[\w-]{87}$/);
    expect(String(body.auth)).toMatch(/^[\w-]{22}$/);
  }
  const moments = (sent.at(-1)?.body.moments ?? []).map((moment) => Temporal.Instant.from(moment));
  expect(moments.length).toBeGreaterThan(3);
  const local = moments.map((moment) => moment.toZonedDateTimeISO('Europe/Paris'));
  for (const { hour, minute, second } of local) {
    expect(hour).toBeGreaterThanOrEqual(9);
    expect(hour).toBeLessThan(20);
    expect([minute, second]).toEqual([0, 0]);
  }
  const days = local.map((moment) => moment.toPlainDate());
  expect(new Set(days.map(String)).size).toBe(days.length);
  for (const day of days) {
    const week = days.filter((other) => {
      const { days: distance } = day.until(other, { largestUnit: 'day' });
      return distance >= 0 && distance < 7;
    });
    expect(week.length, `the seven days from ${day}`).toBeLessThanOrEqual(3);
  }
});

test('when it is woken, the device writes the real sentence; locked, it keeps the neutral one', async ({ page }) => {
  await pretendService(page);
  await keepFamily(page);
  await askForReminders(page);
  await wake(page);
  await expect.poll(() => shown(page)).toEqual(['Mille jours : Un moment pour vous.']);
  const sentence = await bringMomentToNow(page);
  expect(sentence).not.toBe('');
  await wake(page);
  await expect.poll(() => shown(page)).toEqual([`Mille jours : ${sentence}`]);
  await page.getByLabel('Choisir un code').fill('la mer bleue');
  await page.getByRole('button', { name: 'Protéger avec ce code' }).click();
  await expect(page.getByText('protégé par un code')).toBeVisible();
  await clear(page);
  await wake(page);
  await expect.poll(() => shown(page)).toEqual(['Mille jours : Un moment pour vous.']);
});

test('after a loss told without network, the device unsubscribes, and what was on its way shows nothing', async ({
  page,
  context,
}) => {
  await pretendService(page);
  await expecting(page);
  await askForReminders(page);
  await page.goto('/mon-parcours#perte');
  await hydrated(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  await expect(page.getByText('Vous ne recevrez plus rien')).toBeVisible();
  await expect.poll(() => subscribed(page)).toBe(false);
  for (const offline of [true, false]) {
    await context.setOffline(offline);
    await wake(page);
    await page.waitForTimeout(1_500);
    expect(await shown(page)).toEqual([]);
  }
});

test('a loss told with network: the server is told to forget, by the address alone', async ({ page }) => {
  await pretendService(page);
  await keepFamily(page);
  await askForReminders(page);
  const sent = registrations(page);
  await page.goto('/mon-parcours#perte');
  await page.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  // Hours told again on the way here may still have left before: the last word is to forget.
  await expect.poll(() => sent.at(-1)).toEqual({ method: 'DELETE', body: { endpoint } });
});

test('erasing unsubscribes too', async ({ page }) => {
  await pretendService(page);
  await keepFamily(page);
  await askForReminders(page);
  await page.getByRole('button', { name: 'Tout effacer', exact: true }).click();
  await page.getByRole('button', { name: 'Tout effacer, maintenant' }).click();
  await expect(page.getByText('Il ne reste rien de votre parcours')).toBeVisible({ timeout: 15_000 });
  expect(await page.evaluate(() => Reflect.get(globalThis, 'unsubscribed'))).toBe(true);
});
