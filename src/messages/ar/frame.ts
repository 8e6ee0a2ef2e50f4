import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours، الصفحة الرئيسية',
  skipToContent: 'الانتقال إلى المحتوى',
  skipToFoot: 'الانتقال إلى أسفل الصفحة',
  sections: 'الأقسام',
  path: 'مساري',
  near: 'بالقرب مني',
  read: 'معلومات',
  help: 'مساعدة',
  languages: 'اللغات',
  language: 'اللغة',
  quickExit: 'خروج سريع',
  foot: {
    label: 'أسفل الصفحة',
    accessibility: 'إمكانية الوصول: لم يتم تدقيقها',
    privacy: 'الخصوصية',
    legal: 'إشعار قانوني',
    about: 'من نحن',
    contact: 'راسلونا',
    siteMap: 'خريطة الموقع',
    api: 'بيانات مفتوحة',
    notOfficial: 'هذا الموقع ليس موقعا رسميا للدولة الفرنسية.',
  },
  translationNotice: 'لم يراجع هذه الصفحة مترجم محترف بعد. إذا كان شيء غير واضح، فالصفحة الفرنسية هي المرجع.',
  inFrench: 'بالفرنسية',
};
