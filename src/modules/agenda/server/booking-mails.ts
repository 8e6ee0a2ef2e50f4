import { dayWords } from '#modules/directory/index.ts';
import type { Context } from '#platform/server/context.ts';
import { peopleWords } from '../booking.ts';
import type { SeriesFields } from '../event.ts';
import { hoursWords, whereWords } from '../event-words.ts';

/** What a message says of a date. Never its title: a lock screen shows it to whoever is near. */
export interface Told {
  readonly fields: Pick<SeriesFields, 'mode' | 'place_name' | 'line'>;
  readonly commune: string;
  readonly start: Temporal.PlainDateTime;
  readonly minutes: number;
  readonly organiser: string;
}

/** To whom: somebody booked. Nothing is sent to a telephone: the organiser calls. */
export interface Reached {
  readonly name: string;
  readonly adults: number;
  readonly children: number;
  readonly contact_kind: 'email' | 'phone';
  readonly contact: string;
}

type Kind =
  | 'confirmed'
  | 'waiting'
  | 'offered'
  | 'accepted'
  | 'cancelled'
  | 'left'
  | 'moved'
  | 'closed'
  | 'restored'
  | 'elsewhere';

const first: Readonly<Record<Kind, string>> = {
  confirmed: 'Votre place est gardée.',
  waiting: 'Vous êtes sur la liste d’attente. Si une place se libère pour vous, nous vous l’écrirons.',
  offered:
    'Une place s’est libérée pour vous. Confirmez-la avant {until}, sinon elle sera proposée à la personne suivante.',
  accepted: 'C’est noté : vous venez.',
  cancelled: 'Votre inscription est annulée, la place est libre. Merci d’avoir prévenu.',
  left: 'Votre inscription est annulée : vous n’attendez plus de place. Merci d’avoir prévenu.',
  moved:
    'La date ou l’heure a changé. Voici la nouvelle. Si elle ne vous convient pas, annulez depuis l’adresse de votre premier message.',
  elsewhere:
    'Le lieu a changé. Voici où venir. Si cela ne vous convient pas, annulez depuis l’adresse de votre premier message.',
  closed: 'L’organisateur a annulé ce rendez-vous. Vous n’avez rien à faire.',
  restored:
    'Ce rendez-vous avait été annulé : finalement, il a bien lieu, et votre inscription est comme avant. Si vous ne venez plus, annulez depuis l’adresse de votre premier message.',
};

/** The subject says nothing of what it is about: neither health, nor family. */
const subjects: Readonly<Record<Kind, string>> = {
  confirmed: 'Votre inscription du {day}',
  waiting: 'Liste d’attente du {day}',
  offered: 'Une place pour vous, le {day}',
  accepted: 'Votre inscription du {day}',
  cancelled: 'Inscription annulée, {day}',
  left: 'Inscription annulée, {day}',
  moved: 'Changement pour le {day}',
  elsewhere: 'Changement pour le {day}',
  closed: 'Annulation du {day}',
  restored: 'Rendez-vous maintenu le {day}',
};

/** Tells somebody what becomes of their booking. `address`: their page; absent when the site does not know its own name. */
export const tellBooked = async (
  { mail, clock }: Pick<Context, 'mail' | 'clock'>,
  kind: Kind,
  who: Reached,
  told: Told,
  {
    address,
    until,
    words,
  }: { readonly address?: string | undefined; readonly until?: string; readonly words?: string } = {},
): Promise<void> => {
  if (who.contact_kind !== 'email') return;
  const day = dayWords(told.start.toPlainDate(), clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate());
  const text = [
    `Bonjour ${who.name},`,
    first[kind].replace('{until}', until ?? 'le début'),
    `${day}, ${hoursWords(told.start, told.minutes)}\n${whereWords(told.fields, told.commune)}\n${told.organiser}\n${peopleWords(who.adults, who.children)}`,
    ...(words ? [`Le mot de l’organisateur : ${words}`] : []),
    ...(address
      ? [`${kind === 'offered' ? 'Confirmer ou laisser la place' : 'Voir ou annuler votre inscription'} :\n${address}`]
      : []),
    'Ce message vient de Mille jours, pour l’organisateur. Votre inscription est effacée quelques jours après la date.',
  ];
  await mail.post({
    to: who.contact,
    subject: subjects[kind].replace('{day}', day),
    text: text.join('\n\n'),
    // With its link or without, it says who goes where.
    secret: true,
  });
};

/** A message of the organiser to somebody booked, whole. */
export const tellWords = async (
  { mail, clock }: Pick<Context, 'mail' | 'clock'>,
  who: Reached,
  told: Told,
  words: string,
): Promise<void> => {
  if (who.contact_kind !== 'email') return;
  const day = dayWords(told.start.toPlainDate(), clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate());
  await mail.post({
    to: who.contact,
    subject: `Un message pour le ${day}`,
    text: `Bonjour ${who.name},\n\n${words}\n\n${told.organiser}\n${day}, ${hoursWords(told.start, told.minutes)}\n\nCe message vous est envoyé par l’organisateur, par Mille jours.`,
    secret: true,
  });
};
