import type { EpdsWording } from '../../wording.ts';
import { frenchValidation, holder, originalScale } from './citations.ts';

/** French version of 1998, in its feminine wording. Not a word of it is ours. */
export const french: EpdsWording = {
  id: 'fr',
  lang: 'fr',
  status: 'validated',
  name: 'Texte publié, au féminin',
  title: 'Échelle postnatale d’Édimbourg (EPDS)',
  instruction:
    'Vous venez d’avoir un bébé. Nous aimerions savoir comment vous vous sentez. Nous vous demandons de bien vouloir remplir ce questionnaire en soulignant la réponse qui vous semble le mieux décrire comment vous vous êtes sentie durant la semaine (c’est-à-dire sur les 7 jours qui viennent de s’écouler) et pas seulement au jour d’aujourd’hui.',
  example: {
    statement: 'Je me suis sentie heureuse',
    answers: ['Oui, tout le temps', 'Oui, la plupart du temps', 'Non, pas très souvent', 'Non, pas du tout'],
    chosen: 1,
    meaning:
      'Ceci signifiera : « je me suis sentie heureuse la plupart du temps durant la semaine qui vient de s’écouler ».',
  },
  period: 'Pendant la semaine qui vient de s’écouler',
  items: [
    {
      item: 1,
      statement: 'J’ai pu rire et prendre les choses du bon côté',
      answers: [
        { text: 'Aussi souvent que d’habitude', points: 0 },
        { text: 'Pas tout à fait autant', points: 1 },
        { text: 'Vraiment beaucoup moins souvent ces jours-ci', points: 2 },
        { text: 'Absolument pas', points: 3 },
      ],
    },
    {
      item: 2,
      statement: 'Je me suis sentie confiante et joyeuse, en pensant à l’avenir',
      answers: [
        { text: 'Autant que d’habitude', points: 0 },
        { text: 'Plutôt moins que d’habitude', points: 1 },
        { text: 'Vraiment moins que d’habitude', points: 2 },
        { text: 'Pratiquement pas', points: 3 },
      ],
    },
    {
      item: 3,
      statement: 'Je me suis reprochée, sans raisons, d’être responsable quand les choses allaient mal',
      answers: [
        { text: 'Oui, la plupart du temps', points: 3 },
        { text: 'Oui, parfois', points: 2 },
        { text: 'Pas très souvent', points: 1 },
        { text: 'Non, jamais', points: 0 },
      ],
    },
    {
      item: 4,
      statement: 'Je me suis sentie inquiète ou soucieuse sans motifs',
      answers: [
        { text: 'Non, pas du tout', points: 0 },
        { text: 'Presque jamais', points: 1 },
        { text: 'Oui, parfois', points: 2 },
        { text: 'Oui, très souvent', points: 3 },
      ],
    },
    {
      item: 5,
      statement: 'Je me suis sentie effrayée ou paniquée sans vraiment de raisons',
      answers: [
        { text: 'Oui, vraiment souvent', points: 3 },
        { text: 'Oui, parfois', points: 2 },
        { text: 'Non, pas très souvent', points: 1 },
        { text: 'Non, pas du tout', points: 0 },
      ],
    },
    {
      item: 6,
      statement: 'J’ai eu tendance à me sentir dépassée par les évènements',
      answers: [
        { text: 'Oui, la plupart du temps, je me suis sentie incapable de faire face aux situations', points: 3 },
        { text: 'Oui, parfois, je ne me suis pas sentie aussi capable de faire face que d’habitude', points: 2 },
        { text: 'Non, j’ai pu faire face à la plupart des situations', points: 1 },
        { text: 'Non, je me suis sentie aussi efficace que d’habitude', points: 0 },
      ],
    },
    {
      item: 7,
      statement: 'Je me suis sentie si malheureuse que j’ai eu des problèmes de sommeil',
      answers: [
        { text: 'Oui, la plupart du temps', points: 3 },
        { text: 'Oui, parfois', points: 2 },
        { text: 'Pas très souvent', points: 1 },
        { text: 'Non, pas du tout', points: 0 },
      ],
    },
    {
      item: 8,
      statement: 'Je me suis sentie triste ou peu heureuse',
      answers: [
        { text: 'Oui, la plupart du temps', points: 3 },
        { text: 'Oui, très souvent', points: 2 },
        { text: 'Pas très souvent', points: 1 },
        { text: 'Non, pas du tout', points: 0 },
      ],
    },
    {
      item: 9,
      statement: 'Je me suis sentie si malheureuse que j’en ai pleuré',
      answers: [
        { text: 'Oui, la plupart du temps', points: 3 },
        { text: 'Oui, très souvent', points: 2 },
        { text: 'Seulement de temps en temps', points: 1 },
        { text: 'Non, jamais', points: 0 },
      ],
    },
    {
      item: 10,
      statement: 'Il m’est arrivé de penser à me faire du mal',
      answers: [
        { text: 'Oui, très souvent', points: 3 },
        { text: 'Parfois', points: 2 },
        { text: 'Presque jamais', points: 1 },
        { text: 'Jamais', points: 0 },
      ],
    },
  ],
  citations: [frenchValidation, originalScale, holder],
  provenance:
    'Texte établi d’après des reproductions publiques concordantes qui citent l’article de 1998 ; l’article lui-même n’a pas été consulté. Le clinicien de l’opérateur vérifie chaque mot avant la mise en ligne.',
};
