import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** One file of `content/`: its name without the ending, and what it says. */
export interface ContentFile<T> {
  readonly slug: string;
  readonly value: T;
}

/** The folder of what people write and review. */
export const contentDir = (): string => path.resolve(process.env.CONTENT_DIR ?? 'content');

/**
 * Reads every YAML file of a folder of the content, in the order of their names.
 * Throws on the first bad one, with its path and what is wrong in it: it is met by whoever edits, at test or start.
 */
export const readContent = <T>(directory: string, folder: string, schema: z.ZodType<T>): ContentFile<T>[] =>
  readdirSync(path.join(directory, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = path.join(directory, folder, name);
      return { slug: name.slice(0, -'.yaml'.length), value: readOne(file, schema) };
    });

const readOne = <T>(file: string, schema: z.ZodType<T>): T => {
  const said = (reason: string): Error => new Error(`${file}: ${reason}`);
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw said(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw said(z.prettifyError(parsed.error));
  return parsed.data;
};
