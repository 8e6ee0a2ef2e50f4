/** The words of « Souffler »: the question, its one list, and the free places. */
export const respite = {
  title: 'Souffler',
  description:
    'Une heure pour vous, une sortie avec votre enfant, de l’aide à la maison : ce qui existe près de chez vous.',
  lead: 'Avoir besoin d’une pause n’est pas un manque d’amour. Dites ce qui vous ferait du bien, nous cherchons près de chez vous.',
  need: 'De quoi avez-vous besoin ?',
  moment: 'Quand ?',
  age: { label: 'Âge de votre enfant', none: 'Sans préciser' },
  again: 'Changer ma question',
  everything: 'De quoi souffler',
  submit: 'Voir ce qui existe',
  results: {
    heading: 'Ce qui peut vous aider',
    free: {
      one: '{count} annonce de places libres, données par les structures elles-mêmes.',
      other: '{count} annonces de places libres, données par les structures elles-mêmes.',
    },
    none: 'Rien de tout cela n’est connu ici pour le moment.',
    noneText:
      'Essayez un autre besoin ou un autre moment. La PMI de votre département, la Caf et le centre social savent aussi qui peut vous relayer.',
    all: 'Voir toute la liste, avec les filtres et la carte',
  },
  freePlace: {
    context: 'Places libres',
    urgent: 'Places libres pour qui ne peut pas attendre',
    km: 'à {km} km',
    near: 'à moins d’un kilomètre',
    today: 'Aujourd’hui',
    tomorrow: 'Demain',
    when: '{day}, {part}',
  },
  call: 'Une place se libère et se prend vite : appelez avant de vous déplacer.',
  tooMuch: {
    text: 'Vous n’en pouvez plus, ou vous avez peur de perdre patience ? Quelqu’un peut vous écouter maintenant.',
    link: 'De l’aide, maintenant',
  },
  read: { text: 'Souffler, avec ou sans l’enfant', href: '/articles/souffler' },
} as const;
