import { readFile, rename, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { ok, type Result } from '#platform/result.ts';
import { contentDir } from '#platform/server/content.ts';
import type { Importer, ImportOptions, ImportReport } from '#platform/server/import/importer.ts';
import { readSchoolRecords } from '../school-records.ts';
import { readSchoolCalendar, schoolCalendarFile } from './school-calendar.ts';

/** `npm run import -- vacances-scolaires FILE`. */
export const schoolHolidaysImporter: Importer = {
  source: 'vacances-scolaires',
  summary: 'calendrier scolaire du ministère, « fr-en-calendrier-scolaire » (CSV ou JSON)',
  run: (_context, file, options) => writeSchoolHolidays(file, options),
};

/**
 * Writes the school calendar of the ministry into the file that the site reads every night. Zones that the file says
 * nothing of stay; so does one that was known for longer. The same file a second time changes nothing.
 */
export const writeSchoolHolidays = async (
  file: string,
  { dryRun, tell }: ImportOptions,
  directory = contentDir(),
): Promise<Result<ImportReport, string>> => {
  const read = readSchoolRecords(await readFile(file, 'utf8'));
  if (!read.ok) return read;
  for (const place of read.value.left)
    tell?.({ kind: 'left', subject: place, reason: 'son calendrier ne sert à aucun lieu de ce site' });
  const known = readSchoolCalendar(directory);
  let [added, changed, unchanged] = [0, 0, 0];
  const zones = { ...known };
  for (const [zone, given] of Object.entries(read.value.zones)) {
    const before = known[zone];
    if (before && before.known_until > given.known_until) {
      tell?.({ kind: 'kept', subject: zone, reason: `déjà connu jusqu’au ${before.known_until}` });
      unchanged += 1;
    } else if (before && JSON.stringify(before) === JSON.stringify(given)) unchanged += 1;
    else {
      if (before) changed += 1;
      else added += 1;
      zones[zone] = given;
    }
  }
  if (!dryRun && added + changed > 0) {
    const target = schoolCalendarFile(directory);
    // Whole or not at all: the site may read it at any moment.
    await writeFile(`${target}.new`, `${HEADER}${stringify({ zones })}`);
    await rename(`${target}.new`, target);
  }
  return ok({ read: read.value.read, added, changed, unchanged });
};

const HEADER = `# Vacances scolaires, zone par zone : premier et dernier jour sans classe, compris. Au-delà de known_until, rien n’est deviné.
# Écrit par \`npm run import -- vacances-scolaires\`, à partir du calendrier du ministère de l’Éducation nationale.
`;
