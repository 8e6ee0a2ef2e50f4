/** Words of /pour-les-proches. */
export const relatives = {
  title: 'Pour les proches',
  description: 'Ce qui aide vraiment autour d’une naissance, quand on est grand-parent, ami, voisine ou collègue.',
  lead: 'Un enfant arrive près de vous. Un geste simple compte plus qu’un conseil.',
  card: 'Voici ce qui aiderait',
  cardText: 'La personne qui vous a envoyé ce lien l’a choisi pour vous. Rien n’est enregistré par ce site.',
  damaged: 'Ce lien est incomplet. Demandez à la personne de vous l’envoyer de nouveau.',
  needsScript: 'Pour lire la carte que vous avez reçue, cette page a besoin de JavaScript.',
  help: {
    title: 'Ce qui aide',
    items: [
      'Demander avant de venir, et ne pas rester longtemps.',
      'Apporter un repas, faire une machine, sans attendre qu’on le demande.',
      'Garder l’enfant le temps d’une sieste, si les parents le veulent.',
      'Écouter sans comparer. Chaque enfant a son rythme.',
      'Prendre des nouvelles des deux parents.',
      'Continuer après le premier mois : la fatigue dure souvent plus longtemps que les visites.',
    ],
  },
  worry: {
    title: 'Si quelque chose vous inquiète',
    text: 'Une personne qui ne dort plus, qui pleure tous les jours, qui a peur ou qui parle de disparaître a besoin d’aide maintenant. Restez près d’elle, et appelez avec elle.',
    link: 'Les numéros qui aident',
  },
  loss: {
    title: 'Après la perte d’un enfant',
    text: 'Dites simplement que vous êtes là. Prononcez le prénom de l’enfant s’il en avait un. Revenez dans un mois, dans six mois : c’est souvent là qu’il n’y a plus personne.',
  },
};
