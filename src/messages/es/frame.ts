import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours, página de inicio',
  skipToContent: 'Ir al contenido',
  skipToFoot: 'Ir al pie de página',
  sections: 'Secciones',
  path: 'Mi camino',
  near: 'Cerca de mí',
  read: 'Informarse',
  help: 'Ayuda',
  languages: 'Idiomas',
  language: 'Idioma',
  quickExit: 'Salir rápido',
  foot: {
    label: 'Pie de página',
    accessibility: 'Accesibilidad: sin auditar',
    privacy: 'Privacidad',
    legal: 'Aviso legal',
    about: 'Quiénes somos',
    contact: 'Escribirnos',
    siteMap: 'Mapa del sitio',
    api: 'Datos abiertos',
    notOfficial: 'Este sitio no es un sitio oficial del Estado francés.',
  },
  translationNotice:
    'Ningún traductor profesional ha revisado todavía esta página. Si algo no está claro, la página en francés es la referencia.',
  inFrench: 'en francés',
};
