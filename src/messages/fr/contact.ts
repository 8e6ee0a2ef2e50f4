export const contact = {
  title: 'Nous écrire',
  description: 'Une question, une idée, une erreur à signaler : écrire à l’équipe de Mille jours.',
  lead: 'Une question, un avis, quelque chose qui ne va pas sur le site ? Une personne vous lira.',
  notHere: {
    title: 'Pas d’information de santé ici',
    text: 'N’écrivez rien sur votre santé, celle de votre enfant ou de vos proches : ce message est lu par l’équipe du site, pas par des soignants.',
    link: 'Besoin de parler à quelqu’un maintenant ? Les numéros à appeler',
  },
  subject: 'De quoi s’agit-il ?',
  territory: { label: 'Où ?', hint: 'Une commune, un département, une région, si cela aide à comprendre' },
  text: { label: 'Votre message', hint: '4 000 signes au plus, environ deux pages' },
  replyTo: {
    label: 'Votre adresse électronique',
    hint: 'Seulement si vous souhaitez une réponse. Elle ne sert à rien d’autre.',
  },
  optional: 'facultatif',
  submit: 'Envoyer mon message',
  kept: 'Le site garde votre message le temps de le transmettre, puis 30 jours, et l’efface.',
  errors: 'Votre message n’est pas parti. Tout ce que vous avez écrit est encore là.',
  tooMany: {
    one: 'Plusieurs messages sont partis de votre connexion en peu de temps. Réessayez dans une minute.',
    other: 'Plusieurs messages sont partis de votre connexion en peu de temps. Réessayez dans {count} minutes.',
  },
  nobody: {
    title: 'Personne ne lit de messages sur cette installation',
    text: 'L’organisme qui a ouvert ce site n’a pas encore donné d’adresse où recevoir vos messages. Plutôt que de les perdre, nous ne montrons pas de formulaire.',
    meanwhile:
      'Pour une question sur votre situation, votre mairie, votre Caf ou le service de protection maternelle et infantile (PMI) de votre département peuvent vous répondre.',
  },
  thanks: {
    title: 'Votre message est parti',
    text: 'Il est en route vers l’équipe qui lit les messages. Si vous avez laissé une adresse, la réponse y arrivera ; regardez aussi dans les messages indésirables.',
    home: 'Revenir à l’accueil',
  },
};
