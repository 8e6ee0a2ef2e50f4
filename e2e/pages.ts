import { expect, type Page } from '@playwright/test';

/** Every kind of page, once: what is checked on all of them (axe, reflow, titles, without script) walks this list. */
export const pages: readonly string[] = [
  '/',
  '/mon-parcours',
  '/pour-les-proches',
  '/autour-de-moi',
  '/autour-de-moi?commune=rennes&code=35238',
  '/autour-de-moi?commune=saint-denis',
  '/autour-de-moi?code=06088&kind=maison-1000-jours',
  '/autour-de-moi/liste?code=06088',
  '/autour-de-moi/fiche?code=06088',
  '/autour-de-moi/hors-ligne',
  '/agenda?commune=rennes&code=35238&quand=ce%20week-end',
  '/agenda/programme',
  '/lieux/maison-des-alpes-maritimes-des-1000-premiers-jours',
  '/maisons',
  '/maisons/maison-des-alpes-maritimes-des-1000-premiers-jours',
  '/maisons/rendez-vous/x',
  '/services/accueil-du-jeune-enfant-dans-le-baby-bus',
  '/souffler?besoin=ensemble&code=06088',
  '/souffler/garde?organisme=x&code=06088',
  '/groupes',
  '/groupes?code=06088',
  '/groupes/ma-place/x',
  '/bus?commune=rennes&code=35238',
  '/bus/suivi',
  '/signaler',
  '/s-informer',
  '/aide',
  '/appels',
  '/appels/qui-organise',
  '/initiatives',
  '/initiatives?near=saint-denis&radius=50',
  '/initiatives/baby-bus-reunion',
  '/priorites',
  '/priorites/3',
  '/territoires',
  '/territoires/regions/53',
  '/territoires/departements/35',
  '/territoires/epci/200067205',
  '/territoires/communes/35238',
  '/api',
  '/integrer?departement=06&couleur=ffcc00',
  '/contact',
  '/contact/merci',
  '/etre-rappele',
  '/etre-rappele/annuler',
  '/connexion',
  '/connexion/lien?jeton=x',
  '/connexion/sortie',
  '/connexion/efface',
  '/accessibilite',
  '/confidentialite',
  '/mentions',
  '/a-propos',
  '/plan-du-site',
  '/professionnels',
  '/en',
  '/en/aide',
  '/ar',
  '/ar/aide',
  '/cette-page-n-existe-pas',
];

/** Waits until the page answers to the keyboard: what is typed before may be lost by what listens to it. */
export const hydrated = async (page: Page): Promise<void> => {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
};

/** True when nothing sticks out at the side: what WCAG 1.4.10 asks of a window of 320 px (400 % of 1280). */
export const fitsInWidth = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
