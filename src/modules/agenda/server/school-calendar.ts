import path from 'node:path';
import { z } from 'zod';
import { type SchoolCalendar, schoolCalendarEnd } from '#modules/territory/index.ts';
import { contentDir, readYaml } from '#platform/server/content.ts';

const day = z.iso.date();
const schema = z.strictObject({
  zones: z.record(
    z.string(),
    z.strictObject({ known_until: day, periods: z.array(z.strictObject({ from: day, to: day })).max(200) }),
  ),
});

/** Where the operator keeps the school calendar. */
export const schoolCalendarFile = (directory = contentDir()): string => path.join(directory, 'school-holidays.yaml');

/** The school calendar that the operator keeps in `content/school-holidays.yaml`, as it is now. */
export const readSchoolCalendar = (directory = contentDir()): SchoolCalendar =>
  readYaml(schoolCalendarFile(directory), schema).zones;

/** The last day about which the calendar of the schools of a département says something; nothing where none was given. */
export const schoolKnownUntil = (departement: string): string | undefined =>
  schoolCalendarEnd(departement, readSchoolCalendar());
