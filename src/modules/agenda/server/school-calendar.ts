import path from 'node:path';
import { z } from 'zod';
import type { SchoolCalendar } from '#modules/territory/index.ts';
import { contentDir, readYaml } from '#platform/server/content.ts';

const day = z.iso.date();
const schema = z.strictObject({
  zones: z.record(
    z.string(),
    z.strictObject({ known_until: day, periods: z.array(z.strictObject({ from: day, to: day })).max(200) }),
  ),
});

/** The school calendar that the operator keeps in `content/school-holidays.yaml`, as it is now. */
export const readSchoolCalendar = (directory = contentDir()): SchoolCalendar =>
  readYaml(path.join(directory, 'school-holidays.yaml'), schema).zones;
