import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours, página inicial',
  skipToContent: 'Ir para o conteúdo',
  skipToFoot: 'Ir para o rodapé',
  sections: 'Secções',
  path: 'O meu percurso',
  near: 'Perto de mim',
  read: 'Informar-se',
  help: 'Ajuda',
  languages: 'Línguas',
  language: 'Língua',
  quickExit: 'Sair depressa',
  foot: {
    label: 'Rodapé',
    accessibility: 'Acessibilidade: não auditada',
    privacy: 'Privacidade',
    legal: 'Aviso legal',
    about: 'Quem somos',
    contact: 'Escrever-nos',
    siteMap: 'Mapa do site',
    api: 'Dados abertos',
    notOfficial: 'Este site não é um site oficial do Estado francês.',
  },
  translationNotice:
    'Nenhum tradutor profissional reviu ainda esta página. Se algo não estiver claro, a página em francês é a referência.',
  inFrench: 'em francês',
};
