import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
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
      if (!slugs.has(link)) throw new Error(`${folder}/${article.slug}.md: no article ${link}`);
  return articles;
};

/** The sources of all articles, by id. */
export const readSources = (directory: string): ReadonlyMap<string, Source> => {
  const file = path.join(directory, folder, 'sources.yaml');
  const raw = checked(file, sourcesSchema, parse(readFileSync(file, 'utf8')));
  return new Map(
    Object.entries(raw).map(([id, { checked_on: checkedOn, ...source }]) => [id, { id, ...source, checkedOn }]),
  );
};

const readArticle = (file: string, sources: ReadonlyMap<string, Source>): Article => {
  const slug = path.basename(file, '.md');
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${file}: expected a head between two lines of ---`);
  const { reviewed_by, reviewed_on, sources: ids, ...rest } = checked(file, articleHeadSchema, parse(head));
  return {
    ...{ slug, ...rest, body: body.trim() },
    sources: ids.map((id) => {
      const source = sources.get(id);
      if (!source) throw new Error(`${file}: no source ${id} in ${folder}/sources.yaml`);
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

const checked = <T>(file: string, schema: z.ZodType<T>, raw: unknown): T => {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
