import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours, головна сторінка',
  skipToContent: 'До змісту',
  skipToFoot: 'До кінця сторінки',
  sections: 'Розділи',
  path: 'Мій шлях',
  near: 'Поруч зі мною',
  read: 'Дізнатися',
  help: 'Допомога',
  languages: 'Мови',
  language: 'Мова',
  quickExit: 'Швидко вийти',
  foot: {
    label: 'Кінець сторінки',
    accessibility: 'Доступність: не перевірено',
    privacy: 'Приватність',
    legal: 'Правова інформація',
    about: 'Про нас',
    contact: 'Написати нам',
    siteMap: 'Мапа сайту',
    api: 'Відкриті дані',
    notOfficial: 'Цей сайт не є офіційним сайтом французької держави.',
  },
  translationNotice:
    'Жоден професійний перекладач ще не перевірив цієї сторінки. Якщо щось незрозуміло, орієнтиром є французька сторінка.',
  inFrench: 'французькою',
};
