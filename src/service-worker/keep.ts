/** Pages that work with the network off, beside every article. */
const pages = [
  '/',
  '/mon-parcours',
  '/aide',
  '/autour-de-moi/hors-ligne',
  '/pour-les-proches',
  '/depistage',
  '/s-informer',
  '/livret',
  '/l-essentiel',
];
const lists = ['/mon-parcours/reperes.json', '/articles.json'];

/** The map is heavy and useless without a network: a part of more than this is left out. */
const HEAVIEST_BYTES = 120_000;

/** Keeps the files of the site that are not too heavy. One that fails fails the installation: it is tried again later. */
export const keepParts = async (cache: Cache, addresses: readonly string[]): Promise<void> => {
  await each(addresses, async (address) => {
    const answer = await fetch(address, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${address} is answered ${answer.status}`);
    if (Number(answer.headers.get('content-length') ?? 0) > HEAVIEST_BYTES) await answer.body?.cancel();
    else await cache.put(address, answer);
  });
};

/** Keeps the pages, every article and every essential message. One that does not answer is left out: the others work. */
export const keepPages = async (cache: Cache): Promise<void> => {
  await each([...pages, ...lists], (address) => keep(cache, address));
  const articles: unknown = await (await cache.match('/articles.json'))?.json();
  const slugs = Array.isArray(articles)
    ? articles.flatMap((article) => (article?.slug ? [String(article.slug)] : []))
    : [];
  await each(slugs, (slug) => keep(cache, `/articles/${slug}`));
  const essentials = (await (await cache.match('/l-essentiel'))?.text()) ?? '';
  await each([...new Set(essentials.match(/\/l-essentiel\/\d+/g))], (address) => keep(cache, address));
};

const keep = async (cache: Cache, address: string): Promise<void> => {
  const answer = await fetch(address, { cache: 'no-cache' }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const html = answer.headers.get('content-type')?.includes('html') ? await answer.clone().text() : '';
  await cache.put(address, answer);
  await each(partsOf(html, address), async (part) => {
    if (await cache.match(part)) return;
    const fetched = await fetch(part).catch(() => undefined);
    if (fetched?.ok) await cache.put(part, fetched);
  });
};

/** Scripts and styles that a page names: some are not in the list of the build. */
const partsOf = (html: string, address: string): string[] =>
  [...new Set([...html.matchAll(/(?:src|href)="([^"]*\/_app\/[^"]+)"/g)].map(([, part = '']) => part))].map(
    (part) => new URL(part, new URL(address, location.origin)).href,
  );

/** A few at a time: an old phone has other things to do. */
const each = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
};
