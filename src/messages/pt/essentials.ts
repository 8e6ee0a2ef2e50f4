import type { Messages } from '../server/catalogue.ts';

export const essentials: Messages['essentials'] = {
  title: 'O essencial',
  description: 'Quinze coisas a saber, da gravidez aos 3 anos, em oito versões, com uma imagem e som.',
  lead: 'Quinze coisas a saber, uma por página. Para ler, ouvir, imprimir e mostrar.',
  position: 'Mensagem {number} de {total}',
  listen: 'Ouvir',
  stop: 'Parar',
  print: 'Imprimir',
  previous: 'Mensagem anterior',
  next: 'Mensagem seguinte',
  all: 'Todas as mensagens',
  easy: 'Francês fácil',
  standard: 'Texto habitual',
  more: 'Saber mais (em francês)',
  help: 'Preciso de ajuda agora',
  notReviewed: 'Nenhum profissional que fale esta língua leu ainda esta tradução.',
  reviewed: 'Tradução lida por um profissional em {day}.',
};
