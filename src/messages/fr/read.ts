export const read = {
  title: 'S’informer',
  description:
    'Ce que sont les 1000 premiers jours, les dix priorités de la politique publique, et les projets qui la font vivre.',
  lead: 'De la grossesse aux 3 ans, ce qui aide votre enfant à bien grandir, et vous avec.',
  what: {
    title: 'Les 1000 premiers jours, c’est quoi ?',
    text: [
      'Les mille premiers jours vont du début de la grossesse aux 2 ans de l’enfant. À aucun autre moment de la vie le cerveau ne se développe aussi vite. C’est aussi un temps fragile, où l’on peut se sentir seul devant beaucoup de questions.',
      'La politique publique qui porte ce nom commence avant la grossesse et va jusqu’à l’entrée à l’école maternelle. Elle veut que chaque famille soit informée, entourée, accueillie, et puisse souffler.',
    ],
    source: 'Source : présentation du projet « Les 1000 premiers jours », ministère des Solidarités et de la Santé.',
  },
  priorities: {
    title: 'Les dix priorités',
    text: 'Ce que chacune change pour les familles, et des projets qui la font vivre.',
  },
  more: {
    title: 'À lire aussi',
    projects: {
      title: 'Les projets des territoires',
      text: 'Groupes de parents, bus, maisons, ateliers : cherchez près de chez vous',
    },
    path: { title: 'Trois moments qui comptent', text: 'Le 4e mois, la maternité, le retour à la maison' },
    official: { title: 'Le site public 1000-premiers-jours.fr', text: 'Santé publique France, pour les parents' },
  },
};
