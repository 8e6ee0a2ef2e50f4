import { numberOf, textOrNull } from './clean.ts';
import type { ReadLine } from './imported-record.ts';
import { usualService } from './kinds.ts';
import type { Row } from './row.ts';
import { spokenName, spokenStreet } from './spoken-name.ts';

/**
 * The statistics of health establishments (SAE, DREES): the table PERINAT says which of them are maternity wards (types
 * 1, 2, 3) or perinatal centres (CPPR), and the table ID where each one is. A table that joins both, with `finess;nom;
 * type_autorisation;adresse;…`, is read as well, by the names of its columns.
 */
export const readSaeRow =
  (identities: ReadonlyMap<string, SaeIdentity>) =>
  ({ line, cells, broken }: Row): ReadLine => {
    const cell = (...names: string[]): string => names.map((name) => cells.get(name)).find(Boolean) ?? '';
    const ref = cell('fi', 'finess').toUpperCase().padStart(9, '0');
    const written = cell('rs', 'nom');
    const isNumber = /^[0-9][0-9AB]\d{7}$/.test(ref) && /[1-9]/.test(ref);
    const about = { line, subject: written || ref };
    if (broken) return { outcome: 'refused', ...about, reason: broken, ...(isNumber ? { ref } : {}) };
    const type = /^(?:TYPE([123])|CPPR)$/i.exec(cell('autor', 'type_autorisation'));
    if (!type) return { outcome: 'left', line };
    if (!isNumber) return { outcome: 'refused', ...about, reason: 'le numéro FINESS n’a pas neuf signes' };
    if (written === '') return { outcome: 'refused', ...about, reason: 'l’établissement n’a pas de nom', ref };

    const name = spokenName(written);
    const kind = type[1] ? 'maternite' : 'centre-perinatal';
    const where = identities.get(ref) ?? whereaboutsOf(cells);
    const summary = type[1] ? `Maternité de type ${type[1]}` : 'Centre périnatal de proximité';
    const { city, doubtful, ...address } = where;
    return {
      ...{ outcome: 'record', ...about, subject: name, remarks: [] },
      record: {
        place: { ref, fields: { name, kind, finess: ref, ...address }, city, doubtful },
        services: [{ ref, fields: { name, kind, summary, ...usualService(kind) } }],
      },
    };
  };

/** Where an establishment is, as the table ID tells it. */
export interface SaeIdentity {
  readonly line: string | null;
  readonly postcode: string | null;
  readonly insee: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: 'street' | 'none';
  readonly city: string;
  readonly doubtful: boolean;
}

/** Reads a row of the table ID: its FINESS number and where it is. */
export const readSaeIdentity = ({ cells }: Row): readonly [finess: string, SaeIdentity] => [
  (cells.get('fi') ?? '').toUpperCase().padStart(9, '0'),
  whereaboutsOf(cells),
];

const whereaboutsOf = (cells: Row['cells']): SaeIdentity => {
  const cell = (...names: string[]): string => names.map((name) => cells.get(name)).find(Boolean) ?? '';
  const street = cell('adresse') || spokenStreet(cell('numvoi'), '', cell('typvoi'), cell('nomvoi'));
  const [lat, lon] = [numberOf(cell('lat')), numberOf(cell('lon'))];
  const precision = cell('precision');
  // A table may say that its point is that of the commune: we have our own.
  const located = lat !== undefined && lon !== undefined && !precision.startsWith('commune');
  return {
    line: textOrNull(spokenStreetLine(street)),
    postcode: /^\d{5}$/.test(cell('cpo', 'code_postal')) ? cell('cpo', 'code_postal') : null,
    insee: cell('cominsee', 'code_insee').replace(/^9[A-J](?=\d{3}$)/i, '97') || null,
    ...{ lat: located ? lat : null, lon: located ? lon : null, precision: located ? 'street' : 'none' },
    city: cell('libcom', 'nomcom', 'commune'),
    doubtful: /differente|non-comparable/.test(precision),
  };
};

/** « 900 RTE DE PARIS » in one piece. */
const spokenStreetLine = (line: string): string => {
  const parts = /^(\d[\d/-]*)?\s*(?:(bis|ter|b|t)\s+)?(\p{L}+)\s+(.+)$/iu.exec(line);
  if (!parts || /\p{Ll}/u.test(line)) return line;
  return spokenStreet(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '', parts[4] ?? '');
};
