/** The calls that chose the projects, as the ministry's document names them. */
export const callFamilies = ['1000-premiers-jours', 'enfance-egalite', 'accueil-pour-tous'] as const;

export type CallFamily = (typeof callFamilies)[number];

/** What to filter by: a call, or the projects that no call chose. */
export const callFilters = [...callFamilies, 'hors-appel'] as const;

export type CallFilter = (typeof callFilters)[number];

/** `title` is the whole name; `short` fits a filter. */
export const callTitles: Readonly<Record<CallFilter, { readonly title: string; readonly short: string }>> = {
  '1000-premiers-jours': { title: 'Appel à projets « 1000 premiers jours »', short: '1000 premiers jours' },
  'enfance-egalite': { title: 'Appel à projets « Enfance = Égalité »', short: 'Enfance = Égalité' },
  'accueil-pour-tous': {
    title: 'Appel à manifestation d’intérêt « Accueil pour tous »',
    short: 'Accueil pour tous',
  },
  'hors-appel': { title: 'Hors appel à projets', short: 'Hors appel' },
};
