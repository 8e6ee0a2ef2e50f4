import type { Messages } from '../server/catalogue.ts';

export const essentials: Messages['essentials'] = {
  title: 'Temel bilgiler',
  description: 'Hamilelikten 3 yaşa kadar bilinmesi gereken on beş şey; sekiz sürümde, resim ve sesle.',
  lead: 'Bilinmesi gereken on beş şey, her sayfada bir tane. Okumak, dinlemek, yazdırmak ve göstermek için.',
  position: 'Mesaj {number} / {total}',
  listen: 'Dinle',
  stop: 'Durdur',
  print: 'Yazdır',
  previous: 'Önceki mesaj',
  next: 'Sonraki mesaj',
  all: 'Bütün mesajlar',
  easy: 'Kolay Fransızca',
  standard: 'Normal metin',
  more: 'Daha fazla bilgi (Fransızca)',
  help: 'Şimdi yardıma ihtiyacım var',
  notReviewed: 'Bu çeviriyi henüz bu dili konuşan bir uzman okumadı.',
  reviewed: 'Çeviri bir uzman tarafından {day} tarihinde okundu.',
};
