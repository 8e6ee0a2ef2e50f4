import type { Messages } from '../server/catalogue.ts';

export const help: Messages['help'] = {
  title: 'Ayuda, ahora',
  description: 'Los números a los que llamar enseguida en Francia, a cualquier hora, y los números para hablar.',
  lead: 'Llamar no le compromete a nada.',
  danger: 'Un peligro, una urgencia de salud',
  despair: 'Pensar en morir, o en hacerse daño',
  situations: 'Según lo que pasa',
  exhausted: {
    title: 'Al límite con el bebé',
    layDown: 'Acuéstelo boca arriba, en su cama.',
    askSomeone: 'Pida a alguien que venga.',
    fear: 'Si piensa en hacerse daño, o en hacerle daño, llame al 3114 enseguida, de día y de noche.',
  },
  talk: 'Hablar con alguien',
  call: 'Llamar al {number}',
  write: 'Escribir al {number}',
  free: 'gratis',
  always: 'día y noche',
  notAlways: 'no de noche; consulte los horarios con el servicio',
  checkedOn: 'Número comprobado el {date}',
  toCheck: 'Número por comprobar',
  oldCheck: 'Comprobado por última vez el {date}, por comprobar de nuevo',
  sources: 'De dónde vienen estos números',
  callback: { title: 'Pedir que le llamen', text: 'Un número y un momento, nada más. La página está en francés.' },
  near: {
    title: 'Ver lo que existe cerca de su casa',
    text: 'Su municipio, los proyectos alrededor',
  },
  violence: {
    title: 'Violencia en casa',
    lead: 'Nunca es culpa suya. Hablar de ello no le obliga a nada.',
    steps: [
      'En peligro inmediato: el 17. Si no puede hablar, un SMS al 114.',
      'Llame desde un teléfono que la otra persona no mire: el de alguien cercano, de un profesional, de un lugar de acogida.',
      'Diga a quien le ayude si se le puede llamar, a qué hora, y si es mejor no dejar mensaje.',
      'Acuerde con alguien cercano una palabra sencilla que quiera decir «ven» o «llama al 17».',
      'Guarde sus papeles, los de su hijo y algo de dinero donde pueda cogerlos rápido, o en casa de alguien.',
    ],
    traces: 'Después de la llamada, borre el número del registro de su teléfono. El 119 no aparece en la factura.',
  },
  languages: 'No sabemos en qué idiomas responde cada servicio. Pregúntelo al principio de la llamada.',
  traces: {
    title: 'Borrar las huellas',
    lead: 'Si alguien mira su teléfono o su ordenador.',
    quickExit: {
      title: 'Lo que hace «Salir rápido»',
      does: 'Sustituye esta página por una página cualquiera. Si vuelve atrás en la misma pestaña, también vuelve la página neutra.',
      doesNot:
        'No borra el historial: el nombre del sitio sigue ahí. No oculta nada a quien haya instalado un programa de vigilancia.',
      withoutScript: 'Sin JavaScript, abre la página neutra, pero el botón Atrás vuelve aquí.',
      again: 'Para volver a este sitio, abra una pestaña nueva.',
    },
    history: {
      title: 'Borrar el historial',
      other: 'Las palabras pueden cambiar un poco de una versión a otra.',
      browsers: [
        {
          name: 'Chrome, en un teléfono Android',
          steps: [
            'Toque los tres puntos, arriba a la derecha.',
            'Toque «Historial» y luego «Borrar datos de navegación».',
            'Elija la última hora o más, y luego «Borrar datos».',
          ],
        },
        {
          name: 'Safari, en un iPhone',
          steps: [
            'Toque el libro abierto y luego el reloj.',
            'Deslice hacia la izquierda la línea que quiere quitar, o toque «Borrar».',
            'Elija la última hora o más.',
          ],
        },
        {
          name: 'Samsung Internet',
          steps: [
            'Toque las tres rayas, abajo a la derecha, y luego «Historial».',
            'Toque los tres puntos y luego «Borrar historial», o mantenga el dedo sobre una línea para quitar solo esa.',
          ],
        },
        {
          name: 'Firefox, en un teléfono',
          steps: [
            'Toque los tres puntos y luego «Historial».',
            'Toque la papelera y elija el periodo, o la cruz de una sola línea.',
          ],
        },
        {
          name: 'En un ordenador',
          steps: [
            'En Chrome, Edge o Firefox, pulse a la vez Ctrl, Mayús y Supr.',
            'Elija la última hora o más, marque solo el historial y confirme.',
            'En Safari: menú «Historial» y luego «Borrar historial».',
          ],
        },
      ],
      careful:
        'Un historial vacío puede llamar la atención. Quitar una sola línea es más discreto. La próxima vez, una ventana de navegación privada no escribe nada en el historial.',
      account:
        'Si el navegador está conectado a una cuenta, el historial puede estar también en sus otros dispositivos.',
    },
  },
  keeps: 'Esta página no guarda nada sobre usted. Se lee sin JavaScript y se imprime.',
};
