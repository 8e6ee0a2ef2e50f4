import { createReadStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGeocoder, territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { Importer, ImportOptions, ImportReport } from '#platform/server/import/importer.ts';
import { publisherOfFacility, readFacility } from '../import/facilities.ts';
import { openFiness, readFinessRow } from '../import/finess.ts';
import type { ReadLine, ReadRow } from '../import/imported-record.ts';
import { type Mapping, readMapping } from '../import/mapping.ts';
import { readPlaceRow } from '../import/places.ts';
import type { Row } from '../import/row.ts';
import { readRows } from '../import/rows.ts';
import { readSaeIdentity, readSaeRow, type SaeIdentity } from '../import/sae.ts';
import { UnreadableFile } from '../import/text-lines.ts';
import { readStopRow } from '../import/tours.ts';
import { importLines, SourceBusy } from './import-lines.ts';
import type { Source } from './sources.ts';

export interface ImporterSettings {
  /** Address of the online base that finds addresses; none: their commune is all that is known. */
  readonly geocoderUrl: string | undefined;
}

/** The kinds of files that the directory understands. */
export const directoryImporters = (settings: ImporterSettings): readonly Importer[] => [
  importer(settings, {
    source: 'finess',
    summary: 'établissements de FINESS pour les tout-petits : extraction Etalab, 32 colonnes, avec ou sans coordonnées',
    open: async ({ file }) => {
      const { on, rows, points } = await openFiness(() => createReadStream(file));
      return ok({
        source: { id: 'finess', title: 'FINESS, extraction Etalab', licence: 'Licence Ouverte 2.0', dated: on },
        lines: readEach(rows, (row) => readFinessRow(row, points)),
      });
    },
  }),
  importer(settings, {
    source: 'sae',
    summary: 'maternités et centres périnatals de la SAE : PERINAT_….csv, à côté de ID_….csv qui dit où ils sont',
    open: openSae,
  }),
  importer(settings, {
    source: 'equipements',
    mapping: 'optional',
    summary: 'équipements d’une collectivité au schéma SCDL (GeoJSON ou CSV) : ceux des tout-petits et des familles',
    open: openFacilities,
  }),
  importer(settings, {
    source: 'lieux',
    mapping: 'needed',
    summary:
      'lieux d’un fichier JSON ou CSV dont une correspondance dit les colonnes (--mapping, voir docs/imports.md)',
    open: async ({ file, mapping, today }) =>
      mapping
        ? ok({ source: sourceOf(mapping, today), lines: readFileLines(file, readPlaceRow(mapping)) })
        : refuse(noMapping),
  }),
  importer(settings, {
    source: 'tournees',
    mapping: 'needed',
    summary: 'arrêts d’un service itinérant, JSON ou CSV, avec leurs jours et heures (--mapping, voir docs/imports.md)',
    open: async ({ file, mapping, today }) => {
      if (!mapping) return refuse(noMapping);
      const source = sourceOf(mapping, today);
      const year = Number(source.dated.slice(0, 4));
      return ok({ source, lines: readFileLines(file, readStopRow(mapping, year)) });
    },
  }),
];

interface Opening {
  readonly file: string;
  readonly mapping: Mapping | undefined;
  /** ISO date: the day of data that do not tell theirs. */
  readonly today: string;
}

interface Opened {
  readonly source: Source & { readonly dated: string };
  readonly lines: AsyncIterable<ReadLine>;
}

interface ImporterParts extends Pick<Importer, 'source' | 'summary' | 'mapping'> {
  open(opening: Opening): Promise<Result<Opened, string>>;
}

const importer = ({ geocoderUrl }: ImporterSettings, { open, ...about }: ImporterParts): Importer => ({
  ...about,
  run: async (context, file, options) => {
    if (!(await isReadable(file)))
      return refuse(`Le fichier ${file} ne peut pas être lu. Vérifiez son nom et vos droits.`);
    const mapping = options.mapping === undefined ? ok(undefined) : await readMappingFile(options.mapping);
    if (!mapping.ok) return mapping;
    const today = todayIn(context.clock, 'Europe/Paris').toString();
    try {
      const opened = await open({ file, mapping: mapping.value, today });
      return opened.ok ? ok(await importWith(context, geocoderUrl, opened.value, options)) : opened;
    } catch (error) {
      if (error instanceof UnreadableFile || error instanceof SourceBusy) return refuse(error.message);
      throw error;
    }
  },
});

const importWith = (
  context: Context,
  geocoderUrl: string | undefined,
  { source, lines }: Opened,
  options: ImportOptions,
): Promise<ImportReport> => {
  const index = () => context.indexes.get(territoryIndex);
  // Without an online base there is nothing to ask: the commune is known better from the row itself.
  const geocoder =
    geocoderUrl === undefined ? undefined : createGeocoder({ url: geocoderUrl, index, log: context.log });
  return importLines(context, { source, lines, geocoder }, options);
};

const noMapping = 'Ce fichier demande une correspondance : ajoutez --mapping FICHIER (voir docs/imports.md).';

const isReadable = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

const readMappingFile = async (file: string): Promise<Result<Mapping, string>> => {
  const content = await readFile(file, 'utf8').catch(() => undefined);
  return content === undefined ? refuse(`La correspondance ${file} ne peut pas être lue.`) : readMapping(content);
};

const sourceOf = ({ source }: Mapping, today: string): Opened['source'] => ({
  ...{ id: source.id, title: source.titre, dated: source.date ?? today },
  ...(source.editeur ? { publisher: source.editeur } : {}),
  ...(source.licence ? { licence: source.licence } : {}),
  ...(source.url ? { url: source.url } : {}),
});

async function* readEach(rows: AsyncIterable<Row>, read: ReadRow): AsyncGenerator<ReadLine> {
  for await (const row of rows) {
    const line = read(row);
    yield row.cut && line.outcome === 'refused' ? { ...line, cut: true } : line;
  }
}

const readFileLines = (file: string, read: ReadRow): AsyncIterable<ReadLine> =>
  readEach(readRows(createReadStream(file)), read);

/** The table ID stands beside PERINAT and bears the same year; a joined table needs none. */
async function openSae({ file, today }: Opening): Promise<Result<Opened, string>> {
  const first = await firstOf(file, (row) => row);
  const names = [...(first?.cells.keys() ?? [])];
  const joined = names.includes('finess') && names.includes('type_autorisation');
  if (!joined && !(names.includes('fi') && names.includes('autor'))) {
    return refuse('Ce fichier n’est pas la table PERINAT de la SAE : il n’a pas de colonnes FI et AUTOR.');
  }
  const year = /^20\d\d$/.exec(first?.cells.get('an') ?? '')?.[0] ?? /20\d\d/.exec(path.basename(file))?.[0];
  const dated = year ? `${year}-12-31` : today;
  const identities = new Map<string, SaeIdentity>();
  if (!joined) {
    const beside = path.join(
      path.dirname(file),
      path.basename(file).replace(/perinat/i, (word) => (word === 'perinat' ? 'id' : 'ID')),
    );
    const there =
      beside !== file &&
      (await access(beside).then(
        () => true,
        () => false,
      ));
    if (!there) {
      return refuse(
        `La table ID, qui dit où sont les établissements, manque : mettez-la à côté, sous le nom ${path.basename(beside)}.`,
      );
    }
    for await (const row of readRows(createReadStream(beside))) {
      if (!row.broken) identities.set(...readSaeIdentity(row));
    }
  }
  const title = `SAE ${dated.slice(0, 4)} (statistique annuelle des établissements de santé), périnatalité`;
  const source = { id: 'sae', title, publisher: 'DREES', dated };
  return ok({ source, lines: readFileLines(file, readSaeRow(identities)) });
}

/** The source is the collectivity itself, unless a mapping names another: a file of one does not close those of others. */
async function openFacilities({ file, mapping, today }: Opening): Promise<Result<Opened, string>> {
  if (mapping) return ok({ source: sourceOf(mapping, today), lines: readFileLines(file, readFacility) });
  const publisher = await firstOf(file, publisherOfFacility);
  if (!publisher) {
    return refuse('Aucune ligne n’a de COLL_SIRET : dites qui publie le fichier par --mapping (voir docs/imports.md).');
  }
  const read: ReadRow = (row) => {
    const line = readFacility(row);
    const own = publisherOfFacility(row)?.siren;
    if (line.outcome !== 'record' || own === publisher.siren) return line;
    const reason = `cette ligne est d’une autre collectivité (${own ?? 'sans SIRET'}) : un fichier par collectivité, ou --mapping`;
    return { outcome: 'refused', line: line.line, subject: line.subject, reason };
  };
  const title = `Équipements de ${publisher.name}`;
  const source = { id: `equipements-${publisher.siren}`, title, publisher: publisher.name, dated: today };
  return ok({ source, lines: readFileLines(file, read) });
}

/** What is read in the first row in which it is, without going further. */
const firstOf = async <T>(file: string, read: (row: Row) => T | undefined): Promise<T | undefined> => {
  for await (const row of readRows(createReadStream(file))) {
    const found = read(row);
    if (found !== undefined) return found;
  }
  return undefined;
};
