import type { Messages } from '../server/catalogue.ts';

export const home: Messages['home'] = {
  title: 'Mille jours, del embarazo a los 3 años',
  description:
    'Los primeros 1000 días de la vida del niño en Francia: lo que cuenta en cada etapa, quién puede ayudar cerca de casa, y ayuda ahora mismo.',
  lead: 'Un paso después de otro, nunca sin ayuda.',
  doors: {
    path: {
      title: 'Mi camino',
      text: 'Los grandes momentos, para usted y su hijo.',
    },
    near: {
      title: 'Cerca de mí',
      text: 'Lo que existe cerca de su casa.',
    },
    help: {
      title: 'Ayuda ahora',
      text: 'Un peligro, una urgencia, o simplemente demasiado esta noche.',
    },
  },
  promise: 'No hace falta cuenta. Lo que usted anota se queda en su dispositivo.',
  read: {
    title: 'Informarse',
    priorities: {
      title: 'Las diez prioridades de los primeros 1000 días',
      text: 'Lo que cada una cambia para las familias',
    },
    projects: {
      title: 'Los proyectos de los territorios',
      text: 'Grupos de padres y madres, lugares, autobuses, talleres',
    },
    what: {
      title: '¿Qué son los primeros 1000 días?',
      text: 'Del embarazo a los 3 años del niño',
    },
  },
  pro: {
    title: 'Usted acompaña a familias',
    projects: {
      title: 'Inspirarse en los proyectos',
      text: 'Por lugar, por prioridad, por palabras',
    },
    territories: {
      title: 'Ver un territorio',
      text: 'Regiones, departamentos, agrupaciones de municipios, municipios',
    },
    data: {
      title: 'Reutilizar los datos',
      text: 'Interfaz abierta, sin inscripción',
    },
  },
};
