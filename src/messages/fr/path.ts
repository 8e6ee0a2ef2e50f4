export const path = {
  title: 'Mon parcours',
  description:
    'Trois moments qui comptent pendant les 1000 premiers jours : le 4e mois de grossesse, la maternité, le retour à la maison.',
  lead: 'Trois moments où l’on prend le temps de vous écouter. Ils sont pour tout le monde, pas seulement quand ça va mal.',
  unreviewed:
    'Ces textes n’ont pas encore été relus par un professionnel de santé. À confirmer avec la personne qui suit votre grossesse ou votre enfant.',
  when: 'Quand',
  cost: 'Coût',
  who: 'Avec qui',
  source: 'Source',
  checkedOn: 'Vérifié le {date}',
  moments: [
    {
      id: 'quatrieme-mois',
      title: 'Le 4e mois de grossesse',
      plain: 'Un temps pour parler',
      official: 'entretien prénatal précoce',
      text: [
        'On y parle de ce qui va bien, de ce qui inquiète, et de l’aide que vous souhaitez. Ce n’est pas un examen.',
        'Demandez-le à la personne qui suit votre grossesse, ou à la maternité : « Je voudrais l’entretien prénatal précoce. »',
      ],
      facts: {
        when: 'Dès que la grossesse est déclarée, au mieux avant la fin du 5e mois. Il n’est jamais trop tard.',
        cost: 'Pris en charge à 100 %',
        who: 'Seule ou à deux, comme vous préférez',
      },
      sources: [
        {
          name: 'Assurance maladie, suivi de la grossesse',
          url: 'https://www.ameli.fr/assure/sante/themes/grossesse/grossesse-programme-de-suivi-et-premiere-consultation',
        },
        { name: 'Code de la santé publique, article L2122-1' },
      ],
      checkedOn: '2026-11-21',
    },
    {
      id: 'maternite',
      title: 'Le séjour à la maternité',
      plain: 'Les premiers jours avec votre enfant',
      official: 'séjour à la maternité',
      text: [
        'Posez toutes vos questions : l’équipe est là pour cela. Votre enfant a son premier examen dans les 8 jours.',
        'Avant de partir, demandez qui viendra vous voir à la maison, et qui appeler la nuit.',
      ],
      facts: {
        when: 'Souvent 3 à 4 jours après une naissance par voie basse, 4 à 5 jours après une césarienne',
        cost: 'Premier examen de votre enfant pris en charge à 100 %',
        who: 'L’équipe de la maternité, et l’autre parent s’il y en a un',
      },
      sources: [
        { name: 'Code de la santé publique, article R2132-1 (examens de l’enfant)' },
        { name: 'Présentation du projet « Les 1000 premiers jours », les trois moments clefs' },
      ],
      checkedOn: '2026-11-21',
    },
    {
      id: 'retour',
      title: 'Le retour à la maison',
      plain: 'Un temps pour vous, après la naissance',
      official: 'entretien postnatal précoce',
      text: [
        'On y parle de votre moral, de vos besoins, et de ceux de l’autre parent. La fatigue, les larmes, les idées noires : tout peut se dire.',
        'Un second entretien peut être proposé entre la 10e et la 14e semaine, pour un premier enfant ou en cas de difficulté. Deux séances avec une sage-femme sont aussi possibles, du 8e jour à la 14e semaine.',
      ],
      facts: {
        when: 'Entre la 4e et la 8e semaine après la naissance',
        cost: 'Pris en charge à 70 % par l’Assurance maladie',
        who: 'Un médecin ou une sage-femme',
      },
      sources: [
        { name: 'Code de la santé publique, article L2122-1 (loi du 23 décembre 2021, article 86)' },
        {
          name: 'Assurance maladie, suivi à domicile',
          url: 'https://www.ameli.fr/assure/sante/devenir-parent/accouchement-et-nouveau-ne/suivi-domicile',
        },
      ],
      checkedOn: '2026-11-21',
    },
  ],
  heavy: {
    title: 'Et si c’est trop lourd avant ?',
    text: 'Il n’y a pas besoin d’attendre un rendez-vous.',
    link: 'Voir qui appeler maintenant',
  },
  near: { title: 'Voir ce qui existe près de chez vous', text: 'Votre commune, les projets autour' },
  groups: { title: 'Rencontrer d’autres parents', text: 'Du même mois, près de chez vous' },
};
