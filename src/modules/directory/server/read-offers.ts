import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '#platform/server/database/database.ts';
import { type OfferFacts, type OfferRow, type RowText, rowText, type ShownTexts } from '../search/build.ts';
import { grown } from '../search/gathered-words.ts';
import type { Timetable } from '../timetable.ts';
import { weekNumber } from '../week.ts';

/** The columns of an offer in the index, in the order of `fromTuple`. All fixed-size numbers are int4. */
const columns = `id, service_id, place_id, tour_id, lat, lon, insee, array_to_string(areas, ' '), kind::integer, priorities,
  audiences, modes, access, languages, costs, stage_from::integer, stage_to::integer, time_zone, timetable_id, terms`;

/** Offers and the hours that they use. `since`: every transaction before it is in there. */
export interface OffersRead {
  readonly rows: OfferRow[];
  /** Ids of offers that are no more. */
  readonly gone: number[];
  readonly timetables: ReadonlyMap<number, Timetable>;
  readonly since: string;
}

/**
 * Reads the offers that were written by transaction `since` or a later one; without it, all of them. The horizon is
 * taken before the rows: what ends meanwhile is read twice rather than never.
 */
export const readChangedOffers = async (db: Database, since: string): Promise<OffersRead> => {
  const horizon = await readHorizon(db);
  const { rows } = await sql<{ gone: boolean; tuple: unknown[] }>`
    select gone, json_build_array(${sql.raw(columns)}, shown) as tuple from offer
    where changed_in >= ${since}::xid8
      -- Rows restored from a backup may be of transactions that this server has not reached: read once, at the start.
      and (${since}::text = '0' or changed_in < pg_snapshot_xmax(pg_current_snapshot()))
    order by id`.execute(db);
  const read = rows.map(({ gone, tuple }) => ({ gone, row: fromJson(tuple) }));
  const kept = read.filter(({ gone }) => !gone).map(({ row }) => row);
  const used = [...new Set(kept.flatMap(({ timetable }) => (timetable === null ? [] : [timetable])))];
  return {
    rows: kept,
    gone: read.filter(({ gone }) => gone).map(({ row }) => row.id),
    timetables: await readTimetables(db, used),
    since: horizon,
  };
};

/** The offers with a place in a département, and those without a place that serve one of `areas`. */
export const readOffersOf = async (
  db: Database,
  departement: string,
  areas: readonly string[],
): Promise<Pick<OffersRead, 'rows' | 'timetables'>> => {
  const { rows } = await sql<{ tuple: unknown[] }>`
    select json_build_array(${sql.raw(columns)}, shown) as tuple from offer
    where not gone and (insee like ${`${departement}%`} or (lat is null and areas && ${areas}::text[]))
    order by id`.execute(db);
  const read = rows.map(({ tuple }) => fromJson(tuple));
  const used = [...new Set(read.flatMap(({ timetable }) => (timetable === null ? [] : [timetable])))];
  return { rows: read, timetables: await readTimetables(db, used) };
};

