import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
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
 * Throws on the first bad one, as {@link readYaml} does.
 */
export const readContent = <T>(directory: string, folder: string, schema: z.ZodType<T>): ContentFile<T>[] =>
  readdirSync(path.join(directory, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = path.join(directory, folder, name);
      return { slug: name.slice(0, -'.yaml'.length), value: readYaml(file, schema) };
    });

/**
 * Reads one YAML file. Throws with a line for each fault, « file:line, field : what was expected »: it is met by whoever
 * edits, at build, test or start. `excerpt` is a part of the file that starts after `linesBefore` lines.
 */
export const readYaml = <T>(
  file: string,
  schema: z.ZodType<T>,
  excerpt = readFileSync(file, 'utf8'),
  linesBefore = 0,
): T => {
  const lines = new LineCounter();
  const document = parseDocument(excerpt, { lineCounter: lines });
  const lineOf = (offset: number): number => lines.linePos(offset).line + linesBefore;
  const [broken] = document.errors;
  if (broken) throw new Error(`${file}:${lineOf(broken.pos[0])}, ${broken.message.split('\n')[0]}`);
  const parsed = schema.safeParse(document.toJS(), { error: z.locales.fr().localeError });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const field = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
    return `${file}:${lineOf(offsetOf(document, field))}, ${nameOf(document, field)} : ${issue.message}`;
  });
  throw new Error(faults.join('\n'));
};

/** The line, from 1, of the first place in a file that holds a text; 1 when none does. */
export const lineWith = (file: string, text: string): number => {
  const before = readFileSync(file, 'utf8').split(text, 2);
  return before.length === 1 ? 1 : (before[0]?.split('\n').length ?? 1);
};

type Path = readonly PropertyKey[];

/** Where a field is written, or what is nearest above it when it is missing. */
const offsetOf = (document: Document, field: Path): number => {
  for (let length = field.length; length > 0; length -= 1) {
    const key = field[length - 1];
    const parent = nodeAt(document, field.slice(0, length - 1));
    const pair = isMap(parent) && parent.items.find((each) => isScalar(each.key) && each.key.value === key);
    if (pair && isPair(pair) && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    const node = nodeAt(document, field.slice(0, length));
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
};

const nodeAt = (document: Document, field: Path): unknown =>
  field.length === 0 ? document.contents : document.getIn(field, true);

/** `gro-epp.text`: rows of a list go by their id when they have one, else by their rank from 1. */
const nameOf = (document: Document, field: Path): string =>
  field
    .map((key, at) => {
      if (typeof key !== 'number') return String(key);
      const id = document.getIn([...field.slice(0, at + 1), 'id']);
      return typeof id === 'string' ? id : String(key + 1);
    })
    .join('.') || 'le fichier';
