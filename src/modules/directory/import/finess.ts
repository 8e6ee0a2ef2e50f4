import { fold } from '#platform/text.ts';
import type { Kind } from '../vocabulary.ts';
import { cleanText, phoneOrNull, textOrNull } from './clean.ts';
import { csvRows } from './csv-rows.ts';
import type { ReadLine } from './imported-record.ts';
import { kindOfLabel, usualService } from './kinds.ts';
import { degreesOf, systemOf } from './projected.ts';
import type { Row } from './row.ts';
import { spokenName, spokenStreet } from './spoken-name.ts';
import { type TextLine, textLines, UnreadableFile } from './text-lines.ts';

/** The 32 columns of an extract of FINESS by Etalab, in order: the file itself does not name them. */
export const finessColumns = [
  ...['typeet', 'nofinesset', 'nofinessej', 'rs', 'rslongue', 'complrs', 'compldistrib', 'numvoie', 'typvoie', 'voie'],
  ...['compvoie', 'lieuditbp', 'commune', 'departement', 'libdepartement', 'ligneacheminement', 'telephone'],
  ...['telecopie', 'categetab', 'libcategetab', 'categagretab', 'libcategagretab', 'siret', 'codeape', 'codemft'],
  ...['libmft', 'codesph', 'libsph', 'dateouv', 'dateautor', 'datemaj', 'numuai'],
] as const;

/**
 * Opens an extract of FINESS (Etalab: cs1100502, or cs1100507 which has coordinates after the establishments): the day of
 * the data, its rows, and where the establishments that we keep are. The file is read twice, because the coordinates come
 * last: `read` gives its bytes from the beginning. Only the points of what we keep stay in memory.
 */
export const openFiness = async (
  read: () => AsyncIterable<Uint8Array>,
): Promise<{
  readonly on: string;
  readonly rows: AsyncIterable<Row>;
  readonly points: ReadonlyMap<string, FinessPoint>;
}> => {
  const points = await readPoints(read());
  const lines = textLines(read());
  const { value: first } = await lines.next();
  const on = /^"?finess"?;"?etalab"?;"?\d+"?;"?(\d{4}-\d\d-\d\d)/i.exec(first?.text ?? '')?.[1];
  if (!on) {
    const start = cleanText((first?.text ?? '').slice(0, 60));
    throw new UnreadableFile(
      `La première ligne d’une extraction FINESS est « finess;etalab;111;AAAA-MM-JJ ». Celle-ci commence par « ${start} ».`,
    );
  }
  return { on, rows: establishments(lines), points };
};

const establishments = (lines: AsyncIterable<TextLine>): AsyncIterable<Row> =>
  csvRows(withoutOtherKinds(lines), { delimiter: ';', names: finessColumns, quotes: false });

/** Where an establishment is, as the register tells it. */
export interface FinessPoint {
  readonly x: number;
  readonly y: number;
  /** Five parts: a quality, who placed it, a score out of 100, with what, in which system. */
  readonly told: string;
}

/** The lines « geolocalisation;number;x;y;how;date » of the establishments that we keep. */
const readPoints = async (chunks: AsyncIterable<Uint8Array>): Promise<Map<string, FinessPoint>> => {
  const points = new Map<string, FinessPoint>();
  const ours = new Set<string>();
  async function* watched(): AsyncGenerator<TextLine> {
    for await (const line of textLines(chunks)) {
      if (!otherKind.test(line.text)) {
        yield line;
        continue;
      }
      // Some copies of the register have cut the fourth part at its commas.
      const [, ref = '', x, y, ...rest] = line.text.replaceAll('"', '').split(';');
      if (ours.has(ref))
        points.set(ref, { x: Number(x || Number.NaN), y: Number(y || Number.NaN), told: rest.join(',') });
    }
  }
  for await (const row of establishments(watched())) {
    const read = readFinessRow(row);
    if (read.outcome === 'record' && read.record.place) ours.add(read.record.place.ref);
  }
  return points;
};

const otherKind = /^"?geolocalisation"?;/i;

