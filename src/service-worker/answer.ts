/** How long a page waits for the network before the kept one is shown, in milliseconds. */
const PATIENCE = 4_000;

/**
 * Who answers a request: what never changes comes from the cache; pages come from the network, and from the cache when it
 * fails or is slow; the rest is not ours to answer.
 */
export const answer = (request: Request, url: URL, cacheName: string): Promise<Response> | undefined => {
  if (url.pathname.startsWith('/_app/immutable/')) return cacheFirst(request, cacheName);
  if (
    request.mode === 'navigate' ||
    url.pathname.endsWith('.json') ||
    /\.(svg|png|woff2|webmanifest)$/.test(url.pathname)
  ) {
    return networkFirst(request, url, cacheName);
  }
  return undefined;
};

const cacheFirst = async (request: Request, cacheName: string): Promise<Response> => {
  const cache = await caches.open(cacheName);
  const kept = (await cache.match(request)) ?? (await caches.match(request));
  if (kept) return kept;
  // The script of the questionnaire has its version after its name (docs/decisions/0021-own-script.md): kept without it.
  const fresh = await fetch(request).catch(() => cache.match(request, { ignoreSearch: true }));
  if (!fresh) return Response.error();
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
};

const networkFirst = async (request: Request, url: URL, cacheName: string): Promise<Response> => {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(url.pathname);
  const fresh = fetch(request).then(async (response) => {
    // Only what is already kept is refreshed, and never under an address that says what was searched for.
    if (kept && response.ok && !response.redirected && url.search === '')
      await cache.put(url.pathname, response.clone());
    return response;
  });
  if (!kept) return fresh.catch(() => offline(request, cache));
  // The network may fail after the kept page was given: nobody waits for it any more.
  fresh.catch(() => {});
  return Promise.race([fresh.catch(() => kept.clone()), after(PATIENCE).then(() => kept.clone())]);
};

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A page that is not kept: says so, and leads to those that are. */
const offline = async (request: Request, cache: Cache): Promise<Response> => {
  if (request.mode !== 'navigate') return Response.error();
  const links = ['/mon-parcours', '/autour-de-moi/hors-ligne', '/s-informer', '/aide'];
  const kept = (await Promise.all(links.map((link) => cache.match(link)))).flatMap((page, index) =>
    page ? [links[index]] : [],
  );
  const names: Record<string, string> = {
    '/mon-parcours': 'Mon parcours',
    '/autour-de-moi/hors-ligne': 'Autour de moi, hors ligne',
    '/s-informer': 'S’informer',
    '/aide': 'Aide',
  };
  const list = kept.map((link) => `<li><a href="${link}">${names[link ?? ''] ?? ''}</a></li>`).join('');
  return new Response(
    `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hors ligne · Mille jours</title><h1>Hors ligne</h1><p>Cette page n’est pas gardée sur votre appareil. Rien n’est perdu : réessayez avec du réseau.</p><ul>${list}</ul>`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } },
  );
};
