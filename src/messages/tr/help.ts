import type { Messages } from '../server/catalogue.ts';

export const help: Messages['help'] = {
  title: 'Yardım, şimdi',
  description: 'Fransa’da hemen, her saatte aranacak numaralar ve konuşmak için numaralar.',
  lead: 'Aramak sizi hiçbir şeye zorlamaz.',
  danger: 'Bir tehlike, acil bir sağlık durumu',
  despair: 'Ölmeyi veya kendine zarar vermeyi düşünmek',
  situations: 'Ne olduğuna göre',
  exhausted: {
    title: 'Bebekle gücünüz tükendiyse',
    layDown: 'Onu sırtüstü, yatağına yatırın.',
    askSomeone: 'Birinden gelmesini isteyin.',
    fear: 'Kendinize veya ona zarar vermeyi düşünüyorsanız hemen 3114’ü arayın, gece ve gündüz.',
  },
  talk: 'Biriyle konuşmak',
  call: '{number} numarasını ara',
  write: '{number} numarasına yaz',
  free: 'ücretsiz',
  always: 'gece ve gündüz',
  notAlways: 'gece değil; saatleri hizmetten öğrenin',
  checkedOn: 'Numara {date} tarihinde kontrol edildi',
  toCheck: 'Kontrol edilecek numara',
  oldCheck: 'Son kontrol {date}, yeniden kontrol edilecek',
  sources: 'Bu numaralar nereden geliyor',
  callback: { title: 'Sizi aramamızı isteyin', text: 'Bir numara ve bir zaman, başka hiçbir şey. Sayfa Fransızcadır.' },
  near: {
    title: 'Evinizin yakınında neler var, görün',
    text: 'Belediyeniz, çevredeki projeler',
  },
  violence: {
    title: 'Evde şiddet',
    lead: 'Asla sizin suçunuz değildir. Konuşmak sizi hiçbir şeye zorlamaz.',
    steps: [
      'Hemen tehlikedeyseniz: 17. Konuşamıyorsanız 114’e SMS.',
      'Diğer kişinin bakmadığı bir telefondan arayın: bir yakının, bir uzmanın veya bir kabul merkezinin telefonu.',
      'Size yardım edene geri aranıp aranamayacağınızı, saat kaçta olacağını ve mesaj bırakmamanın daha iyi olup olmadığını söyleyin.',
      'Bir yakınınızla «gel» veya «17’yi ara» anlamına gelecek basit bir kelimede anlaşın.',
      'Belgelerinizi, çocuğunuzunkileri ve biraz parayı çabuk alabileceğiniz bir yerde veya birinin yanında tutun.',
    ],
    traces: 'Aramadan sonra numarayı telefonunuzun arama kaydından silin. 119 faturada görünmez.',
  },
  languages: 'Her hizmetin hangi dillerde cevap verdiğini bilmiyoruz. Aramanın başında sorun.',
  traces: {
    title: 'İzleri silmek',
    lead: 'Biri telefonunuza veya bilgisayarınıza bakıyorsa.',
    quickExit: {
      title: '«Hızlı çıkış» ne yapar',
      does: 'Bu sayfanın yerine sıradan bir sayfa koyar. Aynı sekmede geri dönerseniz o sıradan sayfa yine gelir.',
      doesNot: 'Geçmişi silmez: sitenin adı orada kalır. Bir izleme programı kurmuş birinden hiçbir şey gizlemez.',
      withoutScript: 'JavaScript olmadan sıradan sayfayı açar, ama Geri düğmesi buraya getirir.',
      again: 'Bu siteye dönmek için yeni bir sekme açın.',
    },
    history: {
      title: 'Geçmişi silmek',
      other: 'Kelimeler bir sürümden diğerine biraz değişebilir.',
      browsers: [
        {
          name: 'Android telefonda Chrome',
          steps: [
            'Sağ üstteki üç noktaya dokunun.',
            '«Geçmiş»e, sonra «Tarama verilerini sil»e dokunun.',
            'Son saati veya daha fazlasını seçin, sonra «Verileri sil».',
          ],
        },
        {
          name: 'iPhone’da Safari',
          steps: [
            'Açık kitaba, sonra saate dokunun.',
            'Kaldırılacak satırı sola kaydırın veya «Sil»e dokunun.',
            'Son saati veya daha fazlasını seçin.',
          ],
        },
        {
          name: 'Samsung Internet',
          steps: [
            'Sağ alttaki üç çizgiye, sonra «Geçmiş»e dokunun.',
            'Üç noktaya, sonra «Geçmişi sil»e dokunun; yalnızca bir satırı kaldırmak için parmağınızı üzerinde tutun.',
          ],
        },
        {
          name: 'Telefonda Firefox',
          steps: [
            'Üç noktaya, sonra «Geçmiş»e dokunun.',
            'Çöp kutusuna dokunup süreyi seçin veya tek bir satırın çarpısına dokunun.',
          ],
        },
        {
          name: 'Bilgisayarda',
          steps: [
            'Chrome, Edge veya Firefox’ta Ctrl, Shift ve Delete tuşlarına birlikte basın.',
            'Son saati veya daha fazlasını seçin, yalnızca geçmişi işaretleyin ve onaylayın.',
            'Safari’de: «Geçmiş» menüsü, sonra «Geçmişi Sil».',
          ],
        },
      ],
      careful:
        'Boş bir geçmiş dikkat çekebilir. Tek bir satırı kaldırmak daha gizlidir. Bir dahaki sefere gizli pencere geçmişe hiçbir şey yazmaz.',
      account: 'Tarayıcı bir hesaba bağlıysa geçmiş diğer cihazlarınızda da olabilir.',
    },
  },
  keeps: 'Bu sayfa sizinle ilgili hiçbir şey saklamaz. JavaScript olmadan okunur ve yazdırılır.',
};
