import type { ArticleEntry, LibraryQuery } from '#modules/library/index.ts';

let ready: Promise<(query: LibraryQuery) => ArticleEntry[]> | undefined;

/**
 * Searches on the device: the articles are fetched once (or come from its cache, without network) and the words typed go
 * nowhere. The code of the search comes only with the first search. Throws when the articles cannot be had.
 */
export const searchOnDevice = async (query: LibraryQuery): Promise<ArticleEntry[]> => {
  ready ??= prepare();
  try {
    return (await ready)(query);
  } catch (error) {
    ready = undefined;
    throw error;
  }
};

const prepare = async (): Promise<(query: LibraryQuery) => ArticleEntry[]> => {
  const [{ createLibrarySearch }, answer] = await Promise.all([
    import('#modules/library/index.ts'),
    fetch('/articles.json'),
  ]);
  if (!answer.ok) throw new Error(`articles.json answered ${answer.status}`);
  return createLibrarySearch((await answer.json()) as ArticleEntry[]);
};
