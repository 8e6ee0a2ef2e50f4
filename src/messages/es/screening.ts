import type { Messages } from '../server/catalogue.ts';

export const screening: Messages['screening'] = {
  title: '¿Cómo está mi ánimo?',
  description:
    'Diez preguntas sobre los últimos siete días, durante el embarazo o después de un nacimiento. Sus respuestas se quedan en este dispositivo.',
  lead: 'Diez preguntas sobre los últimos siete días. Cinco minutos, para saber cuándo hablar de ello y con quién.',
  promise: 'Sus respuestas se quedan en este dispositivo. Nadie las recibe.',
  noDiagnosis:
    'Este cuestionario no dice lo que usted tiene. Solo puede decirlo un profesional de la salud, con usted.',
  when: 'Se ha probado a partir de la 4.ª semana después del nacimiento. También se puede rellenar antes, y durante el embarazo.',
  needsScript: 'Sin JavaScript, puede leer o imprimir las preguntas y enseñarlas a un profesional.',
  who: {
    legend: 'Usted es',
    birth: 'La persona embarazada, o que acaba de dar a luz',
    second: 'El otro progenitor o la otra progenitora',
  },
  wording: {
    title: 'Elegir el texto de las preguntas',
    legend: 'Texto de las preguntas',
    adaptedNote:
      '«Accord adapté, non validé»: en el texto francés solo cambian las concordancias de género. Ningún estudio ha probado este texto.',
    inAnotherLanguage:
      'No tenemos un texto publicado y validado en español que podamos citar con certeza, y no traducimos las preguntas por nuestra cuenta. Las preguntas están en francés; todo lo demás, en español. Una matrona o un intérprete puede leerlas con usted.',
  },
  start: 'Empezar',
  progress: 'Pregunta {number} de {count}',
  period: 'los últimos 7 días',
  previous: 'Pregunta anterior',
  leave: 'Volver al principio',
  next: 'Pregunta siguiente',
  skip: 'Saltar esta pregunta',
  finish: 'Leer lo que me puede ayudar',
  choose: 'Elija una respuesta, o salte la pregunta.',
  everyone: 'Esta pregunta se hace a todo el mundo. También puede no responder.',
  urgent: { title: 'Necesito hablar ahora mismo', more: 'Todos los números de ayuda' },
  crisis: {
    title: 'Hable con alguien ahora',
    text: 'Si piensa en hacerse daño, o en hacer daño a su bebé, llame. No tiene que explicar nada.',
    meanwhile: 'Mientras tanto',
    meanwhileSteps: [
      'Pida a alguien que venga a su lado.',
      'Si el bebé está con usted, acuéstelo boca arriba, en su cama.',
    ],
  },
  advice: {
    urgent: { title: 'Gracias por decirlo', text: 'Lo que está viviendo pesa mucho. No tiene que llevarlo sin ayuda.' },
    soon: {
      title: 'Hable de ello pronto, hoy o mañana',
      text: 'Sus respuestas dicen que estos días son muy duros. No es culpa suya. Con ayuda, se puede estar mejor.',
    },
    'this-week': {
      title: 'Hable de ello esta semana',
      text: 'Sus respuestas dicen que estos días son difíciles. Hablar pronto ayuda a estar mejor.',
    },
    again: {
      title: 'Pida cita, y vuelva a responder',
      text: 'Sus respuestas dicen que todo pesa más que de costumbre. Una cita permite hablar con calma.',
    },
    steady: {
      title: 'Sus respuestas dicen que va bastante bien',
      text: 'Si no lo siente así, escúchese: puede hablar de ello de todos modos.',
    },
    incomplete: {
      title: 'Ha saltado preguntas',
      text: 'Está en su derecho. Sin todas las respuestas, este cuestionario no puede decir nada. Puede hablar de ello de todos modos.',
    },
    unanswered: {
      title: 'No ha respondido',
      text: 'No pasa nada. Si algo le pesa, puede hablar de ello sin cuestionario.',
    },
  },
  adviceSecond: {
    urgent: {
      title: 'Gracias por decirlo',
      text: 'Un nacimiento sacude también al otro progenitor. No tiene que llevar esto sin ayuda.',
    },
    soon: {
      title: 'Hable de ello pronto, hoy o mañana',
      text: 'Sus respuestas dicen que estos días le pesan mucho. También le pasa al otro progenitor, y la ayuda está ahí para usted.',
    },
    'this-week': {
      title: 'Hable de ello esta semana',
      text: 'Sus respuestas dicen que estos días le cuestan. Cuidarse es también cuidar de su familia.',
    },
    again: {
      title: 'Tómese un momento para hablar de ello',
      text: 'Sus respuestas dicen que todo pesa un poco más que de costumbre. Puede ver a un profesional por usted.',
    },
    steady: {
      title: 'Sus respuestas dicen que va bastante bien',
      text: 'Si no lo siente así, escúchese: usted también tiene derecho a hablar de ello.',
    },
    incomplete: {
      title: 'Ha saltado preguntas',
      text: 'Está en su derecho. Sin todas las respuestas, este cuestionario no puede decir nada. Puede hablar de ello de todos modos.',
    },
    unanswered: {
      title: 'No ha respondido',
      text: 'No pasa nada. Si algo le pesa, puede hablar de ello sin cuestionario.',
    },
  },
  anxiety: {
    title: 'La inquietud vuelve a menudo en sus respuestas',
    text: 'Dígalo también a la persona que vea: con ayuda, puede calmarse.',
  },
  secondParent:
    'Este cuestionario se probó con madres. Para el otro progenitor, los umbrales cambian de un estudio a otro: lo que cuenta es la conversación.',
  steps: {
    day: {
      title: 'Hoy o mañana',
      list: [
        'Llame a su matrona (sage-femme), a su médico o al centro de protección materno-infantil (PMI). Diga que es para usted, y que es urgente.',
        'Pida a alguien cercano que se quede con usted, o que cuide de su hijo unas horas.',
      ],
    },
    week: {
      title: 'Esta semana',
      list: [
        'Pida cita con una matrona, un médico, la PMI o un psicólogo.',
        'Diga a alguien de confianza cómo está de verdad.',
      ],
    },
    fortnight: {
      title: 'Dentro de dos semanas',
      list: ['Vuelva a responder. Si nada ha cambiado, o si es más duro, hable de ello sin esperar.'],
    },
  },
  people: {
    title: 'Quién puede ayudarle',
    text: 'Una matrona, un médico, la PMI o un psicólogo pueden ayudarle a estar mejor.',
    near: 'Ver quién puede ayudarme cerca de casa',
    phoneTitle: 'Qué decir por teléfono',
    phone:
      '«Hola. Tengo un niño muy pequeño y no estoy bien. He rellenado un cuestionario sobre mi ánimo. Quisiera una cita pronto.» En francés: « Bonjour. Je suis parent d’un tout-petit, et je ne vais pas bien. J’aimerais un rendez-vous bientôt. »',
    phonePregnant: 'Si espera un hijo, dígalo también.',
    afterTitle: 'Qué pasa después',
    after: [
      'Le escuchan y le preguntan por sus días, sus noches y las personas que le rodean.',
      'Se busca con usted lo que ayudaría: descanso, visitas, un grupo, un seguimiento. Nada se decide sin usted.',
      'Puede venir con alguien, y enseñar sus respuestas si lo desea.',
    ],
  },
  actions: {
    show: { title: 'Enseñar mis respuestas a un profesional', text: 'En esta pantalla o en papel, no se envía nada' },
    reminder: {
      title: 'Volver a responder dentro de dos semanas',
      text: 'Una cita en su agenda, sin ninguna palabra de salud',
      calendarTitle: 'Un momento para usted',
      file: 'momento',
    },
    keep: { title: 'Guardar mis respuestas en este dispositivo', text: 'Solo si usted quiere' },
    again: 'Volver a empezar',
  },
  show: {
    title: 'Respuestas para enseñar',
    hide: 'Volver al resultado',
    print: 'Imprimir',
    copy: 'Copiar el texto',
    copied: 'Texto copiado.',
    filledOn: 'Rellenado el {date}',
    noAnswer: 'Sin respuesta',
    total: 'Total: {total} de 30',
    noTotal: 'Sin total: faltan respuestas.',
    anxiety: 'Preguntas 3, 4 y 5: 5 puntos o más.',
    item10: 'Pregunta 10: una respuesta distinta de «Nunca» (Jamais). Se mira primero, sea cual sea el total.',
    bands: {
      soon: '13 o más: hablar de ello en 24 a 48 horas.',
      'this-week': '11 o 12: hablar de ello esta semana.',
      again: '9 o 10: pedir cita, volver a responder en dos semanas.',
      steady: 'Menos de 9: no se alcanza ningún umbral. Lo que dice la persona cuenta más que el total.',
    },
    scale: 'Umbrales de este sitio, versión {version}.',
    reviewed: 'Revisados por {name}.',
    notReviewed: 'Ningún clínico ha revisado todavía estos umbrales para este sitio.',
    second: 'Rellenado por el otro progenitor: en su caso, los umbrales cambian de un estudio a otro.',
  },
  keep: {
    title: 'Guardar en este dispositivo',
    text: 'Sus respuestas se escribirán en este navegador y en ningún otro sitio. Quien abra este dispositivo podría leerlas, salvo si pone un código.',
    code: 'Código, si quiere uno',
    codeHint: 'Seis caracteres como mínimo. Sin él, nadie podrá leer sus respuestas, ni siquiera nosotros.',
    codeShort: 'El código tiene al menos seis caracteres.',
    noCode: 'En esta dirección, el navegador no permite proteger con un código.',
    save: 'Guardar',
    saved: 'Guardado en este dispositivo.',
    failed: 'El navegador se niega a escribir. No se ha guardado nada.',
    found: 'En este dispositivo se guardan respuestas del {date}.',
    foundLocked: 'En este dispositivo se guardan respuestas, protegidas con un código.',
    open: 'Volver a leerlas',
    wrongCode: 'Este código no abre. Nada ha cambiado.',
    erase: 'Borrarlas',
    erased: 'Borrado de este dispositivo.',
  },
  source: 'De dónde viene este cuestionario',
  withoutScale: {
    title: 'El cuestionario no se publica aquí',
    text: 'La escala de Edimburgo (EPDS) pertenece al Royal College of Psychiatrists, y este sitio aún no tiene su acuerdo escrito para publicarla en línea. Una matrona, un médico o la PMI pueden proponérsela. También puede hablar con ellos sin ella.',
    signsTitle: 'Hablar sin cuestionario',
    signs: [
      'Ya nada le da gusto, o llora a menudo.',
      'No puede más, o la inquietud no le deja.',
      'Ya no duerme, ni siquiera cuando su hijo duerme.',
    ],
    signsText: 'Eso basta para llamar. Si dura o si le asusta, llame hoy.',
  },
  trial:
    'Prueba en esta máquina: el cuestionario no se muestra a otros visitantes mientras no se dé el acuerdo del Royal College of Psychiatrists (ajuste EPDS_PERMISSION).',
  permission: 'Publicado con el acuerdo: {permission}.',
  professionals: { title: 'Usted acompaña a familias', text: 'Rellenar la escala juntos, imprimirla, integrarla' },
};
