import { fold } from '#platform/text.ts';
import type { Kind } from '../vocabulary.ts';
import { phoneOrNull, textOrNull } from './clean.ts';
import { csvRows } from './csv-rows.ts';
import type { ReadLine } from './imported-record.ts';
import { kindOfLabel, usualService } from './kinds.ts';
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

/** Opens an extract of FINESS (Etalab, cs1100502): the day of the data, and its rows. */
export const openFiness = async (
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly on: string; readonly rows: AsyncIterable<Row> }> => {
  const lines = textLines(chunks);
  const { value: first } = await lines.next();
  const on = /^"?finess"?;"?etalab"?;"?\d+"?;"?(\d{4}-\d\d-\d\d)/i.exec(first?.text ?? '')?.[1];
  if (!on) {
    const start = (first?.text ?? '').slice(0, 60);
    throw new UnreadableFile(
      `La première ligne d’une extraction FINESS est « finess;etalab;111;AAAA-MM-JJ ». Celle-ci commence par « ${start} ».`,
    );
  }
  return { on, rows: csvRows(withoutOtherKinds(lines), { delimiter: ';', names: finessColumns, quotes: false }) };
};

/** Coordinates are lines of another kind in some extracts, with fewer columns: they are not establishments. */
async function* withoutOtherKinds(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine> {
  for await (const line of lines) if (!/^"?geolocalisation"?;/i.test(line.text)) yield line;
}

/** Reads an establishment. Those that are not for parents of young children are left. */
export const readFinessRow = ({ line, cells, broken }: Row): ReadLine => {
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
  return {
    ...{ outcome: 'record', line, subject: name, remarks: [] },
    record: {
      place: { ref, fields: place, city: routing?.[2] ?? cell('ligneacheminement') },
      services: [{ ref, fields: confidential ? { ...service, phone } : service }],
    },
  };
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
 * where the code begins with 97; Saint-Barthélemy and Saint-Martin, inside 9A, are told by their postcode.
 */
const inseeOf = (departement: string, commune: string, postcode: string | undefined): string | null => {
  if (postcode === '97133') return '97701';
  if (postcode === '97150') return '97801';
  const three = commune.padStart(3, '0');
  if (!/^\d{3}$/.test(three)) return null;
  if (/^9[A-J]$/i.test(departement)) return `97${three}`;
  const two = departement.toUpperCase().padStart(2, '0');
  return /^(\d\d|2[AB])$/.test(two) ? `${two}${three}` : null;
};

const siretOrNull = (text: string): string | null => {
  const digits = text.replace(/\s/g, '');
  return /^\d{14}$/.test(digits) ? digits : null;
};
