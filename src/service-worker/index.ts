// A worker may not import later: telephones without Temporal receive it here.
import 'temporal-polyfill/global';
import { noticeAt } from '#modules/journey/device/moments.ts';
import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import { answer } from './answer.ts';
import { keepPages, keepParts } from './keep.ts';

/** One cache for each version of the site: an older page goes on finding its own parts until it is closed. */
const cacheName = `mille-jours-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then(async (cache) => {
      await keepParts(
        cache,
        [...immutable, ...assets].map(({ path }) => `/${path}`.replace('//', '/')).filter(isBrought),
      );
      await keepPages(cache);
    }),
  );
});

/** SvelteKit builds a client too, which no page brings (docs/decisions/0021-own-script.md). */
const isBrought = (address: string): boolean => !/^\/_app\/immutable\/(nodes|entry)\//.test(address);

/** What the device holds of a family is elsewhere, in its database: an update never touches it. */
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.headers.has('range')) return;
  const answered = answer(request, url, cacheName);
  if (answered) event.respondWith(answered);
});

/**
 * The server sends a neutral sentence and knows no other. The real one is written here, from the device's own database,
 * and only when nothing is locked. Browsers ask that something be shown, except that nobody may be reminded after a loss.
 */
self.addEventListener('push', (event) => {
  event.waitUntil(
    noticeAt(Temporal.Now.instant())
      .catch(() => 'Un moment pour vous.')
      .then(
        (body) =>
          body &&
          self.registration.showNotification('Mille jours', {
            ...{ body, tag: 'moment', icon: '/icon-192.png', data: '/mon-parcours' },
          }),
      ),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((windows) => {
      const open = windows.find(({ url }) => new URL(url).pathname.startsWith('/mon-parcours'));
      return open ? open.focus() : self.clients.openWindow('/mon-parcours');
    }),
  );
});
