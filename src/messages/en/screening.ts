import type { Messages } from '../server/catalogue.ts';

export const screening: Messages['screening'] = {
  title: 'How am I feeling?',
  description:
    'Ten questions about the past seven days, during pregnancy or after a birth. Your answers stay on this device.',
  lead: 'Ten questions about the past seven days. Five minutes, to know when to talk about it and with whom.',
  promise: 'Your answers stay on this device. Nobody receives them.',
  noDiagnosis: 'This questionnaire does not say what you have. Only a health professional can, together with you.',
  when: 'It has been tested from the 4th week after the birth. It can also be filled in earlier, and during pregnancy.',
  needsScript: 'Without JavaScript you can read or print the questions, and show them to a professional.',
  who: {
    legend: 'You are',
    birth: 'The person who is pregnant, or who has just given birth',
    second: 'The other parent',
  },
  wording: {
    title: 'Choose the text of the questions',
    legend: 'Text of the questions',
    adaptedNote:
      'In French, “accord adapté, non validé”: only the grammatical gender changes. No study has tested this text.',
    inAnotherLanguage: 'This text is in French. The English original can be chosen in the same place.',
  },
  start: 'Begin',
  progress: 'Question {number} of {count}',
  period: 'the past 7 days',
  previous: 'Previous question',
  leave: 'Back to the beginning',
  next: 'Next question',
  skip: 'Skip this question',
  finish: 'Read what can help me',
  choose: 'Choose an answer, or skip the question.',
  everyone: 'Everyone is asked this question. You may also leave it unanswered.',
  urgent: { title: 'Need to talk right now', more: 'All the help numbers' },
  crisis: {
    title: 'Talk to someone now',
    text: 'If you think of hurting yourself, or of hurting your baby, call. You do not have to explain anything.',
    meanwhile: 'While you wait',
    meanwhileSteps: [
      'Ask someone to come and be with you.',
      'If your baby is with you, lay them on their back, in their bed.',
    ],
  },
  advice: {
    urgent: {
      title: 'Thank you for saying so',
      text: 'What you are going through is heavy. You do not have to carry it without help.',
    },
    soon: {
      title: 'Talk about it soon, today or tomorrow',
      text: 'Your answers say that these days are very hard. It is not your fault. With help, one can feel better.',
    },
    'this-week': {
      title: 'Talk about it this week',
      text: 'Your answers say that these days are difficult. Talking about it early helps to feel better.',
    },
    again: {
      title: 'Make an appointment, and answer again',
      text: 'Your answers say that things are heavier than usual. An appointment gives time to talk about it calmly.',
    },
    steady: {
      title: 'Things are going rather well, your answers say',
      text: 'If that is not how you feel, listen to yourself: you can talk about it all the same.',
    },
    incomplete: {
      title: 'You skipped some questions',
      text: 'That is your right. Without all the answers, this questionnaire cannot say anything. You can talk about it all the same.',
    },
    unanswered: {
      title: 'You did not answer',
      text: 'That is all right. If something weighs on you, you can talk about it without a questionnaire.',
    },
  },
  adviceSecond: {
    urgent: {
      title: 'Thank you for saying so',
      text: 'A birth shakes the other parent too. You do not have to carry this without help.',
    },
    soon: {
      title: 'Talk about it soon, today or tomorrow',
      text: 'Your answers say that these days are heavy for you. This happens to the other parent too, and help is there for you.',
    },
    'this-week': {
      title: 'Talk about it this week',
      text: 'Your answers say that these days cost you a lot. Taking care of yourself is taking care of your family too.',
    },
    again: {
      title: 'Take a moment to talk about it',
      text: 'Your answers say that things are a little heavier than usual. You may see a professional for yourself.',
    },
    steady: {
      title: 'Things are going rather well, your answers say',
      text: 'If that is not how you feel, listen to yourself: you too have the right to talk about it.',
    },
    incomplete: {
      title: 'You skipped some questions',
      text: 'That is your right. Without all the answers, this questionnaire cannot say anything. You can talk about it all the same.',
    },
    unanswered: {
      title: 'You did not answer',
      text: 'That is all right. If something weighs on you, you can talk about it without a questionnaire.',
    },
  },
  anxiety: {
    title: 'Worry comes back often in your answers',
    text: 'Tell this too to the person you will see: it can ease, with help.',
  },
  secondParent:
    'This questionnaire was tested with mothers. For the other parent the thresholds differ from one study to another: what counts is the conversation.',
  steps: {
    day: {
      title: 'Today or tomorrow',
      list: [
        'Call your midwife (sage-femme), your doctor, or the mother and child health centre (PMI). Say that it is for you, and that it is urgent.',
        'Ask someone close to stay with you, or to look after your child for a few hours.',
      ],
    },
    week: {
      title: 'This week',
      list: [
        'Make an appointment with a midwife, a doctor, the PMI or a psychologist.',
        'Tell someone you trust how you really are.',
      ],
    },
    fortnight: {
      title: 'In two weeks',
      list: ['Answer again. If nothing has changed, or if it is harder, talk about it without waiting.'],
    },
  },
  people: {
    title: 'Who can help you',
    text: 'A midwife, a doctor, the PMI or a psychologist can help you feel better.',
    near: 'See who can help me near my home',
    phoneTitle: 'What to say on the phone',
    phone:
      '“Hello. I am the parent of a very young child, and I am not well. I filled in a questionnaire about my mood. I would like an appointment soon.” In French: « Bonjour. Je suis parent d’un tout-petit, et je ne vais pas bien. J’aimerais un rendez-vous bientôt. »',
    phonePregnant: 'If you are expecting a child, say that too.',
    afterTitle: 'What happens next',
    after: [
      'Someone listens to you, and asks about your days, your nights, and the people around you.',
      'Together you look for what would help: rest, visits, a group, regular care. Nothing is decided without you.',
      'You may come with someone, and show your answers if you wish.',
    ],
  },
  actions: {
    show: { title: 'Show my answers to a professional', text: 'On this screen or on paper, nothing is sent' },
    reminder: {
      title: 'Answer again in two weeks',
      text: 'An entry in your calendar, without any word about health',
      calendarTitle: 'A moment for you',
      file: 'moment',
    },
    keep: { title: 'Keep my answers on this device', text: 'Only if you want to' },
    again: 'Begin again',
  },
  show: {
    title: 'Answers to show',
    hide: 'Back to the result',
    print: 'Print',
    copy: 'Copy the text',
    copied: 'Text copied.',
    filledOn: 'Filled in on {date}',
    noAnswer: 'No answer',
    total: 'Total: {total} out of 30',
    noTotal: 'No total: some answers are missing.',
    anxiety: 'Questions 3, 4 and 5: 5 points or more.',
    item10: 'Question 10: an answer other than “Never”. To be looked at first, whatever the total.',
    bands: {
      soon: '13 or more: talk about it within 24 to 48 hours.',
      'this-week': '11 or 12: talk about it this week.',
      again: '9 or 10: make an appointment, answer again in two weeks.',
      steady: 'Below 9: no threshold reached. What the person says counts more than the total.',
    },
    scale: 'Thresholds of this site, version {version}.',
    reviewed: 'Reviewed by {name}.',
    notReviewed: 'No clinician has reviewed these thresholds for this site yet.',
    second: 'Filled in by the other parent: for them, thresholds differ from one study to another.',
  },
  keep: {
    title: 'Keep on this device',
    text: 'Your answers will be written in this browser and nowhere else. Whoever opens this device could read them, unless you set a code.',
    code: 'Code, if you want one',
    codeHint: 'At least six characters. Without it nobody can read your answers, not even we.',
    codeShort: 'The code has at least six characters.',
    noCode: 'At this address the browser does not allow protection by a code.',
    save: 'Keep',
    saved: 'It is kept on this device.',
    failed: 'The browser refuses to write. Nothing was kept.',
    found: 'Answers of {date} are kept on this device.',
    foundLocked: 'Answers are kept on this device, protected by a code.',
    open: 'Read them again',
    wrongCode: 'This code does not open them. Nothing has changed.',
    erase: 'Erase them',
    erased: 'Erased from this device.',
  },
  source: 'Where this questionnaire comes from',
  withoutScale: {
    title: 'The questionnaire is not published here',
    text: 'The Edinburgh scale (EPDS) belongs to the Royal College of Psychiatrists, and this site does not yet have its written permission to publish it online. A midwife, a doctor or the PMI can offer it to you. You can also talk to them without it.',
    signsTitle: 'Talking about it without a questionnaire',
    signs: [
      'Nothing gives you pleasure any more, or you often cry.',
      'You are exhausted, or worry never leaves you.',
      'You no longer sleep, even when your child sleeps.',
    ],
    signsText: 'That is reason enough to call. If it lasts or if it frightens you, call today.',
  },
  trial:
    'Trial on this machine: the questionnaire is not shown to other visitors until the permission of the Royal College of Psychiatrists is given (setting EPDS_PERMISSION).',
  permission: 'Published with permission: {permission}.',
  professionals: { title: 'You support families', text: 'Fill in the scale together, print it, embed it' },
};
