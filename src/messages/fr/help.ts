export const help = {
  title: 'De l’aide, maintenant',
  description: 'Les numéros à appeler tout de suite, à toute heure, et ceux pour parler.',
  lead: 'Appeler ne vous engage à rien.',
  danger: 'Un danger, une urgence de santé',
  despair: 'Penser à mourir, ou à se faire du mal',
  situations: 'Selon ce qui se passe',
  exhausted: {
    title: 'À bout avec bébé',
    layDown: 'Posez-le sur le dos, dans son lit.',
    askSomeone: 'Demandez à quelqu’un de venir.',
    fear: 'Si vous pensez à vous faire du mal, ou à lui faire du mal, appelez le 3114 tout de suite, jour et nuit.',
  },
  talk: 'Parler à quelqu’un',
  call: 'Appeler le {number}',
  write: 'Écrire au {number}',
  free: 'gratuit',
  always: 'jour et nuit',
  notAlways: 'pas la nuit ; horaires à vérifier auprès du service',
  checkedOn: 'Numéro vérifié le {date}',
  toCheck: 'Numéro à vérifier',
  oldCheck: 'Vérifié pour la dernière fois le {date}, à revérifier',
  sources: 'D’où viennent ces numéros',
  callback: { title: 'Demander qu’on vous rappelle', text: 'Un numéro et un moment, rien d’autre' },
  near: { title: 'Voir ce qui existe près de chez vous', text: 'Votre commune, les projets autour' },
  violence: {
    title: 'Violences à la maison',
    lead: 'Ce n’est jamais de votre faute. En parler ne vous oblige à rien.',
    steps: [
      'En danger immédiat : le 17. Si vous ne pouvez pas parler, un SMS au 114.',
      'Appelez d’un téléphone que l’autre ne regarde pas : celui d’un proche, d’un professionnel, d’un lieu d’accueil.',
      'Dites à qui vous aide si l’on peut vous rappeler, à quelle heure, et s’il vaut mieux ne laisser aucun message.',
      'Convenez avec un proche d’un mot simple qui voudra dire « viens » ou « appelle le 17 ».',
      'Gardez vos papiers, ceux de votre enfant et un peu d’argent là où vous pourrez les prendre vite, ou chez quelqu’un.',
    ],
    traces: 'Après l’appel, effacez le numéro du journal de votre téléphone. Le 119 n’apparaît pas sur la facture.',
  },
  languages: 'Nous ne savons pas dans quelles langues chaque service répond. Demandez-le au début de l’appel.',
  traces: {
    title: 'Effacer les traces',
    lead: 'Si quelqu’un regarde votre téléphone ou votre ordinateur.',
    quickExit: {
      title: 'Ce que fait « Quitter vite »',
      does: 'Il remplace cette page par une page de tous les jours. Si vous revenez en arrière dans le même onglet, la page neutre revient aussi.',
      doesNot:
        'Il n’efface pas l’historique : le nom du site y reste. Il ne cache rien à quelqu’un qui a installé un logiciel de surveillance.',
      withoutScript: 'Sans JavaScript, il ouvre la page neutre, mais le bouton Retour ramène ici.',
      again: 'Pour revenir sur ce site, ouvrez un nouvel onglet.',
    },
    history: {
      title: 'Effacer l’historique',
      other: 'Les mots peuvent changer un peu d’une version à l’autre.',
      browsers: [
        {
          name: 'Chrome, sur téléphone Android',
          steps: [
            'Touchez les trois points, en haut à droite.',
            'Touchez « Historique », puis « Supprimer les données de navigation ».',
            'Choisissez la dernière heure ou plus, puis « Supprimer les données ».',
          ],
        },
        {
          name: 'Safari, sur iPhone',
          steps: [
            'Touchez le livre ouvert, puis l’horloge.',
            'Faites glisser vers la gauche la ligne à enlever, ou touchez « Effacer ».',
            'Choisissez la dernière heure ou plus.',
          ],
        },
        {
          name: 'Samsung Internet',
          steps: [
            'Touchez les trois traits, en bas à droite, puis « Historique ».',
            'Touchez les trois points, puis « Effacer l’historique », ou gardez le doigt sur une ligne pour n’enlever qu’elle.',
          ],
        },
        {
          name: 'Firefox, sur téléphone',
          steps: [
            'Touchez les trois points, puis « Historique ».',
            'Touchez la corbeille et choisissez la durée, ou la croix d’une seule ligne.',
          ],
        },
        {
          name: 'Sur un ordinateur',
          steps: [
            'Dans Chrome, Edge ou Firefox, appuyez ensemble sur Ctrl, Maj et Suppr.',
            'Choisissez la dernière heure ou plus et ne cochez que l’historique, puis confirmez.',
            'Dans Safari : menu « Historique », puis « Effacer l’historique ».',
          ],
        },
      ],
      careful:
        'Un historique vide peut se remarquer. Enlever une seule ligne est plus discret. La prochaine fois, une fenêtre de navigation privée n’écrit rien dans l’historique.',
      account: 'Si le navigateur est relié à un compte, l’historique peut aussi se trouver sur vos autres appareils.',
    },
  },
  keeps: 'Cette page ne garde rien de vous. Elle se lit sans JavaScript et s’imprime.',
};