/** Coordinates are lines of another kind in some extracts, with fewer columns: they are not establishments. */
async function* withoutOtherKinds(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine> {
  for await (const line of lines) if (!otherKind.test(line.text)) yield line;
}

/** Reads an establishment. Those that are not for parents of young children are left. */
export const readFinessRow = (
  { line, cells, broken }: Row,
  points: ReadonlyMap<string, FinessPoint> = new Map(),
): ReadLine => {
  const cell = (name: (typeof finessColumns)[number]): string => cells.get(name) ?? '';
  const ref = cell('nofinesset').toUpperCase();
  const isNumber = /^[0-9][0-9AB]\d{7}$/.test(ref);
  const subject = cell('rslongue') || cell('rs') || ref;
  if (broken) return { outcome: 'refused', line, subject, reason: broken, ...(isNumber ? { ref } : {}) };
  const name = spokenName(textOrNull(cell('rslongue')) ?? textOrNull(cell('rs')) ?? '');
  const kind = kindOfCategory(cell('categetab'), cell('libcategetab'), name);
  if (!kind) return { outcome: 'left', line };
  if (!isNumber) return { outcome: 'refused', line, subject, reason: 'le numéro FINESS n’a pas neuf signes' };
  if (name === '') return { outcome: 'refused', line, subject, reason: 'l’établissement n’a pas de nom', ref };

  // A shelter for a parent and a child may protect from violence: its address is in the register, not in our lists.
  const confidential = kind === 'accueil-mere-enfant';
  const routing = /^(\d{5})\s*(.*)$/.exec(cell('ligneacheminement'));
  const phone = phoneOrNull(cell('telephone'));
  const place = {
    ...{ name, kind, finess: ref, siret: siretOrNull(cell('siret')), phone, confidential },
    line: textOrNull(spokenStreet(cell('numvoie'), cell('compvoie'), cell('typvoie'), cell('voie'))),
    more: textOrNull([cell('complrs'), cell('compldistrib'), cell('lieuditbp')].filter(Boolean).join(', ')),
    postcode: routing?.[1] ?? null,
    insee: inseeOf(cell('departement'), cell('commune'), routing?.[1]),
  };
  const service = { name: confidential ? 'Accueil parent-enfant' : name, kind, ...usualService(kind) };
  const point = points.get(ref);
  const located = point && !confidential ? locate(point) : undefined;
  return {
    ...{ outcome: 'record', line, subject: name, remarks: located?.remarks ?? [] },
    record: {
      place: {
        ...{ ref, fields: { ...place, ...located?.fields }, city: routing?.[2] ?? cell('ligneacheminement') },
        ...(located?.doubtful ? { doubtful: true } : {}),
      },
      services: [{ ref, fields: confidential ? { ...service, phone } : service }],
    },
  };
};

/** Under this score out of 100, an address found elsewhere is believed rather than the register's point. */
const GOOD_SCORE = 80;

/**
 * A point of the register in degrees. What was placed from the limits of communes (« ADMIN-EXPRESS ») is the middle of a
 * commune, the same for all that it holds: we know as much without it.
 */
const locate = ({ x, y, told }: FinessPoint) => {
  if (/ADMIN-?EXPRESS/i.test(told) || (Number.isNaN(x) && Number.isNaN(y))) return { fields: {}, remarks: [] };
  const system = systemOf(told);
  const point = system && degreesOf(x, y, system);
  if (!point) {
    return { fields: {}, remarks: [`coordonnées laissées de côté : leur système n’est pas reconnu (« ${told} »)`] };
  }
  const score = Number.parseInt(told.split(',')[2] ?? '', 10);
  return { fields: { ...point, precision: 'street' as const }, remarks: [], doubtful: score < GOOD_SCORE };
};

/** Categories that we know by their number; others are known by their label. */
const categories: Readonly<Record<string, Kind>> = {
  ...{ '223': 'pmi', '228': 'sante-sexuelle', '230': 'consultation-infantile', '166': 'accueil-mere-enfant' },
  ...{ '190': 'camsp', '189': 'cmpp', '268': 'centre-medico-scolaire' },
};

/** Labels that would be taken for one of ours and are not: the nursery of a hotel school, the library of a home. */
const ours: ReadonlySet<Kind> = new Set([
  ...(['maison-de-naissance', 'centre-perinatal', 'pmi', 'consultation-infantile', 'sante-sexuelle'] as const),
  ...(['camsp', 'cmpp', 'centre-medico-scolaire', 'accueil-mere-enfant', 'creche', 'micro-creche'] as const),
]);

const kindOfCategory = (number: string, label: string, name: string): Kind | undefined => {
  const known = categories[number.trim()];
  if (known) return known;
  // Mental health centres (156) see all ages: those whose name tells of children are kept.
  if (number.trim() === '156')
    return /enfan|infant|juvenile|bebe|perinat|petite enfance/.test(fold(name)) ? 'cmp' : undefined;
  const told = kindOfLabel(label);
  return told && ours.has(told) ? told : undefined;
};

/**
 * INSEE code from a département and the three last signs of a commune. Overseas, FINESS writes 9A (Guadeloupe), 9B, 9C…
 * where the code begins with 97; Saint-Barthélemy and Saint-Martin, inside 9A, are told by their postcode, or by the codes
 * that they had as communes of Guadeloupe.
 */
const inseeOf = (departement: string, commune: string, postcode: string | undefined): string | null => {
  if (postcode === '97133') return '97701';
  if (postcode === '97150') return '97801';
  const three = commune.padStart(3, '0');
  if (!/^\d{3}$/.test(three)) return null;
  if (/^9[A-J]$/i.test(departement)) return ofTheirOwn[`97${three}`] ?? `97${three}`;
  const two = departement.toUpperCase().padStart(2, '0');
  return /^(\d\d|2[AB])$/.test(two) ? `${two}${three}` : null;
};

/** Communes of Guadeloupe until 2007. */
const ofTheirOwn: Readonly<Record<string, string>> = { '97123': '97701', '97127': '97801' };

const siretOrNull = (text: string): string | null => {
  const digits = text.replace(/\s/g, '');
  return /^\d{14}$/.test(digits) ? digits : null;
};
