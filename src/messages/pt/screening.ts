import type { Messages } from '../server/catalogue.ts';

export const screening: Messages['screening'] = {
  title: 'Como está o meu ânimo?',
  description:
    'Dez perguntas sobre os últimos sete dias, durante a gravidez ou depois de um nascimento. As suas respostas ficam neste aparelho.',
  lead: 'Dez perguntas sobre os últimos sete dias. Cinco minutos, para saber quando falar e com quem.',
  promise: 'As suas respostas ficam neste aparelho. Ninguém as recebe.',
  noDiagnosis: 'Este questionário não diz o que tem. Só um profissional de saúde o pode dizer, consigo.',
  when: 'Foi experimentado a partir da 4.ª semana depois do nascimento. Também pode ser preenchido mais cedo, e durante a gravidez.',
  needsScript: 'Sem JavaScript, pode ler ou imprimir as perguntas e mostrá-las a um profissional.',
  who: {
    legend: 'É',
    birth: 'A pessoa grávida, ou que acabou de dar à luz',
    second: 'O outro progenitor ou a outra progenitora',
  },
  wording: {
    title: 'Escolher o texto das perguntas',
    legend: 'Texto das perguntas',
    adaptedNote:
      '«Accord adapté, non validé»: no texto francês só mudam as concordâncias de género. Nenhum estudo experimentou este texto.',
    inAnotherLanguage:
      'Não temos um texto publicado e validado em português que possamos citar com certeza, e não traduzimos as perguntas por nossa conta. As perguntas estão em francês; tudo o resto, em português. Uma parteira ou um intérprete pode lê-las consigo.',
  },
  start: 'Começar',
  progress: 'Pergunta {number} de {count}',
  period: 'os últimos 7 dias',
  previous: 'Pergunta anterior',
  leave: 'Voltar ao início',
  next: 'Pergunta seguinte',
  skip: 'Passar esta pergunta',
  finish: 'Ler o que me pode ajudar',
  choose: 'Escolha uma resposta, ou passe a pergunta.',
  everyone: 'Esta pergunta é feita a toda a gente. Também pode não responder.',
  urgent: { title: 'Preciso de falar já', more: 'Todos os números de ajuda' },
  crisis: {
    title: 'Fale com alguém agora',
    text: 'Se pensa em fazer mal a si, ou em fazer mal ao seu bebé, telefone. Não tem de explicar nada.',
    meanwhile: 'Enquanto espera',
    meanwhileSteps: [
      'Peça a alguém que venha para perto de si.',
      'Se o bebé está consigo, deite-o de costas, na cama dele.',
    ],
  },
  advice: {
    urgent: { title: 'Obrigado por o ter dito', text: 'O que está a viver é pesado. Não tem de o carregar sem ajuda.' },
    soon: {
      title: 'Fale depressa, hoje ou amanhã',
      text: 'As suas respostas dizem que estes dias são muito duros. Não é culpa sua. Com ajuda, é possível ficar melhor.',
    },
    'this-week': {
      title: 'Fale esta semana',
      text: 'As suas respostas dizem que estes dias são difíceis. Falar cedo ajuda a ficar melhor.',
    },
    again: {
      title: 'Marque uma consulta, e responda outra vez',
      text: 'As suas respostas dizem que tudo pesa mais do que o costume. Uma consulta permite falar com calma.',
    },
    steady: {
      title: 'As suas respostas dizem que vai bastante bem',
      text: 'Se não o sente assim, escute-se: pode falar na mesma.',
    },
    incomplete: {
      title: 'Passou perguntas',
      text: 'Está no seu direito. Sem todas as respostas, este questionário não pode dizer nada. Pode falar na mesma.',
    },
    unanswered: {
      title: 'Não respondeu',
      text: 'Não faz mal. Se alguma coisa pesa, pode falar sem questionário.',
    },
  },
  adviceSecond: {
    urgent: {
      title: 'Obrigado por o ter dito',
      text: 'Um nascimento abala também o outro progenitor. Não tem de carregar isto sem ajuda.',
    },
    soon: {
      title: 'Fale depressa, hoje ou amanhã',
      text: 'As suas respostas dizem que estes dias são pesados para si. Também acontece ao outro progenitor, e a ajuda existe para si.',
    },
    'this-week': {
      title: 'Fale esta semana',
      text: 'As suas respostas dizem que estes dias lhe custam. Cuidar de si é também cuidar da sua família.',
    },
    again: {
      title: 'Tire um momento para falar',
      text: 'As suas respostas dizem que tudo pesa um pouco mais do que o costume. Pode consultar um profissional, por si.',
    },
    steady: {
      title: 'As suas respostas dizem que vai bastante bem',
      text: 'Se não o sente assim, escute-se: também tem direito a falar.',
    },
    incomplete: {
      title: 'Passou perguntas',
      text: 'Está no seu direito. Sem todas as respostas, este questionário não pode dizer nada. Pode falar na mesma.',
    },
    unanswered: {
      title: 'Não respondeu',
      text: 'Não faz mal. Se alguma coisa pesa, pode falar sem questionário.',
    },
  },
  anxiety: {
    title: 'A inquietação volta muitas vezes nas suas respostas',
    text: 'Diga-o também à pessoa que vai ver: com ajuda, pode acalmar.',
  },
  secondParent:
    'Este questionário foi experimentado com mães. Para o outro progenitor, os limiares mudam de um estudo para outro: o que conta é a conversa.',
  steps: {
    day: {
      title: 'Hoje ou amanhã',
      list: [
        'Telefone à sua parteira (sage-femme), ao seu médico ou ao centro de proteção materna e infantil (PMI). Diga que é para si, e que é urgente.',
        'Peça a alguém próximo que fique consigo, ou que cuide da sua criança umas horas.',
      ],
    },
    week: {
      title: 'Esta semana',
      list: [
        'Marque uma consulta com uma parteira, um médico, a PMI ou um psicólogo.',
        'Diga a alguém de confiança como está realmente.',
      ],
    },
    fortnight: {
      title: 'Daqui a duas semanas',
      list: ['Responda outra vez. Se nada mudou, ou se é mais duro, fale sem esperar.'],
    },
  },
  people: {
    title: 'Quem pode ajudar',
    text: 'Uma parteira, um médico, a PMI ou um psicólogo podem ajudar a ficar melhor.',
    near: 'Ver quem me pode ajudar perto de casa',
    phoneTitle: 'O que dizer ao telefone',
    phone:
      '«Bom dia. Tenho uma criança muito pequena e não estou bem. Preenchi um questionário sobre o meu ânimo. Gostaria de uma consulta em breve.» Em francês: « Bonjour. Je suis parent d’un tout-petit, et je ne vais pas bien. J’aimerais un rendez-vous bientôt. »',
    phonePregnant: 'Se espera um filho, diga-o também.',
    afterTitle: 'O que acontece depois',
    after: [
      'Escutam e fazem perguntas sobre os seus dias, as suas noites e quem está à sua volta.',
      'Procura-se consigo o que ajudaria: descanso, visitas, um grupo, um acompanhamento. Nada se decide sem si.',
      'Pode vir com alguém, e mostrar as suas respostas se quiser.',
    ],
  },
  actions: {
    show: { title: 'Mostrar as minhas respostas a um profissional', text: 'Neste ecrã ou em papel, nada é enviado' },
    reminder: {
      title: 'Responder outra vez daqui a duas semanas',
      text: 'Uma nota na sua agenda, sem nenhuma palavra de saúde',
      calendarTitle: 'Um momento para si',
      file: 'momento',
    },
    keep: { title: 'Guardar as minhas respostas neste aparelho', text: 'Só se quiser' },
    again: 'Recomeçar',
  },
  show: {
    title: 'Respostas para mostrar',
    hide: 'Voltar ao resultado',
    print: 'Imprimir',
    copy: 'Copiar o texto',
    copied: 'Texto copiado.',
    filledOn: 'Preenchido a {date}',
    noAnswer: 'Sem resposta',
    total: 'Total: {total} em 30',
    noTotal: 'Sem total: faltam respostas.',
    anxiety: 'Perguntas 3, 4 e 5: 5 pontos ou mais.',
    item10: 'Pergunta 10: uma resposta diferente de «Nunca» (Jamais). A ver em primeiro lugar, seja qual for o total.',
    bands: {
      soon: '13 ou mais: falar em 24 a 48 horas.',
      'this-week': '11 ou 12: falar esta semana.',
      again: '9 ou 10: marcar uma consulta, responder outra vez em duas semanas.',
      steady: 'Menos de 9: nenhum limiar atingido. O que a pessoa diz conta mais do que o total.',
    },
    scale: 'Limiares deste site, versão {version}.',
    reviewed: 'Revistos por {name}.',
    notReviewed: 'Nenhum clínico reviu ainda estes limiares para este site.',
    second: 'Preenchido pelo outro progenitor: no seu caso, os limiares mudam de um estudo para outro.',
  },
  keep: {
    title: 'Guardar neste aparelho',
    text: 'As suas respostas serão escritas neste navegador e em mais lado nenhum. Quem abrir este aparelho poderia lê-las, salvo se puser um código.',
    code: 'Código, se quiser um',
    codeHint: 'Pelo menos seis caracteres. Sem ele, ninguém poderá ler as suas respostas, nem nós.',
    codeShort: 'O código tem pelo menos seis caracteres.',
    noCode: 'Neste endereço, o navegador não permite proteger com um código.',
    save: 'Guardar',
    saved: 'Está guardado neste aparelho.',
    failed: 'O navegador recusa escrever. Nada foi guardado.',
    found: 'Há respostas de {date} guardadas neste aparelho.',
    foundLocked: 'Há respostas guardadas neste aparelho, protegidas por um código.',
    open: 'Voltar a lê-las',
    wrongCode: 'Este código não abre. Nada mudou.',
    erase: 'Apagá-las',
    erased: 'Apagado deste aparelho.',
  },
  source: 'De onde vem este questionário',
  withoutScale: {
    title: 'O questionário não está publicado aqui',
    text: 'A escala de Edimburgo (EPDS) pertence ao Royal College of Psychiatrists, e este site ainda não tem o seu acordo escrito para a publicar em linha. Uma parteira, um médico ou a PMI podem propô-la. Também pode falar com eles sem ela.',
    signsTitle: 'Falar sem questionário',
    signs: [
      'Já nada lhe dá gosto, ou chora muitas vezes.',
      'Não aguenta mais, ou a inquietação não passa.',
      'Já não dorme, mesmo quando a sua criança dorme.',
    ],
    signsText: 'Isso basta para telefonar. Se durar ou se lhe meter medo, telefone hoje.',
  },
  trial:
    'Ensaio nesta máquina: o questionário não se mostra a outros visitantes enquanto não for dado o acordo do Royal College of Psychiatrists (definição EPDS_PERMISSION).',
  permission: 'Publicado com o acordo: {permission}.',
  professionals: { title: 'Acompanha famílias', text: 'Preencher a escala em conjunto, imprimi-la, integrá-la' },
};
