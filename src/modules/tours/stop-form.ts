import { readDates } from '#modules/agenda/index.ts';
import { isPublicHoliday, type StopFields } from '#modules/directory/index.ts';
import { recurringTimes } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';

/** The commune that was found for what was typed. */
export interface FormCommune {
  readonly code: string;
  readonly departement: string;
}

/** Where a stop is, as its form says it. */
export type StopPlace = Pick<StopFields, 'label' | 'line' | 'insee'>;

/** The longest texts of a stop, in signs, and how long a visit lasts, in minutes. */
export const stopLimits = { label: 120, line: 120, note: 300, minutes: { least: 15, most: 720 } } as const;

/**
 * What the form of a stop says: where, and when it comes. Public holidays are left out unless ticked, as people expect of a
 * bus. `kept`: the rule so far, for one that the form cannot say. Gives every refusal at once, each by its field.
 */
export const readStopForm = (
  form: FormData,
  commune: FormCommune | undefined,
  today: Temporal.PlainDate,
  kept: string | null = null,
): Result<StopFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const place = readStopPlace(form, commune);
  if (!place.ok) refusals.push(...place.error);
  const note = oneLine(String(form.get('note') ?? ''));
  if (note.length > stopLimits.note) wrong('note', `${stopLimits.note} signes au plus.`);
  const { least, most } = stopLimits.minutes;
  const minutes = Math.round(Number(form.get('minutes') || 0));
  if (!(minutes >= least && minutes <= most)) wrong('minutes', `Une durée en minutes, de ${least} à ${most}.`);
  const dates = readDates(form, kept, wrong);
  if (dates && isPast(dates, today)) wrong('day', 'Cette date est passée. Donnez une date à venir.');
  if (refusals.length > 0 || !place.ok || !commune || !dates) return refuse(refusals);
  const holidays = form.get('on_holidays') ? [] : holidaysOf(dates, commune.departement);
  return ok({
    ...{ ...place.value, note: note || null, minutes },
    ...{ starts_at: dates.starts_at, rrule: dates.rrule, besides: dates.besides },
    except: [...new Set([...dates.except, ...holidays])].sort(),
  });
};

/** Where it is: a name, an address when there is one, a commune that was found. Gives every refusal at once, by its field. */
export const readStopPlace = (
  form: FormData,
  commune: Pick<FormCommune, 'code'> | undefined,
): Result<StopPlace, readonly Refusal[]> => {
  const [label, line] = [oneLine(String(form.get('label') ?? '')), oneLine(String(form.get('line') ?? ''))];
  const wrong = (field: string, message: string): Refusal => ({ code: `bad_${field}`, field, message });
  const refusals = [
    ...(label === '' ? [wrong('label', 'Donnez un nom à l’arrêt, par exemple : place de la Mairie.')] : []),
    ...(label.length > stopLimits.label ? [wrong('label', `${stopLimits.label} signes au plus.`)] : []),
    ...(line.length > stopLimits.line ? [wrong('line', `${stopLimits.line} signes au plus.`)] : []),
    ...(commune ? [] : [wrong('commune', unknownCommune)]),
  ];
  if (refusals.length > 0 || !commune) return refuse(refusals);
  return ok({ label, line: line || null, insee: commune.code });
};

const unknownCommune = 'Cette commune n’a pas été trouvée. Écrivez son nom, ou choisissez-la dans la liste.';

type Dates = NonNullable<ReturnType<typeof readDates>>;

/** A rule has an end within three years of its first time, see `boundedRule`. */
const allTimes = (dates: Dates): Temporal.PlainDate[] => {
  const first = Temporal.PlainDate.from(dates.starts_at.slice(0, 10));
  const days = [first.toString(), ...dates.besides].sort();
  const from = Temporal.PlainDate.from(days[0] ?? first);
  const last = Temporal.PlainDate.from(days.at(-1) ?? first);
  const to = [first.add({ years: 3, days: 1 }), last.add({ days: 1 })].sort(Temporal.PlainDate.compare).at(-1) ?? last;
  return recurringTimes(dates, from, to).map((time) => time.toPlainDate());
};

const isPast = (dates: Dates, today: Temporal.PlainDate): boolean =>
  allTimes(dates).every((day) => Temporal.PlainDate.compare(day, today) < 0);

/** The public holidays on which the rule would bring it. One date given alone, or besides, was chosen: it stays. */
const holidaysOf = (dates: Dates, departement: string): string[] =>
  dates.rrule === null
    ? []
    : allTimes({ ...dates, besides: [] })
        .filter((day) => isPublicHoliday(day, departement))
        .map(String);
