import { besidesBeforeFirstWeek, firstDayOf, ruleOf, type When } from '#platform/recurrence.ts';
import { boundedRule } from './bounded-rule.ts';
import type { SeriesFields } from './event.ts';

/** How a rendez-vous comes back, in the words of the form. `regle`: an imported rule, kept as it is. */
export const repeats = [
  { code: 'une', label: 'Une seule fois' },
  { code: 'semaine', label: 'Toutes les semaines' },
  { code: 'impaires', label: 'Les semaines impaires' },
  { code: 'paires', label: 'Les semaines paires' },
  { code: 'mois', label: 'Tous les mois, le même jour (le 2e mardi, par exemple)' },
  { code: 'regle', label: 'Comme dans le calendrier importé' },
] as const;
export type Repeat = (typeof repeats)[number]['code'];

/** The most days of a list: those on which it does not come, those on which it comes besides. */
export const MOST_DAYS = 300;

/** When something comes, by the clock of its place. */
type Dates = Pick<SeriesFields, 'starts_at' | 'rrule' | 'except' | 'besides'>;

/** Says which field is wrong, and how. */
export type Wrong = (field: string, message: string) => void;

/**
 * When something comes, as the fields of the dates say (`WhenFields.svelte`); undefined when something was told to `wrong`.
 * `kept`: the rule so far, for « comme dans le calendrier importé ».
 */
export const readDates = (form: FormData, kept: string | null, wrong: Wrong): Dates | undefined => {
  const start = readStart(form, wrong);
  return start ? readRepeat(form, start, kept, wrong) : undefined;
};

/** The first time, `2026-11-24T09:00`, from a day and an hour as the browser sends them or as people type them. */
const readStart = (form: FormData, wrong: Wrong): string | undefined => {
  const day = readDay(String(form.get('day') ?? ''));
  const hour = /^(\d{1,2})\s*(?:h|:)?\s*(\d{2})?$/i.exec(String(form.get('hour') ?? '').trim());
  const [hours, minutes] = [Number(hour?.[1] ?? Number.NaN), Number(hour?.[2] ?? 0)];
  if (!day) wrong('day', 'Donnez la date, par exemple 24/11/2026.');
  if (!(hours <= 23 && minutes <= 59)) wrong('hour', 'Donnez l’heure, par exemple 9h30.');
  if (!day || !(hours <= 23 && minutes <= 59)) return undefined;
  return `${day}T${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

/** `2026-11-24` from that, or from 24/11/2026; undefined for what is no day of the calendar. */
export const readDay = (typed: string): string | undefined => {
  const text = typed.trim();
  const french = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const [year, month, day] = french ? [french[3], french[2], french[1]] : [iso?.[1], iso?.[2], iso?.[3]];
  if (!year) return undefined;
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return parts.year < 2000 || parts.year > 2100
      ? undefined
      : Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
};

const readRepeat = (form: FormData, typedStart: string, kept: string | null, wrong: Wrong): Dates | undefined => {
  const repeat = repeats.find(({ code }) => code === form.get('repeat'))?.code ?? 'une';
  const [except, besides] = [readDays(form, 'except', wrong), readDays(form, 'besides', wrong)];
  if (repeat === 'une') return { starts_at: typedStart, rrule: null, except, besides };
  const until = readDay(String(form.get('until') ?? ''));
  if (repeat === 'regle') {
    const rule = boundedRule(kept ?? '', typedStart);
    if (!rule.ok) wrong('repeat', rule.error.message);
    return rule.ok ? { starts_at: typedStart, rrule: rule.value, except, besides } : undefined;
  }
  if (!until) {
    wrong('until', 'Donnez la dernière date de la répétition : trois ans au plus, vous pourrez la prolonger.');
    return undefined;
  }
  const first = Temporal.PlainDate.from(typedStart.slice(0, 10));
  const chosen = form
    .getAll('days')
    .map(Number)
    .filter((day) => day >= 1 && day <= 7);
  const days = repeat === 'mois' || chosen.length === 0 ? [first.dayOfWeek] : [...new Set(chosen)].sort();
  const nth = repeat === 'mois' ? [first.day > 28 ? -1 : Math.ceil(first.day / 7)] : [];
  const when: When = { days, nth, parity: repeat === 'impaires' ? 'odd' : repeat === 'paires' ? 'even' : 'all' };
  const start = `${firstDayOf(first.toString(), when)}${typedStart.slice(10)}`;
  const rule = boundedRule(`${ruleOf(when)};UNTIL=${until.replaceAll('-', '')}T235959Z`, start);
  if (!rule.ok) {
    wrong('until', rule.error.message);
    return undefined;
  }
  const early = besidesBeforeFirstWeek(start.slice(0, 10), when).filter((day) => day <= until);
  return { starts_at: start, rrule: rule.value, except, besides: [...new Set([...besides, ...early])].sort() };
};

/** The days of a list as people type it: one a line, or commas between. */
const readDays = (form: FormData, name: string, wrong: Wrong): string[] => {
  const parts = String(form.get(name) ?? '')
    .split(/[,;\s]+/)
    .filter(Boolean);
  const days = parts.map(readDay);
  const bad = days.indexOf(undefined);
  if (bad >= 0)
    wrong(name, `« ${parts[bad]?.slice(0, 20)} » n’est pas une date. Écrivez-les ainsi : 24/12/2026, 31/12/2026.`);
  if (days.length > MOST_DAYS) wrong(name, 'Trois cents dates au plus.');
  return [...new Set(days.flatMap((day) => day ?? []))].sort().slice(0, MOST_DAYS);
};
