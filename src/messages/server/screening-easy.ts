import { screening } from '../fr/screening.ts';

/**
 * The same page in easy French: short sentences, one idea each. The words of the scale do not change: only what stands
 * around them does. To be read again by people concerned, as the European rules for easy-to-read texts ask.
 */
export const screeningEasy: typeof screening = {
  ...screening,
  title: 'Comment je vais ?',
  lead: 'Il y a dix questions. Les questions parlent des sept derniers jours. Cela prend cinq minutes.',
  promise: 'Vos réponses restent sur cet appareil. Personne ne les voit.',
  noDiagnosis: 'Ces questions ne disent pas si vous êtes malade. Un médecin ou une sage-femme peut le dire.',
  when: 'Vous pouvez répondre pendant la grossesse. Vous pouvez répondre après la naissance.',
  everyone: 'On pose cette question à tout le monde. Vous avez le droit de ne pas répondre.',
  crisis: {
    title: 'Appelez maintenant',
    text: 'Vous pensez à vous faire du mal ? Vous pensez à faire du mal à votre bébé ? Appelez. Quelqu’un vous écoute.',
    meanwhile: 'En attendant',
    meanwhileSteps: ['Demandez à une personne de venir.', 'Posez votre bébé sur le dos, dans son lit.'],
  },
  advice: {
    urgent: { title: 'Merci de l’avoir dit', text: 'Ce que vous vivez est très dur. On peut vous aider.' },
    soon: {
      title: 'Parlez-en aujourd’hui ou demain',
      text: 'Ces jours sont très durs pour vous. Ce n’est pas votre faute. On peut vous aider.',
    },
    'this-week': {
      title: 'Parlez-en cette semaine',
      text: 'Ces jours sont difficiles pour vous. Parler aide à aller mieux.',
    },
    again: {
      title: 'Prenez un rendez-vous',
      text: 'C’est un peu plus dur que d’habitude. Parlez-en à une sage-femme ou à un médecin.',
    },
    steady: {
      title: 'Vos réponses disent : ça va plutôt bien',
      text: 'Vous pensez que ça ne va pas ? Vous pouvez en parler quand même.',
    },
    incomplete: {
      title: 'Vous avez passé des questions',
      text: 'Vous avez le droit. Mais il manque des réponses. Vous pouvez en parler quand même.',
    },
    unanswered: { title: 'Vous n’avez pas répondu', text: 'Ce n’est pas grave. Vous pouvez parler à quelqu’un.' },
  },
  steps: {
    day: {
      title: 'Aujourd’hui ou demain',
      list: [
        'Appelez votre sage-femme ou votre médecin.',
        'Dites : « c’est pour moi, c’est pressé ».',
        'Demandez à une personne de rester avec vous.',
      ],
    },
    week: {
      title: 'Cette semaine',
      list: ['Prenez un rendez-vous avec une sage-femme ou un médecin.', 'Dites à une personne comment vous allez.'],
    },
    fortnight: {
      title: 'Dans deux semaines',
      list: ['Répondez encore aux questions.', 'C’est toujours dur ? Parlez-en tout de suite.'],
    },
  },
  people: {
    ...screening.people,
    text: 'Une sage-femme, un médecin ou un psychologue peut vous aider.',
    phone: '« Bonjour. J’ai un petit enfant. Je ne vais pas bien. Je voudrais un rendez-vous. »',
    after: ['La personne vous écoute.', 'Vous cherchez ensemble ce qui aide.', 'C’est vous qui décidez.'],
  },
};
