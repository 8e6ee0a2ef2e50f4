import path from 'node:path';
import { lineWith, readContent } from '#platform/server/content.ts';
import type { Article } from '../article.ts';
import type { Essential } from '../essential.ts';
import { essentialSchema } from '../essential-schema.ts';
import { readSources } from './read-articles.ts';

/**
 * Reads the fifteen messages, in their order. Throws when a number is missing or double, or when a message leads to an
 * article or a source that does not exist.
 */
export const readEssentials = (directory: string, articles: readonly Article[]): readonly Essential[] => {
  const files = readContent(directory, 'essentials', essentialSchema);
  const sources = readSources(directory);
  for (const { slug, value } of files) {
    const missing = value.sources.find((id) => !sources.has(id));
    const file = path.join(directory, 'essentials', `${slug}.yaml`);
    if (missing !== undefined) throw new Error(`${file}:${lineWith(file, 'sources:')}, no source ${missing}`);
    if (!articles.some((article) => article.slug === value.article))
      throw new Error(`${file}:${lineWith(file, 'article:')}, no article ${value.article}`);
  }
  const messages = files.map(({ value: { sources: _, ...message } }) => message).sort((a, b) => a.number - b.number);
  const numbers = messages.map(({ number }) => number).join();
  if (numbers !== '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15')
    throw new Error(`content/essentials: expected 1 to 15, found ${numbers}`);
  return messages;
};
