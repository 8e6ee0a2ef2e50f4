import {
  type Audience,
  audiences,
  type Booking,
  bookings,
  type Cost,
  codesOf,
  costs,
  kinds,
  type ServiceFields,
  type TourFields,
} from '#modules/directory/index.ts';
import { readEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';

/** The longest texts, in signs. */
export const vehicleLimits = { name: 90, vehicle: 90, description: 600, summary: 300 } as const;

/** What the form of a vehicle says. Gives every refusal at once, each by its field. */
export const readVehicleForm = (form: FormData): Result<TourFields, readonly Refusal[]> => {
  const { refusals, wrong, line } = reader(form);
  const name = line('name', vehicleLimits.name);
  if (name === '') wrong('name', 'Donnez le nom que les parents connaissent, par exemple : Bébé Bus.');
  const vehicle = line('vehicle', vehicleLimits.vehicle);
  const description = typedText(String(form.get('description') ?? ''));
  if (description.length > vehicleLimits.description)
    wrong('description', `${vehicleLimits.description} signes au plus.`);
  const phone = line('phone', 30);
  if (phone !== '' && !/^\+?[\d .()-]{3,}$/.test(phone)) wrong('phone', 'Un numéro de téléphone, en chiffres.');
  const typedEmail = line('email', 254);
  const email = typedEmail === '' ? '' : readEmail(typedEmail);
  if (email === undefined) wrong('email', 'Il manque quelque chose à cette adresse. Exemple : prenom@exemple.fr');
  const website = line('website', 300);
  if (website !== '' && !(/^https?:\/\//i.test(website) && URL.canParse(website)))
    wrong('website', 'Donnez l’adresse d’une page, qui commence par https://');
  if (refusals.length > 0) return refuse(refusals);
  return ok({
    ...{ name, vehicle: vehicle || null, description: description || null },
    ...{ phone: phone || null, email: email || null, website: website || null },
  });
};

/** What the form of a service on board says: its name in `service`, so that both forms may be one. */
export const readOnBoardForm = (form: FormData): Result<ServiceFields, readonly Refusal[]> => {
  const { refusals, wrong, line } = reader(form);
  const name = line('service', vehicleLimits.name);
  if (name === '') wrong('service', 'Donnez un nom à ce qui est à bord, par exemple : accueil du jeune enfant.');
  const kind = codesOf(kinds).find((code) => code === form.get('kind'));
  if (!kind) wrong('kind', 'Choisissez une sorte de service dans la liste.');
  const summary = line('summary', vehicleLimits.summary);
  const some = <T extends string>(field: string, codes: readonly T[]): T[] =>
    codes.filter((code) => form.getAll(field).includes(code));
  if (refusals.length > 0 || !kind) return refuse(refusals);
  return ok({
    ...{ name, kind, summary: summary || null, modes: ['itinerant'] },
    audiences: some<Audience>('audiences', codesOf(audiences)),
    costs: some<Cost>('costs', codesOf(costs)),
    bookings: some<Booking>('bookings', codesOf(bookings)),
    priorities: [...new Set(form.getAll('priorities').map(Number))].filter(
      (number) => Number.isInteger(number) && number >= 1 && number <= 10,
    ),
  });
};

const reader = (form: FormData) => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const line = (field: string, longest: number): string => {
    const value = oneLine(String(form.get(field) ?? ''));
    if (value.length > longest) wrong(field, `${longest} signes au plus.`);
    return value;
  };
  return { refusals, wrong, line };
};
