import { fold } from '#platform/text.ts';
import { emailOrNull, numberOf, phoneOrNull, textOrNull, websiteOrNull } from './clean.ts';
import type { ReadLine } from './imported-record.ts';
import { kindOfLabel, usualService } from './kinds.ts';
import type { Row } from './row.ts';
import { spokenName, spokenStreet } from './spoken-name.ts';

/** SIREN of the collectivity that publishes a row: it names the source. */
export const publisherOfFacility = ({ cells }: Row): { readonly siren: string; readonly name: string } | undefined => {
  const siren = (cells.get('coll_siret') ?? '').replace(/\D/g, '').slice(0, 9);
  return siren.length === 9 ? { siren, name: withoutCapitals(textOrNull(cells.get('coll_nom')) ?? siren) } : undefined;
};

/** « Ville de NIORT » → « Ville de Niort »; what is short may be initials. */
const withoutCapitals = (name: string): string => name.replace(/\p{Lu}{5,}/gu, (word) => spokenName(word));

/**
 * Reads a public facility as the SCDL schema « équipements collectifs » tells it (COLL_NOM, COLL_SIRET, EQUIP_UID,
 * EQUIP_TYPE, EQUIP_NOM, ADR_*, EQUIP_LAT, EQUIP_LONG, EQUIP_OUVE, EQUIP_TEL…). What is not for young children and their
 * parents is left: a stadium, a cemetery.
 */
export const readFacility = ({ line, cells, broken }: Row): ReadLine => {
  const cell = (name: string): string => textOrNull(cells.get(name)) ?? '';
  const ref = cell('equip_uid');
  const name = cell('equip_nom');
  const about = { line, subject: name || ref };
  if (broken) return { outcome: 'refused', ...about, reason: broken, ...(ref ? { ref } : {}) };
  const kind = kindOfLabel(cell('equip_type')) ?? kindOfLabel(name);
  if (!kind) return { outcome: 'left', line };
  if (ref === '') return { outcome: 'refused', ...about, reason: 'EQUIP_UID, l’identifiant, est vide' };
  if (name === '') return { outcome: 'refused', ...about, reason: 'EQUIP_NOM, le nom, est vide', ref };

  const lat = numberOf(cell('equip_lat')) ?? numberOf(cell('geometry_lat'));
  const lon = numberOf(cell('equip_long')) ?? numberOf(cell('geometry_lon'));
  const keyed = /^(\d[\dAB]\d{3})_/i.exec(cell('adr_cle_in') || cell('adr_cle_interop'))?.[1];
  const place = {
    ...{ name, kind, phone: phoneOrNull(cell('equip_tel')), email: emailOrNull(cell('equip_mail')) },
    website: websiteOrNull(cell('equip_web')),
    line: textOrNull(streetOf(cell('adr_numero'), cell('adr_nomvoi') || cell('adr_nomvoie'))),
    postcode: /\d{5}/.exec(cell('adr_codepo') || cell('adr_codepostal'))?.[0] ?? null,
    insee: keyed ?? null,
    ...{ lat: lat ?? null, lon: lon ?? null, precision: 'housenumber' as const },
    ...hoursOf(cell('equip_ouve') || cell('equip_ouverture')),
  };
  const organisation = publisherOfFacility({ line, cells });
  return {
    ...{ outcome: 'record', ...about, remarks: [] },
    record: {
      ...(organisation ? { organisation: { ref: organisation.siren, fields: { name: organisation.name } } } : {}),
      place: { ref, fields: place, city: cell('adr_commun') || cell('adr_commune') },
      services: [{ ref, fields: { name, kind, ...usualService(kind) } }],
    },
  };
};

/** « 10 rue du Murier », also from « 10 », « RUE DU MURIER »: the kind of the street is the first word. */
const streetOf = (number: string, street: string): string => {
  if (/\p{Ll}/u.test(street)) return [number, street].filter(Boolean).join(' ');
  const [, kind = '', name = ''] = /^(\S+)\s*(.*)$/.exec(street) ?? [];
  return name === '' ? spokenStreet(number, '', '', kind) : spokenStreet(number, '', kind, name);
};

/** Opening hours when the text is in OpenStreetMap's syntax, else a note that is shown as it is. */
export const hoursOf = (text: string): { readonly hours: string | null; readonly hours_note: string | null } => {
  const value = textOrNull(text, 1_000);
  const coded = value !== null && looksCoded(value);
  return { hours: coded ? value : null, hours_note: coded ? null : value };
};

/** Every word of it belongs to the syntax: days, months, weeks, holidays, hours. */
const looksCoded = (text: string): boolean =>
  /\d|\boff\b|\bclosed\b/.test(text) &&
  text
    .replace(/"[^"]*"/g, '')
    .split(/[^\p{L}]+/u)
    .every((word) => word === '' || syntax.has(word)) &&
  !/\d\s*h/i.test(text) &&
  fold(text) !== '';

const syntax = new Set(
  'Mo Tu We Th Fr Sa Su PH SH week off closed open sunrise sunset dawn dusk easter Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(
    ' ',
  ),
);
