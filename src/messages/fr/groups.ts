import type { Plural } from '../format.ts';

const plural = (one: string, other: string): Plural => ({ one, other });

/** The words of the groups of parents, as families read them. */
export const groups = {
  title: 'Rencontrer d’autres parents',
  description: 'Des parents du même mois, près de chez vous, réunis par une personne dont c’est le rôle.',
  lead: 'Des familles dont l’enfant naît le même mois, près de chez vous. Quelqu’un dont c’est le rôle les réunit et reste là.',
  field: 'Où habitez-vous ?',
  hint: 'Par exemple : Loudéac, 97400 ou saint denis',
  submit: 'Voir ici',
  several: 'De quelle commune s’agit-il ?',
  unknown: 'Nous ne trouvons pas cette commune. Essayez son code postal.',
  here: 'Les groupes {where}',
  animated: 'Qui anime des groupes ici',
  none: 'Personne n’anime encore de groupe ici. Vous pouvez tout de même demander une place : si un organisme propose de le faire, il verra que des familles attendent.',
  births: 'Familles du même mois',
  situations: {
    title: 'Des groupes pour qui vit la même chose',
    text: 'Pour venir, écrivez ou appelez l’organisme. Vous n’avez rien à dire ici.',
  },
  ask: {
    title: 'Demander une place',
    lead: 'Nous gardons un mois, votre commune, le nom que vous choisissez et votre adresse électronique. Rien d’autre, et pas le nom de votre enfant.',
    month: { label: 'Mois de la naissance, ou de la naissance prévue', none: 'Choisir' },
    name: { label: 'Un prénom ou un pseudonyme', hint: 'La personne qui anime le verra, avec votre commune.' },
    email: {
      label: 'Votre adresse électronique',
      hint: 'Personne ne la voit, pas même la personne qui anime. Nos messages ne disent pas de quoi il s’agit.',
    },
    submit: 'Demander une place',
    promise:
      'Un groupe se forme à partir de trois familles, quand un organisme accepte de l’animer. Ce n’est pas certain. Vous partez quand vous voulez, en un geste, sans le dire à personne.',
    sent: {
      title: 'Regardez vos messages',
      text: 'Un lien vous y attend, pour confirmer votre adresse. Sans cela, rien n’est gardé au-delà de trois jours.',
    },
    tooMany:
      'Beaucoup de demandes viennent du même endroit. Rien n’est parti. Ce que vous avez écrit est encore là : réessayez dans un quart d’heure.',
    unreachable: 'Ce site ne peut pas encore envoyer de messages : personne ne pourrait vous répondre.',
    troubles: 'À corriger',
  },
  own: {
    title: 'Votre place',
    asked: { text: 'C’est bien votre adresse ? Un geste, et vous êtes comptés.', submit: 'Oui, confirmer' },
    facts: { month: 'Mois', where: 'Commune', name: 'Sous le nom de', team: 'Animé par', count: 'Dans ce groupe' },
    waiting: '{families} {where}.',
    waitingFamilies: plural('Pour l’instant, une famille attend', 'Vous êtes {count} familles à attendre'),
    nobody: 'Personne n’anime encore de groupe ici.',
    somebody: '{teams} peut en animer un. Dès qu’un groupe se forme, vous recevez un message.',
    noPromise: 'Ce n’est pas une promesse. Sans groupe au bout de neuf mois, votre demande s’efface d’elle-même.',
    quiet: 'Ce nombre n’est revu que le lundi, une semaine ou deux après : chacun peut partir sans que cela se voie.',
    member: 'Vous avez un groupe.',
    families: plural('{count} famille', '{count} familles'),
    dates: 'Les rencontres',
    noDate: 'Aucune date pour l’instant. Vous recevrez un message.',
    cancelled: 'Annulée',
    moved: 'Déplacée',
    messages: 'Les messages',
    noMessage: 'Aucun message pour l’instant.',
    confirmed: 'C’est noté.',
    leave: {
      title: 'Partir',
      text: 'Votre place, votre nom et votre adresse sont effacés aussitôt. Personne n’est prévenu, et vous ne recevez plus rien. La trace des messages déjà partis, sans leur texte, s’efface en 30 jours.',
      submit: 'Partir',
    },
    gone: 'Ce lien ne sert plus',
    left: {
      title: 'C’est fait',
      text: 'Ce lien ne mène plus à rien, et vous ne recevrez plus de message.',
      help: 'Parler à quelqu’un',
    },
    report: {
      nobody: 'L’équipe de ce site',
      title: 'Signaler ce groupe',
      text: 'Qui lit et décide : {who}. Ni la personne qui anime ni les autres familles ne le savent.',
      label: 'Que s’est-il passé ?',
      optional: 'facultatif',
      hint: 'Votre nom n’est pas transmis. Pour une réponse, dites comment vous joindre. En danger, appelez le 17 ou le 112.',
      submit: 'Signaler',
      sent: 'C’est transmis. Qui lit et décide : {who}.',
    },
  },
  stop: {
    title: 'Ne plus rien recevoir',
    text: 'Votre place s’efface, avec votre nom et votre adresse. Personne n’est prévenu.',
    submit: 'Ne plus rien recevoir',
  },
} as const;
