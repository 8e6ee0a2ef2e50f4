import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { SchoolCalendar } from '#modules/territory/index.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { fold } from '#platform/text.ts';

/** What a file of school holidays says, and how many of its lines are of a place that follows no calendar known here. */
export interface SchoolRecords {
  readonly zones: SchoolCalendar;
  readonly read: number;
  readonly left: readonly string[];
}

/**
 * Reads the school calendar as the ministry of education publishes it (« fr-en-calendrier-scolaire »), CSV or JSON: a line
 * for each académie. Its moments are midnight in Paris, for overseas too: the day after classes end, and the day they begin
 * again. Holidays are the days between; a « pont » begins on its first day itself. Lines for teachers are left out; the
 * beginning of the summer has no end, so nothing is known past it. Refuses what is not such a file.
 */
export const readSchoolRecords = (text: string): Result<SchoolRecords, string> => {
  const rows = /^\s*[[{]/.test(text) ? jsonRows(text) : csvRows(text);
  if (!rows) return refuse('Ce fichier n’est ni un tableau, ni du JSON\u00a0: rien n’a été importé.');
  const periods = new Map<string, Map<string, string>>();
  const known = new Map<string, string>();
  const left = new Set<string>();
  let read = 0;
  for (const row of rows) {
    const record = readRecord(row);
    if (!record)
      return refuse(`La ligne ${read + 2} n’est pas celle d’un calendrier scolaire\u00a0: rien n’a été importé.`);
    read += 1;
    const { zone, name, population, start, end } = record;
    if (/enseignant/.test(fold(population))) continue;
    if (zone === undefined || !/^(-|eleves)?$/.test(population === '-' ? '-' : fold(population))) {
      left.add(`${record.place}${population === '-' ? '' : `, ${population}`}`);
      continue;
    }
    const summer = /^debut/.test(name) || Temporal.PlainDate.compare(end, start) <= 0;
    const from = /^pont/.test(name) ? start : start.add({ days: 1 });
    const to = summer ? start : end.subtract({ days: 1 });
    known.set(zone, [known.get(zone) ?? '', to.toString()].sort().at(-1) ?? '');
    if (summer && !/^pont/.test(name)) continue;
    const held = periods.get(zone) ?? new Map<string, string>();
    periods.set(zone, held.set(from.toString(), [held.get(from.toString()) ?? '', to.toString()].sort().at(-1) ?? ''));
  }
  if (periods.size === 0) return refuse('Ce fichier ne donne aucune période de vacances\u00a0: rien n’a été importé.');
  const zones = [...periods].map(
    ([zone, held]) =>
      [
        zone,
        {
          known_until: known.get(zone) ?? '',
          periods: [...held].map(([from, to]) => ({ from, to })).sort((one, other) => (one.from < other.from ? -1 : 1)),
        },
      ] as const,
  );
  return ok({
    zones: Object.fromEntries(zones.sort(([one], [other]) => (one < other ? -1 : 1))),
    read,
    left: [...left],
  });
};

type Row = Readonly<Record<string, unknown>>;

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

const jsonRows = (text: string): readonly Row[] | undefined => {
  try {
    const read: unknown = JSON.parse(text);
    const answer = z.object({ results: rowsSchema }).safeParse(read);
    const all = answer.success ? answer.data.results : rowsSchema.parse(read);
    return all.map(keyed);
  } catch {
    return undefined;
  }
};

const csvRows = (text: string): readonly Row[] | undefined => {
  try {
    const delimiter = /^[^\n]*;/.test(text) ? ';' : ',';
    const rows: unknown = parse(text, { columns: true, delimiter, bom: true, relax_column_count: true });
    return rowsSchema.parse(rows).map(keyed);
  } catch {
    return undefined;
  }
};

/** Columns have names in exports for people, and others in those for programmes. */
const keyed = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [columns[fold(name)] ?? fold(name), value]));

const columns: Readonly<Record<string, string>> = {
  'date de debut': 'start',
  'start date': 'start',
  'date de fin': 'end',
  'end date': 'end',
};

const readRecord = (row: Row) => {
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name].trim() : '');
  const start = dayOf(text('start'));
  const [name, place] = [fold(text('description')), text('zones')];
  if (!start || name === '' || place === '') return undefined;
  const end = dayOf(text('end')) ?? start;
  return { name, place, zone: zoneOf(place), population: text('population') || '-', start, end };
};

/** The day in Paris of a moment, or a day as it is. */
const dayOf = (text: string): Temporal.PlainDate | undefined => {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text)
      ? Temporal.PlainDate.from(text)
      : Temporal.Instant.from(text).toZonedDateTimeISO('Europe/Paris').toPlainDate();
  } catch {
    return undefined;
  }
};

/** As `content/school-holidays.yaml` names them. */
const zoneOf = (place: string): string | undefined =>
  /^Zone [ABC]$/i.test(place) ? place.slice(-1).toUpperCase() : academies[fold(place)];

const academies: Readonly<Record<string, string>> = {
  corse: 'Corse',
  guadeloupe: 'Guadeloupe',
  martinique: 'Martinique',
  guyane: 'Guyane',
  reunion: 'La Réunion',
  'la reunion': 'La Réunion',
  mayotte: 'Mayotte',
};
