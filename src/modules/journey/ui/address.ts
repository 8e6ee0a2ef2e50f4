/** The views of the path, behind the `#` of its address: nothing of it is ever sent. */
export const views = [
  'aujourdhui',
  'commencer',
  'a-venir',
  'passe',
  'etape',
  'situation',
  'perte',
  'apres',
  'annee',
  'entretien',
  'liste',
  'outils',
  'agenda',
  'inviter',
  'invitation',
  'reprendre',
  'aide-proches',
  'reglages',
  'partir',
] as const;

export type View = (typeof views)[number];

/** `#etape=gro-epp:p1` → the view and what it is about. An unknown view is today. */
export const readView = (hash: string): { view: View; about: string } => {
  const [name = '', about = ''] = hash.replace(/^#/, '').split('=', 2);
  return { view: views.find((known) => known === name) ?? 'aujourdhui', about: safely(about) };
};

/** Whether an address asks for a view; the page has other places to point to. */
export const asksForView = (hash: string): boolean => views.some((view) => view === hash.slice(1).split('=', 1)[0]);

/** The address of a view, on the page that is open: what stands before the `#` stays. */
export const to = (view: View, about?: string): string =>
  `#${view}${about === undefined ? '' : `=${encodeURIComponent(about)}`}`;

const safely = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};
