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
  const text = (name: 'label' | 'line' | 'note'): string => {
    const value = oneLine(String(form.get(name) ?? ''));
    if (value.length > stopLimits[name]) wrong(name, `${stopLimits[name]} signes au plus.`);
    return value;
  };
  const [label, line, note] = [text('label'), text('line'), text('note')];
  if (label === '') wrong('label', 'Donnez un nom à l’arrêt, par exemple : place de la Mairie.');
  if (!commune) wrong('commune', 'Cette commune n’a pas été trouvée. Écrivez son nom, ou choisissez-la dans la liste.');
  const { least, most } = stopLimits.minutes;
  const minutes = Math.round(Number(form.get('minutes') || 0));
  if (!(minutes >= least && minutes <= most)) wrong('minutes', `Une durée en minutes, de ${least} à ${most}.`);
  const dates = readDates(form, kept, wrong);
  if (dates && isPast(dates, today)) wrong('day', 'Cette date est passée. Donnez une date à venir.');
  if (refusals.length > 0 || !commune || !dates) return refuse(refusals);
  const holidays = form.get('on_holidays') ? [] : holidaysOf(dates, commune.departement);
  return ok({
    ...{ label, line: line || null, insee: commune.code, note: note || null, minutes },
    ...{ starts_at: dates.starts_at, rrule: dates.rrule, besides: dates.besides },
    except: [...new Set([...dates.except, ...holidays])].sort(),
  });
};

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
