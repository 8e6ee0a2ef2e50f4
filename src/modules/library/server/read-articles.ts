import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lineWith, readYaml } from '#platform/server/content.ts';
import type { Article, Source } from '../article.ts';
import { articleHeadSchema, sourcesSchema } from '../article-schema.ts';

const folder = 'articles';

/**
 * Reads every article of a content folder, in the order of their moment then of their title.
 * Throws on the first bad one, with its path and what is wrong in it: an unknown field, source or related article.
 */
export const readArticles = (directory: string): readonly Article[] => {
  const sources = readSources(directory);
  const articles = readdirSync(path.join(directory, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readArticle(path.join(directory, folder, name), sources))
    .sort((a, b) => a.from - b.from || a.to - b.to || a.title.localeCompare(b.title, 'fr'));

  const slugs = new Set(articles.map(({ slug }) => slug));
  for (const article of articles)
    for (const link of linksOf(article))
      if (!slugs.has(link)) {
        const file = path.join(directory, folder, `${article.slug}.md`);
        throw new Error(`${file}:${lineWith(file, link)}, no article ${link}`);
      }
  return articles;
};

/** The sources of all articles, by id. */
export const readSources = (directory: string): ReadonlyMap<string, Source> => {
  const file = path.join(directory, folder, 'sources.yaml');
  const raw = readYaml(file, sourcesSchema);
  return new Map(
    Object.entries(raw).map(([id, { checked_on: checkedOn, ...source }]) => [id, { id, ...source, checkedOn }]),
  );
};

const readArticle = (file: string, sources: ReadonlyMap<string, Source>): Article => {
  const slug = path.basename(file, '.md');
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${file}:1, expected a head between two lines of ---`);
  const { reviewed_by, reviewed_on, sources: ids, ...rest } = readYaml(file, articleHeadSchema, head, 1);
  return {
    ...{ slug, ...rest, body: body.trim() },
    sources: ids.map((id) => {
      const source = sources.get(id);
      if (!source) throw new Error(`${file}:${lineWith(file, 'sources:')}, no source ${id} in ${folder}/sources.yaml`);
      return source;
    }),
    ...{ reviewedBy: reviewed_by ?? undefined, reviewedOn: reviewed_on ?? undefined },
  };
};

/** The articles that one leads to: at its end and in its text. */
const linksOf = (article: Article): string[] => [
  ...article.related,
  ...[...article.body.matchAll(/\]\(\/articles\/([^)#]+)/g)].flatMap(([, slug]) => slug ?? []),
];
