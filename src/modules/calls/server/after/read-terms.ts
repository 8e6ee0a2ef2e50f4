import { readEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import type { Grant, GrantLine } from '../../after/agreement.ts';
import { readCents } from '../../money.ts';

/** What the form of the terms says. */
export interface TermsForm {
  readonly object: string;
  readonly conditions: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly interimOn: string | null;
  readonly lines: readonly GrantLine[];
  readonly schedule: readonly { readonly key: string; readonly cents: number; readonly on: string }[];
  readonly parties: readonly {
    readonly kind: 'holder' | 'funder';
    readonly organisation: string;
    readonly name: string;
    readonly job: string;
    readonly email: string;
  }[];
}

/** Rows that the form of the terms shows: those written, and some more. */
export const MOST_ROWS = { parties: 12, schedule: 40 } as const;

/**
 * Reads the form of the terms of an agreement: `amount-KEY` for each line of the grant, `payment_line-N`, `payment_cents-N`,
 * `payment_on-N`, `party_kind-N`, `party_organisation-N`… An empty row is left out; one half written is refused by its field.
 */
export const readTerms = (form: FormData, grant: Grant): Result<TermsForm> => {
  const of = (name: string): string => oneLine(String(form.get(name) ?? ''));
  const starts = day(form, 'starts_on');
  if (!starts.ok) return starts;
  const ends = day(form, 'ends_on');
  if (!ends.ok) return ends;
  const interim = readDate(datePartsOf(form, 'interim_on'), 'interim_on');
  if (!interim.ok) return interim;

  const lines: GrantLine[] = [];
  for (const line of grant.lines) {
    const cents = readCents(of(`amount-${line.key}`), `amount-${line.key}`);
    if (!cents.ok) return cents;
    if (cents.value) lines.push({ ...line, cents: cents.value });
  }
  const schedule: TermsForm['schedule'][number][] = [];
  for (let at = 0; at < MOST_ROWS.schedule; at += 1) {
    const cents = readCents(of(`payment_cents-${at}`), `payment_cents-${at}`);
    if (!cents.ok) return cents;
    const on = readDate(datePartsOf(form, `payment_on-${at}`), `payment_on-${at}`);
    if (!on.ok) return on;
    if (!cents.value && !on.value) continue;
    if (!cents.value) return refuse({ ...noAmount, field: `payment_cents-${at}` });
    if (!on.value) return refuse({ ...noDay, field: `payment_on-${at}` });
    schedule.push({ key: of(`payment_line-${at}`), cents: cents.value, on: on.value.toString() });
  }
  const parties: TermsForm['parties'][number][] = [];
  for (let at = 0; at < MOST_ROWS.parties; at += 1) {
    const organisation = of(`party_organisation-${at}`).slice(0, 300);
    if (organisation === '') continue;
    const name = of(`party_name-${at}`).slice(0, 300);
    if (name === '') return refuse({ ...noSignatory, field: `party_name-${at}` });
    const email = readEmail(of(`party_email-${at}`));
    if (!email) return refuse({ ...noEmail, field: `party_email-${at}` });
    const kind = of(`party_kind-${at}`) === 'holder' ? 'holder' : 'funder';
    parties.push({ kind, organisation, name, job: of(`party_job-${at}`).slice(0, 300), email });
  }
  return ok({
    ...{ lines, schedule, parties, startsOn: starts.value, endsOn: ends.value },
    interimOn: interim.value?.toString() ?? null,
    object: typedText(String(form.get('object') ?? '')).slice(0, 10_000),
    conditions: typedText(String(form.get('conditions') ?? '')).slice(0, 10_000),
  });
};

/** A day that must be said. */
export const day = (form: FormData, field: string): Result<string> => {
  const read = readDate(datePartsOf(form, field), field);
  if (!read.ok) return read;
  return read.value ? ok(read.value.toString()) : refuse({ ...noDay, field });
};

const noDay: Refusal = { code: 'date_missing', message: 'Donnez le jour, le mois et l’année.' };
const noAmount: Refusal = { code: 'amount_missing', message: 'Donnez le montant.' };
const noSignatory: Refusal = { code: 'name_missing', message: 'Nommez la personne qui signe.' };
const noEmail: Refusal = {
  code: 'email_unreadable',
  message: 'Il manque l’adresse de la personne qui signe, ou quelque chose dans cette adresse.',
};
