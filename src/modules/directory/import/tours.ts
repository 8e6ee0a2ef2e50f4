import type { StopFields } from '../model.ts';
import { textOrNull } from './clean.ts';
import type { ReadLine, ReadRow } from './imported-record.ts';
import { type Field, fieldsOfRow, isKept, type Mapping, refOfRow } from './mapping.ts';
import { addressOf, cityAtEnd, contactOf, kindOf, organisationOf, serviceOf } from './places.ts';
import { columnKey } from './row.ts';
import { readVisits } from './visits.ts';

/**
 * Reads one stop of a service that travels, through a mapping: the vehicle is known by its name (`tournee`), the visits by
 * `horaires` in OpenStreetMap's syntax and `semaines` (« paires », « impaires »). A stop with a break at noon is two
 * visits. `year`: from which public holidays are left out and the first visit is looked for.
 */
export const readStopRow =
  (mapping: Mapping, year: number): ReadRow =>
  ({ line, cells, broken }): ReadLine => {
    const cell = fieldsOfRow(mapping, cells);
    const ref = refOfRow(mapping, cells);
    const label = textOrNull(cell('arret') || cell('nom')) ?? '';
    const about = { line, subject: label || ref };
    if (broken) return { outcome: 'refused', ...about, reason: broken, ...(ref ? { ref } : {}) };
    if (!isKept(mapping, cells)) return { outcome: 'left', line };
    if (ref === '') return { outcome: 'refused', ...about, reason: 'l’identifiant est vide' };
    if (label === '') return { outcome: 'refused', ...about, reason: 'l’arrêt n’a pas de nom', ref };
    const remarks: string[] = [];
    const name = textOrNull(cell('tournee')) ?? mapping.source.titre;
    const tourRef = columnKey(name).slice(0, 200) || mapping.source.id;
    const address = addressOf(cell);
    const visits = readVisits({
      ...{ hours: cell('horaires'), weeks: cell('semaines'), first: cell('premier_passage'), dates: cell('dates') },
      ...{ without: cell('dates_sans'), year, departement: departementOf(address.insee ?? address.postcode) },
    });
    if (visits.trouble) remarks.push(visits.trouble);
    const note = [
      cell('remarque'),
      visits.trouble ? [cell('horaires'), cell('semaines')].filter(Boolean).join(', ') : '',
    ];
    // Position stays 0: a tour is read line by line, and its stops are found by their dates.
    const fields: StopFields = {
      label,
      ...withoutMore(address),
      note: textOrNull(note.filter(Boolean).join(' · '), 500),
    };
    const city = cell('commune') || cityAtEnd(cell('adresse'));
    const slots =
      visits.visits.length > 0
        ? visits.visits
        : [{ starts_at: null, minutes: null, rrule: null, except: [], besides: [] }];
    const organisation = organisationOf(cell);
    return {
      ...{ outcome: 'record', ...about, remarks },
      record: {
        ...(organisation ? { organisation } : {}),
        tour: { ref: tourRef, fields: { name, vehicle: textOrNull(cell('vehicule')), ...contactOf(cell, remarks) } },
        stops: slots.map((slot, rank) => ({
          ref: rank === 0 ? ref : `${ref}#${rank + 1}`,
          fields: { ...fields, ...slot },
          city,
        })),
        services: servicesOf(mapping, cell, tourRef, name, remarks),
      },
    };
  };

/** The services on board: those that the mapping lists, else one that the columns tell. */
const servicesOf = (
  mapping: Mapping,
  cell: (name: Field) => string,
  tourRef: string,
  name: string,
  remarks: string[],
) => {
  if (mapping.services.length === 0) {
    return [{ ref: tourRef, fields: serviceOf(cell, kindOf(cell, remarks), name, remarks) }];
  }
  return mapping.services.map((service, rank) => {
    const told = (field: Field): string => service[field] ?? cell(field);
    const title = service.nom ?? service.service ?? `${name} ${rank + 1}`;
    const fields = serviceOf(
      (field) => (field === 'service' ? title : told(field)),
      kindOf(told, remarks),
      title,
      remarks,
    );
    return { ref: `${tourRef}#${columnKey(title).slice(0, 100)}`, fields };
  });
};

/** A stop says in its label or note what a place says in `more`. */
const withoutMore = ({ more, line, ...rest }: ReturnType<typeof addressOf>) => ({
  ...rest,
  line: [line, more].filter(Boolean).join(', ') || null,
});

/** `97411` → `974`, `2A004` → `2A`, `35000` → `35`: near enough to know the public holidays. */
const departementOf = (code: string | null): string => {
  if (!code) return '75';
  return code.startsWith('97') || code.startsWith('98') ? code.slice(0, 3) : code.slice(0, 2);
};
