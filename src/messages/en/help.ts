import type { Messages } from '../server/catalogue.ts';

export const help: Messages['help'] = {
  title: 'Help, right now',
  description: 'Numbers to call straight away in France, at any hour, and numbers to talk.',
  lead: 'Calling does not commit you to anything.',
  danger: 'Danger, a health emergency',
  despair: 'Thinking of dying, or of hurting yourself',
  situations: 'Depending on what is happening',
  exhausted: {
    title: 'At the end of your rope with your baby',
    layDown: 'Lay your baby on their back, in their bed.',
    askSomeone: 'Ask someone to come.',
    fear: 'If you think of hurting yourself, or of hurting your baby, call 3114 straight away, day or night.',
  },
  talk: 'Talk to someone',
  call: 'Call {number}',
  write: 'Text {number}',
  free: 'free',
  always: 'day and night',
  notAlways: 'not at night; check the hours with the service',
  checkedOn: 'Number checked on {date}',
  toCheck: 'Number to be checked',
  oldCheck: 'Last checked on {date}, to be checked again',
  sources: 'Where these numbers come from',
  callback: { title: 'Ask to be called back', text: 'A number and a time, nothing else. That page is in French.' },
  near: { title: 'See what exists near your home', text: 'Your commune and the projects around it' },
  violence: {
    title: 'Violence at home',
    lead: 'It is never your fault. Talking about it does not commit you to anything.',
    steps: [
      'In immediate danger: 17. If you cannot speak, text 114.',
      'Call from a phone the other person does not look at: that of someone close, a professional, a drop-in centre.',
      'Tell whoever helps you whether you can be called back, at what time, and whether it is better to leave no message.',
      'Agree with someone close on a simple word that will mean “come” or “call 17”.',
      'Keep your papers, your child’s and some money where you can take them quickly, or at someone’s home.',
    ],
    traces: 'After the call, delete the number from your phone’s call log. 119 does not appear on the bill.',
  },
  languages: 'We do not know in which languages each service answers. Ask at the beginning of the call.',
  traces: {
    title: 'Clear your traces',
    lead: 'If someone looks at your phone or your computer.',
    quickExit: {
      title: 'What “Leave quickly” does',
      does: 'It replaces this page with an everyday one. If you go back in the same tab, the neutral page comes back too.',
      doesNot:
        'It does not clear the history: the name of this site stays there. It hides nothing from someone who has installed spying software.',
      withoutScript: 'Without JavaScript it opens the neutral page, but the Back button returns here.',
      again: 'To come back to this site, open a new tab.',
    },
    history: {
      title: 'Clear the history',
      other: 'The words may change a little from one version to another.',
      browsers: [
        {
          name: 'Chrome, on an Android phone',
          steps: [
            'Tap the three dots at the top right.',
            'Tap “History”, then “Delete browsing data”.',
            'Choose the last hour or more, then “Delete data”.',
          ],
        },
        {
          name: 'Safari, on an iPhone',
          steps: [
            'Tap the open book, then the clock.',
            'Swipe left on the line to remove, or tap “Clear”.',
            'Choose the last hour or more.',
          ],
        },
        {
          name: 'Samsung Internet',
          steps: [
            'Tap the three lines at the bottom right, then “History”.',
            'Tap the three dots, then “Clear history”, or hold your finger on one line to remove only that one.',
          ],
        },
        {
          name: 'Firefox, on a phone',
          steps: [
            'Tap the three dots, then “History”.',
            'Tap the bin and choose how far back, or the cross beside a single line.',
          ],
        },
        {
          name: 'On a computer',
          steps: [
            'In Chrome, Edge or Firefox, press Ctrl, Shift and Delete together.',
            'Choose the last hour or more, tick only the history, then confirm.',
            'In Safari: “History” menu, then “Clear History”.',
          ],
        },
      ],
      careful:
        'An empty history can be noticed. Removing a single line is more discreet. Next time, a private browsing window writes nothing in the history.',
      account: 'If the browser is signed in to an account, the history may also be on your other devices.',
    },
  },
  keeps: 'This page keeps nothing about you. It can be read without JavaScript, and printed.',
};
