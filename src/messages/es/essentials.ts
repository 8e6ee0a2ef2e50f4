import type { Messages } from '../server/catalogue.ts';

export const essentials: Messages['essentials'] = {
  title: 'Lo esencial',
  description:
    'Quince cosas que conviene saber, del embarazo a los 3 años, en ocho versiones, con una imagen y sonido.',
  lead: 'Quince cosas que conviene saber, una por página. Para leer, escuchar, imprimir y mostrar.',
  position: 'Mensaje {number} de {total}',
  listen: 'Escuchar',
  stop: 'Parar',
  print: 'Imprimir',
  previous: 'Mensaje anterior',
  next: 'Mensaje siguiente',
  all: 'Todos los mensajes',
  easy: 'Francés fácil',
  standard: 'Texto habitual',
  more: 'Saber más (en francés)',
  help: 'Necesito ayuda ahora',
  notReviewed: 'Ningún profesional que hable esta lengua ha leído todavía esta traducción.',
  reviewed: 'Traducción leída por un profesional el {day}.',
};
