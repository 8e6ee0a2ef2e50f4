/** Words around the fifteen messages of « L’essentiel ». French is the source; the others have exactly its keys. */
export const essentials = {
  title: 'L’essentiel',
  description: 'Quinze choses à savoir, de la grossesse aux 3 ans, en huit versions, avec une image et du son.',
  lead: 'Quinze choses à savoir, une par page. À lire, à écouter, à imprimer, à montrer.',
  position: 'Message {number} sur {total}',
  listen: 'Écouter',
  stop: 'Arrêter',
  print: 'Imprimer',
  previous: 'Message précédent',
  next: 'Message suivant',
  all: 'Tous les messages',
  easy: 'Facile à lire',
  standard: 'Texte habituel',
  more: 'En savoir plus',
  help: 'J’ai besoin d’aide maintenant',
  notReviewed: 'Ce texte n’a pas encore été relu par un professionnel.',
  reviewed: 'Texte relu par un professionnel le {day}.',
};
