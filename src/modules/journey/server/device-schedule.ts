import { readSchedule } from './read-schedule.ts';

const written = new Map<string, string>();

/** The schedule as JSON for the devices, read once. Notes between editors stay here. */
export const deviceSchedule = (contentDir: string): string => {
  const known = written.get(contentDir);
  if (known) return known;
  const text = JSON.stringify(readSchedule(contentDir).map(({ note: _, review_by: __, ...item }) => item));
  written.set(contentDir, text);
  return text;
};
