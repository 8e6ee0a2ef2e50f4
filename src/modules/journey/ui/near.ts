import type { Near } from '../index.ts';

/** What the search near me is asked for each kind of help. Common words only: nothing of the family. */
const asked: Readonly<Record<Near, string>> = {
  midwife: 'sage-femme',
  doctor: 'médecin',
  ultrasound: 'échographie',
  maternity: 'maternité',
  dentist: 'dentiste',
  pmi: 'PMI',
  caf: 'Caf',
  town_hall: 'mairie',
  childcare: 'mode d’accueil',
  parents: 'groupe de parents',
  respite: 'répit',
  awakening: 'éveil',
  moral: 'écoute',
};

/** The search near me with the right words. */
export const nearAddress = (near: Near): string => `/autour-de-moi?q=${encodeURIComponent(asked[near])}`;
