import type { Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import type { Calendar } from '../calendar.ts';
import type { CallSection, CallState } from '../call.ts';
import type { Envelope, Money } from '../envelope.ts';
import { readCents } from '../money.ts';
import type { SectionForm } from '../section-lines.ts';
import { openChoices, questionKinds, settledChoices, specificationFields } from '../section-words.ts';

export type { SectionForm };

/** Reads the form of one part. Refuses a date, an hour, an amount or a territory that is none, naming its field. */
export const readSection = (
  section: CallSection,
  form: FormData,
  {
    money,
    zone,
    places,
  }: {
    readonly money: CallState['money'];
    readonly zone: string;
    /** The territories that a text names, one a line. */
    readonly places: (typed: string) => Result<readonly Scope[]>;
  },
): Result<SectionForm> => {
  switch (section) {
    case 'axes':
      return ok({ section, axes: form.getAll('axes').map(Number) });
    case 'territories': {
      const territories = places(textOf(form, 'territories'));
      return territories.ok ? ok({ section, territories: territories.value }) : territories;
    }
    case 'calendar': {
      const calendar = readCalendar(form, zone);
      return calendar.ok ? ok({ section, calendar: calendar.value }) : calendar;
    }
    case 'money': {
      const read = readMoney(form, money);
      return read.ok ? ok({ section, money: read.value }) : read;
    }
    case 'title':
      return ok({ section, words: { title: oneLine(textOf(form, 'title')) } });
    case 'specification':
      return ok({ section, words: textsOf(form, Object.keys(specificationFields)) });
    case 'choices':
      return ok({ section, words: textsOf(form, [...Object.keys(openChoices), ...Object.keys(settledChoices)]) });
    case 'pieces':
      return ok({
        section,
        words: {
          pieces: rowsOf(form, 'label').map(({ at, text }) => ({
            label: text,
            required: ticked(form, `required-${at}`),
          })),
        },
      });
    case 'form':
      return ok({
        section,
        words: { questions: rowsOf(form, 'label').map(({ at, text }) => question(form, at, text)) },
      });
    case 'grid': {
      const criteria = rowsOf(form, 'title').map(({ at, text }) => {
        const rule = textOf(form, `rule-${at}`);
        const points = textOf(form, `points-${at}`);
        return {
          ...{ title: text, rule: rule === 'R-60' || rule === 'R-61' ? rule : null },
          points: /^\d{1,4}$/.test(points) ? Number(points) : null,
        };
      });
      return ok({ section, words: { criteria } });
    }
  }
};

/** Reads the dates of a call in its own zone. */
export const readCalendar = (form: FormData, zone: string): Result<Calendar> => {
  const opens = readMoment(form, 'opens', zone);
  if (!opens.ok) return opens;
  const closes = readMoment(form, 'closes', zone);
  if (!closes.ok) return closes;
  const days: string[] = [];
  for (const name of ['jury', 'results', 'starts']) {
    const day = readDate(datePartsOf(form, name), name);
    if (!day.ok) return day;
    if (!day.value) return refuse(missing(name));
    days.push(day.value.toString());
  }
  const [juryOn = '', resultsOn = '', startsOn = ''] = days;
  return ok({ zone, opensAt: opens.value, closesAt: closes.value, juryOn, resultsOn, startsOn });
};

/** A day and an hour, « 16h », « 16 h 30 », « 16:30 », as the clock of the place says them. */
export const readMoment = (form: FormData, name: string, zone: string): Result<string> => {
  const day = readDate(datePartsOf(form, name), name);
  if (!day.ok) return day;
  if (!day.value) return refuse(missing(name));
  const typed = textOf(form, `${name}_hour`).replaceAll(/\s/g, '');
  const [, hour, minute = '0'] = /^(\d{1,2})[h:](\d{2})?$/i.exec(typed) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59)
    return refuse({ ...noHour, field: `${name}_hour` });
  const plainTime = { hour: Number(hour), minute: Number(minute) };
  return ok(day.value.toZonedDateTime({ timeZone: zone, plainTime }).toInstant().toString());
};

/** The State’s lines keep their funder and their line; other funders are added under them. */
const readMoney = (form: FormData, before: Money): Result<Money> => {
  const envelopes: Envelope[] = [];
  const known = before.envelopes.filter(({ line }) => line !== 'other');
  for (const [at, envelope] of known.entries()) {
    const cents = readCents(textOf(form, `base-${at}`), `base-${at}`);
    if (!cents.ok) return cents;
    const topUps: { origin: string; cents: number }[] = [];
    for (const { at: row, text } of rowsOf(form, `origin-${at}`)) {
      const amount = readCents(textOf(form, `topup-${at}-${row}`), `topup-${at}-${row}`);
      if (!amount.ok) return amount;
      if (amount.value) topUps.push({ origin: text.slice(0, 120), cents: amount.value });
    }
    envelopes.push({ ...envelope, cents: cents.value ?? 0, topUps });
  }
  for (const { at, text } of rowsOf(form, 'funder')) {
    const cents = readCents(textOf(form, `amount-${at}`), `amount-${at}`);
    if (!cents.ok) return cents;
    if (cents.value)
      envelopes.push({ funder: text.slice(0, 120), agency: null, line: 'other', cents: cents.value, topUps: [] });
  }
  return ok({ envelopes, pooled: ticked(form, 'pooled'), shown: ticked(form, 'shown') });
};

const question = (form: FormData, at: number, label: string) => ({
  ...{ label, hint: oneLine(textOf(form, `hint-${at}`)), required: ticked(form, `required-${at}`) },
  kind: Object.keys(questionKinds).find((kind) => kind === textOf(form, `kind-${at}`)) ?? 'short',
  options: textOf(form, `options-${at}`).split('\n').map(oneLine).filter(Boolean),
});

/** Rows of a form, `label-0`, `label-1`…: those that say something, in the order of their number. */
const rowsOf = (form: FormData, name: string): { at: number; text: string }[] =>
  Array.from({ length: MOST_ROWS }, (_, at) => ({ at, text: oneLine(textOf(form, `${name}-${at}`)) })).filter(
    ({ text }) => text !== '',
  );
const MOST_ROWS = 60;

const textsOf = (form: FormData, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, typedText(textOf(form, name))]).filter(([, text]) => text !== ''));

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
const ticked = (form: FormData, name: string): boolean => form.get(name) === 'on';

const missing = (field: string): Refusal => ({ code: 'date_missing', field, message: 'Donnez cette date.' });
const noHour: Refusal = { code: 'hour_unreadable', message: 'Écrivez une heure comme 16h ou 16h30.' };
