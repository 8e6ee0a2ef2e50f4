import type { Audience, Stage, Theme } from '#modules/library/index.ts';

/** Names of the moments, as a parent says them. */
export const stageNames: Readonly<Record<Stage, string>> = {
  projet: 'Avant la grossesse',
  grossesse: 'Pendant la grossesse',
  'premieres-semaines': 'Les trois premiers mois',
  'premiers-mois': 'De 3 mois à 1 an',
  'un-a-trois-ans': 'De 1 an à l’école',
};

export const themeNames: Readonly<Record<Theme, string>> = {
  suivi: 'Rendez-vous et santé',
  nourrir: 'Nourrir',
  'sommeil-et-pleurs': 'Sommeil et pleurs',
  grandir: 'Grandir et jouer',
  environnement: 'Un environnement sain et sûr',
  moral: 'Le moral, le couple, souffler',
  'second-parent': 'Père et second parent',
  situations: 'Situations particulières',
  droits: 'Droits et papiers',
  'accueil-et-travail': 'Garde et travail',
  eveil: 'Lire, chanter, sortir',
  'qui-fait-quoi': 'Qui fait quoi',
};

/** Whom an article is for, said only when it is not for everyone. */
export const audienceNames: Readonly<Record<Audience, string>> = {
  everyone: '',
  second_parent: 'Pour le père ou le second parent',
  single_parent: 'Pour un parent sans l’autre',
  teenage_parent: 'Pour de très jeunes parents',
  parent_with_disability: 'Pour un parent en situation de handicap',
  child_with_disability: 'Pour les parents d’un enfant en situation de handicap',
  premature: 'Pour les parents d’un enfant né tôt',
  multiples: 'Pour les parents de jumeaux et plus',
  adoption: 'Pour les parents d’un enfant adopté',
  bereaved: 'Pour les parents en deuil',
  violence: 'Pour qui a peur chez soi',
  precarity: 'Quand l’argent ou le toit manque',
};

/**
 * An interval of months from the birth in words: « Pendant la grossesse », « De la naissance à 1 an ». Months of
 * pregnancy are said as people count them: the 4th month starts three months after the conception.
 */
export const momentOf = ({ from, to }: { readonly from: number; readonly to: number }): string => {
  if (to <= -9) return 'Avant la grossesse';
  if (from <= -15 && to >= 36) return 'À tout moment';
  if (from === -9 && to === 0) return 'Pendant la grossesse';
  const start = startOf(from);
  const end = to === 0 ? 'à la naissance' : `à ${ageOf(to)}`;
  return `${start} ${end}`;
};

const startOf = (from: number): string => {
  if (from <= -10) return 'Du projet d’enfant';
  if (from === -9) return 'Du début de la grossesse';
  if (from < 0) return `Du ${from + 10}e mois de grossesse`;
  return from === 0 ? 'De la naissance' : `De ${ageOf(from)}`;
};

const ageOf = (months: number): string => {
  if (months % 12 !== 0) return `${months}\u00a0mois`;
  return months === 12 ? '1\u00a0an' : `${months / 12}\u00a0ans`;
};

export const articles = {
  section: 'S’informer',
  minutes: { one: '{count} minute de lecture', other: '{count} minutes de lecture' },
  listen: 'Écouter',
  stop: 'Arrêter',
  easy: 'Facile à lire',
  standard: 'Texte complet',
  print: 'Imprimer',
  keep: 'Garder',
  kept: 'Gardé',
  essentials: 'L’essentiel',
  doubt: {
    title: 'Un doute, une inquiétude ?',
    text: 'Parlez-en à votre sage-femme, à votre médecin ou à la protection maternelle et infantile (PMI).',
    near: 'Voir qui peut m’aider',
    now: 'J’ai besoin d’aide maintenant',
  },
  related: 'Lire aussi',
  share: 'Transmettre cet article',
  sources: {
    title: 'D’où viennent ces informations',
    published: 'publié : {date}',
    checked: 'comparé le {date}',
    unchecked: 'à confirmer avec votre professionnel',
    notReviewed: 'Cet article n’a pas encore été relu par un professionnel de santé ou du social.',
    reviewed: 'Article relu par {name} le {date}.',
    incomplete:
      'Certaines informations n’ont pas encore été comparées à un texte officiel : à confirmer avec votre professionnel.',
    unclear: 'Dire ce qui n’est pas clair',
  },
};
