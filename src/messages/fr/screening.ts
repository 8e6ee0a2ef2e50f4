/** Words around the questionnaire on one’s mood. Those of the scale itself are published and are not here. */
export const screening = {
  title: 'Faire le point sur mon moral',
  description:
    'Dix questions sur les sept derniers jours, pendant la grossesse ou après une naissance. Vos réponses restent sur cet appareil.',
  lead: 'Dix questions sur ces sept derniers jours. Cinq minutes, pour savoir quand et à qui en parler.',
  promise: 'Vos réponses restent sur cet appareil. Personne ne les reçoit.',
  noDiagnosis: 'Ce questionnaire ne dit pas ce que vous avez. Seul un professionnel de santé peut le dire, avec vous.',
  when: 'Il a été éprouvé à partir de la 4e semaine après la naissance. On peut aussi le remplir plus tôt, et pendant la grossesse.',
  needsScript: 'Sans JavaScript, vous pouvez lire ou imprimer les questions, et les montrer à un professionnel.',
  who: {
    legend: 'Vous êtes',
    birth: 'La personne enceinte, ou qui vient d’accoucher',
    second: 'L’autre parent',
  },
  wording: {
    title: 'Choisir le texte des questions',
    legend: 'Texte des questions',
    adaptedNote: 'Accord adapté, non validé : seuls les accords changent. Aucune étude n’a éprouvé ce texte.',
    /** Shown where the questions are in another language than the page. */
    inAnotherLanguage: 'Ce texte est l’original anglais. Le texte français se choisit au même endroit.',
  },
  start: 'Commencer',
  progress: 'Question {number} sur {count}',
  period: 'ces 7 derniers jours',
  previous: 'Question précédente',
  leave: 'Revenir au début',
  next: 'Question suivante',
  skip: 'Passer cette question',
  finish: 'Lire ce qui peut m’aider',
  choose: 'Choisissez une réponse, ou passez la question.',
  everyone: 'On pose cette question à tout le monde. Vous pouvez aussi ne pas répondre.',
  urgent: { title: 'Besoin de parler tout de suite', more: 'Tous les numéros d’aide' },
  crisis: {
    title: 'Parlez à quelqu’un maintenant',
    text: 'Si vous pensez à vous faire du mal, ou à faire du mal à votre bébé, appelez. Vous pouvez ne rien expliquer.',
    meanwhile: 'En attendant',
    meanwhileSteps: [
      'Demandez à quelqu’un de venir près de vous.',
      'Si bébé est là, posez-le sur le dos, dans son lit.',
    ],
  },
  advice: {
    urgent: {
      title: 'Merci de l’avoir dit',
      text: 'Ce que vous vivez est lourd. Vous n’avez pas à le porter sans aide.',
    },
    soon: {
      title: 'Parlez-en vite, aujourd’hui ou demain',
      text: 'Vos réponses disent que ces jours sont très durs. Ce n’est pas de votre faute. Avec de l’aide, on peut aller mieux.',
    },
    'this-week': {
      title: 'Parlez-en cette semaine',
      text: 'Vos réponses disent que ces jours sont difficiles. En parler tôt aide à aller mieux.',
    },
    again: {
      title: 'Prenez rendez-vous, et refaites le point',
      text: 'Vos réponses disent que c’est plus lourd que d’habitude. Un rendez-vous permet d’en parler tranquillement.',
    },
    steady: {
      title: 'Ça va plutôt bien, disent vos réponses',
      text: 'Si vous ne le sentez pas ainsi, écoutez-vous : vous pouvez en parler quand même.',
    },
    incomplete: {
      title: 'Vous avez passé des questions',
      text: 'C’est votre droit. Sans toutes les réponses, ce questionnaire ne peut rien dire. Vous pouvez en parler quand même.',
    },
    unanswered: {
      title: 'Vous n’avez pas répondu',
      text: 'Ce n’est pas grave. Si quelque chose pèse, vous pouvez en parler sans questionnaire.',
    },
  },
  /** The same, said more gently to the other parent. */
  adviceSecond: {
    urgent: {
      title: 'Merci de l’avoir dit',
      text: 'Une naissance bouscule aussi l’autre parent. Vous n’avez pas à porter cela sans aide.',
    },
    soon: {
      title: 'Parlez-en vite, aujourd’hui ou demain',
      text: 'Vos réponses disent que ces jours sont lourds pour vous. Cela arrive aussi à l’autre parent, et l’aide est là pour vous.',
    },
    'this-week': {
      title: 'Parlez-en cette semaine',
      text: 'Vos réponses disent que ces jours vous coûtent. Prendre soin de vous, c’est aussi prendre soin de votre famille.',
    },
    again: {
      title: 'Prenez un moment pour en parler',
      text: 'Vos réponses disent que c’est un peu plus lourd que d’habitude. Vous avez votre place chez un professionnel, pour vous-même.',
    },
    steady: {
      title: 'Ça va plutôt bien, disent vos réponses',
      text: 'Si vous ne le sentez pas ainsi, écoutez-vous : vous avez le droit d’en parler, vous aussi.',
    },
    incomplete: {
      title: 'Vous avez passé des questions',
      text: 'C’est votre droit. Sans toutes les réponses, ce questionnaire ne peut rien dire. Vous pouvez en parler quand même.',
    },
    unanswered: {
      title: 'Vous n’avez pas répondu',
      text: 'Ce n’est pas grave. Si quelque chose pèse, vous pouvez en parler sans questionnaire.',
    },
  },
  anxiety: {
    title: 'L’inquiétude revient souvent dans vos réponses',
    text: 'Dites-le aussi à la personne que vous verrez : cela s’apaise, avec de l’aide.',
  },
  secondParent:
    'Ce questionnaire a été éprouvé auprès de mères. Pour l’autre parent, les repères diffèrent d’une étude à l’autre : c’est la conversation qui compte.',
  steps: {
    day: {
      title: 'Aujourd’hui ou demain',
      list: [
        'Appelez votre sage-femme, votre médecin ou la protection maternelle et infantile (PMI). Dites que c’est pour vous, et que c’est pressé.',
        'Demandez à un proche de rester avec vous, ou de s’occuper de votre enfant quelques heures.',
      ],
    },
    week: {
      title: 'Cette semaine',
      list: [
        'Prenez rendez-vous avec une sage-femme, un médecin, la PMI ou un psychologue.',
        'Dites à quelqu’un de confiance comment vous allez vraiment.',
      ],
    },
    fortnight: {
      title: 'Dans deux semaines',
      list: ['Refaites le point. Si rien n’a changé, ou si c’est plus dur, parlez-en sans attendre.'],
    },
  },
  people: {
    title: 'Qui peut vous aider',
    text: 'Une sage-femme, un médecin, la PMI ou un psychologue peuvent vous aider à aller mieux.',
    near: 'Voir qui peut m’aider près de chez moi',
    phoneTitle: 'Quoi dire au téléphone',
    phone:
      '« Bonjour. Je suis parent d’un tout-petit, et je ne vais pas bien. J’ai rempli un questionnaire sur mon moral. J’aimerais un rendez-vous bientôt. »',
    phonePregnant: 'Si vous attendez un enfant, dites-le aussi.',
    afterTitle: 'Ce qui se passe ensuite',
    after: [
      'On vous écoute et on vous pose des questions sur vos journées, vos nuits, votre entourage.',
      'On cherche avec vous ce qui aiderait : du repos, des visites, un groupe, un suivi. Rien ne se décide sans vous.',
      'Vous pouvez venir avec quelqu’un, et montrer vos réponses si vous le souhaitez.',
    ],
  },
  actions: {
    show: { title: 'Montrer mes réponses à un professionnel', text: 'Sur cet écran ou sur papier, rien n’est envoyé' },
    reminder: {
      title: 'Refaire le point dans deux semaines',
      text: 'Un rendez-vous dans votre agenda, sans mot de santé',
      /** Written in the calendar: it says nothing to who looks over the shoulder. */
      calendarTitle: 'Un moment pour vous',
      /** Name of the file. */
      file: 'moment',
    },
    keep: { title: 'Garder mes réponses sur cet appareil', text: 'Seulement si vous le voulez' },
    again: 'Recommencer',
  },
  show: {
    title: 'Réponses à montrer',
    hide: 'Revenir au résultat',
    print: 'Imprimer',
    copy: 'Copier le texte',
    copied: 'Texte copié.',
    filledOn: 'Rempli le {date}',
    noAnswer: 'Sans réponse',
    total: 'Total : {total} sur 30',
    noTotal: 'Pas de total : des réponses manquent.',
    anxiety: 'Questions 3, 4 et 5 : 5 points ou plus.',
    item10: 'Question 10 : une réponse autre que « Jamais ». À voir en premier, quel que soit le total.',
    bands: {
      soon: '13 ou plus : en parler dans les 24 à 48 heures.',
      'this-week': '11 ou 12 : en parler cette semaine.',
      again: '9 ou 10 : prendre rendez-vous, refaire le point dans deux semaines.',
      steady: 'Moins de 9 : pas de repère atteint. L’avis de la personne compte plus que le total.',
    },
    scale: 'Repères du site, version {version}.',
    reviewed: 'Relus par {name}.',
    notReviewed: 'Ces repères n’ont pas encore été relus par un clinicien pour ce site.',
    second: 'Rempli par l’autre parent : pour lui, les repères diffèrent d’une étude à l’autre.',
  },
  keep: {
    title: 'Garder sur cet appareil',
    text: 'Vos réponses seront écrites dans ce navigateur, et nulle part ailleurs. Qui ouvre cet appareil pourrait les lire, sauf si vous mettez un code.',
    code: 'Code, si vous en voulez un',
    codeHint: 'Au moins six caractères. Sans lui, personne ne pourra lire vos réponses, pas même nous.',
    codeShort: 'Le code compte au moins six caractères.',
    noCode: 'Sur cette adresse, le navigateur ne permet pas de protéger par un code.',
    save: 'Garder',
    saved: 'C’est gardé sur cet appareil.',
    failed: 'Le navigateur refuse d’écrire. Rien n’a été gardé.',
    found: 'Des réponses du {date} sont gardées sur cet appareil.',
    foundLocked: 'Des réponses sont gardées sur cet appareil, protégées par un code.',
    open: 'Les relire',
    wrongCode: 'Ce code n’ouvre pas. Rien n’a changé.',
    erase: 'Les effacer',
    erased: 'C’est effacé de cet appareil.',
  },
  source: 'D’où vient ce questionnaire',
  withoutScale: {
    title: 'Le questionnaire n’est pas publié ici',
    text: 'L’échelle d’Édimbourg (EPDS) appartient au Royal College of Psychiatrists, et ce site n’a pas encore son accord écrit pour la publier en ligne. Une sage-femme, un médecin ou la PMI peuvent vous la proposer. Vous pouvez aussi leur parler sans elle.',
    signsTitle: 'En parler sans questionnaire',
    signs: [
      'Vous n’avez plus goût à rien, ou vous pleurez souvent.',
      'Vous êtes à bout, ou l’inquiétude ne vous quitte pas.',
      'Vous ne dormez plus, même quand votre enfant dort.',
    ],
    signsText: 'Cela suffit pour appeler. Si cela dure ou si cela vous fait peur, appelez aujourd’hui.',
  },
  trial:
    'Essai sur cette machine : le questionnaire ne se montre pas aux autres visiteurs, tant que l’accord du Royal College of Psychiatrists n’est pas donné (réglage EPDS_PERMISSION).',
  permission: 'Publié avec l’accord : {permission}.',
  professionals: { title: 'Vous accompagnez des familles', text: 'Remplir l’échelle ensemble, l’imprimer, l’intégrer' },
};
