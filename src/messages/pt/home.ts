import type { Messages } from '../server/catalogue.ts';

export const home: Messages['home'] = {
  title: 'Mille jours, da gravidez aos 3 anos',
  description:
    'Os primeiros 1000 dias da vida da criança em França: o que conta em cada etapa, quem pode ajudar perto de casa, e ajuda agora mesmo.',
  lead: 'Um passo de cada vez, nunca sem ajuda.',
  doors: {
    path: {
      title: 'O meu percurso',
      text: 'Os grandes momentos, para si e para a sua criança.',
    },
    near: {
      title: 'Perto de mim',
      text: 'O que existe perto de sua casa.',
    },
    help: {
      title: 'Ajuda agora',
      text: 'Um perigo, uma urgência, ou simplesmente demasiado esta noite.',
    },
  },
  promise: 'Não é preciso conta. O que anotar fica no seu dispositivo.',
  read: {
    title: 'Informar-se',
    priorities: {
      title: 'As dez prioridades dos primeiros 1000 dias',
      text: 'O que cada uma muda para as famílias',
    },
    projects: {
      title: 'Os projetos dos territórios',
      text: 'Grupos de pais e mães, lugares, autocarros, ateliês',
    },
    what: {
      title: 'O que são os primeiros 1000 dias?',
      text: 'Da gravidez aos 3 anos da criança',
    },
  },
  pro: {
    title: 'Acompanha famílias',
    projects: {
      title: 'Inspirar-se nos projetos',
      text: 'Por lugar, por prioridade, por palavras',
    },
    territories: {
      title: 'Ver um território',
      text: 'Regiões, departamentos, agrupamentos de municípios, municípios',
    },
    data: {
      title: 'Reutilizar os dados',
      text: 'Interface aberta, sem inscrição',
    },
  },
};
