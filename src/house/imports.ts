import { schoolHolidaysImporter } from '#modules/agenda/server/index.ts';
import { directoryImporters } from '#modules/directory/server/index.ts';
import { pointsImporter } from '#modules/territory/server/index.ts';
import type { Importer } from '#platform/server/import/importer.ts';
import type { Settings } from '#platform/server/settings.ts';

/** Every kind of file that `npm run import` understands. */
export const importers = ({ GEOCODER_URL }: Partial<Pick<Settings, 'GEOCODER_URL'>>): readonly Importer[] => [
  pointsImporter,
  schoolHolidaysImporter,
  ...directoryImporters({ geocoderUrl: GEOCODER_URL }),
];
