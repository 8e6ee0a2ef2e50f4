import { parse } from 'csv-parse/sync';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { boundedRule, endedRule, endless } from './bounded-rule.ts';
import { MOST_DAYS } from './dates-form.ts';

/** One event of a calendar that is brought in, in the words of the form of a series. */
export interface ImportedEvent {
  /** Its name in the calendar: brought in again, it is the same series. */
  readonly ref: string;
  readonly line: number;
  readonly form: Readonly<Record<string, string>>;
  /** Its rule, bounded. */
  readonly rrule: string | null;
  /** What was changed to take it in: an end given to a rule without end. */
  readonly remark?: string;
}

export interface ImportedCalendar {
  readonly events: readonly ImportedEvent[];
  /** What could not be taken in, by its line, in a sentence. */
  readonly troubles: readonly { readonly line: number; readonly message: string }[];
}

/** The longest file, in signs, and the most events of one. */
export const mostImported = { signs: 400_000, events: 500 } as const;

/** Months given to a rule without end. */
const MONTHS = 12;

/** Reads a calendar (ICS, RFC 5545) or a table (CSV), told apart by their beginning. `timeZone`: that of the places. */
export const readCalendar = (text: string, timeZone: string): Result<ImportedCalendar> => {
  if (text.length > mostImported.signs) return refuse(tooLong);
  const plain = text.replace(/^\uFEFF/, '');
  const read = /^\s*BEGIN:VCALENDAR/i.test(plain) ? readIcs(plain, timeZone) : readTable(plain);
  if (!read) return refuse(unreadable);
  return read.events.length + read.troubles.length > mostImported.events ? refuse(tooMany) : ok(read);
};

interface Property {
  readonly value: string;
  readonly parameters: string;
}

/**
 * `DTSTART;TZID="Europe/Paris":20261124T093000` (RFC 5545, 3.1). Each sign can be read in one way only: a long line that does
 * not fit is refused in the time it takes to read it.
 */
