import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Schedule, ScheduleItem } from '../schedule.ts';
import { scheduleFile } from '../schedule-schema.ts';

/**
 * Reads and checks content/schedule, in the order of the names of its files.
 * Throws with the file, the row and what is wrong: content that does not hold stops the build.
 */
export const readSchedule = (contentDir: string): Schedule => {
  const folder = path.resolve(contentDir, 'schedule');
  const items = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => readFile(path.join(folder, name)));
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) throw new Error(`content/schedule : l’identifiant ${id} est pris deux fois`);
    seen.add(id);
  }
  for (const { id, unless_done } of items) {
    if (unless_done && !seen.has(unless_done)) {
      throw new Error(`content/schedule, ${id} : « unless_done » nomme ${unless_done}, qui n’existe pas`);
    }
  }
  return items;
};

const readFile = (file: string): readonly ScheduleItem[] => {
  const rows: unknown = parse(readFileSync(file, 'utf8'));
  const parsed = scheduleFile.safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = Number(issue?.path[0]);
  const id = Array.isArray(rows) ? (rows[at]?.id ?? `ligne ${at + 1}`) : 'le fichier';
  throw new Error(`${file}, ${id}, ${issue?.path.slice(1).join('.')} : ${issue?.message}`);
};
