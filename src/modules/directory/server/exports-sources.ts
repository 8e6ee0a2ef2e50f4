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
  return told.some(({ id }) => id === PERSON) ? told : [...told, corrections];
};

const corrections: SourceTold = {
  ...{ id: PERSON, title: 'Corrections faites sur ce site', publisher: 'Mille jours' },
  ...{ licence: OPEN_LICENCE.title, url: null, dated: null },
};
