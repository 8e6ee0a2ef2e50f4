import { type BrowserContext, expect, type Page } from '@playwright/test';
import { fillDay } from './days.ts';
import { hydrated } from './pages.ts';

/** The three questions, open. */
export const openStart = async (page: Page): Promise<void> => {
  await page.goto('/mon-parcours');
  await hydrated(page);
  await page.getByRole('link', { name: 'Commencer mon parcours' }).click();
  await expect(page.getByRole('heading', { name: 'Où en êtes-vous ?' })).toBeVisible();
};

/** A first pregnancy, due in so many days, told through the three questions. */
export const expecting = async (page: Page, days = 91): Promise<void> => {
  await openStart(page);
  await page.getByText('J’attends un enfant').click();
  await fillDay(page, 0, days);
  await page.getByText('La personne qui porte ou a porté l’enfant').click();
  await page.getByRole('button', { name: 'Voir mon parcours' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
  await expect.poll(() => documentOf(page)).not.toBe('');
};

export const view = async (page: Page, hash: string): Promise<void> => {
  await page.goto(`/mon-parcours#${hash}`);
  await expect(page.locator('h1')).toBeVisible();
};

/**
 * Puts on the device, without any page of ours, what the first published version wrote there: its database, and its
 * document byte for byte but for the day and settings of later. Later versions must go on opening it.
 */
export const keepFamily = async (page: Page, settings: { readonly uncopiedSince?: string } = {}): Promise<void> => {
  const due = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 91 }).toString();
  const set = JSON.stringify({ easy: false, neutralTitles: true, reminders: 'none', ...settings });
  const text = `{"version":1,"family":{"timeZone":"Europe/Paris","people":[{"id":"me","role":"mother"}],"project":false,"pregnancies":[{"id":"p1","dating":{"by":"due","day":"${due}"}}],"children":[{"id":"c1","pregnancy":"p1"}],"olderChildren":0,"answers":{},"marks":{},"silences":[]},"notes":{"gro-epp:p1":"Merci"},"lists":{},"settings":${set}}`;
  await page.goto('/healthz');
  await page.evaluate(
    (kept) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('mille-jours', 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore('path');
          request.result.createObjectStore('moments', { keyPath: 'at' });
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const change = request.result.transaction('path', 'readwrite');
          change.objectStore('path').put({ text: kept }, 'kept');
          change.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      }),
    text,
  );
};

/** The document that is on the device, as text: empty while nothing is. */
export const documentOf = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('mille-jours');
        // Looking must not create.
        request.onupgradeneeded = () => request.transaction?.abort();
        request.onerror = () => resolve('');
        request.onsuccess = () => {
          const all = request.result.transaction('path').objectStore('path').getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(all.result.length > 0 ? JSON.stringify(all.result) : '');
          };
        };
      }),
  );

/** Requests that are not the site's own files, the same for everyone. */
export const watch = (context: BrowserContext): string[] => {
  const told: string[] = [];
  const own = [
    /^\/_app\//,
    /^\/mon-parcours(\/reperes\.json|\?ecran-partage)?$/,
    /^\/(service-worker\.js|manifest\.webmanifest|articles\.json)$/,
    /^\/$/,
    /^\/(aide|pour-les-proches|depistage|s-informer|livret|l-essentiel)$/,
    /^\/autour-de-moi\/hors-ligne$/,
    /^\/(articles|l-essentiel)\/[a-z0-9-]+$/,
    /^\/[\w/-]+\.(svg|png|woff2|js|css|html|ico|json)$/,
  ];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'blob:' || url.protocol === 'data:') return;
    // The build's own scripts carry their version as a query.
    const asked = url.pathname.startsWith('/_app/') ? url.pathname : url.pathname + url.search;
    const plain = request.method() === 'GET' && own.some((pattern) => pattern.test(asked));
    if (!plain || request.postData()) told.push(`${request.method()} ${url.pathname}${url.search}`);
  });
  return told;
};

/** Everything that a browser holds of this site. */
export const storageOf = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
  }));
