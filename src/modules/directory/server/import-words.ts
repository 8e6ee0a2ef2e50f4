import type { Entity } from '../model.ts';

/** How a report names a field of a row. */
export const labelOfField = (entity: Entity, field: string): string => {
  const of = entity === 'place' ? '' : ` (${entities[entity]})`;
  return `${fields[field] ?? field}${of}`;
};

const entities: Readonly<Record<Entity, string>> = {
  ...{ organisation: 'organisme', place: 'lieu', service: 'service', tour: 'tournée', tour_stop: 'arrêt' },
  professional: 'personne',
};

const fields: Readonly<Record<string, string>> = {
  ...{ name: 'nom', kind: 'type', line: 'adresse', more: 'complément d’adresse', postcode: 'code postal' },
  ...{ insee: 'commune', lat: 'latitude', lon: 'longitude', precision: 'précision du point', phone: 'téléphone' },
  ...{ email: 'courriel', website: 'site', hours: 'horaires', hours_note: 'note sur les horaires', access: 'accès' },
  ...{ confidential: 'confidentialité', closures: 'fermetures', state: 'ouverture', summary: 'résumé' },
  ...{
    priorities: 'priorités',
    audiences: 'publics',
    modes: 'modes',
    costs: 'coût',
    languages: 'langues',
    label: 'nom',
  },
  ...{ starts_at: 'premier passage', minutes: 'durée', rrule: 'jours de passage', address: 'adresse et point' },
};
