import type { Messages } from '../server/catalogue.ts';

export const essentials: Messages['essentials'] = {
  title: 'الأساسي',
  description: 'خمس عشرة معلومة مهمة، من الحمل إلى سن الثالثة، بثماني صيغ، مع صورة وصوت.',
  lead: 'خمس عشرة معلومة مهمة، واحدة في كل صفحة. للقراءة والاستماع والطباعة والعرض.',
  position: 'الرسالة {number} من {total}',
  listen: 'استماع',
  stop: 'إيقاف',
  print: 'طباعة',
  previous: 'الرسالة السابقة',
  next: 'الرسالة التالية',
  all: 'كل الرسائل',
  easy: 'فرنسية سهلة',
  standard: 'النص المعتاد',
  more: 'لمعرفة المزيد (بالفرنسية)',
  help: 'أحتاج إلى مساعدة الآن',
  notReviewed: 'لم يقرأ هذه الترجمة بعد أي مختص يتكلم هذه اللغة.',
  reviewed: 'قرأ مختص هذه الترجمة بتاريخ {day}.',
};
