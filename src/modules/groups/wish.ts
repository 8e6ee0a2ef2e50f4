import { readEmail, unreadableEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';

/** Months before and after the current one that may be told, and the longest name. */
export const wishLimits = { monthsBack: 35, monthsAhead: 9, name: 30 } as const;

/** All that a family tells: a month, one name that it chooses, one mailbox. Its commune is in the address of the form. */
export interface Wish {
  /** First day of the month. */
  readonly month: Temporal.PlainDate;
  readonly name: string;
  readonly email: string;
}

/** The fields as they were sent. */
export interface TypedWish {
  readonly month: string;
  readonly name: string;
  readonly email: string;
}

/** Reads a wish. Refuses each field at fault, in the order of the form. `today`: in the commune. */
export const readWish = (typed: TypedWish, today: Temporal.PlainDate): Result<Wish, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const month = monthsOffered(today).find((one) => one.toString().slice(0, 7) === typed.month);
  if (!month) refusals.push({ code: 'bad_month', field: 'month', message: 'Choisissez un mois dans la liste.' });
  const name = oneLine(typed.name);
  const trouble = nameTrouble(name);
  if (trouble) refusals.push({ code: 'bad_name', field: 'name', message: trouble });
  const email = readEmail(typed.email);
  if (!email) refusals.push(unreadableEmail);
  return month && email && refusals.length === 0 ? ok({ month, name, email }) : refuse(refusals);
};

/** The first days of the months that may be chosen, the farthest ahead first. */
export const monthsOffered = (today: Temporal.PlainDate): readonly Temporal.PlainDate[] => {
  const last = today.with({ day: 1 }).add({ months: wishLimits.monthsAhead });
  return Array.from({ length: wishLimits.monthsBack + wishLimits.monthsAhead + 1 }, (_, months) =>
    last.subtract({ months }),
  );
};

/** « mars 2027 » */
export const monthInWords = (month: Temporal.PlainDate): string =>
  monthFormat.format(month.toZonedDateTime('UTC').epochMilliseconds);

const monthFormat = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A name is shown to who animates: it is no place for an address, a number or a link. */
const nameTrouble = (name: string): string | undefined => {
  if (name === '' || [...name].length > wishLimits.name)
    return `Un prénom ou un pseudonyme, en ${wishLimits.name} signes au plus.`;
  // Five digits are a number to call.
  if (holdsAddress(name) || /[@/\\<>]/.test(name) || (name.match(/\d/g)?.length ?? 0) > 4)
    return 'Un nom seulement : ni adresse, ni lien, ni numéro.';
  return undefined;
};