/** The oldest transaction under way: all before it are over. */
const readHorizon = async (db: Database): Promise<string> => {
  const { rows } = await sql<{ horizon: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(db);
  return rows[0]?.horizon ?? '0';
};

/** `columns`, and the text. */
const fromJson = (tuple: readonly unknown[]): OfferRow => {
  const number = (at: number): number => Number(tuple[at]);
  const maybe = (at: number): number | null => (tuple[at] === null ? null : Number(tuple[at]));
  return {
    ...{ id: number(0), service: number(1), place: maybe(2), tour: maybe(3), lat: maybe(4), lon: maybe(5) },
    insee: rowText(String(tuple[6] ?? '')),
    areas: rowText(String(tuple[7] ?? '')),
    ...{ kind: number(8), priorities: number(9), audiences: number(10), modes: number(11), access: number(12) },
    ...{ languages: number(13), costs: number(14), stageFrom: number(15), stageTo: number(16) },
    zone: String(tuple[17]),
    timetable: maybe(18),
    terms: rowText(String(tuple[19])),
    shown: rowText(String(tuple[20])),
  };
};

const readTimetables = async (db: Database, ids: readonly number[]): Promise<Map<number, Timetable>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<TimetableRow>`
    select id, first_week, bitmaps, weeks, unsure, trouble from timetable where id = any(${ids}::integer[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, timetableOf(row)]));
};

interface TimetableRow {
  readonly id: number;
  readonly first_week: Temporal.PlainDate;
  readonly bitmaps: Buffer;
  readonly weeks: readonly number[];
  readonly unsure: readonly number[];
  readonly trouble: string | null;
}

const timetableOf = ({ first_week, bitmaps, weeks, unsure, trouble }: TimetableRow): Timetable => ({
  firstWeek: weekNumber(first_week),
  // A copy: the driver's buffer is not aligned to four bytes.
  bitmaps: new Uint32Array(new Uint8Array(bitmaps).buffer),
  weeks,
  unsure,
  ...(trouble === null ? {} : { trouble }),
});

/** What is read before the offers: their hours, and how much is to come. */
export interface ReadingBegun {
  readonly timetables: ReadonlyMap<number, Timetable>;
  /** Every transaction before it is in what follows. */
  readonly since: string;
  readonly room: { readonly rows: number; readonly bytes: number };
}

/** Begins to read every offer. `client` is used for nothing else until the end. */
export const beginReading = async (client: pg.Client): Promise<ReadingBegun> => {
  const { rows: horizon } = await client.query<{ horizon: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  );
  const { rows: times } = await client.query<TimetableRow>(
    'select id, first_week, bitmaps, weeks, unsure, trouble from timetable',
  );
  const { rows: sizes } = await client.query<{ rows: number; bytes: number }>(
    'select count(*) as rows, coalesce(sum(octet_length(shown)), 0)::bigint as bytes from offer where not gone',
  );
  return {
    timetables: new Map(times.map((row) => [row.id, timetableOf(row)])),
    since: horizon[0]?.horizon ?? '0',
    room: sizes[0] ?? { rows: 0, bytes: 0 },
  };
};

/**
 * Hands over every offer, some at a time, in the order of their ids; then gives the texts of all of them. What is handed
 * over lasts until the next ones only. Binary COPYs cost a third of the driver's own reading. Texts are most of the bytes,
 * and nothing is looked for in them: read by themselves, they go at once where they stay.
 */
export const readAllOffers = async (
  client: pg.Client,
  room: ReadingBegun['room'],
  onRows: (rows: readonly OfferFacts[]) => void,
): Promise<ShownTexts> => {
  const copied = (told: string) =>
    client.query(copyTo(`copy (select ${told} from offer where not gone order by id) to stdout with (format binary)`));
  // Of one moment: both copies tell of the same rows.
  await client.query('begin isolation level repeatable read read only');
  const read = tupleReader();
  for await (const chunk of copied(columns)) onRows(read(chunk));
  const kept = textKeeper(room);
  let sinceRest = 0;
  for await (const chunk of copied('shown')) {
    kept.add(chunk);
    sinceRest += chunk.length;
    if (sinceRest < WITHOUT_REST) continue;
    sinceRest = 0;
    await setTimeout(REST_MS);
  }
  await client.query('commit');
  return kept.texts();
};

/**
 * Texts are kept faster than the server sends them, which would take a whole core meanwhile: it rests half of the time, so
 * that requests do not wait for it.
 */
const WITHOUT_REST = 1 << 20;
const REST_MS = 2;

/** Header of the binary format: signature of 11 bytes, flags of 4, length of an extension of 4. */
const HEADER = 19;
const FIELDS = 20;
/** Before a tuple of one field: how many fields, and how many bytes. */
const BEFORE_TEXT = 6;

/** Keeps a binary COPY of texts as it came, and where each text is in it. Chunks may end anywhere. */
const textKeeper = (room: ReadingBegun['room']) => {
  let bytes = new Uint8Array(HEADER + room.bytes + BEFORE_TEXT * room.rows + 2);
  let view = new DataView(bytes.buffer);
  let bounds = new Uint32Array(2 * (room.rows + 1));
  let [length, next, count] = [0, 0, 0];
  const add = (chunk: Buffer): void => {
    while (length + chunk.length > bytes.length) {
      bytes = grown(bytes, Uint8Array);
      view = new DataView(bytes.buffer);
    }
    bytes.set(chunk, length);
    length += chunk.length;
    if (next === 0 && length >= HEADER) next = HEADER + view.getInt32(HEADER - 4);
    // A tuple of −1 field is the end of them.
    while (next > 0 && next + BEFORE_TEXT <= length && view.getInt16(next) === 1) {
      if (2 * count + 2 > bounds.length) bounds = grown(bounds, Uint32Array);
      bounds[2 * count] = next + BEFORE_TEXT;
      next += BEFORE_TEXT + view.getInt32(next + 2);
      bounds[2 * count + 1] = next;
      count += 1;
    }
  };
  const texts = (): ShownTexts => ({ bytes: bytes.subarray(0, length), bounds: bounds.subarray(0, 2 * count) });
  return { add, texts };
};

/**
 * Cuts a binary COPY into offers: each tuple is a count of fields, and each field a length (−1 for null) and its bytes.
 * Chunks may end anywhere. The rows handed over are the same from one chunk to the next: only what they say changes.
 */
const tupleReader = (): ((chunk: Buffer) => OfferFacts[]) => {
  let rest: Buffer = Buffer.alloc(0);
  let headerRead = false;
  const starts = new Int32Array(FIELDS);
  const lengths = new Int32Array(FIELDS);
  const pool: Filled<OfferFacts>[] = [];
  return (chunk) => {
    const rows: OfferFacts[] = [];
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    if (!headerRead) {
      if (data.length < HEADER) {
        rest = data;
        return rows;
      }
      at = HEADER + view.getInt32(15);
      headerRead = true;
    }
    while (at + 2 <= data.length && view.getInt16(at) === FIELDS) {
      let next = at + 2;
      let field = 0;
      for (; field < FIELDS && next + 4 <= data.length; field += 1) {
        const length = view.getInt32(next);
        next += 4;
        starts[field] = next;
        lengths[field] = length;
        next += Math.max(0, length);
        if (next > data.length) break;
      }
      if (field < FIELDS || next > data.length) break;
      const row = pool[rows.length] ?? emptyRow();
      pool[rows.length] = row;
      fillRow(row, data, view, starts, lengths);
      rows.push(row);
      at = next;
    }
    // The bytes kept are copied, so that a chunk of 64 kB is not kept alive by its last row.
    rest = Buffer.from(data.subarray(at));
    return rows;
  };
};

/** A row, or a text of it, that is filled again and again. */
type Filled<T> = { -readonly [field in keyof T]: T[field] extends RowText ? Filled<RowText> : T[field] };

const emptyRow = (): Filled<OfferFacts> => ({
  ...{ id: 0, service: 0, place: null, tour: null, lat: null, lon: null },
  ...{ kind: 0, priorities: 0, audiences: 0, modes: 0 },
  ...{ access: 0, languages: 0, costs: 0, stageFrom: 0, stageTo: 0, zone: '', timetable: null },
  ...{ insee: rowText(''), areas: rowText(''), terms: rowText('') },
});

const fillRow = (
  row: Filled<OfferFacts>,
  data: Buffer,
  view: DataView,
  starts: Int32Array,
  lengths: Int32Array,
): void => {
  const present = (field: number): boolean => (lengths[field] ?? -1) >= 0;
  const start = (field: number): number => starts[field] ?? 0;
  const int = (field: number): number => view.getInt32(start(field));
  const maybeInt = (field: number): number | null => (present(field) ? int(field) : null);
  const maybeDouble = (field: number): number | null => (present(field) ? view.getFloat64(start(field)) : null);
  const text = (into: Filled<RowText>, field: number): void => {
    into.bytes = data;
    into.from = start(field);
    into.to = into.from + Math.max(0, lengths[field] ?? 0);
  };
  row.id = int(0);
  row.service = int(1);
  row.place = maybeInt(2);
  row.tour = maybeInt(3);
  row.lat = maybeDouble(4);
  row.lon = maybeDouble(5);
  text(row.insee, 6);
  text(row.areas, 7);
  row.kind = int(8);
  row.priorities = int(9);
  row.audiences = int(10);
  row.modes = int(11);
  row.access = int(12);
  row.languages = int(13);
  row.costs = int(14);
  row.stageFrom = int(15);
  row.stageTo = int(16);
  // Nearly always that of the last row written here: a string is made when it changes only.
  if (!isText(row.zone, data, start(17), lengths[17] ?? 0)) {
    row.zone = data.toString('latin1', start(17), start(17) + (lengths[17] ?? 0));
  }
  row.timetable = maybeInt(18);
  text(row.terms, 19);
};

/** Whether these bytes are a text of Latin letters. */
const isText = (text: string, data: Buffer, start: number, length: number): boolean => {
  if (text.length !== length) return false;
  for (let at = 0; at < length; at += 1) if (data[start + at] !== text.charCodeAt(at)) return false;
  return true;
};
