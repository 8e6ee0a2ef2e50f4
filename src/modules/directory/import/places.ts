import type { DirectoryRecord, ServiceFields } from '../model.ts';
import type { Kind } from '../vocabulary.ts';
import { emailOrNull, isYes, numberOf, phoneOrNull, textOrNull, websiteOrNull } from './clean.ts';
import { hoursOf } from './facilities.ts';
import type { ReadRow } from './imported-record.ts';
import { kindOfLabel, usualService } from './kinds.ts';
import {
  codesOfField,
  type Field,
  fieldsOfRow,
  isKept,
  type Mapping,
  refOfRow,
  splitCodes,
  unknownCodes,
} from './mapping.ts';

type Cell = (name: Field) => string;

/** Reads a place and what is given there, through a mapping. */
export const readPlaceRow =
  (mapping: Mapping): ReadRow =>
  ({ line, cells, broken }) => {
    const cell = fieldsOfRow(mapping, cells);
    const ref = refOfRow(mapping, cells);
    const name = textOrNull(cell('nom')) ?? '';
    const about = { line, subject: name || ref };
    if (broken) return { outcome: 'refused', ...about, reason: broken, ...(ref ? { ref } : {}) };
    if (!isKept(mapping, cells)) return { outcome: 'left', line };
    if (ref === '') return { outcome: 'refused', ...about, reason: 'l’identifiant est vide' };
    if (name === '') return { outcome: 'refused', ...about, reason: 'le nom est vide', ref };
    const remarks: string[] = [];
    const kind = kindOf(cell, remarks);
    const place = {
      ...{ name, kind, ...addressOf(cell), ...contactOf(cell, remarks), ...hoursOf(cell('horaires')) },
      confidential: isYes(cell('confidentiel')),
      access: codes(cell, 'acces', remarks),
      access_note: textOrNull(cell('acces_note'), 1_000),
      acceslibre: websiteOrNull(cell('acceslibre')),
      siret: /^\d{14}$/.exec(cell('siret').replace(/\s/g, ''))?.[0] ?? null,
      finess: /^\d[\dAB]\d{7}$/i.exec(cell('finess').trim())?.[0] ?? null,
    };
    const organisation = organisationOf(cell);
    return {
      ...{ outcome: 'record', ...about, remarks },
      record: {
        ...(organisation ? { organisation } : {}),
        place: { ref, fields: place, city: cell('commune') || cityAtEnd(cell('adresse')) },
        services: [{ ref, fields: serviceOf(cell, kind, name, remarks) }],
      },
    };
  };

/** The organisation is known by its name alone. */
export const organisationOf = (cell: Cell): DirectoryRecord['organisation'] => {
  const name = textOrNull(cell('organisme'));
  return name === null ? undefined : { ref: name.toLowerCase().slice(0, 200), fields: { name } };
};

/** What is given, as a file tells it; the kind says the rest. */
export const serviceOf = (cell: Cell, kind: Kind, name: string, remarks: string[]): ServiceFields => {
  const [from, to] = [numberOf(cell('semaine_debut')), numberOf(cell('semaine_fin'))];
  const weeks = from !== undefined && to !== undefined && from <= to && from >= -92 && to <= 520;
  if (!weeks && (from !== undefined || to !== undefined)) remarks.push('les semaines n’ont pas été comprises');
  const usual = usualService(kind);
  const priorities = codes(cell, 'priorites', remarks).map(Number);
  return {
    ...{ name: textOrNull(cell('service')) ?? name, kind, ...usual },
    ...(weeks ? { stage_from: Math.round(from), stage_to: Math.round(to) } : {}),
    ...(priorities.length > 0 ? { priorities: [...new Set(priorities)].sort((a, b) => a - b) } : {}),
    summary: textOrNull(cell('resume')),
    description: textOrNull(cell('description'), 5_000),
    audiences: codes(cell, 'publics', remarks),
    modes: codes(cell, 'modes', remarks),
    bookings: codes(cell, 'rendez_vous', remarks),
    costs: codes(cell, 'couts', remarks),
    cost_note: textOrNull(cell('tarif'), 500),
    languages: codes(cell, 'langues', remarks),
  };
};

export const kindOf = (cell: Cell, remarks: string[]): Kind => {
  const told = cell('type');
  const known = codesOfField.type.find((kind) => kind === told.trim()) ?? kindOfLabel(told);
  if (!known && told.trim() !== '')
    remarks.push(`le type « ${told.slice(0, 60)} » n’est pas dans notre liste : « autre »`);
  return known ?? 'autre';
};

/** Codes of a list; those that it does not have are left out, with a remark. */
const codes = <Name extends Exclude<keyof typeof codesOfField, 'type'>>(
  cell: Cell,
  name: Name,
  remarks: string[],
): (typeof codesOfField)[Name][number][] => {
  const told = splitCodes(cell(name));
  for (const code of unknownCodes(name, told.join(';'))) {
    remarks.push(`${name} : « ${code.slice(0, 60)} » n’est pas dans notre liste, laissé de côté`);
  }
  const known: readonly (typeof codesOfField)[Name][number][] = codesOfField[name];
  return known.filter((code) => told.includes(code));
};

export const contactOf = (cell: Cell, remarks: string[]) => {
  const contact = {
    phone: phoneOrNull(cell('telephone')),
    email: emailOrNull(cell('courriel')),
    website: websiteOrNull(cell('site_web')),
  };
  const told = [
    ['téléphone', cell('telephone'), contact.phone],
    ['courriel', cell('courriel'), contact.email],
    ['site', cell('site_web'), contact.website],
  ] as const;
  for (const [name, written, kept] of told) {
    if (textOrNull(written) !== null && kept === null) remarks.push(`${name} illisible, laissé de côté`);
  }
  return contact;
};

/** Address and coordinates as told: nothing of it is checked here. */
export const addressOf = (cell: Cell) => {
  const [first, second] = cell('coordonnees').split(/\s*[,;]\s*/);
  const lat = numberOf(cell('latitude')) ?? numberOf(first);
  const lon = numberOf(cell('longitude')) ?? numberOf(second);
  const address = textOrNull(cell('adresse').replaceAll('\n', ', ')) ?? '';
  const postcode = /^\d{4,5}$/.exec(cell('code_postal').replace(/\s/g, ''))?.[0].padStart(5, '0');
  const atEnd = endOfAddress(address);
  const insee = /^(?:\d{4,5}|\d[AB]\d{3})$/i.exec(cell('code_insee').trim())?.[0].toUpperCase().padStart(5, '0');
  return {
    line: textOrNull(atEnd ? address.slice(0, atEnd.index).replace(/[\s,-]+$/, '') : address),
    more: textOrNull(cell('complement').replaceAll('\n', ', ')),
    postcode: postcode ?? atEnd?.postcode ?? null,
    insee: insee ?? null,
    ...{ lat: lat ?? null, lon: lon ?? null, precision: 'manual' as const },
  };
};

/** « 3 rue de la Paix 20224 CORSCIA »: the commune when the address holds it. */
export const cityAtEnd = (address: string): string => endOfAddress(address.replaceAll('\n', ', '))?.city ?? '';

const endOfAddress = (address: string) => {
  const found = /(?:^|[\s,])(\d{5})[\s,]+(\p{L}[^\d]{1,60})$/u.exec(address.trim());
  return found ? { index: found.index, postcode: found[1] ?? '', city: found[2] ?? '' } : undefined;
};