const contentLine = /^([A-Z-]+)((?:;(?:[^:;"]|"[^"]*")*)*):(.*)$/i;

const readIcs = (text: string, timeZone: string): ImportedCalendar => {
  const events: ImportedEvent[] = [];
  const troubles: ImportedCalendar['troubles'][number][] = [];
  let current: Map<string, Property[]> | undefined;
  let begins = 0;
  let nested = 0;
  // A line that begins with a space goes on with the one before.
  const lines = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? '';
    const number = at + 1;
    for (; /^[ \t]/.test(lines[at + 1] ?? ''); at += 1)
      if (line.length < 20_000) line += (lines[at + 1] ?? '').slice(1);
    if (/^BEGIN:VEVENT$/i.test(line)) {
      current = new Map();
      begins = number;
      nested = 0;
    } else if (!current) continue;
    else if (/^BEGIN:/i.test(line)) nested += 1;
    else if (/^END:VEVENT$/i.test(line)) {
      if (events.length + troubles.length > mostImported.events) break;
      const event = icsEvent(current, begins, timeZone);
      if (event.ok) events.push(...event.value);
      else troubles.push({ line: begins, message: event.error.message });
      current = undefined;
    } else if (/^END:/i.test(line)) nested -= 1;
    else if (nested === 0) {
      const found = contentLine.exec(line.slice(0, 20_000));
      if (!found) continue;
      const [, name = '', parameters = '', value = ''] = found;
      const list = current.get(name.toUpperCase()) ?? [];
      list.push({ value, parameters });
      current.set(name.toUpperCase(), list);
    }
  }
  return { events, troubles };
};

const icsEvent = (
  properties: ReadonlyMap<string, readonly Property[]>,
  line: number,
  timeZone: string,
): Result<ImportedEvent[]> => {
  const first = (name: string): Property | undefined => properties.get(name)?.[0];
  // A cancelled event, or one changed date of a series: the series itself is brought in, its dates are changed here.
  if (first('STATUS')?.value.toUpperCase() === 'CANCELLED' || first('RECURRENCE-ID')) return ok([]);
  const start = localTime(first('DTSTART'), timeZone);
  if (!start)
    return refuse({
      code: 'no_start',
      message: 'sa date et son heure n’ont pas été comprises ; un rendez-vous a une heure de début',
    });
  const end = localTime(first('DTEND'), timeZone);
  const minutes = end
    ? Math.round(start.until(end).total({ unit: 'minutes', relativeTo: start }))
    : durationOf(first('DURATION')?.value);
  const rule = first('RRULE')?.value;
  const bounded = rule === undefined ? undefined : boundedOrEnded(rule, start.toString().slice(0, 16));
  if (bounded && !bounded.ok) return bounded;
  const days = (name: string): string =>
    (properties.get(name) ?? [])
      .flatMap(({ value, parameters }) => value.split(',').map((one) => ({ value: one, parameters })))
      // One more than the form takes: it refuses them all, and nobody reads a hundred thousand.
      .slice(0, MOST_DAYS + 1)
      .map((one) => localTime(one, timeZone, true))
      .flatMap((time) => (time ? [time.toPlainDate().toString()] : []))
      .join(' ');
  return ok([
    {
      ref: (first('UID')?.value ?? `${line}`).slice(0, 200),
      line,
      form: {
        title: unescaped(first('SUMMARY')?.value).slice(0, 90),
        summary: unescaped(first('DESCRIPTION')?.value).slice(0, 600),
        place_name: unescaped(first('LOCATION')?.value).replace(/\n/g, ', ').slice(0, 120),
        ...{
          day: start.toPlainDate().toString(),
          hour: start.toPlainTime().toString().slice(0, 5),
          minutes: String(minutes),
        },
        ...{ except: days('EXDATE'), besides: days('RDATE') },
      },
      rrule: bounded?.value.rule ?? null,
      ...(bounded?.value.ended
        ? { remark: `elle n’avait pas de fin : elle s’arrête dans ${MONTHS} mois, vous pourrez la prolonger` }
        : {}),
    },
  ]);
};

const boundedOrEnded = (rule: string, start: string): Result<{ rule: string; ended: boolean }> => {
  const bounded = boundedRule(rule, start);
  if (bounded.ok) return ok({ rule: bounded.value, ended: false });
  if (bounded.error.code !== endless.code) return bounded;
  const ended = boundedRule(endedRule(rule, start, MONTHS), start);
  return ended.ok ? ok({ rule: ended.value, ended: true }) : ended;
};

/** A time by the clock of the place. Whole days have no hour, and are only read for dates to take out. */
const localTime = (
  property: Property | undefined,
  timeZone: string,
  wholeDays = false,
): Temporal.PlainDateTime | undefined => {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(property?.value.trim() ?? '');
  if (!found || (found[4] === undefined && !wholeDays)) return undefined;
  try {
    const [, year, month, day, hour = '00', minute = '00', , utc] = found;
    const local = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}`);
    const zone = utc ? 'UTC' : /TZID="?([^;":]+)/i.exec(property?.parameters ?? '')?.[1];
    if (!zone || zone === timeZone) return local;
    return local.toZonedDateTime(zone).withTimeZone(timeZone).toPlainDateTime();
  } catch {
    return undefined;
  }
};

const durationOf = (text: string | undefined): number => {
  try {
    return text ? Math.round(Temporal.Duration.from(text).total('minutes')) : 60;
  } catch {
    return 60;
  }
};

const unescaped = (text: string | undefined): string =>
  (text ?? '')
    .replace(/\\([nN])/g, '\n')
    .replace(/\\([\\;,])/g, '$1')
    .replace(/<[^>]{0,200}>/g, ' ')
    .trim();

const columns = ['titre', 'date', 'heure', 'duree', 'lieu', 'adresse', 'commune', 'presentation', 'places'] as const;

/** A table whose first line names its columns: titre;date;heure;duree;lieu;adresse;commune;presentation;places. */
const readTable = (text: string): ImportedCalendar | undefined => {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: (names: string[]) =>
        names.map((name) => name.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')),
      ...{ delimiter: [';', ',', '\t'], relax_column_count: true, skip_empty_lines: true, to: mostImported.events + 1 },
    });
  } catch {
    return undefined;
  }
  if (rows.length === 0 || !rows[0] || !('titre' in rows[0]) || !('date' in rows[0])) return undefined;
  return {
    events: rows.map((row, at): ImportedEvent => {
      const [title, date, hour, minutes, place, address, commune, summary, places] = columns.map((name) =>
        (row[name] ?? '').trim(),
      );
      const form = {
        title,
        day: date,
        hour,
        minutes: minutes || '60',
        place_name: place,
        line: address,
        commune,
        summary,
        places,
      };
      return {
        ref: [title, date, hour].join(' ').slice(0, 200),
        line: at + 2,
        form: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value ?? ''])),
        rrule: null,
      };
    }),
    troubles: [],
  };
};

const unreadable: Refusal = {
  code: 'unreadable',
  field: 'file',
  message:
    'Ce fichier n’a pas été compris. Donnez un calendrier ICS, ou un tableau CSV dont la première ligne est : titre;date;heure;duree;lieu;adresse;commune;presentation;places',
};
const tooLong: Refusal = {
  code: 'too_long',
  field: 'file',
  message: 'Ce fichier est trop long : 400 000 signes au plus. Coupez-le en deux.',
};
const tooMany: Refusal = {
  code: 'too_many',
  field: 'file',
  message: `Ce fichier a plus de ${mostImported.events} rendez-vous. Coupez-le en plusieurs fichiers.`,
};
