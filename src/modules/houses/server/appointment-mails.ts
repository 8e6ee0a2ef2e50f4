import { hoursWords } from '#modules/agenda/index.ts';
import { dayWords } from '#modules/directory/index.ts';
import type { Context } from '#platform/server/context.ts';

/** An appointment as its message says it. */
export interface ToldAppointment {
  readonly name: string;
  readonly contact_kind: 'email' | 'phone';
  readonly contact: string;
  readonly local_start: Temporal.PlainDateTime;
  readonly minutes: number;
}

const kinds = {
  booked: { subject: 'Votre rendez-vous du {day}', first: 'Votre rendez-vous est noté.' },
  cancelled: { subject: 'Annulé, {day}', first: 'Votre rendez-vous est annulé. Merci d’avoir prévenu.' },
  closed: {
    subject: 'Annulation du {day}',
    first: 'L’équipe ne pourra pas vous recevoir ce jour-là. Vous pouvez choisir un autre moment.',
  },
} as const;

/**
 * Tells somebody what becomes of their appointment. Neither the subject nor the text says with whom, where, nor why: the page
 * does. Nothing is sent to a telephone: the team calls. `address`: of their page, or of where to choose again.
 */
export const tellAppointment = async (
  { mail, clock }: Pick<Context, 'mail' | 'clock'>,
  kind: keyof typeof kinds,
  told: ToldAppointment,
  { address, words = '' }: { readonly address?: string | undefined; readonly words?: string } = {},
): Promise<void> => {
  if (told.contact_kind !== 'email') return;
  const day = dayWords(told.local_start.toPlainDate(), clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate());
  const { subject, first } = kinds[kind];
  await mail.post({
    to: told.contact,
    subject: subject.replace('{day}', day),
    text: [
      `Bonjour ${told.name},`,
      first,
      `${day}, ${hoursWords(told.local_start, told.minutes)}`,
      ...(words ? [`Le mot de l’équipe : ${words}`] : []),
      ...(address ? [`${kind === 'booked' ? 'Voir où et avec qui, ou annuler' : 'En savoir plus'} :\n${address}`] : []),
      'Ce message vient de Mille jours. Votre rendez-vous est effacé quelques jours après sa date.',
    ].join('\n\n'),
    // Not kept once it left: it says that somebody went to a Maison, and when.
    secret: true,
  });
};
