import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours, ana sayfa',
  skipToContent: 'İçeriğe geç',
  skipToFoot: 'Sayfa sonuna geç',
  sections: 'Bölümler',
  path: 'Yolum',
  near: 'Yakınımda',
  read: 'Bilgi',
  help: 'Yardım',
  languages: 'Diller',
  language: 'Dil',
  quickExit: 'Hızlı çıkış',
  foot: {
    label: 'Sayfa sonu',
    accessibility: 'Erişilebilirlik: denetlenmedi',
    privacy: 'Gizlilik',
    legal: 'Yasal bilgiler',
    about: 'Hakkımızda',
    contact: 'Bize yazın',
    siteMap: 'Site haritası',
    api: 'Açık veriler',
    notOfficial: 'Bu site Fransız devletinin resmî sitesi değildir.',
  },
  translationNotice:
    'Bu sayfayı henüz hiçbir profesyonel çevirmen gözden geçirmedi. Açık olmayan bir şey varsa Fransızca sayfa esastır.',
  inFrench: 'Fransızca',
};
