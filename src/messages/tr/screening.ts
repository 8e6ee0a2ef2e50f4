import type { Messages } from '../server/catalogue.ts';

export const screening: Messages['screening'] = {
  title: 'Moralim nasıl?',
  description: 'Gebelikte veya doğumdan sonra, son yedi gün hakkında on soru. Cevaplarınız bu cihazda kalır.',
  lead: 'Son yedi gün hakkında on soru. Beş dakikada, ne zaman ve kiminle konuşacağınızı bilmek için.',
  promise: 'Cevaplarınız bu cihazda kalır. Kimse onları almaz.',
  noDiagnosis: 'Bu anket size ne olduğunu söylemez. Bunu yalnızca bir sağlık çalışanı, sizinle birlikte söyleyebilir.',
  when: 'Doğumdan sonraki 4. haftadan itibaren denenmiştir. Daha önce ve gebelikte de doldurulabilir.',
  needsScript: 'JavaScript olmadan soruları okuyabilir veya yazdırabilir, bir uzmana gösterebilirsiniz.',
  who: {
    legend: 'Siz',
    birth: 'Gebe olan veya yeni doğum yapmış kişiyim',
    second: 'Diğer ebeveynim',
  },
  wording: {
    title: 'Soruların metnini seçin',
    legend: 'Soruların metni',
    adaptedNote:
      '«Accord adapté, non validé»: Fransızca metinde yalnızca eril ve dişil biçimler değişir. Bu metni hiçbir çalışma denememiştir.',
    inAnotherLanguage:
      'Elimizde kesin olarak alıntılayabileceğimiz, yayımlanmış ve onaylanmış Türkçe bir metin yok; soruları kendimiz çevirmiyoruz. Sorular Fransızca, geri kalan her şey Türkçedir. Bir ebe veya bir tercüman soruları sizinle okuyabilir.',
  },
  start: 'Başla',
  progress: 'Soru {number} / {count}',
  period: 'son 7 gün',
  previous: 'Önceki soru',
  leave: 'Başa dön',
  next: 'Sonraki soru',
  skip: 'Bu soruyu geç',
  finish: 'Bana ne yardımcı olabilir, oku',
  choose: 'Bir cevap seçin veya soruyu geçin.',
  everyone: 'Bu soru herkese sorulur. Cevap vermeyebilirsiniz.',
  urgent: { title: 'Hemen konuşmaya ihtiyacım var', more: 'Bütün yardım numaraları' },
  crisis: {
    title: 'Şimdi biriyle konuşun',
    text: 'Kendinize veya bebeğinize zarar vermeyi düşünüyorsanız arayın. Hiçbir şey açıklamak zorunda değilsiniz.',
    meanwhile: 'Beklerken',
    meanwhileSteps: ['Birinden yanınıza gelmesini isteyin.', 'Bebek yanınızdaysa onu sırtüstü, yatağına yatırın.'],
  },
  advice: {
    urgent: {
      title: 'Bunu söylediğiniz için teşekkürler',
      text: 'Yaşadığınız şey ağır. Bunu yardımsız taşımak zorunda değilsiniz.',
    },
    soon: {
      title: 'Bunu hemen konuşun, bugün veya yarın',
      text: 'Cevaplarınız bu günlerin çok zor olduğunu söylüyor. Bu sizin suçunuz değil. Yardımla daha iyi olmak mümkündür.',
    },
    'this-week': {
      title: 'Bunu bu hafta konuşun',
      text: 'Cevaplarınız bu günlerin zor olduğunu söylüyor. Erken konuşmak daha iyi olmaya yardım eder.',
    },
    again: {
      title: 'Randevu alın ve yeniden cevaplayın',
      text: 'Cevaplarınız her şeyin her zamankinden ağır olduğunu söylüyor. Bir randevu sakince konuşmayı sağlar.',
    },
    steady: {
      title: 'Cevaplarınız oldukça iyi olduğunuzu söylüyor',
      text: 'Böyle hissetmiyorsanız kendinizi dinleyin: yine de konuşabilirsiniz.',
    },
    incomplete: {
      title: 'Bazı soruları geçtiniz',
      text: 'Bu sizin hakkınız. Bütün cevaplar olmadan bu anket bir şey söyleyemez. Yine de konuşabilirsiniz.',
    },
    unanswered: {
      title: 'Cevap vermediniz',
      text: 'Sorun değil. İçinizi sıkan bir şey varsa anket olmadan da konuşabilirsiniz.',
    },
  },
  adviceSecond: {
    urgent: {
      title: 'Bunu söylediğiniz için teşekkürler',
      text: 'Bir doğum diğer ebeveyni de sarsar. Bunu yardımsız taşımak zorunda değilsiniz.',
    },
    soon: {
      title: 'Bunu hemen konuşun, bugün veya yarın',
      text: 'Cevaplarınız bu günlerin sizin için ağır olduğunu söylüyor. Bu diğer ebeveynin de başına gelir; yardım sizin için de var.',
    },
    'this-week': {
      title: 'Bunu bu hafta konuşun',
      text: 'Cevaplarınız bu günlerin sizi yorduğunu söylüyor. Kendinize bakmak ailenize bakmaktır da.',
    },
    again: {
      title: 'Konuşmak için bir an ayırın',
      text: 'Cevaplarınız her şeyin her zamankinden biraz daha ağır olduğunu söylüyor. Kendiniz için bir uzmana gidebilirsiniz.',
    },
    steady: {
      title: 'Cevaplarınız oldukça iyi olduğunuzu söylüyor',
      text: 'Böyle hissetmiyorsanız kendinizi dinleyin: sizin de konuşmaya hakkınız var.',
    },
    incomplete: {
      title: 'Bazı soruları geçtiniz',
      text: 'Bu sizin hakkınız. Bütün cevaplar olmadan bu anket bir şey söyleyemez. Yine de konuşabilirsiniz.',
    },
    unanswered: {
      title: 'Cevap vermediniz',
      text: 'Sorun değil. İçinizi sıkan bir şey varsa anket olmadan da konuşabilirsiniz.',
    },
  },
  anxiety: {
    title: 'Cevaplarınızda kaygı sık sık geliyor',
    text: 'Bunu göreceğiniz kişiye de söyleyin: yardımla kaygı hafifleyebilir.',
  },
  secondParent:
    'Bu anket annelerle denenmiştir. Diğer ebeveyn için eşikler çalışmadan çalışmaya değişir: önemli olan konuşmadır.',
  steps: {
    day: {
      title: 'Bugün veya yarın',
      list: [
        'Ebenizi (sage-femme), doktorunuzu veya ana çocuk sağlığı merkezini (PMI) arayın. Bunun sizin için olduğunu ve acil olduğunu söyleyin.',
        'Bir yakınınızdan yanınızda kalmasını veya çocuğunuza birkaç saat bakmasını isteyin.',
      ],
    },
    week: {
      title: 'Bu hafta',
      list: [
        'Bir ebeden, bir doktordan, PMI’den veya bir psikologdan randevu alın.',
        'Güvendiğiniz birine gerçekten nasıl olduğunuzu söyleyin.',
      ],
    },
    fortnight: {
      title: 'İki hafta sonra',
      list: ['Yeniden cevaplayın. Hiçbir şey değişmediyse veya daha zorsa beklemeden konuşun.'],
    },
  },
  people: {
    title: 'Size kim yardım edebilir',
    text: 'Bir ebe, bir doktor, PMI veya bir psikolog daha iyi olmanıza yardım edebilir.',
    near: 'Yakınımda kim yardım edebilir, gör',
    phoneTitle: 'Telefonda ne söylemeli',
    phone:
      '«Merhaba. Çok küçük bir çocuğum var ve iyi değilim. Moralim hakkında bir anket doldurdum. Yakında bir randevu istiyorum.» Fransızca: « Bonjour. Je suis parent d’un tout-petit, et je ne vais pas bien. J’aimerais un rendez-vous bientôt. »',
    phonePregnant: 'Bir çocuk bekliyorsanız bunu da söyleyin.',
    afterTitle: 'Sonra ne olur',
    after: [
      'Sizi dinlerler; günlerinizi, gecelerinizi ve çevrenizi sorarlar.',
      'Neyin yardım edeceği sizinle birlikte aranır: dinlenme, ziyaretler, bir grup, takip. Sizsiz hiçbir şeye karar verilmez.',
      'Biriyle gelebilir, isterseniz cevaplarınızı gösterebilirsiniz.',
    ],
  },
  actions: {
    show: { title: 'Cevaplarımı bir uzmana göster', text: 'Bu ekranda veya kâğıtta, hiçbir şey gönderilmez' },
    reminder: {
      title: 'İki hafta sonra yeniden cevapla',
      text: 'Takviminize bir not, sağlıkla ilgili tek kelime olmadan',
      calendarTitle: 'Size ayrılmış bir an',
      file: 'an',
    },
    keep: { title: 'Cevaplarımı bu cihazda sakla', text: 'Yalnızca isterseniz' },
    again: 'Yeniden başla',
  },
  show: {
    title: 'Gösterilecek cevaplar',
    hide: 'Sonuca dön',
    print: 'Yazdır',
    copy: 'Metni kopyala',
    copied: 'Metin kopyalandı.',
    filledOn: 'Doldurulma tarihi: {date}',
    noAnswer: 'Cevap yok',
    total: 'Toplam: 30 üzerinden {total}',
    noTotal: 'Toplam yok: eksik cevaplar var.',
    anxiety: '3, 4 ve 5. sorular: 5 puan veya fazlası.',
    item10: '10. soru: «Hiçbir zaman» (Jamais) dışında bir cevap. Toplam ne olursa olsun önce buna bakılır.',
    bands: {
      soon: '13 veya fazlası: 24 ila 48 saat içinde konuşmak.',
      'this-week': '11 veya 12: bu hafta konuşmak.',
      again: '9 veya 10: randevu almak, iki hafta sonra yeniden cevaplamak.',
      steady: '9’dan az: hiçbir eşiğe ulaşılmadı. Kişinin söylediği toplamdan önemlidir.',
    },
    scale: 'Sitenin eşikleri, sürüm {version}.',
    reviewed: 'Gözden geçiren: {name}.',
    notReviewed: 'Bu eşikleri bu site için henüz hiçbir klinisyen gözden geçirmedi.',
    second: 'Diğer ebeveyn doldurdu: onun için eşikler çalışmadan çalışmaya değişir.',
  },
  keep: {
    title: 'Bu cihazda sakla',
    text: 'Cevaplarınız bu tarayıcıya yazılır, başka hiçbir yere yazılmaz. Bir kod koymazsanız bu cihazı açan kişi onları okuyabilir.',
    code: 'Kod, isterseniz',
    codeHint: 'En az altı karakter. Kod olmadan cevaplarınızı kimse okuyamaz, biz bile.',
    codeShort: 'Kod en az altı karakterdir.',
    noCode: 'Bu adreste tarayıcı kodla korumaya izin vermiyor.',
    save: 'Sakla',
    saved: 'Bu cihazda saklandı.',
    failed: 'Tarayıcı yazmayı reddediyor. Hiçbir şey saklanmadı.',
    found: 'Bu cihazda {date} tarihli cevaplar saklı.',
    foundLocked: 'Bu cihazda kodla korunan cevaplar saklı.',
    open: 'Yeniden oku',
    wrongCode: 'Bu kod açmıyor. Hiçbir şey değişmedi.',
    erase: 'Sil',
    erased: 'Bu cihazdan silindi.',
  },
  source: 'Bu anket nereden geliyor',
  withoutScale: {
    title: 'Anket burada yayımlanmıyor',
    text: 'Edinburgh ölçeği (EPDS) Royal College of Psychiatrists’e aittir ve bu sitenin onu çevrim içi yayımlamak için henüz yazılı izni yok. Bir ebe, bir doktor veya PMI size bunu önerebilir. Onlarla anket olmadan da konuşabilirsiniz.',
    signsTitle: 'Anket olmadan konuşmak',
    signs: [
      'Artık hiçbir şey size zevk vermiyor veya sık sık ağlıyorsunuz.',
      'Tükendiniz veya kaygı sizi bırakmıyor.',
      'Çocuğunuz uyurken bile artık uyuyamıyorsunuz.',
    ],
    signsText: 'Bu, aramak için yeterlidir. Sürerse veya sizi korkutursa bugün arayın.',
  },
  trial:
    'Bu makinede deneme: Royal College of Psychiatrists izni verilmedikçe anket diğer ziyaretçilere gösterilmez (EPDS_PERMISSION ayarı).',
  permission: 'İzinle yayımlanmıştır: {permission}.',
  professionals: { title: 'Ailelere eşlik ediyorsunuz', text: 'Ölçeği birlikte doldurmak, yazdırmak, siteye eklemek' },
};
