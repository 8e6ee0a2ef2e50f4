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

/** The address of a view. */
export const to = (view: View, about?: string): string =>
  `/mon-parcours#${view}${about === undefined ? '' : `=${encodeURIComponent(about)}`}`;

const safely = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};
