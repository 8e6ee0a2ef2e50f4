import { type BookingFields, readContact } from '#modules/agenda/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';
import { longest } from './hours.ts';
import type { AppointmentMode } from './house.ts';

/** How far ahead appointments are offered, and how long before one it may still be taken. */
export const DAYS_AHEAD = 42;
export const NOTICE_HOURS = 2;
/** Appointments to come that one contact may hold in one Maison. */
export const MOST_HELD = 3;

/** Who comes: a first name or a pseudonym, and one way to be reached. Nothing else is asked, and no motive. */
export type Who = Pick<BookingFields, 'name' | 'contact'>;

/** Reads the form of an appointment. By telephone it is a number that is asked: the team calls it. Every refusal at once. */
export const readWho = (form: FormData, mode: AppointmentMode): Result<Who, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const name = oneLine(String(form.get('name') ?? ''));
  if (name === '') wrong('name', 'Donnez un prénom ou un pseudonyme : l’équipe vous attendra sous ce nom.');
  else if (holdsAddress(name)) wrong('name', 'Un prénom ou un pseudonyme suffit, sans adresse.');
  else if (name.length > longest.name) wrong('name', `${longest.name} signes au plus.`);
  const contact = readContact(oneLine(String(form.get('contact') ?? '')));
  if (mode === 'telephone' && contact?.kind !== 'phone')
    wrong('contact', 'Donnez le numéro que l’équipe appellera. Exemple : 06 00 00 00 00');
  else if (!contact)
    wrong('contact', 'Donnez une adresse électronique ou un numéro de téléphone. Exemple : prenom@exemple.fr');
  return refusals.length > 0 || !contact ? refuse(refusals) : ok({ name, contact });
};
