import type { Messages } from '../server/catalogue.ts';

export const essentials: Messages['essentials'] = {
  title: 'The essentials',
  description: 'Fifteen things to know, from pregnancy to age 3, in eight versions, with a picture and sound.',
  lead: 'Fifteen things to know, one per page. To read, to listen to, to print, to show.',
  position: 'Message {number} of {total}',
  listen: 'Listen',
  stop: 'Stop',
  print: 'Print',
  previous: 'Previous message',
  next: 'Next message',
  all: 'All messages',
  easy: 'Easy French',
  standard: 'Usual text',
  more: 'Read more (in French)',
  help: 'I need help now',
  notReviewed: 'No professional who speaks this language has read this translation yet.',
  reviewed: 'Translation read by a professional on {day}.',
};
