import type { Messages } from '../server/catalogue.ts';

export const home: Messages['home'] = {
  title: 'Mille jours, gebelikten 3 yaşına',
  description:
    'Fransa’da çocuğun ilk 1000 günü: her aşamada önemli olan, yakınınızda kimin yardım edebileceği ve hemen şimdi yardım.',
  lead: 'Adım adım, asla yardımsız değil.',
  doors: {
    path: {
      title: 'Yolum',
      text: 'Sizin ve çocuğunuz için önemli anlar.',
    },
    near: {
      title: 'Yakınımda',
      text: 'Evinizin yakınında neler var.',
    },
    help: {
      title: 'Şimdi yardım',
      text: 'Bir tehlike, acil bir durum veya bu akşam çok ağır.',
    },
  },
  promise: 'Hesap açmak gerekmez. Yazdıklarınız cihazınızda kalır.',
  read: {
    title: 'Bilgi',
    priorities: {
      title: 'İlk 1000 günün on önceliği',
      text: 'Her biri aileler için neyi değiştirir',
    },
    projects: {
      title: 'Bölgelerin projeleri',
      text: 'Ebeveyn grupları, mekânlar, otobüsler, atölyeler',
    },
    what: {
      title: 'İlk 1000 gün nedir?',
      text: 'Gebelikten çocuğun 3 yaşına kadar',
    },
  },
  pro: {
    title: 'Ailelere eşlik ediyorsunuz',
    projects: {
      title: 'Projelerden ilham almak',
      text: 'Yere, önceliğe, kelimelere göre',
    },
    territories: {
      title: 'Bir bölgeyi görmek',
      text: 'Bölgeler, iller, belediye birlikleri, belediyeler',
    },
    data: {
      title: 'Verileri yeniden kullanmak',
      text: 'Açık arayüz, kayıt olmadan',
    },
  },
};
