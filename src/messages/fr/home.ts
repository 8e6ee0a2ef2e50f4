export const home = {
  title: 'Mille jours, de la grossesse aux 3 ans',
  description:
    'Les 1000 premiers jours de l’enfant : ce qui compte à chaque étape, qui peut aider près de chez vous, et de l’aide tout de suite.',
  lead: 'Un pas après l’autre, jamais sans aide.',
  doors: {
    path: { title: 'Mon parcours', text: 'Les grands moments, pour vous et votre enfant.' },
    near: { title: 'Autour de moi', text: 'Ce qui existe près de chez vous.' },
    help: { title: 'De l’aide maintenant', text: 'Un danger, une urgence, ou juste trop lourd ce soir.' },
  },
  promise: 'Pas de compte à créer. Ce que vous notez reste sur votre appareil.',
  read: {
    title: 'S’informer',
    priorities: { title: 'Les dix priorités des 1000 premiers jours', text: 'Ce que chacune change pour les familles' },
    projects: { title: 'Les projets des territoires', text: 'Groupes de parents, lieux, bus, ateliers' },
    what: { title: 'Les 1000 premiers jours, c’est quoi ?', text: 'De la grossesse aux 3 ans de l’enfant' },
  },
  pro: {
    title: 'Vous accompagnez des familles',
    projects: { title: 'S’inspirer des projets', text: 'Par lieu, par priorité, par mots' },
    territories: { title: 'Voir un territoire', text: 'Régions, départements, intercommunalités, communes' },
    data: { title: 'Réutiliser les données', text: 'Interface ouverte, sans inscription' },
  },
};
