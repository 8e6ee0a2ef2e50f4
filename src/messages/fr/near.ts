export const near = {
  title: 'Autour de moi',
  description: 'Votre commune, les projets des 1000 premiers jours autour d’elle, et ce qui existe partout en France.',
  lead: 'Écrivez le nom de votre commune ou son code postal.',
  field: 'Commune ou code postal',
  hint: 'Par exemple : Loudéac, 97411 ou saint denis',
  submit: 'Voir ce qui existe',
  notKept: 'La commune que vous écrivez sert à chercher. Elle n’est pas enregistrée.',
  several: { title: 'De quelle commune s’agit-il ?', text: 'Plusieurs communes répondent à « {words} ».' },
  none: {
    title: 'Aucune commune ne répond à « {words} »',
    text: 'Essayez avec le début du nom, sans article, ou avec le code postal. Les noms d’anciennes communes sont connus aussi.',
  },
  found: {
    noProject: 'Aucun projet connu à moins de 100 km. La liste vous laisse chercher plus loin.',
    projects: { title: 'Tous les projets autour', text: 'Chercher plus loin, ou par thème' },
    commune: { title: 'La page de {name}', text: 'Son département, sa région, son intercommunalité' },
    change: 'Changer de commune',
  },
  directory:
    'L’annuaire des sages-femmes, des centres de protection maternelle et infantile (PMI), des lieux d’accueil et des groupes n’est pas encore ici. En attendant, votre mairie, votre Caf ou le service de PMI de votre département savent qui peut vous recevoir.',
  everywhere: {
    title: 'Partout en France',
    help: { title: 'Parler à quelqu’un tout de suite', text: 'Les numéros à appeler, jour et nuit pour les urgences' },
    priorities: { title: 'Les dix priorités des 1000 premiers jours', text: 'Ce qui se construit pour les familles' },
    projects: { title: 'Tous les projets', text: 'Par région, par thème, par mots' },
  },
};
