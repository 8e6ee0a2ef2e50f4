/** Words of the frame: what surrounds every parents’ page. French is the source; the others have exactly its keys. */
export const frame = {
  siteName: 'Mille jours',
  home: 'Mille jours, accueil',
  skipToContent: 'Aller au contenu',
  skipToFoot: 'Aller au pied de page',
  sections: 'Rubriques',
  path: 'Mon parcours',
  near: 'Autour de moi',
  read: 'S’informer',
  help: 'Aide',
  languages: 'Langues',
  language: 'Langue',
  quickExit: 'Quitter vite',
  foot: {
    label: 'Pied de page',
    accessibility: 'Accessibilité : non auditée',
    privacy: 'Confidentialité',
    legal: 'Mentions légales',
    about: 'À propos',
    contact: 'Nous écrire',
    siteMap: 'Plan du site',
    api: 'Données ouvertes',
    notOfficial: 'Ce site n’est pas un site officiel de l’État.',
  },
  /** Shown on pages whose translation has not been read by a native speaker of the trade. Empty in French. */
  translationNotice: '',
  inFrench: 'en français',
};
