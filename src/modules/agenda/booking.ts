import { mailboxOf, readEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';

/** The most persons of one booking. */
export const mostPersons = { adults: 4, children: 6 } as const;
/** The most persons for whom one contact holds places of one date: as many as one booking. */
export const mostOfOneContact = mostPersons.adults + mostPersons.children;
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
  const text = (name: string): string => oneLine(String(form.get(name) ?? ''));
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
  if (holdsAddress(name)) wrong('name', 'Un prénom ou un pseudonyme suffit, sans adresse.');
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

/** What one person keeps, however the contact is written: the mailbox without its label, the end of the number. */
export const contactKey = ({ kind, value }: BookingFields['contact']): string =>
  kind === 'email' ? mailboxOf(value) : value.slice(-9);

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

interface InLine {
  readonly persons: number;
  /** See `contactKey`; none where the organiser answers for them. */
  readonly key?: string | undefined;
}

/**
 * Who of a line gets what is free: in order, those for whom there is room. Nobody has more than `mostOfOneContact` places
 * under one contact, with those that they hold already.
 */
export const servedInOrder = <T extends InLine>(line: readonly T[], free: number, holders: readonly InLine[]): T[] => {
  const held = Map.groupBy(holders, ({ key }) => key);
  const byContact = new Map([...held].map(([key, all]) => [key, all.reduce((sum, { persons }) => sum + persons, 0)]));
  let left = free;
  return line.filter(({ persons, key }) => {
    const theirs = persons + (key === undefined ? 0 : (byContact.get(key) ?? 0));
    if (persons > left || theirs > mostOfOneContact) return false;
    if (key !== undefined) byContact.set(key, theirs);
    left -= persons;
    return true;
  });
};
