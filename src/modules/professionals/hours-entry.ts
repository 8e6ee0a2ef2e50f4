import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Days of the week as the form names its seven fields, and as OpenStreetMap writes them. */
export const weekDays = [
  { code: 'Mo', label: 'Lundi' },
  { code: 'Tu', label: 'Mardi' },
  { code: 'We', label: 'Mercredi' },
  { code: 'Th', label: 'Jeudi' },
  { code: 'Fr', label: 'Vendredi' },
  { code: 'Sa', label: 'Samedi' },
  { code: 'Su', label: 'Dimanche' },
] as const;

/**
 * The opening hours that the directory keeps (OpenStreetMap’s syntax) from seven lines as people type them, Monday first:
 * « 9h-12h30 et 14h-18h », « de 9 h à 12 h », « 8:30/17:00 ». An empty line is a closed day; seven empty ones give nothing.
 * Refuses, by the day, what is not hours, an end before its beginning, and stretches that overlap.
 */
export const hoursFromLines = (lines: readonly string[]): Result<string | null, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const days = weekDays.map(({ code, label }, at) => {
    const read = readLine(lines[at] ?? '');
    if (read !== undefined) return { code, hours: read };
    refusals.push({
      code: 'hours_unreadable',
      field: `hours-${at}`,
      message: `${label} : écrivez par exemple « 9h-12h30, 14h-18h », ou laissez vide si c’est fermé.`,
    });
    return { code, hours: '' };
  });
  if (refusals.length > 0) return refuse(refusals);
  return ok(joined(days) || null);
};

/**
 * The seven lines that lead to these hours, as people type them: `Mo-Fr 09:00-12:00` gives five times « 9h-12h ». Nothing for
 * hours that seven lines cannot say: holidays, seasons, one week in two.
 */
export const linesFromHours = (hours: string): readonly string[] | undefined => {
  const lines = weekDays.map(() => '');
  for (const rule of hours.split(';').map((part) => part.trim())) {
    const [, days = '', stretches = ''] = ruleShape.exec(rule) ?? [];
    const told = daysOf(days);
    if (!told) return undefined;
    const said = stretches.split(',').map((stretch) => stretch.trim().split('-').map(sayTime).join('-'));
    for (const day of told) lines[day] = said.join(', ');
  }
  return hoursFromLines(lines).ok ? lines : undefined;
};

const ruleShape = /^([A-Za-z, -]+) (\d\d:\d\d-\d\d:\d\d(?:, ?\d\d:\d\d-\d\d:\d\d)*)$/;

/** `Mo-We,Fr` → 0, 1, 2, 4. Nothing for a word that is no day, or days that run backwards. */
const daysOf = (text: string): readonly number[] | undefined => {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [from, to] = part.split('-').map((code) => weekDays.findIndex((day) => day.code === code.trim()));
    const last = to ?? from;
    if (from === undefined || last === undefined || from < 0 || last < from) return undefined;
    for (let day = from; day <= last; day += 1) days.push(day);
  }
  return days;
};

/** `09:00` → `9h`, `14:30` → `14h30`. */
const sayTime = (time: string): string => {
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(hour)}h${minute === '00' ? '' : minute}`;
};

interface DayHours {
  readonly code: string;
  readonly hours: string;
}

/** Days that follow each other with the same hours are written once: `Mo-Fr 09:00-12:00; Sa 10:00-12:00`. */
const joined = (days: readonly DayHours[]): string => {
  const parts: string[] = [];
  for (let at = 0; at < days.length; ) {
    const first = days[at];
    let end = at;
    while (days[end + 1]?.hours === first?.hours) end += 1;
    const last = days[end];
    if (first && last && first.hours !== '') {
      parts.push(`${first.code === last.code ? first.code : `${first.code}-${last.code}`} ${first.hours}`);
    }
    at = end + 1;
  }
  return parts.join('; ');
};

/** `09:00-12:30,14:00-18:00`; the empty text for a closed day; nothing when it cannot be read. */
const readLine = (line: string): string | undefined => {
  const text = line.trim().toLowerCase();
  if (text === '' || /^(ferm[ée]e?|-|–|—)$/.test(text)) return '';
  const stretches = text.split(/\s*(?:,|;|\bet\b|\+|&)\s*/).map(readStretch);
  let before = -1;
  for (const stretch of stretches) {
    if (!stretch || stretch.from < before || stretch.to <= stretch.from) return undefined;
    before = stretch.to;
  }
  return stretches.map((stretch) => (stretch ? `${clock(stretch.from)}-${clock(stretch.to)}` : '')).join(',');
};

const time = String.raw`(\d{1,2})\s*(?:(?:h|:|heures?)\s*(\d{2})?)?`;
const stretchShape = new RegExp(String.raw`^(?:de\s+)?${time}\s*(?:-|–|—|à|a|/|jusqu[’']à)\s*${time}$`);

const readStretch = (text: string): { readonly from: number; readonly to: number } | undefined => {
  const [, fromHour, fromMinute, toHour, toMinute] = stretchShape.exec(text) ?? [];
  const from = minutesOf(fromHour, fromMinute);
  const to = minutesOf(toHour, toMinute);
  return from === undefined || to === undefined ? undefined : { from, to };
};

const minutesOf = (hour: string | undefined, minute: string | undefined): number | undefined => {
  const minutes = Number(hour) * 60 + Number(minute ?? 0);
  return Number.isNaN(minutes) || Number(minute ?? 0) > 59 || minutes > 24 * 60 ? undefined : minutes;
};

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
