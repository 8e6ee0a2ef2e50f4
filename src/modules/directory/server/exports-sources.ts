import type { Database } from '#platform/server/database/database.ts';
import type { SourceTold } from '../open-data/hsds-taxonomy.ts';
import { PERSON } from '../provenance.ts';
import './tables.ts';

/** Licence Ouverte 2.0 of Etalab: that of what this site writes itself. */
export const OPEN_LICENCE = {
  id: 'etalab-2.0',
  title: 'Licence Ouverte 2.0 (Etalab)',
  url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
} as const;

/** The sources of the directory, with the licence of each, and what people corrected here, which is ours to open. */
export const exportedSources = async (db: Database): Promise<SourceTold[]> => {
  const rows = await db.selectFrom('directory_source').selectAll().orderBy('id').execute();
  const told = rows.map(({ dated, ...source }) => ({ ...source, dated: dated?.toString() ?? null }));
  const ours = told.find(({ id }) => id === PERSON);
  return [
    ...told.filter((source) => source !== ours),
    // What people say of themselves on this site, and what they correct, is published under its own licence.
    { ...corrections, title: ours?.title ?? corrections.title },
  ];
};

const corrections: SourceTold = {
  ...{ id: PERSON, title: 'Corrections faites sur ce site', publisher: 'Mille jours' },
  ...{ licence: OPEN_LICENCE.title, url: null, dated: null },
};
