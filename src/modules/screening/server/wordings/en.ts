import type { EpdsWording } from '../../wording.ts';
import { holder, originalScale } from './citations.ts';

/** The original of 1987. Not a word of it is ours. */
export const english: EpdsWording = {
  id: 'en',
  lang: 'en',
  status: 'validated',
  name: 'English original, 1987',
  title: 'Edinburgh Postnatal Depression Scale (EPDS)',
  instruction:
    'As you have recently had a baby, we would like to know how you are feeling. Please underline the answer which comes closest to how you have felt in the past 7 days, not just how you feel today.',
  example: {
    statement: 'I have felt happy',
    answers: ['Yes, all the time', 'Yes, most of the time', 'No, not very often', 'No, not at all'],
    chosen: 1,
    meaning: 'This would mean: “I have felt happy most of the time” during the past week.',
  },
  period: 'In the past 7 days',
  items: [
    {
      item: 1,
      statement: 'I have been able to laugh and see the funny side of things',
      answers: [
        { text: 'As much as I always could', points: 0 },
        { text: 'Not quite so much now', points: 1 },
        { text: 'Definitely not so much now', points: 2 },
        { text: 'Not at all', points: 3 },
      ],
    },
    {
      item: 2,
      statement: 'I have looked forward with enjoyment to things',
      answers: [
        { text: 'As much as I ever did', points: 0 },
        { text: 'Rather less than I used to', points: 1 },
        { text: 'Definitely less than I used to', points: 2 },
        { text: 'Hardly at all', points: 3 },
      ],
    },
    {
      item: 3,
      statement: 'I have blamed myself unnecessarily when things went wrong',
      answers: [
        { text: 'Yes, most of the time', points: 3 },
        { text: 'Yes, some of the time', points: 2 },
        { text: 'Not very often', points: 1 },
        { text: 'No, never', points: 0 },
      ],
    },
    {
      item: 4,
      statement: 'I have been anxious or worried for no good reason',
      answers: [
        { text: 'No, not at all', points: 0 },
        { text: 'Hardly ever', points: 1 },
        { text: 'Yes, sometimes', points: 2 },
        { text: 'Yes, very often', points: 3 },
      ],
    },
    {
      item: 5,
      statement: 'I have felt scared or panicky for no very good reason',
      answers: [
        { text: 'Yes, quite a lot', points: 3 },
        { text: 'Yes, sometimes', points: 2 },
        { text: 'No, not much', points: 1 },
        { text: 'No, not at all', points: 0 },
      ],
    },
    {
      item: 6,
      statement: 'Things have been getting on top of me',
      answers: [
        { text: 'Yes, most of the time I haven’t been able to cope at all', points: 3 },
        { text: 'Yes, sometimes I haven’t been coping as well as usual', points: 2 },
        { text: 'No, most of the time I have coped quite well', points: 1 },
        { text: 'No, I have been coping as well as ever', points: 0 },
      ],
    },
    {
      item: 7,
      statement: 'I have been so unhappy that I have had difficulty sleeping',
      answers: [
        { text: 'Yes, most of the time', points: 3 },
        { text: 'Yes, sometimes', points: 2 },
        { text: 'Not very often', points: 1 },
        { text: 'No, not at all', points: 0 },
      ],
    },
    {
      item: 8,
      statement: 'I have felt sad or miserable',
      answers: [
        { text: 'Yes, most of the time', points: 3 },
        { text: 'Yes, quite often', points: 2 },
        { text: 'Not very often', points: 1 },
        { text: 'No, not at all', points: 0 },
      ],
    },
    {
      item: 9,
      statement: 'I have been so unhappy that I have been crying',
      answers: [
        { text: 'Yes, most of the time', points: 3 },
        { text: 'Yes, quite often', points: 2 },
        { text: 'Only occasionally', points: 1 },
        { text: 'No, never', points: 0 },
      ],
    },
    {
      item: 10,
      statement: 'The thought of harming myself has occurred to me',
      answers: [
        { text: 'Yes, quite often', points: 3 },
        { text: 'Sometimes', points: 2 },
        { text: 'Hardly ever', points: 1 },
        { text: 'Never', points: 0 },
      ],
    },
  ],
  citations: [originalScale, holder],
  provenance:
    'Texte établi d’après des reproductions publiques concordantes de l’original de 1987. Le clinicien de l’opérateur vérifie chaque mot avant la mise en ligne.',
};
