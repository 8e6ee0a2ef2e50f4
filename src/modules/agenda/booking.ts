import { readEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { typedText } from '#platform/text.ts';

/** The most persons of one booking. */
export const mostPersons = { adults: 4, children: 6 } as const;
/** Days after a date when the bookings of it are erased. */
export const DAYS_KEPT = 7;

/** `offered`: a freed place is held for them until they confirm. `lapsed`: they did not. */
export type BookingState = 'confirmed' | 'waiting' | 'offered' | 'lapsed' | 'cancelled';

/** Who comes, and the one way to reach them. */
export interface BookingFields {
  readonly name: string;
  readonly adults: number;
  readonly children: number;
  readonly contact: { readonly kind: 'email' | 'phone'; readonly value: string };
}

/** Reads the form of a booking: a first name or a pseudonym, who comes, one way to be reached. Every refusal at once. */
export const readBooking = (form: FormData): Result<BookingFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const text = (name: string): string => typedText(String(form.get(name) ?? '')).replace(/\s+/g, ' ');
  const count = (name: 'adults' | 'children', sentence: string): number => {
    const value = Number(text(name) || 0);
    if (!Number.isInteger(value) || value < 0 || value > mostPersons[name]) wrong(name, sentence);
    return value;
  };
  const adults = count(
    'adults',
    `De 0 à ${mostPersons.adults} adultes par inscription. Pour venir plus nombreux, appelez l’organisateur.`,
  );
  const children = count(
    'children',
    `De 0 à ${mostPersons.children} enfants par inscription. Pour venir plus nombreux, appelez l’organisateur.`,
  );
  if (refusals.length === 0 && adults + children === 0)
    wrong('adults', 'Dites combien vous serez : au moins une personne.');
  const name = text('name');
  if (name === '') wrong('name', 'Donnez un prénom ou un pseudonyme : l’organisateur vous attendra sous ce nom.');
  if (name.length > 60) wrong('name', 'Soixante signes au plus.');
  const contact = readContact(text('contact'));
  if (!contact)
    wrong('contact', 'Donnez une adresse électronique ou un numéro de téléphone. Exemple : prenom@exemple.fr');
  return refusals.length > 0 || !contact ? refuse(refusals) : ok({ name, adults, children, contact });
};

/** An e-mail, or a telephone number with its digits alone. */
export const readContact = (typed: string): BookingFields['contact'] | undefined => {
  const email = readEmail(typed);
  if (email) return { kind: 'email', value: email };
  const digits = typed.replace(/[ .()-]/g, '');
  return /^(\+\d{8,15}|0\d{9})$/.test(digits) ? { kind: 'phone', value: digits } : undefined;
};

/** « 2 adultes et 1 enfant » */
export const peopleWords = (adults: number, children: number): string =>
  [
    ...(adults > 0 ? [`${adults} adulte${adults > 1 ? 's' : ''}`] : []),
    ...(children > 0 ? [`${children} enfant${children > 1 ? 's' : ''}`] : []),
  ].join(' et ');

/**
 * Until when a freed place is held for somebody: half a day, two hours when it is for the next day or so, never past the
 * beginning.
 */
export const offeredUntil = (now: Temporal.Instant, startsAt: Temporal.Instant): Temporal.Instant => {
  const hours = now.until(startsAt).total('hours') < 36 ? 2 : 12;
  const until = now.add({ hours });
  return Temporal.Instant.compare(until, startsAt) < 0 ? until : startsAt;
};

/** Who of a line gets what is free: in order, those for whom there is room. */
export const servedInOrder = <T extends { readonly persons: number }>(line: readonly T[], free: number): T[] => {
  let left = free;
  return line.filter(({ persons }) => {
    if (persons > left) return false;
    left -= persons;
    return true;
  });
};
