export const read = {
  title: 'S’informer',
  description:
    'Des articles courts pour les parents, de la grossesse aux 3 ans, par moment et par sujet, chacun avec ses sources.',
  lead: 'De la grossesse aux 3 ans, ce qui aide votre enfant à bien grandir, et vous avec.',
  search: {
    label: 'Que cherchez-vous ?',
    hint: 'Un mot : sommeil, congé, pleurs…',
    theme: 'Sujet',
    anyTheme: 'Tous les sujets',
    stage: 'Moment',
    anyStage: 'Tous les moments',
    submit: 'Voir les articles',
    back: 'Revenir à tous les sujets',
  },
  found: { one: '{count} article', other: '{count} articles' },
  foundFor: '{found} pour « {words} »',
  none: {
    title: 'Aucun article ne répond à ces mots',
    text: 'Essayez un seul mot, ou un mot plus courant. Vous pouvez aussi regarder par sujet ou par moment.',
    contact: 'Dire quel sujet manque',
  },
  failed: 'La recherche n’a pas pu se faire. Réessayez, ou choisissez un sujet ci-dessous.',
  kept: { title: 'Mes articles gardés', note: 'Gardés sur cet appareil seulement.', booklet: 'En faire un livret' },
  byStage: 'Par moment',
  byTheme: 'Par sujet',
  essentials: {
    title: 'L’essentiel, en quinze messages',
    text: 'Avec une image et du son, en français facile et en six langues',
  },
  booklet: { title: 'Un livret à imprimer', text: 'Pour un moment, ou avec les articles de votre choix' },
  relatives: {
    title: 'Pour les proches',
    text: 'Ce qui aide autour d’une naissance, quand on est de la famille ou ami',
  },
  what: {
    title: 'Les 1000 premiers jours, c’est quoi ?',
    text: [
      'Les mille premiers jours vont du début de la grossesse aux 2 ans de l’enfant. À aucun autre moment de la vie le cerveau ne se développe aussi vite. C’est aussi un temps fragile, où l’on peut se sentir seul devant beaucoup de questions.',
      'La politique publique qui porte ce nom commence avant la grossesse et va jusqu’à l’entrée à l’école maternelle. Elle veut que chaque famille soit informée, entourée, accueillie, et puisse souffler.',
    ],
    source: 'Source : présentation du projet « Les 1000 premiers jours », ministère des Solidarités et de la Santé.',
  },
  more: {
    title: 'À lire aussi',
    priorities: { title: 'Les dix priorités', text: 'Ce que chacune change pour les familles' },
    projects: {
      title: 'Les projets des territoires',
      text: 'Groupes de parents, bus, maisons, ateliers : cherchez près de chez vous',
    },
    path: { title: 'Trois moments qui comptent', text: 'Le 4e mois, la maternité, le retour à la maison' },
    official: { title: 'Le site public 1000-premiers-jours.fr', text: 'Santé publique France, pour les parents' },
  },
};
