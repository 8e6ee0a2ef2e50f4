import { pointsImporter } from '#modules/territory/server/index.ts';
import type { Importer } from '#platform/server/import/importer.ts';

/** Every kind of file that `npm run import` understands. */
export const importers: readonly Importer[] = [pointsImporter];
