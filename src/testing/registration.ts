/** The forms of a registration as a browser sends them, step by step: fictional people, plainly so. */
export const stepForms = {
  vous: form({ as: 'alone', name: 'Camille Exemple', profession: 'sage-femme', exercise: 'liberal' }),
  structure: form({ name: 'Association Exemple', kind: 'association', siret: '' }),
  lieux: form({
    places: '1',
    'places-0-name': '',
    'places-0-line': '1 rue de l’Exemple',
    'places-0-postcode': '35000',
    'places-0-commune': 'Rennes',
    'places-0-insee': '35238',
    'places-0-hours-0': '9h-12h et 14h-18h',
    'places-0-hours-1': '9h-12h',
    travels: 'epci',
  }),
  services: form({
    services: '1',
    'services-0-name': 'Entretiens et consultations',
    'services-0-summary': 'Pendant la grossesse et après la naissance.',
    'services-0-stages': 'grossesse',
    'services-0-audiences': 'futurs-parents',
    'services-0-modes': 'sur-place',
  }),
  priorites: form({ priorities: '2', 'words-2': 'Je propose l’entretien prénatal précoce à tous les couples.' }),
  public: form({ phone: '02 99 00 00 00', 'phone-public': 'on', email: 'camille@exemple.fr', website: '' }),
} as const;

/** A form with these fields, after those of another one. */
export function form(fields: Readonly<Record<string, string>>, first?: FormData): FormData {
  const made = new FormData();
  if (first) for (const [name, value] of first) made.append(name, value);
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}
