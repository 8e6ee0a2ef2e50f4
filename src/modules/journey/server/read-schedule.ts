import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readArticles } from '#modules/library/server/index.ts';
import { lineWith, readYaml } from '#platform/server/content.ts';
import type { Schedule, WrittenItem } from '../schedule.ts';
import { scheduleFile } from '../schedule-schema.ts';

/**
 * Reads and checks content/schedule, in the order of the names of its files, and finds the articles that its rows name.
 * Throws with the file, the line and what is wrong: content that does not hold stops the build.
 */
export const readSchedule = (contentDir: string): Schedule => {
  const folder = path.resolve(contentDir, 'schedule');
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      return readYaml(file, scheduleFile).map((row) => ({ row, file }));
    });
  const refuse = (file: string, { id }: WrittenItem, reason: string): never => {
    throw new Error(`${file}:${lineWith(file, `- id: ${id}`)}, ${id}.${reason}`);
  };
  const seen = new Set<string>();
  for (const { row, file } of rows) {
    if (seen.has(row.id)) refuse(file, row, 'id : cet identifiant est pris deux fois');
    seen.add(row.id);
  }
  const titles = new Map(readArticles(contentDir).map(({ slug, title }) => [slug, title]));
  return rows.map(({ row, file }) => {
    if (row.unless_done && !seen.has(row.unless_done)) {
      refuse(file, row, `unless_done : ${row.unless_done} n’existe pas`);
    }
    const articles = row.articles.map((slug) => ({
      slug,
      title: titles.get(slug) ?? refuse(file, row, `articles : content/articles/${slug}.md n’existe pas`),
    }));
    return { ...row, articles };
  });
};
