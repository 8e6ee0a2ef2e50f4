import type { Messages } from '../server/catalogue.ts';

export const help: Messages['help'] = {
  title: 'Ajuda, agora',
  description: 'Os números para ligar já em França, a qualquer hora, e os números para falar.',
  lead: 'Telefonar não obriga a nada.',
  danger: 'Um perigo, uma urgência de saúde',
  despair: 'Pensar em morrer, ou em fazer mal a si',
  situations: 'Conforme o que se passa',
  exhausted: {
    title: 'No limite com o bebé',
    layDown: 'Deite-o de costas, na cama dele.',
    askSomeone: 'Peça a alguém que venha.',
    fear: 'Se pensa em fazer mal a si, ou em fazer-lhe mal, ligue já para o 3114, de dia e de noite.',
  },
  talk: 'Falar com alguém',
  call: 'Ligar para o {number}',
  write: 'Escrever para o {number}',
  free: 'gratuito',
  always: 'dia e noite',
  notAlways: 'não durante a noite; confirme os horários com o serviço',
  checkedOn: 'Número verificado a {date}',
  toCheck: 'Número por verificar',
  oldCheck: 'Verificado pela última vez a {date}, a verificar de novo',
  sources: 'De onde vêm estes números',
  callback: { title: 'Pedir que lhe telefonem', text: 'Um número e um momento, nada mais. A página está em francês.' },
  near: {
    title: 'Ver o que existe perto de sua casa',
    text: 'O seu município, os projetos à volta',
  },
  violence: {
    title: 'Violência em casa',
    lead: 'Nunca é culpa sua. Falar não obriga a nada.',
    steps: [
      'Em perigo imediato: o 17. Se não pode falar, um SMS para o 114.',
      'Telefone de um aparelho que a outra pessoa não veja: o de alguém próximo, de um profissional, de um local de acolhimento.',
      'Diga a quem ajuda se podem ligar de volta, a que horas, e se é melhor não deixar mensagem.',
      'Combine com alguém próximo uma palavra simples que queira dizer «vem» ou «liga para o 17».',
      'Guarde os seus documentos, os da criança e algum dinheiro onde os possa apanhar depressa, ou em casa de alguém.',
    ],
    traces: 'Depois da chamada, apague o número do registo do seu telefone. O 119 não aparece na fatura.',
  },
  languages: 'Não sabemos em que línguas responde cada serviço. Pergunte no início da chamada.',
  traces: {
    title: 'Apagar os rastos',
    lead: 'Se alguém vê o seu telefone ou o seu computador.',
    quickExit: {
      title: 'O que faz «Sair depressa»',
      does: 'Substitui esta página por uma página de todos os dias. Se voltar atrás no mesmo separador, a página neutra também volta.',
      doesNot:
        'Não apaga o histórico: o nome do site fica lá. Não esconde nada a quem tenha instalado um programa de vigilância.',
      withoutScript: 'Sem JavaScript, abre a página neutra, mas o botão Voltar traz de novo aqui.',
      again: 'Para voltar a este site, abra um separador novo.',
    },
    history: {
      title: 'Apagar o histórico',
      other: 'As palavras podem mudar um pouco de uma versão para outra.',
      browsers: [
        {
          name: 'Chrome, num telefone Android',
          steps: [
            'Toque nos três pontos, em cima à direita.',
            'Toque em «Histórico» e depois em «Eliminar dados de navegação».',
            'Escolha a última hora ou mais, e depois «Eliminar dados».',
          ],
        },
        {
          name: 'Safari, num iPhone',
          steps: [
            'Toque no livro aberto e depois no relógio.',
            'Deslize para a esquerda a linha a retirar, ou toque em «Limpar».',
            'Escolha a última hora ou mais.',
          ],
        },
        {
          name: 'Samsung Internet',
          steps: [
            'Toque nos três traços, em baixo à direita, e depois em «Histórico».',
            'Toque nos três pontos e depois em «Limpar histórico», ou mantenha o dedo sobre uma linha para retirar só essa.',
          ],
        },
        {
          name: 'Firefox, num telefone',
          steps: [
            'Toque nos três pontos e depois em «Histórico».',
            'Toque no caixote e escolha o período, ou na cruz de uma só linha.',
          ],
        },
        {
          name: 'Num computador',
          steps: [
            'No Chrome, Edge ou Firefox, carregue ao mesmo tempo em Ctrl, Shift e Delete.',
            'Escolha a última hora ou mais, marque só o histórico e confirme.',
            'No Safari: menu «Histórico» e depois «Limpar histórico».',
          ],
        },
      ],
      careful:
        'Um histórico vazio pode notar-se. Retirar uma só linha é mais discreto. Da próxima vez, uma janela de navegação privada não escreve nada no histórico.',
      account: 'Se o navegador está ligado a uma conta, o histórico pode estar também nos seus outros aparelhos.',
    },
  },
  keeps: 'Esta página não guarda nada sobre si. Lê-se sem JavaScript e imprime-se.',
};
