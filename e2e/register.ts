import { expect, type Page } from '@playwright/test';

type Steps = readonly (readonly [string, Record<string, string>])[];

/** A midwife who works alone, in Quimper. */
export const midwife = (name: string): Steps => [
  ['vous', { as: 'alone', name, profession: 'sage-femme', exercise: 'liberal' }],
  ['lieux', { places: '1', 'places-0-line': '1 rue de l’Essai', 'places-0-commune': 'Quimper (Finistère)' }],
  ['services', { services: '1', 'services-0-name': `Consultations de ${name}` }],
  ['priorites', { priorities: '2', 'words-2': 'L’entretien prénatal, pour chaque couple.' }],
  ['public', { phone: '02 98 00 00 00', 'phone-public': 'on' }],
];

/** An association that listens, in Alençon. */
export const association = (name: string): Steps => [
  ['vous', { as: 'structure', name: 'Odile Exemple', profession: 'benevole' }],
  ['structure', { name, kind: 'association', siret: '' }],
  ['lieux', { places: '1', 'places-0-name': name, 'places-0-commune': 'Alençon (Orne)' }],
  ['services', { services: '1', 'services-0-name': `Écoute de ${name}` }],
  ['priorites', { priorities: '2', 'words-2': 'Nous rappelons les parents.' }],
  ['public', {}],
];

/** A Maison des 1000 premiers jours, in Quimper. */
export const maison = (name: string): Steps => [
  ['vous', { as: 'structure', name: 'Odile Exemple', profession: 'sage-femme' }],
  ['structure', { name, kind: 'maison-1000-jours', siret: '' }],
  ['lieux', { places: '1', 'places-0-name': name, 'places-0-commune': 'Quimper (Finistère)' }],
  ['services', { services: '1', 'services-0-name': `Accueil de ${name}` }],
  ['priorites', { priorities: '1', 'words-1': 'Un lieu où venir comme on est.' }],
  ['public', { phone: '02 98 00 00 01', 'phone-public': 'on' }],
];

/** Registers who is signed in, form after form, as their browser would send them: the pages themselves have their own journey. */
export const register = async (page: Page, steps: Steps): Promise<void> => {
  const { origin } = new URL(page.url());
  const send = async (address: string, form: Record<string, string> = {}): Promise<string> => {
    const answer = await page.request.post(address, {
      ...{ form, headers: { origin, accept: 'text/html' }, maxRedirects: 0 },
    });
    expect(answer.status(), `${address}: ${JSON.stringify(form)}`).toBe(303);
    return answer.headers().location ?? '';
  };
  const [, id] = /inscription\/([^/]+)\//.exec(await send('/professionnels/inscription')) ?? [];
  for (const [at, [step, fields]] of steps.entries()) {
    const next = await send(`/professionnels/inscription/${id}/${step}`, {
      ...{ ...fields, revision: String(at + 1), intent: 'next' },
    });
    expect(next, step).not.toContain(`/${step}`);
  }
  expect(await send(`/professionnels/inscription/${id}/envoi`)).toContain('en-ligne');
};
